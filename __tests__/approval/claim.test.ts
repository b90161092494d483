import { expect, test } from "@jest/globals";
import type { GitHubOidcOptions } from "../../emulator/github-oidc.ts";
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
  "no other environment stands in for the job's when its ID token cannot be read: $what",
  async ({ faults }) => {
    const github = await startGitHub({ gitHub: { reviews: STAGING }, oidc: { faults } });
    await expect(passGate(github)).rejects.toMatchObject({ name: "ApprovalError", problem: { kind: "noClaim" } });
    expect(github.oidc?.requests).toHaveLength(4);
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
  const result = await run({}, { timeFactor: 100 });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(
      "the job's ID token could not be read, so nobody can tell which environment it runs in.\nName the job's environment in the input `environment`, or run this job again in a while.",
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("no ID token is asked for when the input names the environment, and it goes to nobody but the step", async () => {
  const named = await startApprovalScenario({ gitHub: { reviews: PRODUCTION }, oidc: {} });
  await named.run({ environment: "production" });
  expect(named.oidc?.requests).toEqual([]);
  const unnamed = await startApprovalScenario({ gitHub: { reviews: PRODUCTION }, oidc: {} });
  await unnamed.run();
  expect(unnamed.oidc?.issued).toMatchObject([{ audience: "azure-marketplace-go-live" }]);
  const idToken = unnamed.oidc?.issued[0]?.token ?? "no token";
  expect(JSON.stringify([unnamed.gitHub.requests, unnamed.emulator.requests])).not.toContain(idToken);
});
