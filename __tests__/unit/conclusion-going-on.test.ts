import { expect, test } from "@jest/globals";
import type { Cancellation } from "../../src/go-live/cancel.ts";
import { InterruptedError, type Origin, type Outcome } from "../../src/go-live/outcome.ts";
import { conclude } from "../../src/report/conclusion.ts";
import { LateError } from "../../src/time-limit.ts";
import { followed, LOCATION, message, operation, step } from "../harness/operation.ts";

const CONTEXT = {
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
  goal: "live",
  startMs: 1_000_000,
  nowMs: 1_000_000 + 3 * 3_600_000,
  timeoutMs: 330 * 60_000,
  approval: { isRequired: false },
  known: { status: undefined, wasSent: false, followed: undefined },
} as const;
const GO_ON = `To follow it, run this action with \`operationLocation: ${LOCATION}\` and \`wait: true\`: that starts nothing.`;
const NOT_OURS = "This step did not start that go-live.";
const sighting = { operation: operation({ steps: [step({ name: "Live" })] }), atMs: CONTEXT.nowMs - 90_000 };

test.each<[Origin, ...string[]]>([
  ["started", "The go-live of contoso/contoso-vm was accepted and is under way; it takes hours to days."],
  [
    "found",
    "A go-live of contoso/contoso-vm that was not there before the sending is under way, and taken for the one that was sent; it takes hours to days.",
  ],
  [
    "doubtful",
    "A go-live of contoso/contoso-vm is under way that was not there before; it takes hours to days.",
    "Nobody can tell whether it was this step that started it.",
  ],
  ["adopted", "A go-live of contoso/contoso-vm was already under way; no other was started.", NOT_OURS],
  ["watched", "The go-live of contoso/contoso-vm is still under way.", NOT_OURS],
])("tells of a go-live that was %s that it is under way", (origin, ...sentences) => {
  const outcome: Outcome = { ...followed(origin), kind: "underWay", status: "running", operation: undefined };
  expect(conclude(outcome, CONTEXT)).toMatchObject({
    level: "notice",
    title: "The go-live is under way",
    sentences,
    next: [GO_ON],
  });
});

test("tells how a watched go-live stands", () => {
  const outcome: Outcome = {
    ...followed("watched"),
    kind: "underWay",
    status: "running",
    operation: sighting.operation,
  };
  expect(conclude(outcome, CONTEXT).sentences[0]).toBe(
    "The go-live of contoso/contoso-vm is still under way (running, 0 of 1 steps done, at “Live” (running)).",
  );
});

const INTERRUPTED: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting };
const TAKEN = "check in Partner Center, for it also answers so when nothing runs.";

test.each<[Cancellation | undefined, string, readonly string[], readonly string[]]>([
  [
    undefined,
    "The run was cancelled, the go-live was not",
    ["The run was cancelled; the go-live of contoso/contoso-vm goes on at Microsoft (running)."],
    [GO_ON],
  ],
  [
    { kind: "notOwn" },
    "The run was cancelled, the go-live was not",
    [
      "The run was cancelled; the go-live of contoso/contoso-vm goes on at Microsoft (running).",
      "The service was not asked to cancel it (`onCancel: cancel`): this run did not start it.",
    ],
    [GO_ON],
  ],
  [
    { kind: "asked", answer: "underWay" },
    "The run was cancelled, and the service was asked to cancel the go-live",
    [
      `The run was cancelled. The service was asked to cancel the go-live of contoso/contoso-vm. It took the wish: it takes 1 to 3 minutes until the go-live is canceled; ${TAKEN}`,
    ],
    [GO_ON],
  ],
  [
    { kind: "asked", answer: "done" },
    "The run was cancelled, and the service was asked to cancel the go-live",
    [
      `The run was cancelled. The service was asked to cancel the go-live of contoso/contoso-vm. It says that this is done; ${TAKEN}`,
    ],
    [GO_ON],
  ],
  [
    { kind: "ended", operation: operation({ status: "failed" }) },
    "The run was cancelled, the go-live had ended",
    [
      "The run was cancelled. The service was not asked to cancel: the go-live had ended before (failed).",
      "The service says of the go-live of contoso/contoso-vm: failed.",
    ],
    [GO_ON],
  ],
  [
    { kind: "failed", error: new LateError("no answer within 3 s") },
    "The run was cancelled, the go-live may still run",
    [
      "The run was cancelled. The service was asked to cancel the go-live of contoso/contoso-vm, in vain as far as this step can tell: no answer within 3 s.",
      "It is asked once more at the end of the job if the whole job was cancelled, and not if only this step was.",
    ],
    ["Look in Partner Center whether the go-live still runs, and cancel it there.", GO_ON],
  ],
])("says what became of cancelling the go-live of a cancelled run: %j", (cancellation, title, sentences, next) => {
  expect(conclude(INTERRUPTED, { ...CONTEXT, cancellation })).toMatchObject({ level: "error", title, sentences, next });
});

test("says why a go-live that may have been started was not cancelled", () => {
  const unclear: Outcome = { kind: "unclear", status: "unknown", error: new InterruptedError() };
  expect(conclude(unclear, { ...CONTEXT, cancellation: { kind: "unclear" } }).sentences.slice(2)).toEqual([
    "The service was not asked to cancel it (`onCancel: cancel`): nobody can tell whether a go-live that runs is the one of this run.",
  ]);
  expect(conclude(unclear, CONTEXT).sentences).toHaveLength(2);
});

test.each(["adopted", "watched"] as const)(
  "says of every end of a go-live that was %s that it is not its own",
  (origin) => {
    const base = followed(origin);
    const ends: readonly Outcome[] = [
      { ...base, kind: "ended", status: "succeeded", operation: operation() },
      { ...base, kind: "ended", status: "failed", operation: operation() },
      { ...base, kind: "ended", status: "canceled", operation: operation() },
      { ...base, kind: "underWay", status: "running", operation: undefined },
      { ...base, kind: "deadline", status: "running", sighting, error: undefined },
      { ...base, kind: "interrupted", status: "running", sighting },
      { ...base, kind: "lost", status: "unknown", sighting, error: new Error("x") },
    ];
    for (const outcome of ends) {
      expect(conclude(outcome, CONTEXT).sentences[1]).toBe(NOT_OURS);
      expect(conclude(outcome, { ...CONTEXT, approval: { isRequired: true } }).sentences[1]).toBe(
        `${NOT_OURS} The approval that it checked is not counted as one of that go-live.`,
      );
      const own = { ...outcome, origin: "found" } as const;
      expect(conclude(own, CONTEXT).sentences).not.toContain(NOT_OURS);
    }
  },
);

test.each<[Cancellation, string, string, string]>([
  [
    { kind: "asked", answer: "tooLate" },
    "The run was cancelled, and it was too late to cancel the go-live",
    "⚠️ The run was cancelled, and it was too late to cancel the go-live of contoso/contoso-vm",
    "The run was cancelled. The service was asked to cancel the go-live of contoso/contoso-vm. It says that it is too late: the go-live has ended.",
  ],
  [
    { kind: "asked", answer: "impossible" },
    "The run was cancelled, the go-live was not",
    "⚠️ The run was cancelled, the go-live of contoso/contoso-vm was not",
    "The run was cancelled. The service was not asked to cancel the go-live of contoso/contoso-vm: it cannot cancel one.",
  ],
])("says that a go-live was not cancelled only where it was not: %j", (cancellation, title, headline, sentence) => {
  expect(conclude(INTERRUPTED, { ...CONTEXT, cancellation })).toMatchObject({ title, headline, sentences: [sentence] });
});

const BLOCKED = operation({
  steps: [step({ status: "blocked", messages: [message("error", "No image for plan standard.")] })],
});
const WHY = "No image for plan standard. (step “Certification”, blocked)";
const MEND =
  "Mend this in Partner Center (https://partner.microsoft.com/en-us/dashboard/commercial-marketplace/overview), or wait if it is Microsoft's turn. The go-live is not over, and no other is started meanwhile.";

test("says first why a go-live is blocked, and first of what to do where that is mended, though the step is green", () => {
  const outcome: Outcome = { ...followed(), kind: "underWay", status: "running", operation: BLOCKED };
  expect(conclude(outcome, CONTEXT)).toEqual({
    headline: "⚠️ Blocked: the go-live of contoso/contoso-vm does not go on by itself",
    level: "warning",
    title: "The go-live of contoso/contoso-vm is blocked",
    sentences: [WHY],
    next: [MEND, GO_ON],
  });
});

test("says at the deadline that the go-live was blocked, and nowhere that it goes on", () => {
  const seen = { operation: BLOCKED, atMs: CONTEXT.nowMs - 90_000 };
  const outcome: Outcome = { ...followed(), kind: "deadline", status: "running", sighting: seen, error: undefined };
  const { headline, level, sentences, next } = conclude(outcome, CONTEXT);
  expect([headline, level, sentences[0], next[0]]).toEqual([
    "⚠️ Blocked: the go-live of contoso/contoso-vm does not go on by itself",
    "error",
    WHY,
    MEND,
  ]);
  expect([headline, ...sentences].join(" ")).not.toContain("goes on at Microsoft");
});

test("names the page of the offer itself where the submission tells which it is", () => {
  const submissionId = "submission/3f0cb9aa-1111-2222-3333-444455556666/1152921505690000222";
  const { reference } = followed();
  const outcome: Outcome = {
    ...{ ...followed(), reference: { ...reference, submissionId } },
    ...{ kind: "underWay", status: "running", operation: BLOCKED },
  };
  expect(conclude(outcome, CONTEXT).next[0]).toContain(
    "(https://partner.microsoft.com/en-us/dashboard/commercial-marketplace/offers/3f0cb9aa-1111-2222-3333-444455556666/overview)",
  );
});

test("calls nothing blocked that has ended or was never seen", () => {
  const ended = { ...BLOCKED, status: "failed" } as const;
  const outcome: Outcome = { ...followed(), kind: "ended", status: "failed", operation: ended };
  expect(conclude(outcome, CONTEXT).headline).toBe("❌ Not live: the go-live of contoso/contoso-vm failed");
});
