import { expect, test } from "@jest/globals";
import type { Outcome } from "../../src/go-live/outcome.ts";
import { conclude } from "../../src/report/conclusion.ts";
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
const sighting = { operation: operation({ steps: [step({ name: "Live" })] }), atMs: CONTEXT.nowMs - 90_000 };

test("sets what to do apart from what happened", () => {
  const operationFailed = operation({ status: "failed", messages: [message("error", "Broken.")] });
  const outcome: Outcome = { ...followed(), kind: "ended", status: "failed", operation: operationFailed };
  expect(conclude(outcome, CONTEXT)).toMatchObject({
    sentences: ["Broken."],
    next: ["Mend this in Partner Center, publish to preview again, then run this job again."],
    closing: `Operation: ${LOCATION}`,
  });
  expect(conclude({ ...outcome, status: "succeeded" }, CONTEXT).next).toEqual([]);
  expect(conclude({ ...followed(), kind: "deadline", status: "running", sighting, error: undefined }, CONTEXT)).toEqual(
    {
      headline: "⏳ Not live yet: the go-live of contoso/contoso-vm took longer than the wait",
      level: "error",
      title: "The go-live did not end in time",
      sentences: [
        expect.stringMatching(/had not ended after 5 h 30 min/),
        "Last seen 1 min 30 s ago: running, 0 of 1 steps done, at “Live” (running).",
      ],
      next: [
        `To follow it, run this action with \`operationLocation: ${LOCATION}\` and \`wait: true\`: that starts nothing.`,
      ],
    },
  );
});
