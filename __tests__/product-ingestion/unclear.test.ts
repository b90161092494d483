import { expect, test } from "@jest/globals";
import type { FaultAct } from "../../emulator/wire/fault.ts";
import { operationOutputs, texts } from "../harness/scenario.ts";
import { fast, FAST, FASTEST, FIRST, POST, product, resultOf, startIngestion, WAITING } from "./ingestion-scenario.ts";

const FOREVER = { durationMs: Infinity } as const;
const HTML = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";

/** What leaves open whether a push was started. */
const UNCLEAR = [
  { what: "a 408", act: { kind: "status", status: 408 } },
  { what: "a 500", act: { kind: "status", status: 500 } },
  { what: "a 502 with a gateway's page", act: { kind: "status", status: 502, body: HTML } },
  { what: "a 503", act: { kind: "status", status: 503, headers: { "retry-after": "1" } } },
  { what: "a 400 with a gateway's page", act: { kind: "status", status: 400, body: HTML } },
  { what: "a page in place of an acceptance", act: { kind: "garbage", body: HTML } },
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a reset in mid-answer", act: { kind: "reset", at: "body" } },
  { what: "a connection that closes", act: { kind: "close", at: "headers" } },
  { what: "a time-out", act: { kind: "stall", at: "headers" } },
  { what: "an acceptance that is cut", act: { kind: "truncate", keepBytes: 40 } },
  { what: "a 202 without a job", act: { kind: "garbage", body: "{}" } },
  { what: "an empty 202", act: { kind: "status", status: 202, body: "" } },
  { what: "an empty 204", act: { kind: "status", status: 204, body: "" } },
] as const satisfies readonly { readonly what: string; readonly act: FaultAct }[];

test.concurrent.each(UNCLEAR)(
  "finds the push behind $what among what goes live, and sends nothing again",
  async ({ act }) => {
    const { run, sent, service } = await startIngestion({
      ...fast(),
      ...product({ push: FOREVER, wasLive: false }),
      behaviour: { acceptanceShowsMs: 20_000 },
      faults: [{ on: "configure", carriedOut: true, act }],
    });
    const result = await run({}, FAST);
    expect(sent()).toEqual([POST]);
    expect(service.pushes()).toMatchObject([{ submissionId: FIRST }]);
    expect(operationOutputs(result.outputs)).toEqual({
      operationLocation: `${service.endpoint}/${FIRST}`,
      operationId: FIRST.split("/")[2],
      status: "running",
    });
    expect(resultOf(result)).toMatchObject({
      ending: "underWay",
      operation: { origin: "found", startedByThisStep: true },
    });
    expect(result.exitCode).toBe(0);
  },
);

test.concurrent.each([
  ["a reset", false, { kind: "reset", at: "request" }],
  ["a reset, with a push in truth that never shows", true, { kind: "reset", at: "request" }],
  ["an empty 202", true, { kind: "status", status: 202, body: "" }],
  ["a 500", false, { kind: "status", status: 500 }],
] as const)(
  "cannot tell what became of a push when nothing shows in ten minutes behind %s, and sends nothing again",
  async (_what, carriedOut, act) => {
    const { run, sent, service } = await startIngestion({
      ...fast(FASTEST),
      ...product({ push: FOREVER }),
      behaviour: { acceptanceShowsMs: Infinity, previewDuringPush: "stays" },
      faults: [{ on: "configure", carriedOut, act }],
    });
    const result = await run({}, FASTEST);
    expect(sent()).toEqual([POST]);
    const pushed = service.requests.find(({ route }) => route === "configure");
    const [start, end] = [pushed?.atMs ?? 0, service.requests.at(-1)?.atMs ?? 0];
    expect(end - start).toBeGreaterThanOrEqual(595_000);
    expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
    expect(resultOf(result).ending).toBe("unclear");
    expect(texts(result, "error")).toHaveLength(1);
    expect(result.exitCode).toBe(1);
  },
);

test("finds a queued push that shows only after minutes", async () => {
  const { run, sent, service } = await startIngestion({
    ...fast(FASTEST),
    ...product({ push: FOREVER }),
    behaviour: { acceptanceShowsMs: 400_000, previewDuringPush: "stays" },
    faults: [{ on: "configure", carriedOut: true, act: { kind: "status", status: 502, body: HTML } }],
  });
  const { outputs } = await run({}, FASTEST);
  expect(sent()).toEqual([POST]);
  expect(outputs).toMatchObject({ status: "running", operationLocation: `${service.endpoint}/${FIRST}` });
});

test.each([
  ["succeeded", 0],
  ["failed", 1],
] as const)("follows a push without its job to its end: %s", async (outcome, exitCode) => {
  const { run, asked, sent, service } = await startIngestion({
    ...fast(),
    ...product({ push: { durationMs: 20_000, outcome } }),
    faults: [{ on: "configure", carriedOut: true, act: { kind: "reset", at: "request" } }],
  });
  const result = await run(WAITING, FAST);
  expect(sent()).toEqual([POST]);
  expect(asked()).not.toContain("GET job");
  expect(result.outputs).toMatchObject({ status: outcome, operationLocation: `${service.endpoint}/${FIRST}` });
  expect(resultOf(result).ending).toBe("ended");
  expect(result.exitCode).toBe(exitCode);
});

test("does not take somebody else's push for its own, nor follows it in place of what it sent", async () => {
  const { run, sent, service } = await startIngestion({
    ...fast(FASTEST),
    ...product({ push: FOREVER }),
    happenings: [
      { what: "previewReplaced", when: { after: "configure" } },
      { what: "pushStarted", when: { after: "configure" } },
    ],
    faults: [{ on: "configure", act: { kind: "reset", at: "request" } }],
  });
  const result = await run({}, FASTEST);
  expect(sent()).toEqual([POST]);
  expect(service.pushes()).toEqual([]);
  // What became of the approved one is what this run has to tell.
  expect([resultOf(result).ending, resultOf(result).operation]).toEqual(["unclear", null]);
});
