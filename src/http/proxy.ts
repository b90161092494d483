import { isLinkLocal, isLoopback } from "./host.ts";

/** The proxies to go through; an empty text is none. */
export interface ProxySettings {
  readonly http: string;
  /** Where it is empty, the one for http serves https as well. */
  readonly https: string;
  /** Hosts that are asked directly, as NO_PROXY lists them. */
  readonly none: string;
}

/** No proxy at all. */
export const NO_PROXY: ProxySettings = { http: "", https: "", none: "" };

/**
 * The proxy that a request goes through; undefined: none. What is this machine's own is never asked through one where
 * that would carry a token in the clear (plain http to a loopback address), and neither are link-local addresses, such
 * as that of a machine's managed identity: a proxy has others of its own.
 */
export function proxyFor(target: URL, settings: ProxySettings): URL | undefined {
  const isSecure = target.protocol === "https:";
  if (isLinkLocal(target.hostname) || (!isSecure && isLoopback(target.hostname))) return undefined;
  if (isExcepted(target, settings.none)) return undefined;
  return URL.parse(isSecure ? settings.https || settings.http : settings.http) ?? undefined;
}

/**
 * The header in which a proxy is told the user name and password of its address; undefined when it has none. A `%` that
 * begins no escape stands for itself: people put passwords there as they are.
 */
export function proxyAuthorization({ username, password }: Pick<URL, "username" | "password">): string | undefined {
  if (username === "" && password === "") return undefined;
  const pair = `${unescape(username)}:${unescape(password)}`;
  return `Basic ${Buffer.from(pair, "latin1").toString("base64")}`;
}

/** The bytes of a part of a URL, a character each. */
function unescape(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_escape, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/**
 * Whether a list of hosts, as in NO_PROXY, names the target: entries are parted by commas or blanks; a name stands for
 * its subdomains as well, with a leading dot or without; `*.name` for the subdomains only; `*` for every host; with a
 * port an entry is about that port only.
 */
function isExcepted(target: URL, list: string): boolean {
  const host = bareHost(target.hostname);
  const port = target.port || (target.protocol === "https:" ? "443" : "80");
  return list.split(/[\s,]+/).some((entry) => {
    const { name, port: onlyPort = port } = readEntry(entry);
    return name !== "" && onlyPort === port && (isSame(name, host) || isBelow(name, host));
  });
}

/** `[::1]:443`, `::1` and `host:443`: only the last colon of a name or of a bracketed address leads to a port. */
function readEntry(entry: string): { readonly name: string; readonly port: string | undefined } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(entry) ?? [];
  return { name: bareHost(bracketed ?? plain ?? entry), port };
}

function isSame(name: string, host: string): boolean {
  return name === "*" || name.replace(/^\./, "") === host;
}

function isBelow(name: string, host: string): boolean {
  return host.endsWith(`.${name.replace(/^\*?\./, "")}`);
}

/** A host without brackets and without the dot that ends a full name. */
function bareHost(host: string): string {
  return host
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/(.)\.$/, "$1")
    .toLowerCase();
}
