import { expect, test } from "@jest/globals";
import type { ProductPlan } from "../../emulator/product-ingestion/plan.ts";
import type { ProductIngestionOptions } from "../../emulator/product-ingestion/product-ingestion.ts";
import { FIRST, PRODUCT, SECOND } from "../product-ingestion/submission.ts";
import { publish, type PublishRun } from "./publish-story.ts";

const HOUR_MS = 3_600_000;
const SCHEMAS = "https://schema.mp.microsoft.com/schema";
const JOBS = "https://service.example/rp/product-ingestion/configure";
const LOOK = ["GET product", "GET submissions"] as const;

function publishOf(
  plan: Partial<ProductPlan> = {},
  options: ProductIngestionOptions = {},
  inputs: Readonly<Record<string, string>> = {},
  cancelledAfterMs?: number,
): Promise<PublishRun> {
  const products = [{ offerId: "contoso-vm", publish: { durationMs: HOUR_MS }, ...plan }];
  const api = { api: "productIngestion", ...inputs };
  return publish({ productIngestion: { products, ...options } }, api, cancelledAfterMs);
}

/** What is told of the end, for later steps. */
function ends({ exitCode, outputs }: PublishRun) {
  return { exitCode, status: outputs["status"], submissionId: outputs["submissionId"] };
}

test("publishes the whole draft, once, without an id, and names the preview that was not there before", async () => {
  const run = await publishOf();
  expect(run.sent).toHaveLength(1);
  expect(JSON.parse(run.sent[0]?.replace("configure ", "") ?? "")).toStrictEqual({
    $schema: `${SCHEMAS}/configure/2022-03-01-preview2`,
    resources: [
      {
        $schema: `${SCHEMAS}/submission/2022-03-01-preview2`,
        product: `product/${PRODUCT}`,
        target: { targetType: "preview" },
      },
    ],
  });
  expect(run.asked.slice(0, 4)).toEqual([...LOOK, "POST configure", "GET job"]);
  expect(ends(run)).toEqual({ exitCode: 0, status: "succeeded", submissionId: SECOND });
  const [, number = ""] = /(\d+)$/.exec(FIRST) ?? [];
  expect(run.outputs["operationLocation"]).toMatch(
    new RegExp(`^${JOBS}/[0-9a-f-]+/status#preview/${PRODUCT}/${number}$`),
  );
  expect(run.annotations.at(-1)).toMatchObject({
    level: "notice",
    title: "contoso/contoso-vm is in preview, ready to go live",
    text: expect.stringContaining(`then run this action with \`target: live\` and \`submissionId: ${SECOND}\`.`),
  });
});

test.each(["neverPublished", "live", "publishFailed", "twoReady", "goLiveFailed"] as const)(
  "publishes a product that is %s",
  async (state) => {
    const run = await publishOf({ state, wasLive: state !== "neverPublished" });
    expect(run.sent).toHaveLength(1);
    expect({ exitCode: run.exitCode, status: run.outputs["status"] }).toEqual({ exitCode: 0, status: "succeeded" });
  },
);

test("follows a publish that runs already by its entry, and no go-live in its place", async () => {
  const [publishing, goingLive] = await Promise.all([
    publishOf({ state: "publishing" }),
    publishOf({ state: "goingLive", push: { durationMs: HOUR_MS } }),
  ]);
  expect([publishing, goingLive].flatMap(({ sent }) => sent)).toEqual([]);
  expect(ends(publishing)).toEqual({ exitCode: 0, status: "succeeded", submissionId: FIRST });
  expect(publishing.outputs["operationLocation"]).toBe(`https://service.example/rp/product-ingestion/${FIRST}#preview`);
  expect(ends(goingLive)).toMatchObject({ exitCode: 1, status: "rejected" });
  expect(goingLive.annotations[0]?.text).toContain("go-live is already running.");
});

test("tells why a publish failed", async () => {
  const run = await publishOf({ publish: { durationMs: HOUR_MS, outcome: "failed" } });
  expect(ends(run)).toMatchObject({ exitCode: 1, status: "failed" });
  expect(run.annotations.at(-1)).toMatchObject({
    title: "The publish to preview of contoso/contoso-vm failed",
    text: expect.stringContaining("Issues found during Certification."),
  });
});

test.each([
  ["was lost", { faults: [{ on: "configure", act: { kind: "reset", at: "request" }, carriedOut: true }] } as const],
  ["names no job", { behaviour: { acceptedBody: "empty" } } as const],
])("finds the publish whose answer %s, and never sends another", async (_what, options) => {
  const run = await publishOf({}, options);
  expect(run.sent).toHaveLength(1);
  expect(ends(run)).toEqual({ exitCode: 0, status: "succeeded", submissionId: SECOND });
  expect(JSON.parse(run.outputs["result"] ?? "")).toMatchObject({ operation: { origin: "found" } });
});

test("never sends again what left no trace: it may be queued", async () => {
  const run = await publishOf({}, { faults: [{ on: "configure", act: { kind: "reset", at: "request" } }] });
  expect(run.sent).toHaveLength(1);
  expect(ends(run)).toMatchObject({ exitCode: 1, status: "unknown" });
  expect(run.annotations.at(-1)?.title).toBe(
    "Nobody can tell whether a publish to preview of contoso/contoso-vm was started",
  );
});

test("believes no publish whose preview another one has replaced", async () => {
  const run = await publishOf({}, { happenings: [{ what: "previewReplaced", when: { afterMs: HOUR_MS + 500 } }] });
  expect(ends(run)).toMatchObject({ exitCode: 1, status: "unknown" });
  expect(run.outputs["submissionId"]).not.toBe(SECOND);
  expect(run.annotations.at(-1)?.text).toContain(
    "the list of the offer's submissions does not show it among what is in preview",
  );
});

test("asks to cancel the job of a cancelled run", async () => {
  const run = await publishOf({}, {}, { onCancel: "cancel" }, HOUR_MS / 2);
  expect(run.sent.map((each) => each.split(" ")[0])).toEqual(["configure", "cancel"]);
  expect(run.annotations.at(-1)?.title).toBe(
    "The run was cancelled, and the service was asked to cancel the publish to preview",
  );
});

test("follows the publish that the inputs name, and as a go-live none", async () => {
  const live = `https://service.example/rp/product-ingestion/${FIRST}`;
  const [asPublish, asLive, goLive] = await Promise.all([
    publishOf({ state: "publishing" }, {}, { operationLocation: `${live}#preview` }),
    publishOf({ state: "publishing" }, {}, { operationLocation: `${live}#preview`, target: "live" }),
    publishOf({ state: "goingLive", push: { durationMs: HOUR_MS } }, {}, { operationLocation: live }),
  ]);
  expect([asPublish, asLive, goLive].flatMap(({ sent }) => sent)).toEqual([]);
  expect(ends(asPublish)).toEqual({ exitCode: 0, status: "succeeded", submissionId: FIRST });
  expect([asLive, goLive].map(({ outputs }) => outputs["status"])).toEqual(["rejected", "rejected"]);
});

test("a dry run says whether a publish would be accepted", async () => {
  const [ready, running] = await Promise.all([
    publishOf({}, {}, { dryRun: "true" }),
    publishOf({ state: "publishing" }, {}, { dryRun: "true" }),
  ]);
  expect([ready, running].flatMap(({ sent }) => sent)).toEqual([]);
  expect([ready, running].map(({ outputs }) => [outputs["ready"], outputs["status"], outputs["submissionId"]])).toEqual(
    [
      ["true", undefined, undefined],
      ["false", "running", FIRST],
    ],
  );
});

test("follows the preview that is being made, once its job is gone", async () => {
  const run = await publishOf({}, { behaviour: { jobLostAfterMs: HOUR_MS / 2 } });
  expect(run.sent).toHaveLength(1);
  expect(ends(run)).toEqual({ exitCode: 0, status: "succeeded", submissionId: SECOND });
});

test("names the preview that the list shows only after the end of the job", async () => {
  const run = await publishOf({}, { behaviour: { submissionsLagMs: HOUR_MS + 60_000 } });
  expect(ends(run)).toEqual({ exitCode: 0, status: "succeeded", submissionId: SECOND });
});
