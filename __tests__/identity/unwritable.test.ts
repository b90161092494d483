import { expect, test } from "@jest/globals";
import { startApprovalScenario } from "../approval/approval-scenario.ts";
import { startSignInScenario } from "../harness/identity-scenario.ts";
import { texts } from "../harness/scenario.ts";

test.each([
  ["IDENTITY_HEADER", "a control \u0001 in it", "the header `", "` would hold characters that no header has”"],
  ["IDENTITY_HEADER", "no-latin-\u0441haracters", "the header `", "` would hold characters that no header has”"],
  ["IDENTITY_ENDPOINT", "ftp://x", "Sign-in failed: “", "has no address of http or https”"],
])("says clearly that a managed identity cannot be asked with %s %j", async (name, value, ...says) => {
  const scenario = await startSignInScenario();
  const host = await scenario.startHost();
  const environment = { ...host.environment, IDENTITY_HEADER: "a-header", [name]: value };
  const result = await scenario.run({ with: { signIn: "managedIdentity" }, environment, timeFactor: 400 });
  const [error = ""] = texts(result, "error");
  for (const text of says) expect(error).toContain(text);
  expect([result.exitCode, result.outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
});

test.each([
  ["ACTIONS_ID_TOKEN_REQUEST_URL", "ftp://x"],
  ["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "a control \u0001 in it"],
  ["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "no-latin-\u0441haracters"],
])("the approval gate says clearly that no ID token can be had with %s %j", async (name, value) => {
  const { run, asked } = await startApprovalScenario({ oidc: {} });
  const result = await run({}, { environment: { [name]: value }, timeFactor: 400 });
  expect(texts(result, "error")).toEqual([expect.stringContaining("The job's ID token could not be read")]);
  expect([result.exitCode, result.outputs["status"], asked()]).toEqual([1, "rejected", []]);
});
