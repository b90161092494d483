import { expect, test } from "@jest/globals";
import { NetworkError } from "../../src/http/errors.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import type { Outcome } from "../../src/go-live/outcome.ts";
import { conclude, type Conclusion, conclusionTexts } from "../../src/report/conclusion.ts";
import { REMEDIES } from "../../src/report/remedies.ts";
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
const WHERE = `Operation: ${LOCATION}`;

const reset = new NetworkError({ method: "GET", url: "https://service.example/api/x" }, "reset", true);
const RESET = "GET https://service.example/api/x: the connection broke";
const missing = new ServiceError(
  { method: "GET", url: "https://service.example/api/x" },
  { status: 404, code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs: undefined },
);
const MISSING =
  "GET https://service.example/api/x was answered with HTTP 404 (not found) for publisher contoso, offer contoso-vm";
const sighting = { operation: operation({ steps: [step({ name: "Live" })] }), atMs: CONTEXT.nowMs - 90_000 };
const LAST_SEEN = "Last seen 1 min 30 s ago: running, 0 of 1 steps done, at “Live” (running).";

/** A conclusion as an annotation tells it. */
interface Told extends Pick<Conclusion, "level"> {
  readonly title: string;
  readonly sentences: readonly string[];
}

const CASES: readonly (readonly [title: string, outcome: Outcome, conclusion: Told])[] = [
  [
    "a success",
    { ...followed(), kind: "ended", status: "succeeded", operation: operation({ status: "succeeded" }) },
    {
      level: "notice",
      title: "contoso/contoso-vm is live",
      sentences: ["The go-live of contoso/contoso-vm succeeded after 3 h of watching.", WHERE],
    },
  ],
  [
    "a failure with reasons",
    {
      ...followed(),
      kind: "ended",
      status: "failed",
      operation: operation({
        status: "failed",
        fault: { code: "E", text: "Broken." },
        messages: [message("error", "Very."), message("error", "Much.")],
      }),
    },
    {
      level: "error",
      title: "Go-live failed",
      sentences: [
        "The go-live of contoso/contoso-vm failed: E: Broken.",
        "Very.",
        "Much.",
        "Mend this in Partner Center, publish to preview again, then run this job again.",
        WHERE,
      ],
    },
  ],
  [
    "a failure without a reason",
    { ...followed(), kind: "ended", status: "failed", operation: operation({ status: "failed" }) },
    {
      level: "error",
      title: "Go-live failed",
      sentences: [
        "The go-live of contoso/contoso-vm failed: the service gives no reason",
        "Mend this in Partner Center, publish to preview again, then run this job again.",
        WHERE,
      ],
    },
  ],
  [
    "a go-live that somebody canceled",
    {
      ...followed(),
      kind: "ended",
      status: "canceled",
      operation: operation({ status: "canceled", messages: [message("error", "Stopped.")] }),
    },
    {
      level: "error",
      title: "Go-live canceled",
      sentences: [
        "The go-live of contoso/contoso-vm was canceled by somebody in Partner Center or through the API.",
        "Stopped.",
        "The offer is not live with this change. Run this job again to start another go-live.",
        WHERE,
      ],
    },
  ],
  [
    "a deadline",
    { ...followed(), kind: "deadline", status: "running", sighting, error: undefined },
    {
      level: "error",
      title: "Go-live not ended in time",
      sentences: [
        "The go-live of contoso/contoso-vm had not ended after 5 h 30 min (`timeoutMinutes`); it goes on at Microsoft.",
        LAST_SEEN,
        GO_ON,
      ],
    },
  ],
  [
    "a deadline at which the last question failed",
    { ...followed(), kind: "deadline", status: "running", sighting, error: reset },
    {
      level: "error",
      title: "Go-live not ended in time",
      sentences: [
        "The go-live of contoso/contoso-vm had not ended after 5 h 30 min (`timeoutMinutes`); it goes on at Microsoft.",
        LAST_SEEN,
        `The last question failed: ${RESET}.`,
        GO_ON,
      ],
    },
  ],
  [
    "a deadline at which it is left to a later run",
    { ...followed(), kind: "deadline", status: "running", sighting, error: undefined, isLeft: true },
    {
      level: "notice",
      title: "Go-live left at work",
      sentences: [
        "The go-live of contoso/contoso-vm had not ended after 5 h 30 min (`timeoutMinutes`); it goes on at Microsoft.",
        "It was left to a later run (`onTimeout: leave`): that this step is green does not say that it is live.",
        LAST_SEEN,
        GO_ON,
      ],
    },
  ],
  [
    "a deadline without a single answer",
    { ...followed(), kind: "deadline", status: "unknown", sighting: undefined, error: reset },
    {
      level: "error",
      title: "Go-live not ended in time",
      sentences: [
        "The go-live of contoso/contoso-vm could not be observed once, and the wait ended after 5 h 30 min (`timeoutMinutes`).",
        `The last question failed: ${RESET}.`,
        GO_ON,
      ],
    },
  ],
  [
    "a cancelled run",
    { ...followed(), kind: "interrupted", status: "notStarted", sighting },
    {
      level: "error",
      title: "Run cancelled, go-live not",
      sentences: [
        "The run was cancelled; the go-live of contoso/contoso-vm goes on at Microsoft (not started).",
        GO_ON,
      ],
    },
  ],
  [
    "a cancelled run that had not seen the operation it was to watch",
    { ...followed("watched"), kind: "interrupted", status: "unknown", sighting: undefined },
    {
      level: "error",
      title: "Run cancelled, go-live not",
      sentences: [
        "The run was cancelled before anything was seen of the go-live of contoso/contoso-vm; it may still run at Microsoft.",
        "This step did not start that go-live.",
        GO_ON,
      ],
    },
  ],
  [
    "an end that the service contradicts",
    {
      ...followed(),
      kind: "contradicted",
      status: "unknown",
      operation: operation({ status: "succeeded", statusWord: "complete" }),
      contradiction: { kind: "neverPublished" },
    },
    {
      level: "error",
      title: "Live or not: unknown",
      sentences: [
        "The operation of contoso/contoso-vm says “complete”, but the offer's status says that it was never published.",
        "Look in Partner Center whether the offer is live with this change.",
        GO_ON,
      ],
    },
  ],
  [
    "a go-live out of sight",
    { ...followed(), kind: "lost", status: "unknown", sighting, error: missing },
    {
      level: "error",
      title: "Go-live out of sight",
      sentences: [
        `The go-live of contoso/contoso-vm can no longer be observed: ${MISSING}.`,
        `It may still run. ${LAST_SEEN}`,
        REMEDIES.notFound,
        GO_ON,
      ],
    },
  ],
  [
    "a start that was refused",
    { kind: "notStarted", status: "rejected", error: missing },
    {
      level: "error",
      title: "Nothing was started",
      sentences: [`No go-live of contoso/contoso-vm was started: ${MISSING}.`, REMEDIES.notFound],
    },
  ],
  [
    "a start of which nobody can tell",
    { kind: "unclear", status: "unknown", error: reset },
    {
      level: "error",
      title: "Started or not: unknown",
      sentences: [
        `Nobody can tell whether a go-live of contoso/contoso-vm was started: it was sent, then ${RESET}, and the offer's operations could not settle it.`,
        "It was not sent again. Look in Partner Center whether the offer is going live.",
        "Wait some minutes before you run this job again: it looks for a running go-live first and follows that one, but the list of operations may lag.",
      ],
    },
  ],
];

test.each(CASES)("tells of %s what happened, why, and what to do", (_title, outcome, conclusion) => {
  const told = conclude(outcome, CONTEXT);
  const { level, title, sentences } = conclusion;
  expect(told).toMatchObject({ level, title });
  expect(conclusionTexts(told)).toEqual([sentences.join("\n")]);
});

test("says nothing of a last sight that there never was", () => {
  const outcome: Outcome = { ...followed(), kind: "lost", status: "unknown", sighting: undefined, error: missing };
  expect(conclude(outcome, CONTEXT).sentences[1]).toBe("It may still run.");
});
