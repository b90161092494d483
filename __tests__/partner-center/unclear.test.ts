import { expect, test } from "@jest/globals";
import type { FaultAct } from "../../emulator/wire/fault.ts";
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

const HTML = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";
const SIGN_IN = "https://sign-in.example/";

/** What leaves open whether a promote was taken. */
const UNCLEAR = [
  { what: "a 302", act: { kind: "redirect", to: SIGN_IN } },
  { what: "a 307", act: { kind: "redirect", to: SIGN_IN, status: 307 } },
  { what: "a 308", act: { kind: "redirect", to: SIGN_IN, status: 308 } },
  { what: "a 304", act: { kind: "status", status: 304, body: "" } },
  { what: "a 408", act: { kind: "status", status: 408 } },
  { what: "a 410", act: { kind: "status", status: 410 } },
  { what: "a 500", act: { kind: "status", status: 500 } },
  { what: "a 502 with a gateway's page", act: { kind: "status", status: 502, body: HTML } },
  { what: "a 503", act: { kind: "status", status: 503, headers: { "retry-after": "1" } } },
  { what: "a 504", act: { kind: "status", status: 504 } },
  { what: "a page in place of an acceptance", act: { kind: "garbage", body: HTML, contentType: "text/html" } },
  {
    what: "a page that does not say that it is one",
    act: { kind: "raw", bytes: `HTTP/1.1 200 OK\r\ncontent-length: ${HTML.length}\r\n\r\n${HTML}` },
  },
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a connection that closes", act: { kind: "close", at: "request" } },
  { what: "a time-out", act: { kind: "stall", at: "headers" } },
  { what: "what is no HTTP", act: { kind: "raw", bytes: "hello\r\n\r\n" } },
] as const satisfies readonly { readonly what: string; readonly act: FaultAct }[];

test.concurrent.each(UNCLEAR)(
  "finds the go-live behind $what among the submissions, and sends nothing again",
  async ({ act }) => {
    const { run, sent, service, addressOf } = await startCenter({
      ...fast(),
      ...product({ goLive: { queuedMs: 20_000, ...FOREVER } }),
      faults: [{ on: "promote", carriedOut: true, act }],
    });
    const result = await run({}, FAST);
    expect(sent()).toEqual([POST]);
    expect(service.promotes()).toMatchObject([{ submissionId: FIRST }]);
    expect(operationOutputs(result.outputs)).toEqual({
      operationLocation: addressOf(FIRST),
      operationId: FIRST,
      status: "running",
    });
    expect(resultOf(result)).toMatchObject({
      ending: "underWay",
      operation: { origin: "found", startedByThisStep: true },
    });
    expect(result.exitCode).toBe(0);
  },
);

/** Ten minutes in three seconds: faster than that, a busy machine answers too late. */
const TEN_MINUTES = { timeFactor: 200 } as const;

test.concurrent.each([
  ...UNCLEAR.map(({ what, act }) => ({ what, act, carriedOut: false })),
  { what: "a 503, with a go-live that never shows", act: { kind: "status", status: 503 } as const, carriedOut: true },
])(
  "cannot tell what became of a promote when nothing shows in ten minutes behind $what, and sends nothing again",
  async ({ act, carriedOut }) => {
    const { run, sent, service } = await startCenter({
      ...fast(TEN_MINUTES),
      ...product({ goLive: { queuedMs: Infinity } }),
      faults: [{ on: "promote", carriedOut, act }],
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

test("finds a queued go-live that shows only after minutes", async () => {
  const { run, sent, addressOf } = await startCenter({
    ...fast(FASTEST),
    ...product({ goLive: { queuedMs: 400_000, ...FOREVER } }),
    faults: [{ on: "promote", carriedOut: true, act: { kind: "status", status: 503 } }],
  });
  const { outputs } = await run({}, FASTEST);
  expect(sent()).toEqual([POST]);
  expect(outputs).toMatchObject({ status: "running", operationLocation: addressOf(FIRST) });
});

test.each([
  ["live", "succeeded", 0],
  ["failedInCertification", "failed", 1],
] as const)("follows a go-live behind a 503 that worked to its end: %s", async (outcome, status, exitCode) => {
  const { run, sent, addressOf } = await startCenter({
    ...fast(),
    ...product({ goLive: { durationMs: 60_000, outcome } }),
    faults: [{ on: "promote", carriedOut: true, act: { kind: "status", status: 503 } }],
  });
  const result = await run(WAITING, FAST);
  expect(sent()).toEqual([POST]);
  expect(result.outputs).toMatchObject({ status, operationLocation: addressOf(FIRST) });
  expect(resultOf(result).ending).toBe("ended");
  expect(result.exitCode).toBe(exitCode);
});

test("finds a go-live behind a 503 that is in the store by the time anybody looks", async () => {
  const { run, sent } = await startCenter({
    ...fast(),
    ...product({ goLive: { durationMs: 0 } }),
    faults: [{ on: "promote", carriedOut: true, act: { kind: "status", status: 503 } }],
  });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(resultOf(result).operation).toMatchObject({ origin: "found" });
});

test("does not take somebody else's go-live for its own, nor follows it in place of what it sent", async () => {
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
});
