import { expect, test } from "@jest/globals";
import { isTrueWord, type LastWord, type Truth } from "../../field/compare/last-word.ts";

const alone = (...all: readonly Truth[]) => ({ all, sinceStart: all });
const anothers = (...all: readonly Truth[]) => ({ all, sinceStart: [] });

test.each<[LastWord, ReturnType<typeof alone>, boolean]>([
  ["live", alone("succeeded"), true],
  ["live", anothers("succeeded"), true],
  ["live", alone("running"), false],
  ["live", alone(), false],
  ["accepted", alone("failed"), true],
  ["accepted", anothers("running"), false],
  ["running", alone("running"), true],
  ["running", alone("succeeded"), false],
  ["failed", alone("failed"), true],
  ["failed", alone("failed", "succeeded"), false],
  ["cancelled", alone("canceled"), true],
  ["cancelled", alone("running"), false],
  ["unknown", alone("running"), true],
  ["not done", alone(), true],
  ["not done", alone("failed", "canceled"), true],
  ["not done", anothers("running"), true],
  ["not done", alone("running"), false],
  ["not done", alone("failed", "succeeded"), false],
])("that a go-live is “%s”, after %j, is %p", (word, accepted, isTrue) => {
  expect(isTrueWord(word, accepted)).toBe(isTrue);
});
