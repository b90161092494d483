/** So much of what the Azure CLI says is told. */
const LONGEST_SAID = 500;

/** What a word may be: short, or of a form that no token has. A token is one word, and far longer. */
const PLAIN_WORDS = [
  /^.{1,20}$/su,
  // A GUID, in quotes or brackets or with a comma, say.
  /^\P{L}?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\P{L}?$/iu,
  // A time, as Entra writes it.
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\P{L}?$/u,
] as const;

/** Node's words for what is no JSON quote a piece of it. */
const NO_JSON = /\bJSON\b|Cannot read properties/;

/**
 * Why the Azure CLI gave no token, in its own words as far as they can be shown: the library's error is either a
 * sentence of the library's or all that `az` wrote to standard error, and that may be the token itself, which nobody
 * knows yet. So only short words are told, from the first `ERROR` on, and nothing of standard output.
 */
export function azureCliText(told: string, redact: (text: string) => string): string {
  if (told.trim() === "" || NO_JSON.test(told)) return "the Azure CLI (`az`) printed no token that can be read";
  const error = /^ERROR\b.*/ms.exec(told)?.[0] ?? told;
  const words = redact(error)
    .trim()
    .split(/\s+/)
    .map((word) => (PLAIN_WORDS.some((plain) => plain.test(word)) ? word : "[…]"))
    .join(" ");
  return `the Azure CLI (\`az\`) gave no token: ${words.slice(0, LONGEST_SAID)}`;
}
