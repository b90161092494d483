import { expect, test } from "@jest/globals";
import { fastService, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

const FAST = 150;
const PATH = "/api/operations/contoso$contoso-vm$2$preview?api-version=2017-10-31";
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const SHARED =
  "This address is shared by all operations of the offer, and shows one that has ended; the list of operations shows no go-live that ended so. Asking again.";

test.each(["succeeded", "failed"] as const)(
  "does not take the preview's success, seen for three minutes at a place that operations share, for the go-live's: it %s",
  async (outcome) => {
    const { run, asked } = await startScenario({
      ...fastService(FAST),
      behaviour: { location: "notMigrated", sharedShowsPreviewMs: 180_000 },
      offers: [{ ...OFFER, goLive: { durationMs: 240_000, outcome } }],
    });
    const { exitCode, outputs, log } = await run(WAITING_FAST, { timeFactor: FAST });
    expect(log).toContain(SHARED);
    expect(outputs["status"]).toBe(outcome);
    expect(exitCode).toBe(outcome === "succeeded" ? 0 : 1);
    expect(asked().slice(0, 5)).toEqual(["GET list", "GET status", "POST goLive", "GET operation", "GET list"]);
  },
);

test("never says live while such a place shows the preview's success for ever", async () => {
  const { run } = await startScenario({
    ...fastService(FAST),
    behaviour: { location: "notMigrated", sharedShowsPreviewMs: Infinity },
    offers: [{ ...OFFER, goLive: { durationMs: Infinity } }],
  });
  const result = await run({ ...WAITING_FAST, timeoutMinutes: "5" }, { timeFactor: FAST });
  expect(result.log.split("\n").filter((line) => line.includes(SHARED)).length).toBeLessThan(15);
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test("says in a single look that such a place shows what the list does not", async () => {
  const { run, asked } = await startScenario({
    behaviour: { sharedShowsPreviewMs: Infinity },
    offers: [{ ...OFFER, state: "goingLive", running: { durationMs: Infinity } }],
  });
  const result = await run({ operationLocation: PATH });
  expect(asked()).toEqual(["GET list", "GET operation", "GET list"]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^The operation of contoso\/contoso-vm says “completed”, but .*\.\nThis step did not start that go-live\.\nLook in Partner Center whether the offer is live with this change\.\nTo follow it, /,
    ),
  ]);
  expect(result.summary).toContain("the service contradicts itself");
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test("believes a success in a single look when the newest operation of the list is a go-live that ended so", async () => {
  const { run } = await startScenario({ offers: [{ ...OFFER, state: "live" }] });
  const result = await run({ operationLocation: PATH });
  expect(result).toMatchObject({ outputs: { status: "succeeded" }, exitCode: 0 });
});
