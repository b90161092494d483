import type { EntraProblem } from "./error.ts";

/** The two versions of the endpoint: one is asked for a resource, the other for a scope. */
export type EndpointVersion = "1.0" | "2.0";

/** What a form asks a token for. */
export interface Wish {
  /** Empty when none is named. */
  readonly resource: string;
  /** Why no token can be given for that. */
  readonly problem?: EntraProblem;
}

/** Reads what a form asks a token for, in the words of that version of the endpoint. */
export function readWish(form: URLSearchParams, version: EndpointVersion): Wish {
  return version === "1.0" ? readResource(form) : readScope(form);
}

/** What the answer says besides the token; version 1.0 has its numbers as texts, and more of them. */
export function aboutToken(
  { resource }: Wish,
  { lifetimeSeconds, issuedAtMs, expiresAtMs }: Lifetime,
  version: EndpointVersion,
): object {
  const lifetime = { expires_in: lifetimeSeconds, ext_expires_in: lifetimeSeconds };
  if (version === "2.0") return { token_type: "Bearer", ...lifetime };
  const times = { ...lifetime, expires_on: seconds(expiresAtMs), not_before: seconds(issuedAtMs) - 300 };
  const texts = Object.entries(times).map(([name, number]) => [name, String(number)]);
  return { token_type: "Bearer", ...Object.fromEntries(texts), resource };
}

interface Lifetime {
  readonly lifetimeSeconds: number;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

function readResource(form: URLSearchParams): Wish {
  const resource = form.get("resource") ?? "";
  if (resource !== "") return { resource };
  const text = "The request body must contain the following parameter: 'resource'.";
  return { resource, problem: { code: 900144, text } };
}

function readScope(form: URLSearchParams): Wish {
  const scope = form.get("scope") ?? "";
  const resource = scope.replace(/\/\.default$/, "");
  if (scope === "" || scope.includes(" ")) return { resource, problem: { code: 70011 } };
  return scope.endsWith("/.default") ? { resource } : { resource, problem: { code: 1002012 } };
}

function seconds(timeMs: number): number {
  return Math.floor(timeMs / 1000);
}
