import * as fc from "fast-check";

const SURROGATES = { first: 0xd800, count: 0x800 } as const;

/**
 * Any character there is: what fast-check calls `binary`, but without the table of a million characters that it makes for
 * each test file.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(0x10_ff_ff - SURROGATES.count).map(
  (nth) => String.fromCodePoint(nth < SURROGATES.first ? nth : nth + SURROGATES.count),
  // With the way back, fast-check knows how to make texts of its own of them, such as `__proto__`.
  (text) => {
    const code = typeof text === "string" && [...text].length === 1 ? text.codePointAt(0) : undefined;
    if (code === undefined || /\p{Surrogate}/u.test(String(text))) throw new RangeError("that is no one character");
    return code < SURROGATES.first ? code : code - SURROGATES.count;
  },
);
