import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readOperationStatus, readStepStatus } from "../../src/marketplace/cloud-partner-portal/words.ts";
import { foldWord, hasEnded, type OperationStatus, type StepStatus } from "../../src/marketplace/operation.ts";

const WORDS: Readonly<Record<OperationStatus, readonly string[]>> = {
  notStarted: ["not started", "notStarted", "queued", "pending"],
  running: ["running", "in progress", "waiting for publisher review", "waiting for approval"],
  succeeded: ["completed", "complete", "succeeded", "success"],
  failed: ["failed", "failure"],
  canceled: ["canceled", "cancelled"],
};

const STEP_WORDS: Readonly<Record<StepStatus, readonly string[]>> = {
  ...WORDS,
  running: ["running", "in progress", "a word that nobody knows", ""],
  waiting: ["waiting for publisher review", "waiting for approval"],
  blocked: ["blocked"],
  rejected: ["rejected"],
};

/** Another spelling of a word: any case, and blanks, `-` and `_` between any letters. */
const spelling = (word: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.boolean(), fc.constantFrom("", "", "", " ", "-", "_", "\t", " - ")), {
      minLength: word.length,
      maxLength: word.length,
    })
    .map((spellings) =>
      spellings.map(([isUpper, gap], at) => (isUpper ? word.charAt(at).toUpperCase() : word.charAt(at)) + gap).join(""),
    );

const entries = (words: Readonly<Record<string, readonly string[]>>): readonly (readonly [string, string])[] =>
  Object.entries(words).flatMap(([status, list]) => list.map((word) => [word, status] as const));

test.each(entries(WORDS))("the service's word “%s” means %s, however it is spelled", (word, status) => {
  fc.assert(
    fc.property(spelling(word), (text) => {
      expect(readOperationStatus(text)).toEqual({ status, statusWord: text, isKnownWord: true });
    }),
    { numRuns: 50 },
  );
});

test.each(["rejected", "blocked", "completing", "", "constructor", "toString", "__proto__", "erfolgreich"])(
  "takes the unknown word %j as running, and says so",
  (word) => {
    expect(readOperationStatus(word)).toEqual({ status: "running", statusWord: word, isKnownWord: false });
  },
);

test("no word but a known one ends a wait", () => {
  const ends = new Set(["completed", "complete", "succeeded", "success", "failed", "failure", "canceled", "cancelled"]);
  fc.assert(
    fc.property(fc.string(), (word) => {
      fc.pre(!ends.has(foldWord(word)));
      expect(hasEnded(readOperationStatus(word).status)).toBe(false);
    }),
  );
});

test.each(entries(STEP_WORDS))("a step that is “%s” reads as %s, however it is spelled", (word, status) => {
  fc.assert(
    fc.property(spelling(word), (text) => {
      expect(readStepStatus(text)).toBe(status);
    }),
    { numRuns: 20 },
  );
});
