import { expect, test } from "@jest/globals";
import { INPUTS, startSignInScenario } from "../harness/identity-scenario.ts";
import { readLog } from "../../emulator/step/runner-log.ts";
import { texts } from "../harness/scenario.ts";

const TOKEN = "opaque-token-of-a-refusal-0123456789";
const BODY = JSON.stringify({ token_type: "Bearer", expires_in: 3_600, ext_expires_in: 3_600, access_token: TOKEN });
const CASES = (["secret", "managedIdentity"] as const).flatMap((kind) =>
  ([400, 403, 500] as const).map((status) => ({ kind, status })),
);

test.each(CASES)("a token that comes with HTTP $status is none, and is not shown: $kind", async ({ kind, status }) => {
  const faults = [{ act: { kind: "status", status, body: BODY } }] as const;
  const scenario = await startSignInScenario({ entra: { faults } });
  const { environment } = await scenario.startHost({ faults });
  const result = await scenario.run({ with: INPUTS[kind], environment, timeFactor: 100 });
  expect(texts(result, "error")).toEqual([expect.stringContaining(`was answered with HTTP ${status}`)]);
  expect([result.exitCode, result.outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
  const { commands } = readLog(result.log);
  const shown = commands.filter(({ name }) => name !== "add-mask");
  expect(JSON.stringify([shown, result.outputs, result.summary])).not.toContain(TOKEN);
});

test("a token of which nobody says how long it is good is told as such", async () => {
  const body = JSON.stringify({ token_type: "Bearer", access_token: TOKEN });
  const faults = [{ act: { kind: "garbage", body } }] as const;
  const scenario = await startSignInScenario({ entra: { faults } });
  const result = await scenario.run({ with: INPUTS.secret, timeFactor: 100 });
  expect(result.log).toContain("the token is good for no time that is known, so every request gets a new one.");
});
