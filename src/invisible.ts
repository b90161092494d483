/** A control sequence (colours, cursor) from its introducer on: ECMA-48, section 5.4. */
const CONTROL_SEQUENCE = String.raw`(?:\u001b\[|\u009b)[0-?]*[ -\/]*[@-~]`;
/** A sequence with a text in it (titles, links) up to its end, or nothing if another begins before: section 5.6. */
const ESCAPED_TEXT = String.raw`(?:\u001b[\]PX\^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)`;
/** Another escape, such as the choice of a character set. */
const SHORT_ESCAPE = String.raw`\u001b[ -\/]*[0-~]`;
/** Controls, and format characters: direction marks, zero-width joiners, soft hyphens. */
const CONTROL = String.raw`(?![\n\t])[\p{Cc}\p{Cf}]`;

const INVISIBLE = new RegExp([ESCAPED_TEXT, CONTROL_SEQUENCE, SHORT_ESCAPE, CONTROL].join("|"), "gu");

/**
 * The text without terminal escapes and invisible characters; line feeds and tabs stay. Its time grows with the length
 * of the text only: Node's `stripVTControlCharacters` would be at work for hours over some texts of 4 MiB.
 */
export function withoutInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, "");
}
