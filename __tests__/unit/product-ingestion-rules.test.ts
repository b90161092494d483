import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { type Baseline, createBaseline, findTrace } from "../../src/go-live/baseline.ts";
import { findContradiction } from "../../src/go-live/contradiction.ts";
import type { Followed } from "../../src/go-live/outcome.ts";
import { pauseMs } from "../../src/go-live/poll.ts";
import type { Standing, Submission } from "../../src/marketplace/marketplace.ts";
import type { OperationStatus } from "../../src/marketplace/operation.ts";
import { readState, toSubmission } from "../../src/marketplace/product-ingestion/entry.ts";
import { jobReference, submissionReference } from "../../src/marketplace/product-ingestion/location.ts";
import { operation } from "../harness/operation.ts";

const PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const ENDPOINT = new URL("https://graph.example");
const SCHEDULE = { longestPauseMs: 20_000, pace: { afterMs: 180_000, shortestPauseMs: 60_000 } } as const;

/** An entry in short, such as `live 2 running pending`. */
function entry(text: string): Submission {
  const [target = "", number = "", status, result] = text.split(" ");
  const state = readState(status, result);
  return toSubmission(
    { submission: { product: PRODUCT, number }, target, state, createdAtMs: undefined },
    ({ submission }) => submissionReference(submission, ENDPOINT),
  );
}

function standing(...texts: readonly string[]): Standing {
  const live = { kind: "neverPublished" } as const;
  return {
    submissions: texts.map(entry),
    serviceTimeMs: 1_000,
    readiness: { live, preview: live },
    objection: undefined,
  };
}

test.each([
  [0, 1_500],
  [60_000, 3_000],
  [179_999, 9_000],
  [180_000, 60_000],
  [3_600_000, 60_000],
])("pauses at least a minute once it has waited for three: after %i ms it is %i ms", (waitedMs, pause) => {
  expect(pauseMs(waitedMs, { ...SCHEDULE, random: () => 0 })).toBeCloseTo(pause, -1);
});

test("the pace is kept whatever chance says, and whatever may be left to the end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 180_000, max: 400_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 3_600_000 }),
      fc.integer({ min: 1, max: 3_600_000 }),
      (waitedMs, random, restMs, longestPauseMs) => {
        const pause = pauseMs(waitedMs, { ...SCHEDULE, longestPauseMs, random: () => random }, restMs);
        expect(pause).toBeGreaterThanOrEqual(60_000);
        expect(pause).toBeLessThanOrEqual(Math.max(60_000, longestPauseMs));
      },
    ),
  );
});

const OWN_KEY = `live submission/${PRODUCT}/2`;

function baselineOf(...texts: readonly string[]): Baseline {
  return createBaseline(standing(...texts), 0, { key: OWN_KEY });
}

const BEFORE = ["live 1 completed succeeded", "preview 2 completed succeeded"] as const;

test.each([
  ["nothing new", BEFORE, "none"],
  ["its preview gone", ["live 1 completed succeeded"], "none"],
  ["its submission going live", [...BEFORE, "live 2 running pending"], "own"],
  ["its submission queued", [...BEFORE, "live 2 notStarted pending"], "own"],
  ["its submission in an unknown state", [...BEFORE, "live 2 somethingNew pending"], "own"],
  ["its submission live", ["live 2 completed succeeded"], "own"],
  ["its submission failed", [...BEFORE, "live 2 completed failed"], "own"],
  ["its submission going live beside another", ["live 7 running pending", "live 2 running pending"], "own"],
  ["another going live", [...BEFORE, "live 7 running pending"], "other"],
  ["another live", [...BEFORE, "live 7 completed succeeded"], "none"],
  ["its submission live beside another going live", ["live 7 running pending", "live 2 completed succeeded"], "own"],
  ["the old one going live again", ["live 1 running pending", BEFORE[1]], "other"],
  ["a new preview", [...BEFORE, "preview 7 running pending"], "none"],
  ["its submission in another target", [...BEFORE, "sandbox 2 running pending"], "none"],
] as const)("the list with %s shows of the push that was sent: %s", (_what, texts, kind) => {
  expect(findTrace(standing(...texts), baselineOf(...BEFORE)).kind).toBe(kind);
});

test("knows its own push by its key alone, whatever the clocks say", () => {
  const fresh = { ...entry("live 2 running pending"), changedAtMs: 1 };
  const baseline = { ...baselineOf(...BEFORE), sentAtMs: Date.UTC(2026, 2, 9) };
  expect(findTrace({ submissions: [fresh] }, baseline)).toEqual({ kind: "own", submission: fresh });
  const { ownKey, ...unknown } = baseline;
  expect(ownKey).toBe(OWN_KEY);
  expect(findTrace({ submissions: [fresh] }, unknown).kind).not.toBe("own");
});

test("a live entry that was there before is not what was sent, though it has that key", () => {
  const baseline = baselineOf("live 2 completed failed");
  expect(findTrace(standing("live 2 completed failed"), baseline).kind).toBe("none");
  expect(findTrace(standing("live 2 running pending"), baseline).kind).toBe("other");
});

const PUSH: Followed = {
  origin: "started",
  reference: jobReference("7", { product: PRODUCT, number: "2" }, ENDPOINT),
};
const { isListedWhenLive: _, ...unlisted } = PUSH.reference;

const CONTRADICTIONS: readonly (readonly [OperationStatus, readonly string[], string | undefined])[] = [
  ["succeeded", ["live 2 completed succeeded"], undefined],
  ["succeeded", [], "notLive"],
  ["succeeded", ["preview 2 completed succeeded"], "notLive"],
  ["succeeded", ["live 1 completed succeeded"], "notLive"],
  ["succeeded", ["live 2 running pending"], "listedOtherwise"],
  ["succeeded", ["live 2 completed failed"], "listedOtherwise"],
  // Where the list has to show a success, a word that nobody knows is none for it.
  ["succeeded", ["live 2 completed somethingNew"], "listedOtherwise"],
  // A failure takes its entry with it, or comes before it.
  ["failed", [], undefined],
  ["failed", ["live 2 running pending"], undefined],
  ["failed", ["live 2 completed failed"], undefined],
  ["failed", ["live 2 completed succeeded"], "listedOtherwise"],
  ["canceled", [], undefined],
  ["canceled", ["live 2 completed failed"], undefined],
  ["canceled", ["live 2 completed succeeded"], "listedOtherwise"],
];

test.each(CONTRADICTIONS)("the end %s with %j in the list: %s", (status, texts, contradiction) => {
  const seen = operation({ status, statusWord: status });
  expect(findContradiction(seen, standing(...texts), PUSH)?.kind).toBe(contradiction);
});

test("a success that only the list can show is not believed while the list cannot be read", () => {
  expect(findContradiction(operation({ status: "succeeded" }), undefined, PUSH)).toEqual({ kind: "notShown" });
  expect(findContradiction(operation({ status: "succeeded", isListedLive: true }), undefined, PUSH)).toBeUndefined();
  for (const status of ["failed", "canceled"] as const) {
    expect(findContradiction(operation({ status }), undefined, PUSH)).toBeUndefined();
  }
});

test("only a push that the list shows for certain is missed there", () => {
  const followed = { ...PUSH, reference: unlisted };
  expect(findContradiction(operation({ status: "succeeded" }), standing(), followed)).toBeUndefined();
});
