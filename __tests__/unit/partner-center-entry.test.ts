import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { hasEnded } from "../../src/marketplace/operation.ts";
import {
  type Entry,
  type Phase,
  readEntry,
  readEntryList,
  stateOf,
  toSubmission,
} from "../../src/marketplace/partner-center/entry.ts";
import { submissionReference } from "../../src/marketplace/partner-center/location.ts";
import { readSubmissionId, submissionText } from "../../src/marketplace/submission-id.ts";
import { ENDPOINT, ID, NUMBER, PRODUCT, SUBMISSION, submissionBody } from "../harness/scripted-center.ts";

/** The entry of a submission in those words: state, substate and how its last update stands. */
function entryIn(words: string): Entry | undefined {
  return readEntry(submissionBody(`${NUMBER} ${words}`), PRODUCT);
}

/** Every row of the table of states and substates, and what it leaves open. */
const PHASES: readonly (readonly [string, Phase])[] = [
  // A publish to preview.
  ["InProgress InDraft Running", "previewRuns"],
  ["InProgress InDraft Completed", "previewRuns"],
  ["InProgress InDraft", "previewRuns"],
  ["InProgress Submitted Completed", "previewRuns"],
  ["InProgress Submitted", "previewRuns"],
  ["InProgress InDraft Failed", "previewFailed"],
  ["InProgress Submitted Failed", "previewFailed"],
  ["InProgress Failed Completed", "previewFailed"],
  ["InProgress FailedInCertification Completed", "previewFailed"],
  ["InProgress Cancelled Completed", "previewFailed"],
  ["InProgress Canceled Completed", "previewFailed"],
  // What waits for the publisher, and what is still being done to it.
  ["Published ReadyToPublish Completed", "ready"],
  ["Published ReadyToPublish", "ready"],
  ["Published ReadyToPublish somethingNew", "ready"],
  ["InProgress ReadyToPublish Completed", "ready"],
  ["Published ReadyToPublish Running", "unsettled"],
  ["Published ReadyToPublish RUNNING", "unsettled"],
  ["Published ReadyToPublish Failed", "failed"],
  // A go-live, whichever state stands beside it.
  ["Published Publishing Completed", "goesLive"],
  ["Published Publishing Running", "goesLive"],
  ["InProgress Publishing Completed", "goesLive"],
  ["- Publishing", "goesLive"],
  ["Published Published Completed", "goesLive"],
  ["Published Published Running", "goesLive"],
  ["Published Publishing Failed", "failed"],
  ["InProgress Publishing Failed", "previewFailed"],
  // In the store, once nothing is done to it any more.
  ["Published InStore Completed", "live"],
  ["Published InStore", "live"],
  ["Published InStore Running", "unsettled"],
  ["Published InStore Failed", "failed"],
  // Failed or taken back.
  ["Published Failed Completed", "failed"],
  ["Published FailedInCertification Completed", "failed"],
  ["Published Cancelled Completed", "failed"],
  ["Published Canceled Completed", "failed"],
  ["Cancelled ReadyToPublish Completed", "failed"],
  ["Canceled InStore Completed", "failed"],
  ["Cancelled Submitted Running", "failed"],
  ["Cancelled -", "failed"],
  // However it is spelt.
  ["PUBLISHED readytopublish completed", "ready"],
  ["published In_Store COMPLETED", "live"],
  ["Published Ready-To-Publish", "ready"],
  ["in_progress failed completed", "previewFailed"],
  ["published failed-in-certification", "failed"],
  // Nobody knows.
  ["Published Pondering Completed", "unknown"],
  ["Published -", "unknown"],
  ["InProgress -", "unknown"],
  ["InProgress Pondering Running", "unknown"],
  ["Published constructor", "unknown"],
  ["Published __proto__", "unknown"],
  ["ReadyToPublish Pondering", "unknown"],
  ["Pondering InStore", "live"],
];

test.each(PHASES)("a submission in the words %s is %s", (words, phase) => {
  expect(entryIn(words)?.phase).toBe(phase);
});

test("keeps the id as the text that it is, the service's own words and its reason", () => {
  const body = {
    ...submissionBody(`${NUMBER} InProgress InDraft`),
    pendingUpdateInfo: { status: "Failed", failureReason: "  Active validation errors  ", href: "/validations" },
  };
  expect(readEntry(body, PRODUCT)).toStrictEqual({
    submission: SUBMISSION,
    phase: "previewFailed",
    word: "InProgress/InDraft",
    failureReason: "Active validation errors",
  });
  expect(entryIn("Published ReadyToPublish Completed")).toStrictEqual({
    submission: SUBMISSION,
    phase: "ready",
    word: "Published/ReadyToPublish",
    failureReason: undefined,
  });
  expect(entryIn("- InStore")?.word).toBe("InStore");
  expect(entryIn("Published -")?.word).toBe("Published");
});

test("cuts words and reasons of any length to what can be read", () => {
  const [word, failureReason] = ["w".repeat(5_000), "r".repeat(5_000)];
  const body = { id: "7", state: word, substate: word, pendingUpdateInfo: { failureReason } };
  expect(readEntry(body, PRODUCT)).toMatchObject({
    word: `${"w".repeat(100)}/${"w".repeat(100)}`,
    failureReason: "r".repeat(1_000),
  });
});

test.each([undefined, null, "Failed", ["Failed"], {}, { status: 7 }, { status: "" }])(
  "goes by state and substate where pendingUpdateInfo is %j",
  (pendingUpdateInfo) => {
    const body = { ...submissionBody(`${NUMBER} Published ReadyToPublish`), pendingUpdateInfo };
    expect(readEntry(body, PRODUCT)).toMatchObject({ phase: "ready", failureReason: undefined });
  },
);

test("takes nothing from what reads the same whatever has become of it", () => {
  const body = submissionBody(`${NUMBER} Published InStore Completed`);
  for (const change of [
    { targets: [{ type: "Scope", value: "Live" }] },
    { targets: undefined },
    { releaseNumber: 7 },
    { publishedTimeInUtc: "1601-01-01T00:00:00Z" },
    { areResourcesReady: false },
    { resourceType: "Other" },
  ]) {
    expect(readEntry({ ...body, ...change }, PRODUCT)).toStrictEqual(readEntry(body, PRODUCT));
  }
});

/** What names no submission that could be followed. */
const NO_ENTRIES: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a text", "7"],
  ["a list", [submissionBody("7 Published InStore")]],
  ["an object without an id", { state: "Published", substate: "InStore" }],
  ...["", " ", "x7", "7x", "-7", "1e3", "７", `submission/${PRODUCT}/7`, "1".repeat(31), "0", "000"].map(
    (id) => [`the id ${JSON.stringify(id)}`, { ...submissionBody("7 Published InStore"), id }] as const,
  ),
  ["an id that is a number", { ...submissionBody("7 Published InStore"), id: 7 }],
  ["no word of how it stands", { id: "7", pendingUpdateInfo: { status: "Completed" } }],
  ["empty words", { id: "7", state: "", substate: " " }],
  ["words that are no texts", { id: "7", state: 1, substate: ["InStore"] }],
];

test.each(NO_ENTRIES)("%s is no submission, and a list with it cannot be read", (_what, body) => {
  expect(readEntry(body, PRODUCT)).toBeUndefined();
  const list = [submissionBody("8 Published ReadyToPublish"), body];
  expect(readEntryList({ value: list }, PRODUCT)).toBeUndefined();
});

test.each(["7", "1".repeat(30), NUMBER, "007"])("an id such as %s is one", (id) => {
  expect(entryIn("Published InStore")?.submission.number).toBe(NUMBER);
  expect(readEntry(submissionBody(`${id} Published InStore`), PRODUCT)?.submission.number).toBe(id);
});

test("every submission that is read can be named to the service again", () => {
  const body = fc.record({
    id: fc.oneof(fc.stringMatching(/^\d{0,32}$/), fc.string(), fc.integer(), fc.constant(undefined)),
    state: fc.constantFrom("Published", "InProgress", "", undefined),
    substate: fc.constantFrom("ReadyToPublish", "InStore", "Publishing", "x", "", undefined),
  });
  fc.assert(
    fc.property(body, (each) => {
      const entry = readEntry(each, PRODUCT);
      if (entry === undefined) return;
      expect(readSubmissionId(submissionText(entry.submission))).toStrictEqual(entry.submission);
      expect(entry.word).not.toBe("");
    }),
  );
});

test("reads a list in `value` or bare, in its order, and an empty one", () => {
  const bodies = [submissionBody("7 Published InStore"), submissionBody("8 InProgress Submitted")];
  const entries = bodies.map((body) => readEntry(body, PRODUCT));
  expect(readEntryList({ value: bodies }, PRODUCT)).toStrictEqual(entries);
  expect(readEntryList(bodies, PRODUCT)).toStrictEqual(entries);
  expect(readEntryList({ value: [] }, PRODUCT)).toStrictEqual([]);
});

test.each([undefined, null, "[]", 7, {}, { value: null }, { value: {} }, { items: [] }])(
  "the body %j is no list of submissions",
  (body) => {
    expect(readEntryList(body, PRODUCT)).toBeUndefined();
  },
);

test.each([
  ["Published ReadyToPublish Completed", "notStarted", true],
  ["Published ReadyToPublish Running", "running", true],
  ["InProgress InDraft Running", "running", true],
  ["InProgress Submitted Completed", "running", true],
  ["Published Publishing Completed", "running", true],
  ["Published Published Completed", "running", true],
  ["Published Pondering Completed", "running", false],
  ["Published InStore Running", "running", true],
  ["Published InStore Completed", "succeeded", true],
  ["Published Failed Completed", "failed", true],
  ["InProgress Failed Completed", "failed", true],
  ["Published FailedInCertification Completed", "failed", true],
  ["Published ReadyToPublish Failed", "failed", true],
  ["InProgress Cancelled Completed", "canceled", true],
  ["Published Canceled Completed", "canceled", true],
  ["CANCELLED ReadyToPublish Completed", "canceled", true],
] as const)(
  "as an operation, a submission in the words %s is %s, of a word that is known: %s",
  (words, status, isKnownWord) => {
    const entry = entryIn(words);
    const [state, substate] = words.split(" ");
    expect(entry && stateOf(entry)).toStrictEqual({ status, statusWord: `${state}/${substate}`, isKnownWord });
  },
);

test("is live only in the store, whatever words the service has", () => {
  const word = fc.oneof(fc.constantFrom(...PHASES.flatMap(([words]) => words.split(" "))), fc.string());
  fc.assert(
    fc.property(word, word, word, (state, substate, status) => {
      const entry = readEntry({ id: "7", state, substate, pendingUpdateInfo: { status } }, PRODUCT);
      if (entry === undefined) return;
      const isInStore = substate.toLowerCase().replaceAll(/[\s_-]/g, "") === "instore";
      expect(stateOf(entry).status === "succeeded" && !isInStore).toBe(false);
      // An unknown word is never an end.
      expect(entry.phase === "unknown" && hasEnded(stateOf(entry).status)).toBe(false);
    }),
  );
});

test.each([
  ["Published Publishing", true, "running", `live ${ID}`],
  ["Published Published", true, "running", `live ${ID}`],
  ["Published InStore", true, "succeeded", `live ${ID}`],
  ["Published Pondering", true, "running", `live ${ID}`],
  ["Published ReadyToPublish", false, "succeeded", `ready ${ID}`],
  ["Published ReadyToPublish Running", false, "running", `unsettled ${ID}`],
  ["InProgress Submitted", false, "running", `previewRuns ${ID}`],
  ["InProgress Failed", false, "failed", `previewFailed ${ID}`],
  ["InProgress Cancelled", false, "canceled", `previewFailed ${ID}`],
  ["Published Failed", true, "failed", `live ${ID}`],
  ["Published Cancelled", true, "canceled", `live ${ID}`],
] as const)("in the list, a submission in the words %s is a go-live: %s, %s", (words, isGoLive, status, key) => {
  const entry = entryIn(words);
  const reference = submissionReference(SUBMISSION, ENDPOINT);
  expect(entry && toSubmission(entry, (id) => submissionReference(id, ENDPOINT))).toStrictEqual({
    id: ID,
    status,
    statusWord: entry?.word,
    isKnownWord: !words.includes("Pondering"),
    isGoLive,
    changedAtMs: undefined,
    reference: { ...reference, key },
  });
});
