import { expect, test } from "@jest/globals";
import { findContradiction } from "../../src/go-live/contradiction.ts";
import type { Objection, Submission } from "../../src/marketplace/marketplace.ts";
import type { StepStatus } from "../../src/marketplace/operation.ts";
import type { Followed } from "../../src/go-live/outcome.ts";
import { followed, operation, step } from "../harness/operation.ts";
import { goLive, preview } from "../harness/scripted-marketplace.ts";

const WHO = followed();
const { id } = WHO.reference;
const DONE = operation({ status: "succeeded", statusWord: "complete" });

interface Evidence {
  readonly list?: readonly Submission[];
  readonly objection?: Objection;
}

/** What speaks against an end of which nothing is known but its own word, or what the offer shows besides. */
function against(evidence: Evidence, seen = DONE, who: Followed = WHO) {
  const { list: submissions = [], objection } = evidence;
  const live = { kind: "ready", candidate: { submissionId: undefined }, preview: undefined } as const;
  const standing = { submissions, serviceTimeMs: undefined, readiness: { live, preview: live }, objection };
  return findContradiction(seen, Object.keys(evidence).length === 0 ? undefined : standing, who);
}

const SIGN_OFF_WAITS = { kind: "signOffWaits", stageWord: "running" } as const;
const OFFER_FAILED = { kind: "offerFailed", stageWord: "failed" } as const;

test("believes a success when nothing else is known, or nothing speaks against it", () => {
  expect(against({})).toBeUndefined();
  expect(against({ list: [] })).toBeUndefined();
  expect(against({ list: [goLive(id, "Completed")] })).toBeUndefined();
});

test.each<StepStatus>(["notStarted", "waiting", "blocked", "rejected", "failed", "canceled"])(
  "does not believe a success whose own step that makes it live is %s",
  (status) => {
    const live = step({ makesLive: true, status });
    expect(against({}, operation({ status: "succeeded", steps: [step(), live] }))).toEqual({
      kind: "liveStep",
      step: live,
    });
  },
);

test.each<StepStatus>(["running", "succeeded"])("believes a success whose step that makes it live is %s", (status) => {
  const live = step({ makesLive: true, status });
  const early = step({ status: "failed" });
  expect(against({}, operation({ status: "succeeded", steps: [early, live] }))).toBeUndefined();
});

test("does not believe an operation that the list calls a publish to preview, in either case of its id", () => {
  const list = [preview(id.toUpperCase(), "complete")];
  expect(against({ list })).toEqual({ kind: "listedAsPreview" });
});

test.each(["running", "notStarted", "failed", "canceled"])(
  "does not believe a success that the list calls %s",
  (word) => {
    const submission = goLive(id, word);
    expect(against({ list: [submission] })).toEqual({ kind: "listedOtherwise", submission });
  },
);

test("lets a word of the list that nobody knows speak neither for nor against", () => {
  expect(against({ list: [goLive(id, "reviewing")] })).toBeUndefined();
});

test("does not take a word of the list that nobody knows for the end that a shared place shows", () => {
  const who: Followed = { ...WHO, reference: { ...WHO.reference, isShared: true } };
  for (const status of ["succeeded", "failed", "canceled"] as const) {
    const submission = goLive("9", "reviewing");
    const contradiction = against({ list: [submission] }, operation({ status }), who);
    expect(contradiction).toEqual({ kind: "listedOtherwise", submission });
  }
});

test("does not take a word of the list that nobody knows for the success that the list has to show", () => {
  const who: Followed = { ...WHO, reference: { ...WHO.reference, isListedWhenLive: true } };
  const submission = goLive(id, "certifying");
  expect(against({ list: [submission] }, DONE, who)).toEqual({ kind: "listedOtherwise", submission });
  // It is no word against a failure.
  expect(against({ list: [submission] }, operation({ status: "failed" }), who)).toBeUndefined();
});

test.each<Objection>([SIGN_OFF_WAITS, OFFER_FAILED, { kind: "neverPublished" }])(
  "does not believe a success against which the offer as a whole speaks: $kind",
  (objection) => {
    expect(against({ objection })).toEqual(objection);
    expect(against({ list: [goLive(id, "complete", 1)], objection })).toEqual(objection);
  },
);

test.each([
  { name: "was published after it", entry: preview("p", "succeeded", 2), isExplained: true },
  { name: "runs since", entry: preview("p", "running", 2), isExplained: true },
  { name: "failed since", entry: preview("p", "failed", 2), isExplained: false },
  { name: "was published before it", entry: preview("p", "succeeded", 1), isExplained: false },
  { name: "names no time", entry: preview("p", "succeeded"), isExplained: false },
])("takes the sign-off for another's when a preview $name: $isExplained", ({ entry, isExplained }) => {
  const contradiction = against({ list: [goLive(id, "complete", 1), entry], objection: SIGN_OFF_WAITS });
  expect(contradiction?.kind).toBe(isExplained ? undefined : "signOffWaits");
});

test("takes a failure of the offer for that of something later, and a later preview for no first publish", () => {
  const list = [goLive(id, "complete", 1), preview("p", "failed", 2)];
  expect(against({ list, objection: OFFER_FAILED })).toBeUndefined();
  expect(against({ list, objection: { kind: "neverPublished" } })).toEqual({ kind: "neverPublished" });
});

test("does not believe a success that carries an error", () => {
  const fault = { code: "Bad", text: "Not published." };
  expect(against({}, operation({ status: "succeeded", fault }))).toEqual({ kind: "ownFault", fault });
});

test("does not believe a success that the list shows twice, once otherwise", () => {
  const [done, failed] = [goLive(id, "complete"), goLive(id, "failed")];
  expect(against({ list: [done, failed] })).toEqual({ kind: "listedOtherwise", submission: failed });
  expect(against({ list: [done, preview(id, "complete")] })).toEqual({ kind: "listedAsPreview" });
});

test("of what the inputs name something must say that it is a go-live", () => {
  const watched = followed("watched");
  expect(against({}, DONE, watched)).toEqual({ kind: "perhapsPreview" });
  expect(against({ list: [] }, DONE, watched)).toEqual({ kind: "perhapsPreview" });
  expect(against({ list: [goLive(watched.reference.id, "complete")] }, DONE, watched)).toBeUndefined();
  const live = step({ makesLive: true, status: "succeeded" });
  expect(against({}, operation({ status: "succeeded", steps: [live] }), watched)).toBeUndefined();
  const liveLinks = [{ text: "x", url: "https://marketplace.microsoft.com/x" }];
  expect(against({}, operation({ status: "succeeded", liveLinks }), watched)).toBeUndefined();
});

test("asks the list alone about an end that is no success, and only at a shared place", () => {
  const failed = operation({ status: "failed", statusWord: "failed" });
  expect(against({ list: [], objection: SIGN_OFF_WAITS }, failed)).toBeUndefined();
  const who: Followed = {
    ...WHO,
    reference: { ...WHO.reference, isShared: true },
    baseline: { keys: new Set(), sentAtMs: 5 },
  };
  expect(against({ list: [], objection: SIGN_OFF_WAITS }, failed, who)).toEqual({ kind: "notListed" });
  expect(against({ list: [goLive("2", "failed", 5)], objection: SIGN_OFF_WAITS }, failed, who)).toBeUndefined();
  expect(against({}, failed, who)).toEqual({ kind: "notListed" });
});
