import { parseDuration } from "./duration.ts";
import { readOneOf } from "./fields.ts";

/** Something that somebody else does, at a time or around a request of one of an API's routes. */
export interface ParsedHappening<What extends string, Route extends string> {
  readonly what: What;
  readonly when:
    | { readonly afterMs: number }
    | { readonly before: Route; readonly nth?: number }
    | { readonly after: Route; readonly nth?: number };
}

/**
 * Reads `WHAT@30s`, `WHAT@before:ROUTE[:NTH]` or `WHAT@after:ROUTE[:NTH]`.
 * @throws UsageError when it is none of these; `option` is where it stands.
 */
export function parseHappening<What extends string, Route extends string>(
  text: string,
  whats: readonly What[],
  routes: readonly Route[],
  option: string,
): ParsedHappening<What, Route> {
  const [what = "", time = ""] = text.split("@");
  return { what: readOneOf(what, whats, "What happens"), when: parseTime(time, routes, option) };
}

function parseTime<Route extends string>(
  text: string,
  routes: readonly Route[],
  option: string,
): ParsedHappening<string, Route>["when"] {
  const { place, route, nth } =
    /^(?<place>before|after):(?<route>[a-z]+)(?::(?<nth>\d{1,9}))?$/i.exec(text)?.groups ?? {};
  if (place === undefined) return { afterMs: parseDuration(text, "When it happens") };
  const named = readOneOf(route, routes, `The route of ${option}`);
  const count = nth === undefined ? {} : { nth: Number(nth) };
  return place === "before" ? { before: named, ...count } : { after: named, ...count };
}
