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

/** A value as an error shows it: quoted, on one line, and bounded. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
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
  if (!/^[A-Za-z0-9._-]+$/.test(text) || !/[A-Za-z0-9]/.test(text)) {
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
export function readApiVersion(name: string, text: string, fallback: string): string {
  if (text === "") return fallback;
  if (/^[A-Za-z0-9][A-Za-z0-9.-]{0,49}$/.test(text)) return text;
  throw new InputError(
    name,
    `got ${quoted(text)}.`,
    `Allowed is a version such as \`${fallback}\`, as Microsoft's reference names it.`,
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
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe) return url;
  throw new InputError(
    name,
    `got ${quoted(text)}.`,
    `${allowed} Plain http is accepted only for this machine (localhost, 127.0.0.1, [::1]).`,
  );
}

/** A token without the blanks and the `Bearer ` that people copy along. */
export function readToken(name: string, text: string): string {
  const token = bareToken(text);
  if (token === "") {
    throw new InputError(
      name,
      "it is empty.",
      "A secret that is not set arrives as empty text: check its name, that the job may read it (a secret of an environment needs `environment:`), and that the step that gets the token ran.",
    );
  }
  // RFC 6750, section 2.1, and what opaque tokens may hold besides; never quoted, for it may be a secret all the same.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const problem = `it holds blanks, line breaks or other characters that no token has (${token.length} characters).`;
    throw new InputError(
      name,
      problem,
      "Pass the access token alone, for example `az account get-access-token --query accessToken -o tsv`.",
    );
  }
  return token;
}

/** The text without surrounding blanks and a leading `Bearer `. */
export function bareToken(text: string): string {
  return text.trim().replace(/^bearer(\s+|$)/i, "");
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A text as an error may show it, given the URL that it was read as: without a user name and password. */
export function withoutPassword(text: string, url: URL | null): string {
  if (url === null || (url.username === "" && url.password === "")) return text;
  return `${url.origin}${url.pathname}${url.search}`;
}
