import { expect, test } from "@jest/globals";
import type { Origin, Outcome } from "../../src/outcome.ts";
import { conclude } from "../../src/report/conclusion.ts";
import { followed, LOCATION, operation, step } from "../harness/operation.ts";

const CONTEXT = {
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
  startMs: 1_000_000,
  nowMs: 1_000_000 + 3 * 3_600_000,
  timeoutMs: 330 * 60_000,
  onCancel: "leave",
  approval: { isRequired: false },
} as const;
const GO_ON = `To follow it, run this action with \`operationLocation: ${LOCATION}\` and \`wait: true\`: that starts nothing.`;
const NOT_OURS = "This step did not start that go-live.";
const sighting = { operation: operation({ steps: [step({ name: "Live" })] }), atMs: CONTEXT.nowMs - 90_000 };

test.each<[Origin, ...string[]]>([
  ["started", "The go-live of contoso/contoso-vm was accepted and is under way; it takes hours to days."],
  ["found", "The go-live of contoso/contoso-vm was started and is under way; it takes hours to days."],
  ["adopted", "A go-live of contoso/contoso-vm was already under way; no other was started.", NOT_OURS],
  ["watched", "The go-live of contoso/contoso-vm is still under way.", NOT_OURS],
])("tells of a go-live that was %s that it is under way", (origin, ...sentences) => {
  const outcome: Outcome = { ...followed(origin), kind: "underWay", status: "running", operation: undefined };
  expect(conclude(outcome, CONTEXT)).toEqual({
    level: "notice",
    title: "Go-live under way",
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

test("says that a cancelled run has the go-live cancelled, where the inputs ask for it", () => {
  const outcome: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting };
  const { sentences, next } = conclude(outcome, { ...CONTEXT, onCancel: "cancel" });
  expect([...sentences, ...next]).toEqual([
    "The run was cancelled; the go-live of contoso/contoso-vm goes on at Microsoft (running).",
    "When the job ends, the service is asked to cancel it (`onCancel: cancel`), unless only this step timed out.",
    GO_ON,
  ]);
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
