import { expect, test } from "@jest/globals";
import { texts } from "../harness/scenario.ts";
import { fast, FIRST, LOOK, POST, product, resultOf, startIngestion, WAITING } from "./ingestion-scenario.ts";

const FOREVER = { durationMs: Infinity } as const;
/** A minute passes in 0.6 s. */
const FAST = { timeFactor: 100 } as const;
const MIB = 1_024 * 1_024;

/** How long it was between two requests, in milliseconds of the step's. */
function between(requests: readonly { readonly atMs: number }[], first: number): number {
  return (requests[first + 1]?.atMs ?? 0) - (requests[first]?.atMs ?? 0);
}

test("gives a question sixty seconds, and asks it again", async () => {
  const { run, asked, service } = await startIngestion({
    ...fast(FAST),
    ...product({ push: FOREVER }),
    faults: [{ on: "submissions", nth: 1, act: { kind: "stall", at: "headers" } }],
  });
  const { outputs } = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, "GET submissions", POST]);
  expect(between(service.requests, 1)).toBeGreaterThanOrEqual(55_000);
  expect(between(service.requests, 1)).toBeLessThan(110_000);
  expect(outputs["status"]).toBe("running");
});

test("takes an answer that comes within them", async () => {
  const { run, asked } = await startIngestion({
    ...fast(FAST),
    ...product({ push: FOREVER }),
    faults: [{ on: "submissions", nth: 1, act: { kind: "delay", durationMs: 20_000 } }],
  });
  await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST]);
});

test("gives the push two minutes, and never sends it again", async () => {
  const { run, sent, service } = await startIngestion({
    ...fast(FAST),
    ...product({ push: FOREVER }),
    faults: [{ on: "configure", carriedOut: true, act: { kind: "stall", at: "headers" } }],
  });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST]);
  expect(between(service.requests, 2)).toBeGreaterThanOrEqual(115_000);
  expect(service.pushes()).toMatchObject([{ submissionId: FIRST }]);
  expect(resultOf(result).operation).toMatchObject({ origin: "found" });
});

test("takes the acceptance of a push that takes its time", async () => {
  const { run, asked, service } = await startIngestion({
    ...fast(FAST),
    ...product({ push: FOREVER }),
    faults: [{ on: "configure", act: { kind: "delay", durationMs: 75_000 } }],
  });
  const { outputs } = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST]);
  expect(outputs["operationId"]).toBe(service.pushes()[0]?.jobId);
});

test("reads no answer beyond 4 MiB: of a look, of the push, of the job", async () => {
  const huge = { kind: "huge", bytes: 6 * MIB } as const;
  const looking = await startIngestion({ ...fast(FAST), faults: [{ on: "submissions", act: huge }] });
  const looked = await looking.run({}, FAST);
  expect(looking.sent()).toEqual([]);
  expect(texts(looked, "error")).toEqual([expect.stringContaining("larger than 4 MiB")]);
  const { run, sent, service } = await startIngestion({
    ...fast(FAST),
    ...product({ push: { durationMs: 5_000 } }),
    faults: [
      { on: "configure", carriedOut: true, act: huge },
      { on: "submissions", nth: 3, act: huge },
    ],
  });
  const { outputs } = await run(WAITING, FAST);
  expect(sent()).toEqual([POST]);
  expect(service.liveSubmission()).toBe(FIRST);
  expect(outputs["status"]).toBe("succeeded");
});
