import { expect, test } from "@jest/globals";
import type { FaultAct } from "../../emulator/wire/fault.ts";
import { planFor, startSignInScenario } from "../harness/identity-scenario.ts";
import { checkResult } from "../harness/leak-check.ts";
import { startScenario } from "../harness/scenario.ts";

/** A token that nobody here was ever told of. */
const STRANGER = ["stranger", "claims of somebody else", "their signature, long enough"]
  .map((part) => Buffer.from(JSON.stringify({ alg: "RS256", part })).toString("base64url"))
  .join(".");

const BODIES = {
  "as text": `No: ${STRANGER}`,
  "in JSON": JSON.stringify({ value: STRANGER, message: `for ${STRANGER}`, error_description: `for ${STRANGER}` }),
  "in JSON escapes": JSON.stringify({ error: STRANGER }).replaceAll("eyJ", String.raw`\u0065yJ`),
  "behind a long text": `${"x".repeat(450)} ${STRANGER}`,
  "with zero-width spaces in it": [...STRANGER].join("\u200b"),
  "in a page's title": `<html><title>${STRANGER}</title></html>`,
} as const;

const cases = Object.entries(BODIES).flatMap(([how, body]) =>
  [400, 401, 403, 500].map((status) => ({ how, act: { kind: "garbage", status, body } satisfies FaultAct })),
);
const title = "shows nothing of a token that nobody knows $how, HTTP $act.status";

test.each(cases)(`${title}: GitHub`, async ({ act }) => {
  const scenario = await startSignInScenario({ gitHub: { faults: [{ act }] } });
  const plan = await planFor("oidc", scenario);
  const result = checkResult(await scenario.run({ ...plan, timeFactor: 400 }), [STRANGER]);
  expect(result.log).toMatch(/GitHub gave no ID token: HTTP \d+: .*(\[token\]|\[secret\])/);
  expect(result.outputs["status"]).toBe("rejected");
});

test.each(cases)(`${title}: Entra`, async ({ act }) => {
  const scenario = await startSignInScenario({ entra: { faults: [{ act }] } });
  const plan = await planFor("oidc", scenario);
  const result = checkResult(await scenario.run({ ...plan, timeFactor: 400 }), [STRANGER]);
  expect(result.log).toMatch(/was answered with HTTP \d+: .*(\[token\]|\[secret\])/);
  expect(result.outputs["status"]).toBe("rejected");
});

test.each(cases)(`${title}: a managed identity`, async ({ act }) => {
  const scenario = await startSignInScenario();
  const host = await scenario.startHost({ faults: [{ act }] });
  const plan = { with: { signIn: "managedIdentity" }, environment: host.environment, timeFactor: 400 };
  const result = checkResult(await scenario.run(plan), [STRANGER]);
  expect(result.log).toMatch(/\[token\]|\[secret\]/);
  expect(result.outputs["status"]).toBe("rejected");
});

test.each(cases)(`${title}: the marketplace`, async ({ act }) => {
  const { run } = await startScenario({ faults: [{ on: "list", act }] });
  const result = checkResult(await run({}, { timeFactor: 400 }), [STRANGER]);
  expect(result.log).toMatch(/(\[token\]|\[secret\]).*HTTP \d+/);
  expect(result.outputs["status"]).toBe("rejected");
});

test("shows nothing of a token that nobody knows in the words of a go-live that failed", async () => {
  const messages = [{ messageHtml: `Sent <b>${STRANGER}</b>`, level: "error" }];
  const body = JSON.stringify({ status: "failed", messages, steps: [] });
  const { run } = await startScenario({ faults: [{ on: "operation", act: { kind: "garbage", status: 200, body } }] });
  const result = checkResult(await run({ wait: "true", pollIntervalSeconds: "0.02" }), [STRANGER]);
  expect(result.log).toMatch(/Sent (\[token\]|\[secret\])/);
});
