/** A control sequence (colours, cursor) from its introducer on: ECMA-48, section 5.4. */
const CONTROL_SEQUENCE = String.raw`(?:\u001b\[|\u009b)[0-?]*[ -\/]*[@-~]`;
/** A sequence with a text in it (titles, links) up to its end, or nothing if another begins before: section 5.6. */
const ESCAPED_TEXT = String.raw`(?:\u001b[\]PX\^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)`;
/** Another escape, such as the choice of a character set. */
const SHORT_ESCAPE = String.raw`\u001b[ -\/]*[0-~]`;
/**
 * Controls; format characters such as direction marks, zero-width joiners and soft hyphens; and what else a reader is
 * shown nothing of: fillers, joiners and variation selectors (Unicode Standard, section 5.21).
 */
const UNSEEN = String.raw`[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\t]]`;

const INVISIBLE = new RegExp([ESCAPED_TEXT, CONTROL_SEQUENCE, SHORT_ESCAPE, UNSEEN].join("|"), "gv");
const UNSEEN_CHARACTERS = new RegExp(`${UNSEEN}+`, "gv");

/**
 * The text without terminal escapes and invisible characters; line feeds and tabs stay. Its time grows with the length
 * of the text only: Node's `stripVTControlCharacters` would be at work for hours over some texts of 4 MiB.
 */
export function withoutInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, "");
}

/** What is seen of a text, and where that stood. */
export interface SeenText {
  readonly text: string;
  /** Where the character at that place of `text` stands in the whole text. */
  readonly placeOf: (at: number) => number;
  /** Where it ends there. */
  readonly endOf: (at: number) => number;
}

/** The text without its invisible characters, one by one: what follows an escape stays, for a file shows it. */
export function readSeen(whole: string): SeenText {
  const text = whole.replaceAll(UNSEEN_CHARACTERS, "");
  if (text.length === whole.length) return { text, placeOf: (at) => at, endOf: (at) => at + 1 };
  let places: Uint32Array | undefined;
  const placeOf = (at: number): number => (places ??= placesOf(whole))[at] ?? whole.length;
  return { text, placeOf, endOf: (at) => placeOf(at) + 1 };
}

/** Where each character that is not invisible stands. */
function placesOf(whole: string): Uint32Array {
  const places = new Uint32Array(whole.length);
  let [count, from] = [0, 0];
  const keepUntil = (end: number): void => {
    for (let place = from; place < end; place += 1, count += 1) places[count] = place;
  };
  for (const { index, 0: run } of whole.matchAll(UNSEEN_CHARACTERS)) {
    keepUntil(index);
    from = index + run.length;
  }
  keepUntil(whole.length);
  return places;
}
