import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { createExpectation } from "../../src/go-live/expectation.ts";
import type { Operation, Step, StepStatus } from "../../src/marketplace/operation.ts";
import { operation, step } from "../harness/operation.ts";

/** An operation of which only the last step is left. */
function nearEnd(progressPercentage: number | undefined, last: Partial<Step> = {}): Operation {
  const progress = progressPercentage === undefined ? {} : { progressPercentage };
  return operation({
    steps: [step({ id: "certify", status: "succeeded" }), step({ id: "live", name: "Live", ...progress, ...last })],
  });
}

/** An operation of which two steps are left. */
function two(progressPercentage: number): Operation {
  return operation({ steps: [step({ progressPercentage }), step({ id: "live", status: "notStarted" })] });
}

/** What is expected after each of the looks. */
function expectations(
  ...looks: readonly (readonly [atMs: number, seen: Operation])[]
): readonly (number | undefined)[] {
  const expectRest = createExpectation();
  return looks.map(([atMs, seen]) => expectRest(seen, atMs));
}

test("expects the last step to go on as it has grown since it was first seen", () => {
  const rests = expectations([1_000, nearEnd(20)], [11_000, nearEnd(40)], [16_000, nearEnd(50)]);
  expect(rests).toEqual([undefined, 30_000, 25_000]);
});

test("expects nothing from one look, nor from a figure that does not grow", () => {
  expect(expectations([0, nearEnd(50)])).toEqual([undefined]);
  expect(expectations([0, nearEnd(50)], [60_000, nearEnd(50)])).toEqual([undefined, undefined]);
});

test("begins anew when the figure falls", () => {
  const rests = expectations([0, nearEnd(50)], [10_000, nearEnd(30)], [20_000, nearEnd(40)]);
  expect(rests).toEqual([undefined, undefined, 60_000]);
});

test.each([
  ["another id", { id: "other" }],
  ["another name", { name: "Other" }],
])("begins anew when the last step has %s", (_what, last) => {
  const rests = expectations([0, nearEnd(50)], [10_000, nearEnd(60, last)], [20_000, nearEnd(70, last)]);
  expect(rests).toEqual([undefined, undefined, 30_000]);
});

test.each(["notStarted", "waiting", "blocked", "rejected", "failed", "canceled"] as const satisfies StepStatus[])(
  "expects nothing while the last step is %s, and begins anew when it runs again",
  (status) => {
    const [run, stop] = [(percentage: number) => nearEnd(percentage), nearEnd(60, { status })];
    expect(expectations([0, run(50)], [5_000, stop], [10_000, run(60)], [20_000, run(80)])).toEqual([
      ...[undefined, undefined, undefined],
      10_000,
    ]);
  },
);

test("expects nothing while more than one step is left, nor when none is, nor without a figure", () => {
  expect(expectations([0, two(10)], [10_000, two(90)])).toEqual([undefined, undefined]);
  const done = operation({ steps: [step({ status: "succeeded" })] });
  expect(expectations([0, nearEnd(10)], [10_000, done], [20_000, done])).toEqual([undefined, undefined, undefined]);
  expect(expectations([0, operation()], [10_000, operation()])).toEqual([undefined, undefined]);
  expect(expectations([0, nearEnd(undefined)], [10_000, nearEnd(undefined)])).toEqual([undefined, undefined]);
});

test("a figure that has stopped near the end brings no more than a question each 4 % of the step's time", () => {
  const rests = expectations([0, nearEnd(0)], [100_000, nearEnd(99)], [1_000_000, nearEnd(99)], [2e6, nearEnd(100)]);
  expect(rests).toEqual([undefined, 4_000, 40_000, 80_000]);
});

test("whatever the figures say, what is expected is no less than that share of the time", () => {
  const look = fc.tuple(fc.integer({ min: 1, max: 1e8 }), fc.double({ min: 0, max: 100, noNaN: true }));
  fc.assert(
    fc.property(fc.array(look, { maxLength: 20 }), (looks) => {
      const expectRest = createExpectation();
      let nowMs = 0;
      for (const [pauseMs, percentage] of looks) {
        nowMs += pauseMs;
        const rest = expectRest(nearEnd(percentage), nowMs);
        // The first look was at least this pause ago.
        expect(rest ?? Infinity).toBeGreaterThanOrEqual(0.04 * pauseMs);
      }
    }),
  );
});
