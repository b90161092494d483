import { expect, test } from "@jest/globals";
import { type Evidence, findContradiction } from "../../src/go-live/contradiction.ts";
import type { OfferStage, Submission } from "../../src/marketplace/marketplace.ts";
import type { StepStatus } from "../../src/marketplace/operation.ts";
import type { Followed } from "../../src/go-live/outcome.ts";
import { followed, operation, step } from "../harness/operation.ts";
import { goLive, offerStatus, preview, WAITS } from "../harness/scripted-marketplace.ts";

const WHO = followed();
const { id } = WHO.reference;
const DONE = operation({ status: "succeeded", statusWord: "complete" });
const NOTHING: Evidence = { list: undefined, offer: undefined };

const listed = (...entries: readonly Submission[]) => ({ entries, serviceTimeMs: undefined });
const against = (evidence: Partial<Evidence>, seen = DONE, who: Followed = WHO) =>
  findContradiction(seen, { ...NOTHING, ...evidence }, who);

test("believes a success when nothing else is known, or nothing speaks against it", () => {
  expect(against({})).toBeUndefined();
  expect(against({ list: listed(), offer: offerStatus("succeeded") })).toBeUndefined();
  expect(against({ list: listed(goLive(id, "Completed")), offer: offerStatus("running") })).toBeUndefined();
});

test.each(["id", "name"])(
  "does not believe a success whose own step that makes it live was not done, by its %s",
  (key) => {
    for (const status of ["notStarted", "waiting", "blocked", "rejected", "failed", "canceled"] as const) {
      const live = step({ id: "x", name: "x", [key]: "Live", status });
      expect(against({}, operation({ status: "succeeded", steps: [live] }))).toEqual({ kind: "liveStep", step: live });
    }
  },
);

test.each<StepStatus>(["running", "succeeded"])("believes a success whose step live is %s", (status) => {
  const live = step({ id: "live", status });
  const early = step({ id: "certify", status: "failed" });
  expect(against({}, operation({ status: "succeeded", steps: [early, live] }))).toBeUndefined();
});

test("does not believe an operation that the list calls a publish to preview, in either case of its id", () => {
  const list = listed(preview(id.toUpperCase(), "complete"));
  expect(against({ list })).toEqual({ kind: "listedAsPreview" });
});

test.each(["running", "notStarted", "failed", "canceled"])(
  "does not believe a success that the list calls %s",
  (word) => {
    const submission = goLive(id, word);
    expect(against({ list: listed(submission) })).toEqual({ kind: "listedOtherwise", submission });
  },
);

test("lets a word of the list that nobody knows speak neither for nor against", () => {
  expect(against({ list: listed(goLive(id, "reviewing")) })).toBeUndefined();
});

test("does not take a word of the list that nobody knows for the end that a shared place shows", () => {
  const who: Followed = { ...WHO, reference: { ...WHO.reference, isShared: true } };
  for (const status of ["succeeded", "failed", "canceled"] as const) {
    const submission = goLive("9", "reviewing");
    const contradiction = against({ list: listed(submission) }, operation({ status }), who);
    expect(contradiction).toEqual({ kind: "listedOtherwise", submission });
  }
});

test("does not believe a success while the offer waits for the sign-off, by its status or by its step", () => {
  expect(against({ offer: WAITS })).toEqual({ kind: "signOffWaits", stageWord: "waitingForPublisherReview" });
  const migrated = offerStatus("running", "waitingForPublisherReview");
  expect(against({ offer: migrated })).toEqual({ kind: "signOffWaits", stageWord: "running" });
  expect(against({ offer: offerStatus("neverPublished") })).toEqual({ kind: "neverPublished" });
});

test.each([
  { name: "was published after it", entry: preview("p", "succeeded", 2), isExplained: true },
  { name: "runs since", entry: preview("p", "running", 2), isExplained: true },
  { name: "failed since", entry: preview("p", "failed", 2), isExplained: false },
  { name: "was published before it", entry: preview("p", "succeeded", 1), isExplained: false },
  { name: "names no time", entry: preview("p", "succeeded"), isExplained: false },
])("takes the sign-off for another's when a preview $name: $isExplained", ({ entry, isExplained }) => {
  const contradiction = against({ list: listed(goLive(id, "complete", 1), entry), offer: WAITS });
  expect(contradiction?.kind).toBe(isExplained ? undefined : "signOffWaits");
});

test.each<OfferStage>(["canceled", "failed"])(
  "does not believe a success of an offer that is %s, unless something came later",
  (stage) => {
    const offer = offerStatus(stage);
    expect(against({ offer })).toEqual({ kind: "offerFailed", stageWord: stage });
    expect(against({ list: listed(goLive(id, "complete", 1)), offer })).toEqual({
      kind: "offerFailed",
      stageWord: stage,
    });
    expect(against({ list: listed(goLive(id, "complete", 1), preview("p", "failed", 2)), offer })).toBeUndefined();
  },
);

test("does not believe a success that carries an error", () => {
  const fault = { code: "Bad", text: "Not published." };
  expect(against({}, operation({ status: "succeeded", fault }))).toEqual({ kind: "ownFault", fault });
});

test("does not believe a success that the list shows twice, once otherwise", () => {
  const [done, failed] = [goLive(id, "complete"), goLive(id, "failed")];
  expect(against({ list: listed(done, failed) })).toEqual({ kind: "listedOtherwise", submission: failed });
  expect(against({ list: listed(done, preview(id, "complete")) })).toEqual({ kind: "listedAsPreview" });
});

test("of what the inputs name something must say that it is a go-live", () => {
  const watched = followed("watched");
  expect(against({}, DONE, watched)).toEqual({ kind: "perhapsPreview" });
  expect(against({ list: listed() }, DONE, watched)).toEqual({ kind: "perhapsPreview" });
  expect(against({ list: listed(goLive(watched.reference.id, "complete")) }, DONE, watched)).toBeUndefined();
  expect(against({ offer: offerStatus("succeeded") }, DONE, watched)).toEqual({ kind: "perhapsPreview" });
  const live = step({ id: "live", status: "succeeded" });
  expect(against({}, operation({ status: "succeeded", steps: [live] }), watched)).toBeUndefined();
  const liveLinks = [{ text: "x", url: "https://marketplace.microsoft.com/x" }];
  expect(against({}, operation({ status: "succeeded", liveLinks }), watched)).toBeUndefined();
});

test.each<OfferStage>(["notStarted", "running", "succeeded"])(
  "has nothing against a success of an offer that is %s",
  (stage) => {
    expect(against({ offer: offerStatus(stage) })).toBeUndefined();
  },
);

test("asks the list alone about an end that is no success, and only at a shared place", () => {
  const failed = operation({ status: "failed", statusWord: "failed" });
  expect(against({ list: listed(), offer: WAITS }, failed)).toBeUndefined();
  const who: Followed = {
    ...WHO,
    reference: { ...WHO.reference, isShared: true },
    baseline: { keys: new Set(), sentAtMs: 5 },
  };
  expect(against({ list: listed(), offer: WAITS }, failed, who)).toEqual({ kind: "notListed" });
  expect(against({ list: listed(goLive("2", "failed", 5)), offer: WAITS }, failed, who)).toBeUndefined();
  expect(against({}, failed, who)).toEqual({ kind: "notListed" });
});
