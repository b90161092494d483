/**
 * The text with A to Z in lower case, and every other character as it is. The language's own `toLowerCase` makes a `k`
 * of the Kelvin sign (U+212A): a name that only looks like another would count as that one.
 */
export function inLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether two texts are the same but for the case of A to Z. */
export function isSameText(one: string, other: string): boolean {
  return inLowerCase(one) === inLowerCase(other);
}
