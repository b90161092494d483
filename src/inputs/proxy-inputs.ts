import type { Environment } from "../environment.ts";
import { isHttp } from "../http/host.ts";
import { proxyAuthorization } from "../http/proxy.ts";
import { InputError } from "./input-value.ts";

/** A proxy variable in either case; the lower one wins, as with curl. One that holds nothing counts as not set. */
export function readProxyVariable(environment: Environment, name: string): string {
  return environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || "";
}

/** The address of a proxy that a variable names; empty: none. Throws an {@link InputError} with the variable's name. */
export function namedProxy(environment: Environment, name: string): string {
  const text = readProxyVariable(environment, name);
  return text === "" ? "" : readAddress(name, text);
}

/** The proxy of ALL_PROXY, which counts only where neither HTTPS_PROXY nor HTTP_PROXY is set; empty: none. */
export function allProxy(environment: Environment): string {
  const isNamed = ["HTTPS_PROXY", "HTTP_PROXY"].some((name) => readProxyVariable(environment, name) !== "");
  return isNamed ? "" : namedProxy(environment, "ALL_PROXY");
}

const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] as const;
/** A scheme, a user name, and a password that may hold any character, unescaped ones among them. */
const PASSWORD = /^\s*(?:[a-z][a-z\d+.-]*:\/\/)?([^:@]*):(.*)@/is;
/** Shorter ones would also hit ordinary words. */
const SHORTEST_PASSWORD = 6;

/**
 * The passwords in the proxy variables, whether or not these can be used: as they are written, as they are meant, and as
 * a proxy is told them with the user name.
 */
export function proxySecrets(environment: Environment): readonly string[] {
  const names = PROXY_VARIABLES.flatMap((name) => [name, name.toLowerCase()]);
  return [...new Set(names.flatMap((name) => passwordsIn(environment[name] ?? "")))];
}

function passwordsIn(address: string): readonly string[] {
  const [, user, password] = PASSWORD.exec(address) ?? [];
  if (user === undefined || password === undefined) return [];
  const url = new URL("http://proxy.invalid");
  url.username = user;
  url.password = password;
  const pair = tellingOf(url);
  const meant = Buffer.from(tellingOf({ username: "", password: url.password }), "base64").subarray(1);
  const spellings = [password, url.password, meant.toString("utf8"), meant.toString("latin1")];
  return password.length < SHORTEST_PASSWORD ? [] : [...spellings, pair];
}

function tellingOf(login: Parameters<typeof proxyAuthorization>[0]): string {
  return proxyAuthorization(login)?.replace("Basic ", "") ?? "";
}

/** A bare `host:port` is plain http, as with curl. */
function readAddress(name: string, text: string): string {
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  // A `/`, `\`, `?` or `#` in a password ends the address before its host.
  const isWhole = url !== null && !`${url.pathname}${url.search}${url.hash}`.includes("@");
  if (isHttp(url) && isWhole) return url.href;
  // It may hold a password, so it is not shown.
  throw new InputError(
    name,
    "the environment variable holds no address of a proxy.",
    "Allowed is an http or https URL such as `http://proxy.example:8080`; a `/`, `\\`, `?` or `#` in its password is written `%2F`, `%5C`, `%3F` or `%23`.",
  );
}
