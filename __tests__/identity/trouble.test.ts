import { expect, test } from "@jest/globals";
import { INPUTS, startSignInScenario } from "../harness/identity-scenario.ts";
import { texts } from "../harness/scenario.ts";
import { ENTRA_TROUBLES, GITHUB_TROUBLES, type Trouble } from "./trouble-table.ts";

test.each(ENTRA_TROUBLES)("tries again what may pass, then ends with one clear error: Entra $what", expectClearEnd);
test.each(GITHUB_TROUBLES)("tries again what may pass, then ends with one clear error: GitHub $what", expectClearEnd);

async function expectClearEnd({ timeFactor = 100, tries = 1, says, ...row }: Trouble): Promise<void> {
  const scenario = await startSignInScenario({
    entra: { faults: row.entra === undefined ? [] : [row.entra] },
    gitHub: { faults: row.gitHub === undefined ? [] : [row.gitHub] },
  });
  const result = await scenario.run({
    with: { ...INPUTS.oidc, ...row.with },
    environment: { ...scenario.gitHub.environment, ...row.environment },
    timeFactor,
  });
  const [error = ""] = texts(result, "error");
  expect(texts(result, "error")).toHaveLength(1);
  expect(error).toMatch(/^Sign-in failed: “/);
  for (const text of says) expect(error).toContain(text);
  expect(result.log.match(/Next try in/g) ?? []).toHaveLength(tries - 1);
  expect([result.exitCode, result.outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
  // A try is a sign-in of its own: no assertion goes out twice.
  expect(scenario.entra.assertions.filter(({ isRepeated }) => isRepeated)).toEqual([]);
}

test("goes live when Entra is back in time", async () => {
  const faults = [
    { nth: 1, act: { kind: "status", status: 503 } },
    { nth: 2, act: { kind: "reset", at: "body" } },
  ] as const;
  const scenario = await startSignInScenario({ entra: { faults } });
  const plan = { with: INPUTS.oidc, environment: scenario.gitHub.environment, timeFactor: 20 };
  expect((await scenario.run(plan)).exitCode).toBe(0);
  expect(scenario.asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(scenario.gitHub.issued).toHaveLength(3);
});
