import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { type Baseline, createBaseline, findTrace } from "../../src/go-live/baseline.ts";
import type { Submission } from "../../src/marketplace/marketplace.ts";
import { hasEnded } from "../../src/marketplace/operation.ts";
import { goLive, preview, standingOf, WAITS } from "../harness/scripted-marketplace.ts";

const SENT_MS = 1_000_000;
const BASELINE: Baseline = { keys: new Set(["ab"]), sentAtMs: SENT_MS };
const trace = (entries: readonly Submission[], baseline = BASELINE) => findTrace({ submissions: entries }, baseline);

test("knows operations by their keys, and the sending by the service's clock", async () => {
  const entries = [goLive("AB", "failed"), preview("cD", "succeeded")];
  const expected = { keys: new Set(["ab", "cd"]), sentAtMs: SENT_MS + 250, goal: "live" };
  expect(createBaseline(await standingOf(entries, WAITS, SENT_MS), 250)).toEqual(expected);
  expect(createBaseline(await standingOf([]), 250).sentAtMs).toBeUndefined();
});

const own = (submission: Submission) => ({ kind: "own", submission });
const other = (submission: Submission) => ({ kind: "other", submission });
const perhaps = (submission: Submission) => ({ kind: "perhaps", submission });
const none = { kind: "none" };
const doubtful = { kind: "doubtful" };

test.each([
  { name: "nothing", entry: undefined, expected: () => none },
  { name: "a new one that runs", entry: goLive("2", "running", SENT_MS + 1), expected: own },
  { name: "a new one that runs and names no time", entry: goLive("2"), expected: perhaps },
  { name: "a new one with a word that nobody knows", entry: goLive("2", "reviewing", SENT_MS), expected: own },
  { name: "a new one that changed since the sending", entry: goLive("2", "running", SENT_MS), expected: own },
  { name: "a new one that is certainly older", entry: goLive("2", "running", SENT_MS - 600_001), expected: other },
  {
    name: "a new one that is older by what clocks differ",
    entry: goLive("2", "running", SENT_MS - 600_000),
    expected: perhaps,
  },
  {
    name: "an end that is older by what clocks differ",
    entry: goLive("2", "failed", SENT_MS - 2_001),
    expected: () => doubtful,
  },
  {
    name: "one within what a clock in whole seconds hides",
    entry: goLive("2", "failed", SENT_MS - 2_000),
    expected: own,
  },
  { name: "one that was there, in another case, and runs now", entry: goLive("aB"), expected: other },
  { name: "one that was there and has ended", entry: goLive("Ab", "succeeded", SENT_MS + 1), expected: () => none },
  { name: "a new one that has ended since", entry: goLive("2", "succeeded", SENT_MS + 1), expected: own },
  { name: "last month's success", entry: goLive("2", "succeeded", SENT_MS - 2_592_000_000), expected: () => none },
  { name: "an end without a time", entry: goLive("2", "succeeded"), expected: () => doubtful },
  { name: "a publish to preview", entry: preview("2"), expected: () => none },
])("finds in the list: $name", ({ entry, expected }) => {
  expect(trace(entry === undefined ? [] : [entry])).toEqual(expected(entry ?? goLive("")));
});

test("puts what runs before what has ended, and its own before another's", () => {
  const [ended, others, mine] = [goLive("2", "failed", SENT_MS), goLive("ab"), goLive("3", "running", SENT_MS)];
  expect(trace([ended, others, mine])).toEqual(own(mine));
  expect(trace([ended, others])).toEqual(other(others));
});

test("cannot tell which is its own when two run that are new", () => {
  const twins = [goLive("2", "running", SENT_MS), goLive("3", "running", SENT_MS)];
  expect(trace(twins)).toMatchObject({ kind: "perhaps" });
});

test("cannot tell whose an end is when the service names no time", () => {
  const untimed: Baseline = { keys: new Set(), sentAtMs: undefined };
  expect(trace([goLive("2", "succeeded", SENT_MS)], untimed)).toEqual(doubtful);
  expect(trace([goLive("2", "running", SENT_MS)], untimed).kind).toBe("perhaps");
});

test("takes nothing for its own that is not listed as it is known to be, and all that is", () => {
  const known: Baseline = { ...BASELINE, ownKey: "2" };
  const [mine, others] = [goLive("2", "running", SENT_MS - 3_600_000), goLive("3", "running", SENT_MS + 1)];
  expect(trace([others, mine], known)).toEqual(own(mine));
  expect(trace([others, goLive("2", "succeeded")], known)).toEqual(own(goLive("2", "succeeded")));
  expect(trace([others], known)).toEqual(other(others));
  expect(trace([goLive("3", "succeeded", SENT_MS + 1)], known)).toEqual(none);
  expect(trace([goLive("ab")], { ...known, ownKey: "ab" })).toEqual(other(goLive("ab")));
});

const entryArbitrary = fc
  .record({
    id: fc.constantFrom("ab", "AB", "2", "3"),
    word: fc.constantFrom("running", "notStarted", "reviewing", "succeeded", "failed", "canceled"),
    changedAtMs: fc.constantFrom(undefined, SENT_MS - 5_000, SENT_MS + 5_000),
    isGoLive: fc.boolean(),
  })
  .map(({ id, word, changedAtMs, isGoLive }) => ({ ...goLive(id, word, changedAtMs), isGoLive }));

test("never says that there is none while a go-live runs", () => {
  fc.assert(
    fc.property(fc.array(entryArbitrary, { maxLength: 5 }), (entries) => {
      const runs = entries.some(({ isGoLive, status }) => isGoLive && !hasEnded(status));
      expect(runs && ["none", "doubtful"].includes(trace(entries).kind)).toBe(false);
    }),
  );
});

test("never calls one its own that was there before, is older or is a publish to preview", () => {
  fc.assert(
    fc.property(fc.array(entryArbitrary, { maxLength: 5 }), (entries) => {
      const found = trace(entries);
      const mine = found.kind === "own" ? [found.submission] : [];
      const wrong = mine.filter(
        ({ id, changedAtMs = 0, isGoLive }) => id.toLowerCase() === "ab" || changedAtMs < SENT_MS - 2_000 || !isGoLive,
      );
      expect(wrong).toEqual([]);
    }),
  );
});
