import { expect, test } from "@jest/globals";
import { operationOutputs, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
  FIRST,
  FOREVER,
  POST,
  product,
  resultOf,
  startCenter,
  WAITING,
} from "./center-scenario.ts";

const LOST = { kind: "status", status: 503 } as const;

test.concurrent("finds the go-live behind a 503 that worked, and follows it to its end", async () => {
  const { run, sent, service, addressOf } = await startCenter({
    ...fast(),
    ...product({ goLive: { queuedMs: 20_000, durationMs: 60_000 } }),
    faults: [{ on: "promote", carriedOut: true, act: LOST }],
  });
  const result = await run(WAITING, FAST);
  expect(sent()).toEqual([POST]);
  expect(service.promotes()).toMatchObject([{ submissionId: FIRST }]);
  expect(operationOutputs(result.outputs)).toEqual({
    operationLocation: addressOf(FIRST),
    operationId: FIRST,
    status: "succeeded",
  });
  expect(resultOf(result)).toMatchObject({ ending: "ended", operation: { origin: "found", startedByThisStep: true } });
  expect(result.exitCode).toBe(0);
});

/** Ten minutes in three seconds: faster than that, a busy machine answers too late. */
const TEN_MINUTES = { timeFactor: 200 } as const;

test.concurrent.each([true, false])(
  "cannot tell what became of a promote when nothing shows in ten minutes (it worked: %s), and sends nothing again",
  async (carriedOut) => {
    const { run, sent, service } = await startCenter({
      ...fast(TEN_MINUTES),
      ...product({ goLive: { queuedMs: Infinity } }),
      faults: [{ on: "promote", carriedOut, act: LOST }],
    });
    const result = await run({}, TEN_MINUTES);
    expect(sent()).toEqual([POST]);
    const start = service.requests.find(({ route }) => route === "promote")?.atMs ?? Infinity;
    expect((service.requests.at(-1)?.atMs ?? 0) - start).toBeGreaterThanOrEqual(590_000);
    expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
    expect(resultOf(result).ending).toBe("unclear");
    expect(texts(result, "error")).toHaveLength(1);
    expect(result.exitCode).toBe(1);
  },
);

test.concurrent(
  "does not take somebody else's go-live for its own, nor follows it in place of what it sent",
  async () => {
    const { run, sent, service } = await startCenter({
      ...fast(FASTEST),
      ...product({ goLive: FOREVER }),
      happenings: [
        { what: "previewReplaced", when: { after: "promote" } },
        { what: "promoteStarted", when: { after: "promote" } },
      ],
      faults: [{ on: "promote", act: { kind: "reset", at: "request" } }],
    });
    const result = await run({}, FASTEST);
    expect(sent()).toEqual([POST]);
    expect(service.promotes()).toEqual([]);
    // What became of the approved one is what this run has to tell.
    expect([resultOf(result).ending, resultOf(result).operation]).toEqual(["unclear", null]);
  },
);
