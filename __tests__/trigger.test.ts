import { expect, test } from "@jest/globals";
import { startScenario, WAITING } from "./harness/scenario.ts";

test("sends the go-live once and leaves its location, id and status as outputs", async () => {
  const { emulator, run, asked } = await startScenario();
  const { exitCode, outputs } = await run();
  const [goLive] = emulator.goLives;
  expect(asked()).toEqual(["GET list", "POST goLive"]);
  expect(outputs).toEqual({
    operationLocation: `${emulator.url}/api/publishers/contoso/offers/contoso-vm/operations/${goLive?.id}?api-version=2017-10-31`,
    operationId: goLive?.id,
    status: "running",
  });
  expect(exitCode).toBe(0);
});

test("follows the operation to its end when asked to wait", async () => {
  const { run } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 100 } }],
  });
  const { exitCode, outputs, log } = await run(WAITING);
  expect(outputs["status"]).toBe("succeeded");
  expect(log).toContain("::notice title=contoso/contoso-vm is live::The go-live of contoso/contoso-vm succeeded");
  expect(exitCode).toBe(0);
});
