import { expect, test } from "@jest/globals";
import type { OfferPlan } from "../../emulator/emulator.ts";
import { annotations, fastService, startScenario, texts } from "../harness/scenario.ts";
import { readResult } from "../report/result-schema.ts";

/** Two minutes of the step's clock in a second. */
const timeFactor = 120;
const WAIT = { dryRun: "true", wait: "true", pollIntervalSeconds: "20", timeoutMinutes: "30" } as const;
const PUBLISH = "56615b67-2185-49fe-80d2-000000000001";
const MINUTE_MS = 60_000;

async function waitFor(offer: Partial<OfferPlan>, inputs: Readonly<Record<string, string>> = {}) {
  const offers = [{ publisherId: "contoso", offerId: "contoso-vm", ...offer }];
  const { emulator, run, asked } = await startScenario({ ...fastService(timeFactor), offers });
  const result = await run({ ...WAIT, ...inputs }, { timeFactor });
  expect(asked().filter((one) => !one.startsWith("GET "))).toEqual([]);
  expect(emulator.goLives).toEqual([]);
  return result;
}

test("follows a publish to preview until the offer is ready, and names what is to be approved", async () => {
  const result = await waitFor({ state: "publishing", running: { durationMs: 10 * MINUTE_MS } });
  const previewUrl = "https://portal.azure.com/#create/contoso.contoso-vm-preview";
  expect(result).toMatchObject({
    exitCode: 0,
    outputs: { ready: "true", submissionId: PUBLISH, previewUrl },
  });
  expect(result.log).toContain(`Not ready yet: a publish to preview is running (${PUBLISH}).`);
  expect(result.log).toMatch(/\[[#-]{10}\] running, \d of 4 steps done/);
  expect(result.log).toContain("Look until it is ready or certainly will not be, up to 30 min (timeoutMinutes)");
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "contoso/contoso-vm is ready to go live" }]);
  expect(result.summary).toContain("](https://portal.azure.com/#create/contoso.contoso-vm-preview)");
  expect(readResult(result.outputs["result"])).toMatchObject({
    ...{ submissionId: PUBLISH, publishingVersion: 2, offerVersion: 1, previewUrl },
    previewLinks: [{ text: "Azure portal (preview)", url: previewUrl }],
  });
});

test("says why a publish that it followed has failed, and that the offer is not ready", async () => {
  const error = { code: "BadImage", message: "The image has no agent." };
  const running = { durationMs: 5 * MINUTE_MS, outcome: "failed", error } as const;
  const result = await waitFor({ state: "publishing", running });
  expect(result).toMatchObject({ exitCode: 0, outputs: { ready: "false" } });
  expect(texts(result, "warning").at(-1)).toContain(
    "The publish to preview failed: The image has no agent. (BadImage)",
  );
});

test("ends when the time is over, as `onTimeout` says", () =>
  Promise.all(
    (
      [
        ["fail", "error", 1],
        ["leave", "warning", 0],
      ] as const
    ).map(async ([onTimeout, level, exitCode]) => {
      const result = await waitFor({ state: "publishing" }, { timeoutMinutes: "2", onTimeout });
      expect(result).toMatchObject({ exitCode, outputs: { ready: "false" } });
      expect(annotations(result)).toMatchObject([{ level, title: "contoso/contoso-vm was not ready in time" }]);
      expect(texts(result, level)[0]?.split("\n")[0]).toBe(
        `contoso/contoso-vm was not ready to go live after 2 min (\`timeoutMinutes\`): a publish to preview is running (${PUBLISH}).`,
      );
    }),
  ));
