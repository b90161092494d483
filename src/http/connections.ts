import type { LookupFunction } from "node:net";
import type { Dispatcher } from "undici";
import { withoutInterimAnswers } from "./interim-answer.ts";
import { proxyAuthorization } from "./proxy.ts";
import { Agent, buildConnector, Pool, ProxyAgent } from "./undici.ts";

type Connector = ReturnType<typeof buildConnector>;

/** The connections of a transport, to services and through proxies; they are kept until they are closed. */
export interface Connections {
  /** What sends a request through a proxy, or without any. */
  readonly through: (proxy: URL | undefined) => Dispatcher;
  readonly close: () => Promise<void>;
}

/** Time limit of one attempt to connect to one of a host's addresses; node's 250 ms are too few across an ocean. */
const ADDRESS_LIMIT_MS = 5_000;
/** Time limit of all attempts together and of the TLS handshake; less than that of a request. */
const CONNECT_LIMIT_MS = 20_000;

/** Opens connections as they are needed. Answers are cut at `limitBytes`. `lookup` finds addresses, as node's would. */
export function createConnections(limitBytes: number, lookup?: LookupFunction): Connections {
  const connecting = {
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_LIMIT_MS,
    timeout: CONNECT_LIMIT_MS,
    ...(lookup === undefined ? {} : { lookup }),
  };
  const options = {
    // HTTP/2 may send a request again by itself when a connection goes away.
    allowH2: false,
    maxResponseSize: limitBytes,
    // One limit for the whole request replaces these.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Every connection passes here, those through a proxy as well.
    factory: (origin: string | URL, own: Pool.Options): Dispatcher =>
      new Pool(origin, { ...own, connect: careful(own.connect, connecting) }),
  };
  const opened = new Map<string, Dispatcher>();
  const open = (proxy: URL | undefined): Dispatcher => {
    if (proxy === undefined) return new Agent(options);
    const token = proxyAuthorization(proxy);
    return new ProxyAgent({
      ...options,
      uri: proxy.origin,
      proxyTls: connecting,
      connectTimeout: CONNECT_LIMIT_MS,
      ...(token === undefined ? {} : { token }),
    });
  };
  return {
    through(proxy) {
      const key = proxy?.href ?? "";
      const dispatcher = opened.get(key) ?? open(proxy);
      opened.set(key, dispatcher);
      return dispatcher;
    },
    async close() {
      await Promise.all([...opened.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function careful(connect: Pool.Options["connect"], options: buildConnector.BuildOptions): Connector {
  const connector = typeof connect === "function" ? connect : buildConnector({ ...options, allowH2: false });
  return (target, callback) =>
    connector(target, (...[error, socket]) => {
      if (error === null) callback(null, withoutInterimAnswers(socket));
      else callback(error, null);
    });
}
