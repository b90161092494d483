import type { Api } from "../marketplace/apis.ts";
import {
  bareSecret,
  findMistake,
  holdsToken,
  looksSecret,
  type SecretMistake,
  withoutTokens,
} from "../text/secret-text.ts";

/** An input that cannot be used; the message says which, what came, what is allowed and the likely cause. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly input: string;
  /** What is wrong, in a sentence that starts with the received value. */
  readonly problem: string;
  readonly remedy: string;

  constructor(input: string, problem: string, remedy: string) {
    super(`\`${input}\`: ${problem} ${remedy}`);
    this.input = input;
    this.problem = problem;
    this.remedy = remedy;
  }
}

const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--\p{Default_Ignorable_Code_Point}]/v;
/** In front of an address: what may be a user name and a password, which may hold any character. */
const USER = /^(\s*[a-z][a-z\d+.-]*:\/\/|\s*\/\/)?(.*)@/is;

/**
 * A value as an error shows it: quoted, on one line, bounded, and without a token or a password; of what may be a secret
 * nothing is shown. No input here may hold characters beyond ASCII, so that each is shown with its code point: some
 * cannot be seen, and some look like others.
 */
export function quoted(value: string): string {
  const safe = withoutUser(withoutTokens(value));
  if (looksSecret(safe)) return `a text of ${value.length} characters that is not shown, for it may hold a secret`;
  const shown = JSON.stringify(safe.slice(0, 100)).replaceAll(/[^ -~]/gu, withCodePoint);
  return safe.length > 100 ? `${shown.slice(0, -1)}…"` : shown;
}

function withoutUser(value: string): string {
  return value.replace(USER, (text, scheme: string | undefined, user: string) =>
    scheme === undefined && !user.includes(":") ? text : `${scheme ?? ""}[user]@`,
  );
}

function withCodePoint(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `${VISIBLE.test(character) ? character : ""}<U+${code}>`;
}

/** The id of a publisher or an offer: nothing that could change the path it becomes part of. */
export function readId(name: string, text: string): string {
  if (text === "") {
    throw new InputError(
      name,
      "it is empty.",
      `Set \`${name}\` under \`with:\`; an unset variable or output is empty text.`,
    );
  }
  if (!/^[A-Za-z0-9._-]+$/.test(text) || !/[A-Za-z0-9]/.test(text) || holdsToken(text)) {
    const allowed = "Allowed are letters, digits, `-`, `_` and `.`, with a letter or digit among them.";
    throw new InputError(
      name,
      `got ${quoted(text)}.`,
      `${allowed} Copy the id, not the display name, from Partner Center.`,
    );
  }
  return text;
}

/** True or false in the spellings that GitHub accepts; `fallback` when empty. */
export function readBoolean(name: string, text: string, fallback: boolean): boolean {
  if (text === "") return fallback;
  if (["true", "True", "TRUE"].includes(text)) return true;
  if (["false", "False", "FALSE"].includes(text)) return false;
  throw new InputError(
    name,
    `got ${quoted(text)}.`,
    "Allowed are `true` and `false`; `yes`, `on` or `1` are not taken for either.",
  );
}

/**
 * The same for a switch that must not be off by mistake. On a runner an input that is left out arrives with the default
 * of action.yml, so an empty text can only be a value that is not set; `wasGiven` says whether there was any text.
 */
export function readSwitch(name: string, text: string, wasGiven: boolean, fallback: boolean): boolean {
  if (text !== "" || !wasGiven) return readBoolean(name, text, fallback);
  throw new InputError(
    name,
    "it is empty, which would turn it off without a word.",
    `A variable, secret, output or workflow input that is not set arrives as empty text: check its name, and write \`\${{ vars.NAME || 'true' }}\` where it may be unset. Or set \`${name}\` to \`true\` or \`false\`.`,
  );
}

export interface NumberRange {
  readonly fallback: number;
  readonly most: number;
  readonly unit: string;
}

/** A positive decimal number up to `most`; `fallback` when empty. */
export function readPositive(name: string, text: string, range: NumberRange): number {
  if (text === "") return range.fallback;
  const value = /^\+?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= range.most) return value;
  const allowed = `Allowed is a number of ${range.unit} above 0 and up to ${range.most}, such as \`${range.fallback}\` or \`0.5\`, with a point and without a unit.`;
  throw new InputError(name, `got ${quoted(text)}.`, allowed);
}

/** One of a few words; the first is the default. */
export function readChoice<const T extends string>(name: string, text: string, choices: readonly [T, ...T[]]): T {
  if (text === "") return choices[0];
  const choice = choices.find((word) => word === text);
  if (choice !== undefined) return choice;
  const allowed = choices.map((word) => `\`${word}\``).join(", ");
  throw new InputError(name, `got ${quoted(text)}.`, `Allowed are ${allowed}; mind the case.`);
}

/** The version of the API, as it is written in a query. */
export function readApiVersion(
  name: string,
  text: string,
  { apiVersion, versionForm }: Pick<Api, "apiVersion" | "versionForm">,
): string {
  if (text === "") return apiVersion;
  if (versionForm.test(text)) return text;
  throw new InputError(
    name,
    `got ${quoted(text)}.`,
    `Allowed is a version that is written like \`${apiVersion}\`, as Microsoft's reference names it.`,
  );
}

/** The service's base address: https only, but for a host that is this machine itself. */
export function readEndpoint(name: string, text: string, fallback: string): URL {
  const url = URL.parse(text === "" ? fallback : text);
  const allowed = `Allowed is an https address without path, query or user name, such as \`${fallback}\`.`;
  if (url === null) throw new InputError(name, `got ${quoted(text)}, which is not a URL.`, allowed);
  const isBare =
    url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
  if (!isBare) throw new InputError(name, `got ${quoted(withoutPassword(text, url))}.`, allowed);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(url.hostname));
  if (isSafe) return url;
  throw new InputError(
    name,
    `got ${quoted(text)}.`,
    `${allowed} Plain http is accepted only for this machine (localhost, 127.0.0.1, [::1]).`,
  );
}

/** The secret alone, for each input that takes one. */
const ALONE = {
  token: "Pass the access token alone, for example `az account get-access-token --query accessToken -o tsv`.",
  clientSecret: "Pass the value of the client secret alone.",
  githubToken: "Leave the input out, or pass a token alone.",
} as const;

export type SecretInput = keyof typeof ALONE;

const MISTAKE_TEXTS = {
  json: ["it holds JSON.", ""],
  secureString: [
    "it is the name of a PowerShell type, which a SecureString leaves when it is written as text.",
    " `ConvertFrom-SecureString -AsPlainText` gives the text of one.",
  ],
  variable: [
    "it is a name that nothing was put in the place of.",
    " Under `with:` no shell puts values in: write `${{ secrets.NAME }}`, or `${{ steps.ID.outputs.NAME }}`.",
  ],
  nothing: ["it is a program's word for nothing.", " The step that gets it found none; look what that step says."],
  masked: ["it is what a log shows in place of a secret.", " A secret cannot be copied from a log."],
} as const satisfies Record<SecretMistake, readonly [problem: string, remedy: string]>;

/**
 * A secret without what people copy along; empty when it is not set. Throws an {@link InputError} for what can be none,
 * and never quotes it, for it may be a secret all the same.
 */
export function readSecret(name: SecretInput, text: string): string {
  const secret = bareSecret(text);
  const mistake = findMistake(secret);
  if (mistake === undefined) return secret;
  const [problem, remedy] = MISTAKE_TEXTS[mistake];
  throw new InputError(name, problem, `${ALONE[name]}${remedy}`);
}

/** A token without what people copy along. */
export function readToken(name: "token", text: string): string {
  const token = readSecret(name, text);
  if (token === "") {
    throw new InputError(
      name,
      "it is empty.",
      "A secret that is not set arrives as empty text: check its name, that the job may read it (a secret of an environment needs `environment:`), and that the step that gets the token ran.",
    );
  }
  // RFC 6750, section 2.1, and what opaque tokens may hold besides.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const problem = `it holds blanks, line breaks or other characters that no token has (${token.length} characters).`;
    throw new InputError(name, problem, ALONE.token);
  }
  return token;
}

/** Whether a host is this machine by a name that means nothing else: a token may go there in the clear. */
export function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A text as an error may show it, given the URL that it was read as: without a user name and password. */
export function withoutPassword(text: string, url: URL | null): string {
  if (url === null || (url.username === "" && url.password === "")) return text;
  return `${url.origin}${url.pathname}${url.search}`;
}
