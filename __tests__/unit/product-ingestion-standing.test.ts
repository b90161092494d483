import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Readiness } from "../../src/marketplace/marketplace.ts";
import { hasEnded } from "../../src/marketplace/operation.ts";
import { type Entry, readState, toSubmission } from "../../src/marketplace/product-ingestion/entry.ts";
import { submissionReference } from "../../src/marketplace/product-ingestion/location.ts";
import { liveKey, type SubmissionId } from "../../src/marketplace/submission-id.ts";
import { decideReadiness } from "../../src/marketplace/product-ingestion/standing.ts";

const PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const ENDPOINT = new URL("https://graph.example");
const SINCE_MS = Date.UTC(2026, 2, 9, 10);

const submissionOf = (listed: Entry) =>
  toSubmission(listed, ({ submission }) => submissionReference(submission, ENDPOINT));

/** An entry in short, such as `preview 2 running pending`. */
function entry(text: string): Entry {
  const [target = "", nth = "", status, result] = text.split(" ");
  return {
    submission: { product: PRODUCT, number: nth },
    target,
    state: readState(status, result),
    createdAtMs: SINCE_MS,
  };
}

function decide(texts: readonly string[], wanted?: string | SubmissionId): Readiness {
  const submission = typeof wanted === "string" ? { product: PRODUCT, number: wanted } : wanted;
  return decideReadiness(texts.map(entry), submissionOf, submission);
}

function number(id: string | undefined): string {
  return id?.split("/").at(-1) ?? "none";
}

/** A decision in short: its kind, and the numbers that it names. */
function inShort(readiness: Readiness): string {
  switch (readiness.kind) {
    case "ready":
      return `ready ${number(readiness.candidate.submissionId)}`;
    case "goLiveRuns":
      return `goLiveRuns ${number(readiness.goLive.id)}`;
    case "previewRuns":
      return `previewRuns ${number(readiness.preview.id)}`;
    case "previewFailed":
    case "goLiveFailed":
    case "alreadyLive":
      return `${readiness.kind} ${number(readiness.submissionId)}`;
    case "ambiguous":
      return `ambiguous ${readiness.submissionIds.map(number).join(" ")}`;
    case "otherSubmission":
      return `otherSubmission ${number(readiness.wanted)} found ${readiness.found.map(number).join(" ")}`.trim();
    default:
      return readiness.kind;
  }
}

const DONE = "completed succeeded";
const FAILED = "completed failed";
const RUNS = "running pending";
const QUEUED = "notStarted pending";

/** The table of the wire facts, row by row: preview entries, live entries, what they mean. */
const ROWS: readonly (readonly [readonly string[], string])[] = [
  // Never published.
  [[], "neverPublished"],
  // A publish to preview runs.
  [[`preview 2 ${RUNS}`], "previewRuns 2"],
  [[`preview 2 ${QUEUED}`], "previewRuns 2"],
  [[`preview 2 ${RUNS}`, `live 1 ${DONE}`], "previewRuns 2"],
  [[`preview 1 ${DONE}`, `preview 2 ${RUNS}`], "previewRuns 2"],
  // Ready: completed, succeeded, and not what is live.
  [[`preview 2 ${DONE}`], "ready 2"],
  [[`preview 2 ${DONE}`, `live 1 ${DONE}`], "ready 2"],
  [[`live 1 ${DONE}`, `preview 2 ${DONE}`], "ready 2"],
  // The publish failed, and what is live stays live.
  [[`preview 2 ${FAILED}`], "previewFailed 2"],
  [[`preview 2 completed cancelled`], "previewFailed 2"],
  [[`preview 2 ${FAILED}`, `live 1 ${DONE}`], "previewFailed 2"],
  // Preview and live are the same.
  [[`live 1 ${DONE}`], "alreadyLive 1"],
  [[`preview 1 ${DONE}`, `live 1 ${DONE}`], "alreadyLive 1"],
  // A go-live runs, and a former version still serves.
  [[`live 2 ${RUNS}`], "goLiveRuns 2"],
  [[`live 2 ${QUEUED}`], "goLiveRuns 2"],
  [[`live 1 ${DONE}`, `live 2 ${RUNS}`], "goLiveRuns 2"],
  [[`preview 2 ${DONE}`, `live 2 ${RUNS}`], "goLiveRuns 2"],
  [[`preview 2 ${DONE}`, `live 1 ${DONE}`, `live 2 ${RUNS}`], "goLiveRuns 2"],
  // A go-live failed.
  [[`live 2 ${FAILED}`], "goLiveFailed 2"],
  [[`live 2 completed cancelled`], "goLiveFailed 2"],
  [[`live 1 ${DONE}`, `live 2 ${FAILED}`], "goLiveFailed 2"],
  [[`preview 2 ${DONE}`, `live 2 ${FAILED}`], "goLiveFailed 2"],
  [[`preview 1 ${FAILED}`, `live 2 ${FAILED}`], "goLiveFailed 2"],
  // After a failed one a newer preview can go live.
  [[`preview 3 ${DONE}`, `live 1 ${DONE}`, `live 2 ${FAILED}`], "ready 3"],
  // Never seen: both run.
  [[`preview 3 ${RUNS}`, `live 2 ${RUNS}`], "goLiveRuns 2"],
  // Never seen: two are ready, and nobody guesses.
  [[`preview 2 ${DONE}`, `preview 3 ${DONE}`], "ambiguous 2 3"],
  [[`preview 2 ${DONE}`, `preview 3 ${DONE}`, `live 1 ${DONE}`], "ambiguous 2 3"],
  [[`preview 1 ${DONE}`, `preview 2 ${DONE}`, `live 1 ${DONE}`], "ready 2"],
  [[`preview 2 ${FAILED}`, `preview 3 ${DONE}`], "ready 3"],
  // A word that nobody knows may mean that it runs.
  [[`live 2 somethingNew pending`, `preview 3 ${DONE}`], "goLiveRuns 2"],
  [[`live 2 completed somethingNew`], "goLiveRuns 2"],
  [[`preview 2 somethingNew pending`], "previewRuns 2"],
  [[`preview 2 completed somethingNew`, `live 1 ${DONE}`], "previewRuns 2"],
  // What else runs is in the way, too.
  [[`preview 2 ${DONE}`, `sandbox 9 ${RUNS}`], "busy"],
  [[`preview 2 ${DONE}`, `flight 9 ${DONE}`], "ready 2"],
  [[`flight 9 ${DONE}`], "neverPublished"],
];

test.each(ROWS)("the submissions %j mean %s", (texts, meaning) => {
  expect(inShort(decide(texts))).toBe(meaning);
  expect(inShort(decide(texts.toReversed()))).toBe(
    meaning.startsWith("ambiguous") ? meaning.replace("2 3", "3 2") : meaning,
  );
});

/** With a `submissionId` among the inputs: 2. */
const PINNED: readonly (readonly [readonly string[], string])[] = [
  [[], "neverPublished"],
  [[`preview 2 ${DONE}`], "ready 2"],
  [[`preview 2 ${DONE}`, `preview 3 ${DONE}`], "ready 2"],
  [[`preview 3 ${DONE}`], "otherSubmission 2 found 3"],
  [[`preview 3 ${DONE}`, `preview 4 ${DONE}`], "otherSubmission 2 found 3 4"],
  [[`preview 3 ${DONE}`, `live 1 ${DONE}`], "otherSubmission 2 found 3"],
  [[`preview 3 ${FAILED}`], "otherSubmission 2 found"],
  [[`live 1 ${DONE}`], "otherSubmission 2 found"],
  [[`live 2 ${DONE}`], "alreadyLive 2"],
  [[`live 2 ${DONE}`, `preview 3 ${DONE}`], "alreadyLive 2"],
  [[`live 2 ${RUNS}`], "goLiveRuns 2"],
  [[`live 3 ${RUNS}`, `live 2 ${RUNS}`], "goLiveRuns 2"],
  // What has failed once is not pushed again, though its preview stands.
  [[`preview 2 ${DONE}`, `live 2 ${FAILED}`], "goLiveFailed 2"],
  // A go-live of another one is not the one to follow.
  [[`live 3 ${RUNS}`], "otherSubmission 2 found 3"],
  [[`preview 2 ${DONE}`, `live 3 ${RUNS}`], "otherSubmission 2 found 3"],
  [[`preview 2 ${RUNS}`], "previewRuns 2"],
  [[`preview 3 ${RUNS}`], "previewRuns 3"],
];

test.each(PINNED)("the submissions %j mean %s where the inputs name 2", (texts, meaning) => {
  expect(inShort(decide(texts, "2"))).toBe(meaning);
});

test("a submission of another product is another one, though its number is the same", () => {
  const wanted = { product: "3f0c7a11-2185-49fe-80d2-00000000cccc", number: "2" };
  expect(decide([`preview 2 ${DONE}`], wanted)).toStrictEqual({
    kind: "otherSubmission",
    wanted: "submission/3f0c7a11-2185-49fe-80d2-00000000cccc/2",
    found: [`submission/${PRODUCT}/2`],
  });
});

test("hands on exactly the preview that was looked at, what it will be listed under, and since when it stands", () => {
  expect(decide([`preview 2 ${DONE}`, `live 1 ${DONE}`])).toStrictEqual({
    kind: "ready",
    candidate: {
      submissionId: `submission/${PRODUCT}/2`,
      key: `live submission/${PRODUCT}/2`,
      sinceMs: SINCE_MS,
    },
    preview: undefined,
  });
});

test("is ready only with nothing at work, one preview that has passed, and that not live, whatever is listed", () => {
  const word = fc.constantFrom(DONE, FAILED, "completed cancelled", RUNS, QUEUED, "new pending", "completed new");
  const target = fc.constantFrom("preview", "preview", "live", "live", "flight");
  const texts = fc.array(
    fc.tuple(target, fc.integer({ min: 1, max: 4 }), word).map((parts) => parts.join(" ")),
    { maxLength: 5 },
  );
  const wanted = fc.option(fc.constantFrom("1", "2", "3"), { nil: undefined });
  fc.assert(
    fc.property(texts, wanted, (list, pinned) => {
      const readiness = decide(list, pinned);
      const entries = list.map(entry);
      if (readiness.kind !== "ready") return;
      const { submissionId, key } = readiness.candidate;
      const own = entries.filter(({ submission }) => liveKey(submission) === key);
      expect(entries.every(({ state }) => hasEnded(state.status))).toBe(true);
      expect(own.some(({ target: kind, state }) => kind === "preview" && state.status === "succeeded")).toBe(true);
      expect(own.some(({ target: kind }) => kind === "live")).toBe(false);
      expect(submissionId?.endsWith(`/${pinned ?? own[0]?.submission.number}`)).toBe(true);
    }),
  );
});
