/** The proxies to go through; an empty text is none. */
export interface ProxySettings {
  readonly http: string;
  readonly https: string;
  /** Hosts that are asked directly, as NO_PROXY lists them. */
  readonly none: string;
}

/** Whether it was the proxy, not the host behind it, that could not be found or connected to. */
export function isProxyFailure(error: unknown, target: URL, settings: ProxySettings): boolean {
  const proxy = URL.parse(target.protocol === "https:" ? settings.https || settings.http : settings.http);
  if (proxy === null || !Error.isError(error)) return false;
  if ("hostname" in error) return error.hostname === proxy.hostname && proxy.hostname !== target.hostname;
  const attempts: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return attempts.some((attempt) => connectPort(attempt) === portOf(proxy)) && portOf(proxy) !== portOf(target);
}

/** The port that a failed attempt to connect went to. */
function connectPort(error: unknown): number | undefined {
  const isConnect = Error.isError(error) && "syscall" in error && error.syscall === "connect" && "port" in error;
  return isConnect ? Number(error.port) : undefined;
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "https:" ? 443 : 80);
}
