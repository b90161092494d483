import { withoutInvisible } from "../text/invisible.ts";
import { isObject, parseJson } from "../text/json.ts";

/** What people hand in where a secret belongs, and that is none. */
export type SecretMistake = "json" | "secureString" | "variable" | "nothing" | "masked";

/** How each is known; the first that fits counts. No token and no client secret of Entra's looks like any of them. */
const SECRET_MISTAKES: readonly (readonly [SecretMistake, RegExp])[] = [
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
  return SECRET_MISTAKES.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** A JWT up to its end, be it cut, and GitHub's tokens: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
const TOKENS = /eyJ[\w-]{13,}(\.[\w-]+)*|(?<![a-z\d])(gh[a-z]|github_pat)_\w{16,}/gi;
/** What is left of a JWT that begins like a secret, as those of one issuer do. */
const RESTS = /(?<=\[secret\])(?=[\w.-]{16})[\w-]*(\.[\w-]+)*/g;

/** Whether a text holds a token that is known by its form: it must get into no address and no line of the log. */
export function holdsToken(text: string): boolean {
  return text.search(TOKENS) !== -1;
}

/** The text without such tokens, whatever invisible characters stand within them. */
export function withoutTokens(text: string): string {
  const seen = withoutInvisible(text);
  const clean = seen.replaceAll(TOKENS, "[token]").replaceAll(RESTS, "");
  return clean === seen ? text : clean;
}

/** JSON, or the beginning of it. */
const JSON_TEXT = /[{[]\s*\\?["'{[]|["']\s*:\s*\\?["'{[]/;
/** What secrets are written in; that of an address ends at its slashes. */
const RUNS = { plain: /[\w~.+/=-]{16,}/g, address: /[\w~.+=-]{16,}/g } as const;
/** So many letters and digits in a row are no word and no GUID. */
const LONG_RUN = /[a-z\d]{24,}/gi;
/** The words and numbers of a name; those of a secret are short. */
const WORD = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;
const KINDS = { mixed: [/[A-Z]/, /[a-z]/, /\d/], any: [/[a-z]/i, /\d/] } as const;
const SHORT_WORD = { mixed: 3.5, any: 5 } as const;

/**
 * Whether a text that nobody knows for a secret may be one, or hold one: JSON; letters of both cases mixed with digits;
 * or many letters and digits in a row. A name that looks so is taken for one, too.
 */
export function looksSecret(text: string): boolean {
  const seen = withoutInvisible(text);
  const runs = seen.match(/^\w+:\/\/|^\//.test(seen) ? RUNS.address : RUNS.plain) ?? [];
  const longRuns = seen.match(LONG_RUN) ?? [];
  return JSON_TEXT.test(seen) || runs.some(isRandom("mixed")) || longRuns.some(isRandom("any"));
}

function isRandom(kind: keyof typeof KINDS): (run: string) => boolean {
  return (run) => {
    const words = run.match(WORD) ?? [];
    const hasEach = KINDS[kind].every((pattern) => pattern.test(run));
    return hasEach && words.join("").length / words.length < SHORT_WORD[kind];
  };
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
