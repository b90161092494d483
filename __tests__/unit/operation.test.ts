import { expect, test } from "@jest/globals";
import { foldWord, hasEnded, type OperationStatus } from "../../src/marketplace/operation.ts";

test.each<[OperationStatus, boolean]>([
  ["notStarted", false],
  ["running", false],
  ["succeeded", true],
  ["failed", true],
  ["canceled", true],
])("%s is an end: %s", (status, isEnd) => {
  expect(hasEnded(status)).toBe(isEnd);
});

test.each(["inprogress", "InProgress", " in progress ", "in-progress", "IN_PROGRESS", "in \t- progress"])(
  "%j is one word, however it is spelled",
  (word) => {
    expect(foldWord(word)).toBe("inprogress");
  },
);
