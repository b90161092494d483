import { expect, test } from "@jest/globals";
import type { GitHubOidcOptions } from "../../emulator/github/oidc.ts";
import { texts } from "../harness/scenario.ts";
import { startApprovalScenario, startGitHub } from "./approval-scenario.ts";
import { passGate } from "./gate.ts";

/** Another environment than the job's was approved: whoever takes it for the job's lets an unapproved go-live through. */
const STAGING = [{ environments: ["staging"], state: "approved", user: { login: "anna" } }] as const;
const PRODUCTION = [{ environments: ["production"], state: "approved", user: { login: "anna" } }] as const;

const FAULTS: readonly { readonly what: string; readonly faults: NonNullable<GitHubOidcOptions["faults"]> }[] = [
  { what: "a 500", faults: [{ act: { kind: "status", status: 500, body: "{}" } }] },
  { what: "a 403", faults: [{ act: { kind: "status", status: 403, body: "{}" } }] },
  { what: "no token", faults: [{ twist: { kind: "value", value: undefined } }] },
  { what: "something that is no JWT", faults: [{ twist: { kind: "value", value: "opaque" } }] },
  { what: "a reset", faults: [{ act: { kind: "reset", at: "request" } }] },
];

test.each(FAULTS)(
  "neither another environment nor the input stands in for the ID token that cannot be read: $what",
  async ({ faults }) => {
    const github = await startGitHub({ gitHub: { reviews: [...STAGING, ...PRODUCTION] }, oidc: { faults } });
    const noClaim = { name: "ApprovalError", problem: { kind: "noClaim" } };
    await expect(passGate(github)).rejects.toMatchObject(noClaim);
    expect(github.oidc?.requests).toHaveLength(4);
    await expect(passGate(github, { named: "production" })).rejects.toMatchObject(noClaim);
    expect(github.oidc?.requests).toHaveLength(8);
    expect(github.gitHub.requests).toEqual([]);
  },
);

test.each(["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"])(
  "a job with half of what ID tokens are asked for with is no job without them: %s",
  async (name) => {
    const { environment } = await startGitHub({ gitHub: { reviews: PRODUCTION }, oidc: {} });
    const half = { environment: { ...environment, [name]: "" } };
    await expect(passGate(half, { named: "production" })).rejects.toMatchObject({ problem: { kind: "noClaim" } });
    const neither = { ACTIONS_ID_TOKEN_REQUEST_URL: "", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" };
    const none = { environment: { ...environment, ...neither } };
    expect(await passGate(none, { named: "production" })).toMatchObject({ approvedBy: ["anna"] });
  },
);

test("an ID token that comes at the last try is as good", async () => {
  const faults = [{ nth: [1, 2, 3], act: { kind: "status", status: 500, body: "{}" } }] as const;
  const github = await startGitHub({ gitHub: { reviews: PRODUCTION }, oidc: { faults } });
  expect(await passGate(github)).toMatchObject({ environment: "production", approvedBy: ["anna"] });
});

test.each([
  { what: "a 500", act: { kind: "status", status: 500, body: "{}" } },
  { what: "a reset", act: { kind: "reset", at: "request" } },
] as const)("sends nothing when the job's ID token cannot be read, and says what to do: $what", async ({ act }) => {
  const faults = [{ act }];
  const { run, asked } = await startApprovalScenario({ gitHub: { reviews: STAGING }, oidc: { faults } });
  const result = await run({ environment: "staging" }, { timeFactor: 100 });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(
      "The job's ID token could not be read, so nobody can tell which environment it runs in.\nGitHub's service for ID tokens may be down. Run this job again in a while.",
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test.each([
  { claim: "run_id", claims: { run_id: "7" } },
  { claim: "run_id", claims: { run_id: undefined } },
  { claim: "repository", claims: { repository: "contoso/offers" } },
  { claim: "repository", claims: { repository: undefined } },
  { claim: "run_attempt", claims: { run_attempt: "2" } },
] as const)("sends nothing when the ID token is not of this run: $claims", async ({ claim, claims }) => {
  const { run, asked, gitHub, oidc } = await startApprovalScenario({
    gitHub: { reviews: PRODUCTION },
    oidc: { claims },
  });
  const result = await run({ environment: "production" });
  expect([asked(), gitHub.requests, oidc?.requests.length]).toEqual([[], [], 1]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(
      `The ID token is of another run (\`${claim}\`), so it does not tell which environment this job runs in.\nCheck what ACTIONS_ID_TOKEN_REQUEST_URL leads to, and that no proxy answers from a store.`,
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

const DAY = 86_400;
const today = (): number => Math.floor(Date.now() / 1_000);

test.each([
  { claim: "exp", what: "that has expired", twist: { kind: "expired" } },
  { claim: "nbf", what: "of tomorrow", twist: { kind: "claims", claims: { nbf: today() + DAY } } },
] as const)("sends nothing on the word of an ID token $what", async ({ claim, twist }) => {
  const faults = [{ twist }];
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews: PRODUCTION }, oidc: { faults } });
  const result = await run();
  expect([asked(), gitHub.requests]).toEqual([[], []]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(
      `The ID token is of another time (\`${claim}\`), so it does not tell which environment this job runs in.\nCheck what ACTIONS_ID_TOKEN_REQUEST_URL leads to, that no proxy answers from a store, and the clock of this machine.`,
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("an ID token of this run is one whatever the case of its repository, and in a later attempt", async () => {
  const job = { owner: "Contoso", repository: "Marketplace", runId: 7, runAttempt: 3 } as const;
  const { run, asked } = await startApprovalScenario({
    gitHub: { reviews: PRODUCTION, runId: 7, runAttempt: 3 },
    oidc: { job },
  });
  expect(await run()).toMatchObject({ exitCode: 0, outputs: { approvedBy: "anna" } });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
});

test("an ID token is asked for also when the input names the environment, and it goes to nobody but the step", async () => {
  for (const inputs of [{}, { environment: "production" }]) {
    const { run, oidc, gitHub, emulator } = await startApprovalScenario({ gitHub: { reviews: PRODUCTION }, oidc: {} });
    expect(await run(inputs)).toMatchObject({ exitCode: 0 });
    expect(oidc?.issued).toMatchObject([{ audience: "azure-marketplace-go-live" }]);
    const idToken = oidc?.issued[0]?.token ?? "no token";
    expect(JSON.stringify([gitHub.requests, emulator.requests])).not.toContain(idToken);
  }
});
