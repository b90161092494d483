import { expect, test } from "@jest/globals";
import type { Origin, Outcome } from "../../src/outcome.ts";
import { conclude } from "../../src/report/conclusion.ts";
import { followed, LOCATION, operation, step } from "../harness/operation.ts";

const CONTEXT = {
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
  startMs: 1_000_000,
  nowMs: 1_000_000 + 3 * 3_600_000,
  timeoutMs: 330 * 60_000,
} as const;
const GO_ON = `To follow it, run this action with \`operationLocation: ${LOCATION}\` and \`wait: true\`: that starts nothing.`;
const sighting = { operation: operation({ steps: [step({ name: "Live" })] }), atMs: CONTEXT.nowMs - 90_000 };

test.each<[Origin, string]>([
  ["started", "The go-live of contoso/contoso-vm was accepted and is under way; it takes hours to days."],
  ["found", "The go-live of contoso/contoso-vm was started and is under way; it takes hours to days."],
  ["adopted", "A go-live of contoso/contoso-vm was already under way; no other was started."],
  ["watched", "The go-live of contoso/contoso-vm is still under way."],
])("tells of a go-live that was %s that it is under way", (origin, first) => {
  const outcome: Outcome = { ...followed(origin), kind: "underWay", status: "running", operation: undefined };
  expect(conclude(outcome, CONTEXT)).toEqual({
    level: "notice",
    title: "Go-live under way",
    sentences: [first],
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
