import { expect, test } from "@jest/globals";
import { checkResult } from "../harness/leak-check.ts";
import { planFor, SECRET, startSignInScenario } from "../harness/identity-scenario.ts";
import { soon } from "../harness/scenario.ts";

const stall = { act: { kind: "stall", at: "headers" } } as const;

function masksOf(log: string): readonly string[] {
  return [...log.matchAll(/^::add-mask::(.*)$/gm).map(([, value]) => value ?? "")];
}

test.each([
  ["ID token", "oidc", "token"],
  ["client secret", "secret", "configuration"],
] as const)("masks the %s and its parts before it goes to Entra", async (_what, kind, on) => {
  const scenario = await startSignInScenario({ entra: { faults: [{ ...stall, on }] } });
  const step = scenario.begin(await planFor(kind, scenario));
  expect(await soon(() => scenario.entra.requests.some(({ route }) => route === on))).toBe(true);
  const secret = kind === "secret" ? SECRET : (scenario.gitHub.issued[0]?.token ?? "");
  // Entra has not answered yet: whatever the log will ever say of the answer cannot be in it.
  expect(await soon(() => masksOf(step.soFar().log).includes(secret))).toBe(true);
  expect(masksOf(step.soFar().log)).toEqual(
    expect.arrayContaining(secret.split(".").filter((part) => part.length > 7)),
  );
});

test("masks the access token and its parts before it goes to the marketplace", async () => {
  const scenario = await startSignInScenario({ emulator: { faults: [{ ...stall, on: "list" }] } });
  const step = scenario.begin(await planFor("oidc", scenario));
  expect(await soon(() => scenario.emulator.requests.length > 0)).toBe(true);
  const token = scenario.entra.tokens[0]?.token ?? "";
  expect(await soon(() => step.soFar().log.includes("Signed in as app"))).toBe(true);
  const [before = ""] = step.soFar().log.split("Signed in as app");
  expect(masksOf(before)).toEqual(expect.arrayContaining([token, ...token.split(".")]));
});

test("hides a secret that Entra, the Azure CLI or the managed identity repeats in an error", async () => {
  const text = `The secret ${SECRET} of yours is bad.`;
  const scenario = await startSignInScenario({
    entra: { faults: [{ twist: { kind: "error", code: 7000215, text } }] },
  });
  const result = await scenario.run(await planFor("secret", scenario));
  expect(result.log).toContain("The secret [secret] of yours is bad.");
  checkResult(result, [SECRET]);
});

test.each([470, 488, 496])(
  "hides a secret that lies across the cut of an answer, %d characters from its start",
  async (before) => {
    const body = `${"x".repeat(before)}${SECRET} and more`;
    const scenario = await startSignInScenario({
      entra: { faults: [{ on: "token", act: { kind: "garbage", status: 403, body, contentType: "text/html" } }] },
    });
    const result = await scenario.run(await planFor("secret", scenario));
    expect(result.log).toContain(`was answered with HTTP 403: ${"x".repeat(before)}`);
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain(SECRET.slice(0, 4));
  },
);
