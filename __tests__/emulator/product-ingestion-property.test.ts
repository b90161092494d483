import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Behaviour } from "../../emulator/product-ingestion/behaviour.ts";
import { type ProductPlan, happenings, productStates } from "../../emulator/product-ingestion/plan.ts";
import { FIRST, SECOND, THIRD, openIngestion } from "./product-ingestion-client.ts";

const service = openIngestion();

const HOUR_MS = 3_600_000;

/** What is done to the service, one after the other. */
const stepArbitrary = fc.oneof(
  fc.record({ kind: fc.constant("push" as const), id: fc.constantFrom("newest", "newest", FIRST, SECOND, THIRD) }),
  fc.record({ kind: fc.constantFrom("publish" as const, "cancel" as const) }),
  fc.record({ kind: fc.constant("advance" as const), durationMs: fc.constantFrom(1, 20_000, 60_000, 90_000) }),
);

type Step = typeof stepArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const jobArbitrary = fc.record({
  durationMs: fc.constantFrom(0, 30_000, 60_000),
  outcome: fc.constantFrom("succeeded", "succeeded", "failed", "cancelled"),
});

const productArbitrary: fc.Arbitrary<Partial<ProductPlan>> = fc.record({
  state: fc.constantFrom(...productStates),
  wasLive: fc.boolean(),
  push: jobArbitrary,
  publish: jobArbitrary,
});

const behaviourArbitrary: fc.Arbitrary<Partial<Behaviour>> = fc.record({
  notStartedMs: fc.constantFrom(0, 10_000),
  acceptanceShowsMs: fc.constantFrom(0, 5_000, Infinity),
  endShowsMs: fc.constantFrom(-5_000, 0, 40_000),
  submissionsLagMs: fc.constantFrom(0, 15_000),
  previewDuringPush: fc.constantFrom("goes", "stays"),
  previewAfterSuccess: fc.constantFrom("goes", "stays"),
  previewAfterFailure: fc.constantFrom("back", "gone"),
  liveAfterFailure: fc.constantFrom("failed", "cancelled", "gone"),
  formerDuringPush: fc.constantFrom("goes", "stays"),
  refusedBy: fc.constantFrom("answer", "job"),
  cancelMs: fc.constantFrom(0, 20_000),
});

const happeningsArbitrary = fc.array(
  fc.record({
    what: fc.constantFrom(...happenings),
    when: fc.record({ afterMs: fc.integer({ min: 0, max: 200_000 }) }),
  }),
  { maxLength: 2 },
);

/** The entries of one target that end with those words. */
function count(entries: readonly string[], words: string): number {
  return entries.filter((entry) => entry.includes(words)).length;
}

/** Does one step; the id of the job that was accepted, if one was. */
async function act(step: Step, lastJob: string): Promise<string | undefined> {
  switch (step.kind) {
    case "push":
      return (await service.push(step.id === "newest" ? service.service().previewSubmission() : step.id)).body.jobId;
    case "publish":
      return (await service.publish()).body.jobId;
    case "cancel":
      await service.cancel(lastJob);
      return undefined;
    case "advance":
      service.advance(step.durationMs);
      return undefined;
  }
}

test("whatever happens, no two pushes run at once, and the submissions never show two that are live", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        product: productArbitrary,
        behaviour: behaviourArbitrary,
        happenings: happeningsArbitrary,
        steps: fc.array(stepArbitrary, { maxLength: 8 }),
      }),
      async ({ product, steps, ...options }) => {
        service.beginWith(product, options);
        let lastJob = "none";
        for (const step of steps) {
          lastJob = (await act(step, lastJob)) ?? lastJob;
          const entries = await service.entries();
          const places = entries.map((entry) => entry.split(" ").slice(0, 2).join(" "));
          expect(new Set(places).size).toBe(places.length);
          expect(count(entries, "live completed succeeded")).toBeLessThanOrEqual(1);
          const active = service
            .service()
            .pushes()
            .map(({ jobId }) => service.service().jobState(jobId));
          expect(active.filter((state) => state === "running" || state === "notStarted").length).toBeLessThanOrEqual(1);
        }
        service.advance(HOUR_MS);
        const settled = await service.entries();
        const live = service.service().liveSubmission()?.slice(-3);
        expect(settled.filter((entry) => entry.includes("live completed succeeded"))).toEqual(
          live === undefined ? [] : [`${live} live completed succeeded`],
        );
        expect(count(settled, "running") + count(settled, "notStarted")).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
});
