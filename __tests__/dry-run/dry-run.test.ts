import { expect, test } from "@jest/globals";
import type { OfferPlan } from "../../emulator/emulator.ts";
import { readResult } from "../report/result-schema.ts";
import { annotations, startScenario, texts } from "../harness/scenario.ts";

const LOCATION = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";

interface State {
  readonly offer: Partial<OfferPlan>;
  readonly ready: boolean;
  readonly status: "running" | undefined;
  /** The first sentence, after the offer's name. */
  readonly says: string;
  readonly next: string;
}

const STATES: readonly State[] = [
  {
    offer: { state: "readyForGoLive" },
    ready: true,
    status: undefined,
    says: "would be accepted now: its preview 56615b67-2185-49fe-80d2-000000000001 (publishing version 2, offer version 1) is ready.",
    next: "Nothing was sent (`dryRun`).",
  },
  {
    offer: { state: "neverPublished" },
    ready: false,
    status: undefined,
    says: "would not be accepted now: the offer was never published.",
    next: "Publish it to preview in Partner Center first.",
  },
  {
    offer: { state: "publishing" },
    ready: false,
    status: undefined,
    says: "would not be accepted now: a publish to preview is running (56615b67-2185-49fe-80d2-000000000001).",
    next: "Wait until it has ended and its preview is ready.",
  },
  {
    offer: { state: "goingLive", running: { durationMs: Infinity } },
    ready: false,
    status: "running",
    says: "would not be accepted now: a go-live is already running.",
    next: "To follow it, run this action with `operationLocation: ",
  },
  {
    offer: { state: "live" },
    ready: false,
    status: undefined,
    says: "would not be accepted now: no preview waits for the publisher's sign-off; of the offer the service says that its last publish or go-live has succeeded (step “Publisher signoff”: “complete”).",
    next: "Publish the offer to preview in Partner Center, and wait until the preview is there.",
  },
];

test.each(STATES)("says of an offer that is $offer.state: $says", async ({ offer, ready, status, says, next }) => {
  const { emulator, run, asked } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", ...offer }],
  });
  const result = await run({ dryRun: "true" });
  // That a go-live runs is enough to know.
  const names = status === "running" ? ["submissions/"] : ["submissions/", "status"];
  expect(asked().every((one) => one.startsWith("GET "))).toBe(true);
  expect(emulator.goLives).toEqual([]);
  expect(emulator.requests.map(({ path }) => path)).toEqual(
    names.map((name) => `/api/publishers/contoso/offers/contoso-vm/${name}?api-version=2017-10-31`),
  );
  const sentence = `A go-live of contoso/contoso-vm ${says}`;
  expect(annotations(result)).toEqual([
    {
      level: ready ? "notice" : "warning",
      title: `contoso/contoso-vm is ${ready ? "" : "not "}ready to go live`,
      text: expect.stringMatching(/\nNothing was sent \(`dryRun`\)\.$/),
    },
  ]);
  expect(annotations(result)[0]?.text.split("\n")[0]).toBe(sentence);
  expect(annotations(result)[0]?.text.split("\n")[1]).toContain(next);
  // The same stands on the page of the run.
  expect(result.summary).toContain(`## ${ready ? "✅" : "⚠️"} contoso`);
  const statusRow = status === undefined ? "" : `| status | ${status} |\n`;
  expect(result.summary).toContain(`| ready | ${ready} |\n${statusRow}| ending | dryRun |`);
  expect(result.outputs["ready"]).toBe(String(ready));
  // Nothing was accepted, so there is no go-live of which it could be the status.
  expect(result.outputs["status"]).toBe(status);
  expect(result.exitCode).toBe(0);
  const told = readResult(result.outputs["result"]);
  expect(told).toMatchObject({
    ...{
      version: 1,
      ending: "dryRun",
      ready,
      status: status ?? null,
      offer: { publisherId: "contoso", offerId: "contoso-vm" },
    },
    ...{ listingUrl: result.outputs["listingUrl"] ?? null, reasons: [sentence], approval: null },
    operation: status === "running" ? { location: result.outputs["operationLocation"], origin: "adopted" } : null,
    requestIds: { goLive: null, failed: null, last: expect.stringMatching(/./) },
  });
  expect(`${String(told["next"])}\nNothing was sent (\`dryRun\`).`).toContain(next);
  expect(result.outputs["durationSeconds"]).toBe(String(told["durationSeconds"]));
});

test("names the go-live that runs, for a step that follows it, and leaves nothing to cancel", async () => {
  const { emulator, run } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running: { durationMs: Infinity } }],
  });
  const { outputs, state } = await run({ dryRun: "true", onCancel: "cancel" });
  expect(outputs).toMatchObject({
    operationLocation: emulator.url + LOCATION,
    operationId: LOCATION.split("/").at(-1),
  });
  expect(state).not.toHaveProperty("operationLocation");
  expect(state).not.toHaveProperty("sent");
});

test("a migrated offer is ready whose status is still `running`, once its sign-off waits", async () => {
  const body = JSON.stringify({
    status: "running",
    steps: [{ id: "publisher-signoff", status: "waitingForPublisherReview" }],
  });
  const { run, asked } = await startScenario({ faults: [{ on: "status", act: { kind: "garbage", body } }] });
  const result = await run({ dryRun: "true" });
  expect(asked()).toEqual(["GET list", "GET status"]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { ready: "true" } });
});

test("an unknown word of the service is quoted, harmless, and is no yes", async () => {
  const body = JSON.stringify({ status: "dreaming ::error::x\n##[error]y" });
  const { run } = await startScenario({ faults: [{ on: "status", act: { kind: "garbage", body } }] });
  const result = await run({ dryRun: "true" });
  expect(texts(result, "error")).toEqual([]);
  expect(texts(result, "warning")[0]).toContain("the service says “dreaming ::error::x ## [error]y” of the offer");
  expect(result).toMatchObject({ exitCode: 0, outputs: { ready: "false" } });
});

test("without `dryRun` the same look is followed by the go-live, and there is no output `ready`", async () => {
  const { run, asked } = await startScenario();
  const { outputs } = await run({ dryRun: "false" });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(outputs).not.toHaveProperty("ready");
});

test("a dry run contradicts an operation to follow, and says so by name", async () => {
  const { emulator, run } = await startScenario();
  const result = await run({ dryRun: "true", operationLocation: LOCATION });
  expect(emulator.requests).toEqual([]);
  expect(texts(result, "error")).toEqual([
    "`dryRun`: it contradicts `operationLocation`. Leave `operationLocation` out to learn whether a go-live would be accepted, or `dryRun` to follow that operation.\nNothing was sent.",
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  expect(await run({ dryRun: "false", operationLocation: LOCATION, wait: "false" })).not.toMatchObject({
    outputs: { status: "rejected" },
  });
});
