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
const OTHER_JOB = "run the job that starts go-lives; this one follows an operation and would find the same end again";
const WHERE = `Operation: ${LOCATION}`;

const reset = new NetworkError({ method: "GET", url: "https://service.example/api/x" }, "reset", true);
const RESET = "the connection broke: service.example";
const missing = new ServiceError(
  { method: "GET", url: "https://service.example/api/x" },
  { status: 404, code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs: undefined },
);
const MISSING = "The service answered HTTP 404 (not found) for publisher contoso, offer contoso-vm";
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
      sentences: ["The go-live of contoso/contoso-vm succeeded; this step watched it for 3 h.", WHERE],
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
      title: "The go-live of contoso/contoso-vm failed",
      sentences: [
        "Broken. (E)",
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
      title: "The go-live of contoso/contoso-vm failed",
      sentences: [
        "The service gives no reason.",
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
      title: "The go-live of contoso/contoso-vm was canceled",
      sentences: [
        "Somebody canceled it in Partner Center or through the API.",
        "Stopped.",
        "The offer is not live with this change. To start another go-live, run this job again.",
        WHERE,
      ],
    },
  ],
  [
    "a failure that a job finds which only follows",
    { ...followed("watched"), kind: "ended", status: "failed", operation: operation({ status: "failed" }) },
    {
      level: "error",
      title: "The go-live of contoso/contoso-vm failed",
      sentences: [
        "The service gives no reason.",
        "This step did not start that go-live.",
        `Mend this in Partner Center, publish to preview again, then ${OTHER_JOB}.`,
        WHERE,
      ],
    },
  ],
  [
    "a cancelled go-live that a job finds which only follows",
    { ...followed("watched"), kind: "ended", status: "canceled", operation: operation({ status: "canceled" }) },
    {
      level: "error",
      title: "The go-live of contoso/contoso-vm was canceled",
      sentences: [
        "Somebody canceled it in Partner Center or through the API.",
        "This step did not start that go-live.",
        `The offer is not live with this change. To start another go-live, ${OTHER_JOB}.`,
        WHERE,
      ],
    },
  ],
  [
    "a deadline",
    { ...followed(), kind: "deadline", status: "running", sighting, error: undefined },
    {
      level: "error",
      title: "The go-live did not end in time",
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
      title: "The go-live did not end in time",
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
      title: "The go-live was left at work",
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
      title: "The go-live did not end in time",
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
      title: "The run was cancelled, the go-live was not",
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
      title: "The run was cancelled, the go-live was not",
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
      title: "Nobody can tell whether it is live",
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
      title: "The go-live of contoso/contoso-vm can no longer be observed",
      sentences: [`${MISSING}.`, `It may still run. ${LAST_SEEN}`, REMEDIES.notFound, GO_ON],
    },
  ],
  [
    "a start that was refused",
    { kind: "notStarted", status: "rejected", error: missing },
    {
      level: "error",
      title: "No go-live of contoso/contoso-vm was started",
      sentences: [`${MISSING}.`, REMEDIES.notFound],
    },
  ],
  [
    "a start that left no trace",
    { kind: "notStarted", status: "rejected", error: missing, isInferred: true },
    {
      level: "error",
      title: "As far as can be seen, no go-live of contoso/contoso-vm was started",
      sentences: [
        `${MISSING}.`,
        "A sending before got no clear answer, and the offer's operations show no go-live since: so none was started, as far as they show.",
        REMEDIES.notFound,
      ],
    },
  ],
  [
    "a start of which nobody can tell",
    { kind: "unclear", status: "unknown", error: reset },
    {
      level: "error",
      title: "Nobody can tell whether a go-live of contoso/contoso-vm was started",
      sentences: [
        "The connection broke: service.example.",
        "The go-live had been sent, and the offer's operations could not settle whether it was started.",
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
