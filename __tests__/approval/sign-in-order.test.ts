import { expect, test } from "@jest/globals";
import { gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import { INPUTS, startSignInScenario } from "../harness/identity-scenario.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { texts } from "../harness/scenario.ts";

const PRODUCTION = { environments: ["production"], user: { login: "anna" } } as const;

test.each([
  { state: "approved", exitCode: 0, asked: ["GET list", "GET status", "POST goLive"] },
  { state: "rejected", exitCode: 1, asked: [] },
] as const)("with sign-in by OIDC and a run that is $state, Entra is asked only when approved", async (row) => {
  const scenario = await startSignInScenario();
  const api = await startGitHubApi({ reviews: [{ ...PRODUCTION, state: row.state }] });
  closeAfterTest(() => api.close());
  const result = await scenario.run({
    with: { ...INPUTS.oidc, requireApproval: "true", githubToken: gitHubToken },
    environment: { ...scenario.gitHub.environment, ...api.environment },
  });
  expect(scenario.asked()).toEqual(row.asked);
  // The claim is read from an ID token of its own, which goes nowhere.
  const audiences = scenario.gitHub.issued.map(({ audience }) => audience);
  const isApproved = row.state === "approved";
  expect(audiences).toEqual(["azure-marketplace-go-live", ...(isApproved ? ["api://AzureADTokenExchange"] : [])]);
  expect(scenario.entra.requests.length > 0).toBe(isApproved);
  expect(result.exitCode).toBe(row.exitCode);
  expect(texts(result, "error").join()).toContain(isApproved ? "" : "was rejected in this run by “anna”");
});
