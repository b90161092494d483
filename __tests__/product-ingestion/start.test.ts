import { expect, test } from "@jest/globals";
import type { Happening } from "../../emulator/product-ingestion/plan.ts";
import type { ProductIngestionOptions } from "../../emulator/product-ingestion/product-ingestion.ts";
import { operationOutputs, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FIRST,
  LOOK,
  POST,
  product,
  PRODUCT,
  resultOf,
  SECOND,
  startIngestion,
} from "./ingestion-scenario.ts";

const FOREVER = { durationMs: Infinity } as const;
const SCHEMAS = "https://schema.mp.microsoft.com/schema";

test.each([
  ["alone", {}, FIRST],
  ["beside what is live", { wasLive: true }, SECOND],
] as const)(
  "pushes the preview that stands %s: exactly four members, on the schemas' own host, once",
  async (_what, plan, id) => {
    const { run, asked, service } = await startIngestion(product({ ...plan, push: FOREVER }));
    const { outputs, exitCode } = await run();
    expect(asked()).toEqual([...LOOK, POST]);
    const request = service.requests.at(-1);
    expect(request?.path).toBe("/rp/product-ingestion/configure?$version=2022-03-01-preview2");
    expect(JSON.parse(request?.body ?? "")).toStrictEqual({
      $schema: `${SCHEMAS}/configure/2022-03-01-preview2`,
      resources: [
        {
          $schema: `${SCHEMAS}/submission/2022-03-01-preview2`,
          id,
          product: `product/${PRODUCT}`,
          target: { targetType: "live" },
        },
      ],
    });
    expect(outputs).toMatchObject({ api: "productIngestion", submissionId: id });
    const [push] = service.pushes();
    expect(service.pushes()).toMatchObject([
      { submissionId: id, lifecycleState: "generallyAvailable", target: "live" },
    ]);
    expect(operationOutputs(outputs)).toEqual({
      operationLocation: `${service.endpoint}/configure/${push?.jobId}/status#${id}`,
      operationId: push?.jobId,
      status: "running",
    });
    expect(exitCode).toBe(0);
  },
);

test("sends nothing of an entry back, even where the service would take it", async () => {
  const { run, service } = await startIngestion({ behaviour: { bodyCheck: "liberal" } });
  await run();
  expect(service.requests.at(-1)?.body).not.toMatch(/lifecycleState|created|status|result/);
  expect(service.pushes()).toMatchObject([{ lifecycleState: "generallyAvailable" }]);
});

test.each([
  [200, "jobId"],
  [201, "jobID"],
  [202, "jobID"],
] as const)("takes HTTP %i with a %s for an acceptance", async (acceptedStatus, jobIdName) => {
  const { run, asked, service } = await startIngestion({ behaviour: { acceptedStatus, jobIdName } });
  const { outputs } = await run();
  expect(asked()).toEqual([...LOOK, POST]);
  expect(outputs).toMatchObject({ status: "running", operationId: service.pushes()[0]?.jobId });
});

const REFUSALS: readonly (readonly [string, ProductIngestionOptions, RegExp])[] = [
  [
    "a preview that was replaced",
    { happenings: [{ what: "previewReplaced", when: { before: "configure" } }] },
    /not the latest/,
  ],
  [
    "a preview that was withdrawn",
    { happenings: [{ what: "previewWithdrawn", when: { before: "configure" } }] },
    /not the latest/,
  ],
  [
    "a status with a JSON error",
    { faults: [{ on: "configure", act: { kind: "status", status: 422 } }] },
    /told to answer 422/,
  ],
  ["a 403", { faults: [{ on: "configure", act: { kind: "status", status: 403 } }] }, /HTTP 403/],
];

test.each(REFUSALS)("takes the refusal of %s for what it is, and sends nothing again", async (_what, options, says) => {
  const { run, service, sent } = await startIngestion({ ...fast(), ...options });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST]);
  expect(service.pushes()).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(says)]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
  expect(result.exitCode).toBe(1);
});

/** Somebody replaces the preview between look and start, and pushes theirs. */
const OTHERS_PUSH: readonly Happening[] = [
  { what: "previewReplaced", when: { before: "configure" } },
  { what: "pushStarted", when: { before: "configure" } },
];

test.each([409, 400, 423] as const)(
  "looks behind a refusal that may be about another go-live, and follows it (%i)",
  async (busyStatus) => {
    const { run, service, sent } = await startIngestion({
      ...fast(),
      ...product({ push: FOREVER }),
      happenings: OTHERS_PUSH,
      behaviour: { busyStatus },
    });
    const result = await run({}, FAST);
    expect(sent()).toEqual([POST]);
    expect(service.pushes()).toEqual([]);
    expect(operationOutputs(result.outputs)).toEqual({
      operationLocation: `${service.endpoint}/${SECOND}`,
      operationId: SECOND.split("/")[2],
      status: "running",
    });
    expect(resultOf(result).operation).toMatchObject({ origin: "adopted", startedByThisStep: false });
  },
);

test("does not follow another's where the inputs say so, or name another submission", async () => {
  for (const inputs of [{ ifRunning: "fail" }, { submissionId: FIRST }]) {
    const { run, service, sent } = await startIngestion({
      ...fast(),
      ...product({ push: FOREVER }),
      happenings: OTHERS_PUSH,
    });
    const result = await run(inputs, FAST);
    expect(sent()).toEqual([POST]);
    expect(service.pushes()).toEqual([]);
    expect(result.outputs["status"]).toBe("rejected");
    expect(result.exitCode).toBe(1);
  }
});

test.each([
  ["attach", "running", 0],
  ["fail", "rejected", 1],
] as const)("sends nothing while a go-live runs (ifRunning: %s)", async (ifRunning, status, exitCode) => {
  const { run, asked, service } = await startIngestion(product({ state: "goingLive", push: FOREVER, wasLive: true }));
  const result = await run({ ifRunning });
  expect(asked()).toEqual(LOOK);
  expect(result.outputs["status"]).toBe(status);
  expect(result.outputs["operationLocation"]).toBe(`${service.endpoint}/${SECOND}`);
  expect(result.exitCode).toBe(exitCode);
});

test.each([
  ["sends it again if nothing has changed", [], 2, "running"],
  ["sends nothing when another preview stands by then", ["previewReplaced"], 1, "rejected"],
  ["sends nothing when the preview is gone by then", ["previewWithdrawn"], 1, "rejected"],
  ["sends nothing when a publish runs by then", ["publishStarted"], 1, "rejected"],
  ["follows the go-live that runs by then", ["pushStarted"], 1, "running"],
] as const)("after a 429 it waits as asked, looks, and %s", async (_what, happened, sendings, status) => {
  const { run, asked, sent, service } = await startIngestion({
    ...fast(),
    ...product({ push: FOREVER, publish: FOREVER }),
    happenings: happened.map((what) => ({ what, when: { after: "configure" } })),
    faults: [{ on: "configure", nth: 1, act: { kind: "status", status: 429, headers: { "retry-after": "9" } } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST, "GET submissions", ...Array<string>(sendings - 1).fill(POST)]);
  const [first, look] = service.requests.slice(2);
  expect((look?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(8_500);
  expect(sent()).toHaveLength(sendings);
  expect(service.pushes()).toHaveLength(sendings - 1);
  expect(result.outputs["status"]).toBe(status);
});

test("gives up after three that were throttled", async () => {
  const { run, sent, service } = await startIngestion({
    ...fast(),
    faults: [{ on: "configure", act: { kind: "status", status: 429 } }],
  });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST, POST, POST]);
  expect(service.pushes()).toEqual([]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
});

test("fails with the job where the service refuses by its job", async () => {
  const { run, service, sent } = await startIngestion({
    ...fast(),
    happenings: [{ what: "previewReplaced", when: { before: "configure" } }],
    behaviour: { refusedBy: "job" },
  });
  const result = await run({ wait: "true" }, FAST);
  expect(sent()).toEqual([POST]);
  expect(service.liveSubmission()).toBeUndefined();
  expect(result.outputs["status"]).toBe("failed");
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("The submission cannot be pushed to as its not the latest"),
  ]);
});
