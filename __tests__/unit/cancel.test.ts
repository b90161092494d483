import type { Baseline } from "../../src/go-live/baseline.ts";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  type CancelOptions,
  cancelGoLive,
  cancelTarget,
  farewell,
  followedTarget,
  withLastLook,
} from "../../src/go-live/cancel.ts";
import type { CancelAnswer, OperationReference, Submission } from "../../src/marketplace/marketplace.ts";
import type { OperationStatus } from "../../src/marketplace/operation.ts";
import { LateError } from "../../src/time-limit.ts";
import { type Followed, InterruptedError, type Origin, type Outcome } from "../../src/go-live/outcome.ts";
import { followed, operation } from "../harness/operation.ts";
import { goLive, networkError, serviceError, standingOf } from "../harness/scripted-marketplace.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const OWN = followedTarget(followed());
const SHARED: OperationReference = { ...followed().reference, isShared: true };

/** A marketplace whose operation stands so, and that gives a cancel those answers in turn. */
function scene(status: OperationStatus | readonly Submission[] | Error, ...answers: readonly (CancelAnswer | Error)[]) {
  const clock = createVirtualClock(1_000);
  const asked: string[] = [];
  const retried: Error[] = [];
  const { signal } = new AbortController();
  const options: CancelOptions = {
    marketplace: {
      async look() {
        asked.push("list");
        if (typeof status === "string") throw new TypeError("nobody should ask");
        if (status instanceof Error) throw status;
        return standingOf(status);
      },
      async operation({ id }) {
        asked.push(`operation ${id}`);
        if (typeof status !== "string") throw status instanceof Error ? status : new TypeError("nobody should ask");
        return { operation: operation({ status }), retryAfterMs: undefined };
      },
      async cancel() {
        const answer = answers[asked.filter((one) => one === "cancel").length] ?? new TypeError("nobody should ask");
        asked.push("cancel");
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    clock,
    look: (ask) => ask(signal),
    ask: (ask) => ask(signal),
    pausesMs: [500],
    limitMs: 3_000,
    onRetry: (error) => void retried.push(error),
  };
  return { options, asked, clock, retried };
}

test.each<[Origin, string]>([
  ["started", "own"],
  ["found", "own"],
  ["doubtful", "unclear"],
  ["adopted", "notOwn"],
  ["watched", "notOwn"],
])("an operation that was %s is %s", (origin, kind) => {
  const interrupted: Outcome = { ...followed(origin), kind: "interrupted", status: "running", sighting: undefined };
  expect(cancelTarget(interrupted)?.kind).toBe(kind);
});

test.each<Outcome>([
  { ...followed(), kind: "ended", status: "failed", operation: operation() },
  { ...followed(), kind: "underWay", status: "running", operation: undefined },
  { ...followed(), kind: "deadline", status: "running", sighting: undefined, error: undefined },
  { ...followed(), kind: "lost", status: "unknown", sighting: undefined, error: serviceError(401) },
  { kind: "notStarted", status: "rejected", error: new InterruptedError() },
  { kind: "unclear", status: "unknown", error: serviceError(500) },
])("there is nothing to cancel after a run that was not cut short: %j", (outcome) => {
  expect(cancelTarget(outcome)).toBeUndefined();
});

test("of a go-live that was cut short on its way nobody can tell whether it is this run's", async () => {
  const target = cancelTarget({ kind: "unclear", status: "unknown", error: new InterruptedError() });
  expect(target).toEqual({ kind: "unclear" });
  const { options, asked } = scene("running");
  expect(await cancelGoLive({ kind: "unclear" }, options)).toEqual({ kind: "unclear" });
  expect(asked).toEqual([]);
});

test("asks nothing at all about what this run did not start", async () => {
  const { options, asked } = scene("running");
  expect(await cancelGoLive(followedTarget(followed("adopted")), options)).toEqual({ kind: "notOwn" });
  expect(asked).toEqual([]);
});

test.each(["running", "notStarted"] as const)("asks to cancel what is %s", async (status) => {
  const { options, asked } = scene(status, "underWay");
  expect(await cancelGoLive(OWN, options)).toEqual({ kind: "asked", answer: "underWay" });
  expect(asked).toEqual(["operation 7", "cancel"]);
});

test.each(["succeeded", "failed", "canceled"] as const)("asks nothing more when it has %s", async (status) => {
  const { options, asked } = scene(status);
  expect(await cancelGoLive(OWN, options)).toEqual({ kind: "ended", operation: operation({ status }) });
  expect(asked).toEqual(["operation 7"]);
});

const BASELINE: Baseline = { keys: new Set(["1"]), sentAtMs: 1_000 };
const AT_SHARED: Followed = { reference: SHARED, origin: "started", baseline: BASELINE };

test.each<[string, readonly Submission[] | Error, string]>([
  ["shows that it runs", [goLive("1", "failed"), goLive("2", "running", 1_000)], "asked"],
  ["shows that it has ended", [goLive("2", "failed", 1_000)], "unclear"],
  ["shows somebody else's", [goLive("1")], "unclear"],
  ["shows one of which nobody knows when it began", [goLive("2")], "unclear"],
  ["shows two that are new", [goLive("2", "running", 1_000), goLive("3", "running", 1_000)], "unclear"],
  ["shows none", [], "unclear"],
  ["cannot be had", networkError(), "unclear"],
])("cancels what it started at a place that operations share only when the list %s", async (_what, list, kind) => {
  const { options, asked } = scene(list, "underWay");
  expect(await cancelGoLive(followedTarget(AT_SHARED), options)).toMatchObject({ kind });
  expect(asked).toEqual(kind === "asked" ? ["list", "cancel"] : ["list"]);
});

test("cannot tell what runs at such a place without knowing how the offer stood before", () => {
  expect(followedTarget({ reference: SHARED, origin: "started" })).toEqual({ kind: "unclear" });
});

test.each([networkError(), serviceError(403), serviceError(503), new LateError("no answer within 1 s")])(
  "asks to cancel all the same when the look ends in %s",
  async (error) => {
    const { options, asked } = scene(error, "underWay");
    expect(await cancelGoLive(OWN, options)).toEqual({ kind: "asked", answer: "underWay" });
    expect(asked).toEqual(["operation 7", "cancel"]);
  },
);

test("asks again after what may pass, as long as there is time", async () => {
  const { options, asked, clock, retried } = scene("running", networkError(), "underWay");
  expect(await cancelGoLive(OWN, options)).toEqual({ kind: "asked", answer: "underWay" });
  expect(asked).toEqual(["operation 7", "cancel", "cancel"]);
  expect(clock.sleeps).toEqual([500]);
  expect(retried).toEqual([networkError()]);
});

test("does not ask again when the service wants more time than there is", async () => {
  const { options, asked } = scene("running", serviceError(429, 60_000));
  expect(await cancelGoLive(OWN, options)).toMatchObject({ kind: "failed", error: { status: 429 } });
  expect(asked).toEqual(["operation 7", "cancel"]);
});

test.each([serviceError(403), new LateError("no answer within 3 s")])("says that it failed: %s", async (error) => {
  const { options } = scene("running", error);
  expect(await cancelGoLive(OWN, options)).toEqual({ kind: "failed", error });
});

test.each([
  ["the look", scene(new TypeError("a bug"), "underWay")],
  ["the cancel", scene("running", new TypeError("a bug"))],
])("does not take a bug in %s for a fault of the service", async (_where, { options }) => {
  await expect(cancelGoLive(OWN, options)).rejects.toThrow("a bug");
});

test("a step that is being cancelled gives a look 1 s and a cancel 3 s, whether or not they heed their signal", async () => {
  const clock = createVirtualClock(1_000);
  const { look, ask } = farewell(clock);
  const signals: AbortSignal[] = [];
  const never = (signal: AbortSignal): Promise<never> => {
    signals.push(signal);
    return new Promise(() => {});
  };
  await expect(look(never)).rejects.toThrow(new LateError("no answer within 1 s"));
  await expect(ask(never)).rejects.toThrow(new LateError("no answer within 3 s"));
  expect(clock.sleeps).toEqual([1_000, 3_000]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test.each([
  ["failed", "failed"],
  ["canceled", "canceled"],
  ["succeeded", "unknown"],
] as const)("keeps of a last look that it has %s: status %s", (status, told) => {
  const outcome: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting: undefined };
  const seen = operation({ status });
  expect(withLastLook(outcome, { kind: "ended", operation: seen }, 77)).toEqual({
    ...outcome,
    status: told,
    sighting: { operation: seen, atMs: 77 },
  });
});

test("keeps the outcome where there was no last look", () => {
  const outcome: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting: undefined };
  expect(withLastLook(outcome, undefined, 77)).toBe(outcome);
  expect(withLastLook(outcome, { kind: "asked", answer: "underWay" }, 77)).toBe(outcome);
});

const ORIGINS: readonly Origin[] = ["started", "found", "adopted", "watched"];
const STATUSES: readonly OperationStatus[] = ["notStarted", "running", "succeeded", "failed", "canceled"];
const ANSWERS = ["done", "underWay", "tooLate", "impossible"] as const;
const FAULTS = [networkError(), serviceError(400), serviceError(403), serviceError(429), serviceError(503)] as const;

test("whatever is answered: only what this run started is asked about, and told as asked only when the service took it", async () => {
  const answer = fc.oneof(fc.constantFrom(...ANSWERS), fc.constantFrom(...FAULTS));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ORIGINS),
      fc.oneof(fc.constantFrom(...STATUSES), fc.constantFrom(...FAULTS)),
      fc.tuple(answer, answer),
      async (origin, look, answers) => {
        const { options, asked } = scene(look, ...answers);
        const target = followedTarget(followed(origin));
        const cancellation = await cancelGoLive(target, options);
        const cancels = asked.filter((one) => one === "cancel").length;
        const isOwn = origin === "started" || origin === "found";
        const isOver = look === "succeeded" || look === "failed" || look === "canceled";
        expect(asked.length > 0).toBe(isOwn);
        expect(cancels > 0).toBe(isOwn && !isOver);
        expect(cancellation.kind === "ended").toBe(isOwn && isOver);
        const last = cancels === 0 ? undefined : answers[cancels - 1];
        expect(cancellation.kind === "asked").toBe(typeof last === "string");
        expect(cancellation.kind === "failed").toBe(last instanceof Error);
      },
    ),
  );
});
