import { expect, test } from "@jest/globals";
import { startScenario, WAITING } from "../harness/scenario.ts";

const EARLIER = JSON.stringify([{ status: "completed", steps: [] }]);

test("does not take the end of an earlier go-live, seen at a place that operations share, for the new one's", async () => {
  const { run, asked } = await startScenario({
    behaviour: { location: "notMigrated" },
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 150, outcome: "failed" } }],
    faults: [{ on: "operation", nth: [1, 2], act: { kind: "garbage", body: EARLIER } }],
  });
  const { exitCode, outputs, log } = await run(WAITING);
  expect(log).toContain("The service shows an operation that has already ended, perhaps one from before");
  expect(log).not.toContain("is live");
  expect(outputs["status"]).toBe("failed");
  expect(exitCode).toBe(1);
  expect(asked().slice(0, 5)).toEqual(["GET list", "POST goLive", "GET operation", "GET operation", "GET operation"]);
});

test("believes the end at such a place once it has stood for a minute", async () => {
  const { run } = await startScenario({
    behaviour: { location: "notMigrated" },
    faults: [{ on: "operation", act: { kind: "garbage", body: EARLIER } }],
  });
  const { outputs } = await run({ ...WAITING, pollIntervalSeconds: "5", timeoutMinutes: "5" }, { timeFactor: 100 });
  expect(outputs["status"]).toBe("succeeded");
});
