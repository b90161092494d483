import { expect, test } from "@jest/globals";
import { startScenario, texts, WAITING } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  product,
  SECOND,
  startIngestion,
  WAITING as SLOWLY,
} from "../product-ingestion/ingestion-scenario.ts";

test("publishes, then lets exactly that preview go live in a later step", async () => {
  const job = { durationMs: 1_000 } as const;
  const { run, sent, service } = await startIngestion({ ...product({ publish: job, push: job }), ...fast() });
  const published = await run({ ...SLOWLY, target: "preview" }, FAST);
  expect(published).toMatchObject({ exitCode: 0, outputs: { status: "succeeded", submissionId: SECOND } });
  expect(service.pushes()).toEqual([]);
  const { submissionId = "" } = published.outputs;
  const live = await run({ ...SLOWLY, submissionId }, FAST);
  expect(live).toMatchObject({ exitCode: 0, outputs: { status: "succeeded", submissionId: SECOND } });
  expect([service.publishes().length, service.pushes().length, service.liveSubmission()]).toEqual([1, 1, SECOND]);
  expect(sent()).toEqual(["POST configure", "POST configure"]);
});

test("publishes, then goes live through the Cloud Partner Portal API", async () => {
  const how = { durationMs: 60 } as const;
  const { run, emulator } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "live", publish: how, goLive: how }],
  });
  expect(await run({ ...WAITING, target: "preview" })).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect([emulator.offerState("contoso", "contoso-vm"), emulator.goLives]).toEqual(["readyForGoLive", []]);
  expect(await run(WAITING)).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect([emulator.publishes.length, emulator.goLives.length]).toEqual([1, 1]);
});

test("publishes nothing through the API that cannot, and asks it nothing", async () => {
  const { run, asked } = await startScenario();
  const result = await run({ target: "preview", api: "partnerCenter" });
  expect([result.exitCode, result.outputs["status"], asked()]).toEqual([1, "rejected", []]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("https://partner.microsoft.com/dashboard/commercial-marketplace/overview"),
  ]);
});
