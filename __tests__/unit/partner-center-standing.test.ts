import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Readiness } from "../../src/marketplace/marketplace.ts";
import { type Entry, type Phase, toSubmission } from "../../src/marketplace/partner-center/entry.ts";
import { submissionReference } from "../../src/marketplace/partner-center/location.ts";
import { decideReadiness } from "../../src/marketplace/partner-center/standing.ts";
import type { SubmissionId } from "../../src/marketplace/submission-id.ts";
import { ENDPOINT, OTHER_PRODUCT, PRODUCT } from "../harness/scripted-center.ts";

const toListed = (listed: Entry) => toSubmission(listed, (id) => submissionReference(id, ENDPOINT));

const PHASES = [
  "previewRuns",
  "previewFailed",
  "ready",
  "goesLive",
  "live",
  "failed",
  "unsettled",
  "unknown",
] as const satisfies readonly Phase[];

/** An entry in short, such as `ready 2`. */
function entry(text: string): Entry {
  const [word = "", nth = ""] = text.split(" ");
  const phase = PHASES.find((each) => each === word);
  if (phase === undefined) throw new TypeError(text);
  return { submission: { product: PRODUCT, number: nth }, phase, word: `the word of ${nth}`, failureReason: undefined };
}

function decide(texts: readonly string[], wanted?: string | SubmissionId): Readiness {
  const submission = typeof wanted === "string" ? { product: PRODUCT, number: wanted } : wanted;
  return decideReadiness(texts.map(entry), toListed, submission);
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

/** What is listed, and what that means where the inputs name no submission. */
const ALONE: readonly (readonly [readonly string[], string])[] = [
  [[], "neverPublished"],
  // Exactly one that is ready.
  [["ready 2"], "ready 2"],
  [["live 1", "ready 2"], "ready 2"],
  [["ready 2", "live 1"], "ready 2"],
  [["failed 1", "ready 2"], "ready 2"],
  [["ready 2", "failed 3"], "ready 2"],
  // A newer one may be meant, and nobody can tell which is the newer.
  [["ready 2", "ready 3"], "ambiguous 2 3"],
  [["ready 2", "previewRuns 3"], "ambiguous 2 3"],
  [["previewRuns 3", "ready 2"], "ambiguous 2 3"],
  [["ready 2", "previewFailed 3"], "ambiguous 2 3"],
  [["previewFailed 1", "ready 2", "previewRuns 3", "ready 4"], "ambiguous 2 4 1 3"],
  // None that is ready.
  [["previewRuns 2"], "previewRuns 2"],
  [["live 1", "previewRuns 2"], "previewRuns 2"],
  [["failed 1", "previewRuns 2"], "previewRuns 2"],
  [["previewFailed 1", "previewRuns 2"], "previewRuns 2"],
  [["previewFailed 2"], "previewFailed 2"],
  [["live 1", "previewFailed 2"], "previewFailed 2"],
  [["failed 2"], "goLiveFailed 2"],
  [["live 1", "failed 2"], "goLiveFailed 2"],
  [["previewFailed 1", "failed 2"], "goLiveFailed 2"],
  [["live 1"], "alreadyLive 1"],
  [["live 1", "live 2"], "alreadyLive 1"],
  // A go-live runs.
  [["goesLive 2"], "goLiveRuns 2"],
  [["live 1", "goesLive 2"], "goLiveRuns 2"],
  [["ready 2", "goesLive 2"], "goLiveRuns 2"],
  [["ready 2", "ready 3", "goesLive 1"], "goLiveRuns 1"],
  [["goesLive 1", "goesLive 2"], "goLiveRuns 1"],
  [["goesLive 1", "unknown 2", "unsettled 3"], "goLiveRuns 1"],
  // Nobody can tell.
  [["unknown 2"], "unknownWord"],
  [["ready 2", "unknown 3"], "unknownWord"],
  [["unsettled 3", "unknown 2"], "unknownWord"],
  [["unsettled 2"], "busy"],
  [["ready 2", "unsettled 3"], "busy"],
  [["live 1", "unsettled 2"], "busy"],
  // The entry of a preview that is left behind when it has gone live is no preview.
  [["ready 2", "live 2"], "alreadyLive 2"],
  [["live 2", "ready 2"], "alreadyLive 2"],
  [["live 2", "ready 2", "ready 3"], "ready 3"],
  [["live 2", "ready 2", "previewRuns 3"], "previewRuns 3"],
];

test.each(ALONE)("the list %j means %s", (texts, meaning) => {
  expect(inShort(decide(texts))).toBe(meaning);
});

/** The same where the inputs name submission 2. */
const NAMED: readonly (readonly [readonly string[], string])[] = [
  [["ready 2"], "ready 2"],
  [["ready 1", "ready 2"], "ready 2"],
  [["ready 2", "ready 2"], "ready 2"],
  [["ready 2", "ready 3"], "ready 2"],
  [["ready 2", "previewRuns 3"], "ready 2"],
  [["previewFailed 1", "ready 2"], "ready 2"],
  [["live 1", "ready 2"], "ready 2"],
  [["goesLive 2"], "goLiveRuns 2"],
  [["goesLive 1", "goesLive 2"], "goLiveRuns 2"],
  [["goesLive 1", "ready 2"], "otherSubmission 2 found 1"],
  [["goesLive 1", "goesLive 3"], "otherSubmission 2 found 1"],
  [["unknown 1", "ready 2"], "unknownWord"],
  [["unsettled 1", "ready 2"], "busy"],
  [["unsettled 2"], "busy"],
  [["live 2"], "alreadyLive 2"],
  [["live 2", "ready 3"], "alreadyLive 2"],
  [["ready 2", "live 2"], "alreadyLive 2"],
  [["live 2", "ready 2"], "alreadyLive 2"],
  [["ready 3", "previewRuns 2"], "previewRuns 2"],
  [["ready 3", "previewFailed 2"], "previewFailed 2"],
  [["ready 3", "failed 2"], "goLiveFailed 2"],
  [["failed 2", "ready 2"], "ready 2"],
  [["ready 3"], "otherSubmission 2 found 3"],
  [["ready 3", "ready 4"], "otherSubmission 2 found 3 4"],
  [["live 1"], "otherSubmission 2 found"],
  [["previewRuns 3"], "otherSubmission 2 found"],
  [["live 3", "ready 3"], "otherSubmission 2 found"],
  [[], "otherSubmission 2 found"],
];

test.each(NAMED)("the list %j means, where the inputs name 2: %s", (texts, meaning) => {
  expect(inShort(decide(texts, "2"))).toBe(meaning);
});

test("a submission of that number of another product is another one", () => {
  const wanted = { product: OTHER_PRODUCT, number: "2" };
  for (const phase of ["ready", "goesLive"]) {
    const found = [`submission/${PRODUCT}/2`];
    expect(decide([`${phase} 2`], wanted)).toStrictEqual({
      kind: "otherSubmission",
      wanted: `submission/${OTHER_PRODUCT}/2`,
      found,
    });
  }
});

test("hands on what is to be sent, under the key that the list will show it under, and nothing else", () => {
  const candidate = { submissionId: `submission/${PRODUCT}/2`, key: `live submission/${PRODUCT}/2` };
  expect(decide(["ready 2"])).toStrictEqual({ kind: "ready", candidate, preview: undefined });
  expect(decide(["ready 2"], "2")).toStrictEqual({ kind: "ready", candidate, preview: undefined });
});

test("shows the submission that stands in the way, and the word that nobody knows", () => {
  expect(decide(["goesLive 2"])).toStrictEqual({ kind: "goLiveRuns", goLive: toListed(entry("goesLive 2")) });
  expect(decide(["previewRuns 2"])).toStrictEqual({ kind: "previewRuns", preview: toListed(entry("previewRuns 2")) });
  expect(decide(["previewRuns 2"], "2")).toStrictEqual(decide(["previewRuns 2"]));
  expect(decide(["unknown 2", "unknown 3"])).toStrictEqual({ kind: "unknownWord", word: "the word of 2" });
  expect(decide(["unsettled 2"])).toStrictEqual({ kind: "busy", signOff: undefined });
});

const lists = fc.array(
  fc.tuple(fc.constantFrom(...PHASES), fc.constantFrom("1", "2", "3", "4")).map((parts) => parts.join(" ")),
  { maxLength: 6 },
);
const wishes = fc.constantFrom(undefined, "1", "2", "9");

test("nothing is ready while a go-live may run, and what is ready stands in the list and is not in the store", () => {
  fc.assert(
    fc.property(lists, wishes, (texts, wanted) => {
      const readiness = decide(texts, wanted);
      if (readiness.kind !== "ready") return;
      const chosen = number(readiness.candidate.submissionId);
      expect(texts).toContain(`ready ${chosen}`);
      expect(texts).not.toContain(`live ${chosen}`);
      expect(wanted ?? chosen).toBe(chosen);
      expect(texts.filter((text) => /^(?:goesLive|unknown|unsettled)/.test(text))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("the order of the list decides nothing about what goes live", () => {
  fc.assert(
    fc.property(lists, wishes, (texts, wanted) => {
      const [one, other] = [decide(texts, wanted), decide(texts.toReversed(), wanted)];
      expect(other.kind).toBe(one.kind);
      expect([one, other].map((each) => "candidate" in each && each.candidate)).toStrictEqual(
        Array(2).fill("candidate" in one && one.candidate),
      );
    }),
    { numRuns: 500 },
  );
});
