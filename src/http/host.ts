/**
 * Whether a host is this machine itself: `localhost` and names below it (RFC 6761, section 6.3), 127.0.0.0/8, `::1`, and
 * the addresses that mean them. Takes the `hostname` of a URL, which spells every address in one way.
 */
export function isLoopback(hostname: string): boolean {
  const host = plain(hostname);
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  return host === "::1" || host === "::" || /^(127\.|0\.0\.0\.0$)/.test(asIPv4(host));
}

/** Whether a host is a link-local address: 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291). */
export function isLinkLocal(hostname: string): boolean {
  const host = plain(hostname);
  return /^fe[89ab][0-9a-f]:/.test(host) || asIPv4(host).startsWith("169.254.");
}

function plain(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/** An IPv4 address, also where it is written as an IPv6 one (`::ffff:7f00:1`); no other host, and no name, is one. */
function asIPv4(host: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return /^\d+(\.\d+){3}$/.test(host) ? host : "";
  const bytes = [high, low].map((part) => Number.parseInt(part, 16)).flatMap((part) => [part >> 8, part & 0xff]);
  return bytes.join(".");
}

/** Whether it is an address that can be asked over HTTP, in the clear or not. */
export function isHttp(url: URL | null): url is URL {
  return url !== null && ["http:", "https:"].includes(url.protocol);
}
