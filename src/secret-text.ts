import { isObject, parseJson } from "./json.ts";

/** What people hand in where a secret belongs, and that is none. */
export type SecretMistake = "json" | "secureString" | "variable" | "nothing" | "masked";

/** How each is known; the first that fits counts. No token and no client secret of Entra's looks like any of them. */
const MISTAKES: readonly (readonly [SecretMistake, RegExp])[] = [
  ["json", /^[{[]\s*["'{[\]}]/],
  ["secureString", /^System\.Security\.SecureString$/i],
  // Of a shell, PowerShell, a batch file or a workflow; or a placeholder.
  ["variable", /^(\$\{\{.*\}\}|\$\(.*\)|\$\{?[a-z_][\w:]*\}?|%\w+%|<[^>]*>)$/is],
  ["nothing", /^(null|undefined|none|nil|nan|\[object Object\])$/i],
  ["masked", /^\*+$/],
];

/** The text without the blanks, the quotes and the `Bearer ` around it that people copy along. */
export function bareSecret(text: string): string {
  return unquoted(unquoted(text.trim()).replace(/^bearer(\s+|$)/i, ""));
}

function unquoted(text: string): string {
  return text.replace(/^(["'`])(.*)\1$/s, "$2").trim();
}

/** What is handed in instead of a secret; undefined when it may be one. */
export function findMistake(bare: string): SecretMistake | undefined {
  return MISTAKES.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** Shorter texts in JSON are its words, such as `Bearer`. */
const SHORTEST_IN_JSON = 16;

/** Everything in an input for a secret that must be masked, usable or not; words for nothing are no secrets. */
export function secretsIn(text: string): readonly string[] {
  const bare = bareSecret(text);
  const mistake = findMistake(bare);
  if (bare === "" || mistake === "nothing" || mistake === "masked") return [];
  const inside = mistake === "json" ? longTexts(parseJson(bare)) : [];
  // The runner masks each line of a mask, and the first one of JSON may be a bracket.
  return inside.length > 0 ? inside : [bare];
}

function longTexts(json: unknown): readonly string[] {
  if (typeof json === "string") return json.length >= SHORTEST_IN_JSON ? [json] : [];
  if (Array.isArray(json)) return json.flatMap(longTexts);
  return isObject(json) ? Object.values(json).flatMap(longTexts) : [];
}
