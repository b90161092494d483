import { parseJson } from "../text/json.ts";

/** So many characters of an answer that nobody expects are enough to tell whose it is. */
const LONGEST = 500;

/**
 * The beginning of an answer as it can be shown. Its secrets are taken out before it is cut: what is left of one that
 * lies across the cut would not be known for a secret any more. JSON is written anew, for it can spell with escapes.
 */
export function excerpt(body: string, redact: (text: string) => string): string {
  const json = parseJson(body);
  return redact(json === undefined ? body : JSON.stringify(json))
    .slice(0, LONGEST)
    .toWellFormed();
}
