import { type GitHubApi, type GitHubApiOptions, gitHubToken, startGitHubApi } from "../../emulator/github-api.ts";
import { type GitHubOidc, type GitHubOidcOptions, startGitHubOidc } from "../../emulator/github-oidc.ts";
import { createSigningKey } from "../../emulator/jwt.ts";
import type { RunningStep, StepPlan, StepResult } from "../../emulator/runner.ts";
import { checkResult } from "../harness/leak-check.ts";
import { closeAfterTest, type Scenario, startScenario } from "../harness/scenario.ts";

export interface ApprovalOptions {
  readonly gitHub?: GitHubApiOptions;
  /** The job may get ID tokens; `environment` of its job is the claim. */
  readonly oidc?: GitHubOidcOptions | undefined;
}

/** The marketplace and GitHub, and steps that insist on an approval; everything ends with the test. */
export interface ApprovalScenario extends Pick<Scenario, "emulator" | "asked"> {
  readonly gitHub: GitHubApi;
  readonly oidc: GitHubOidc | undefined;
  /** What the runner tells the job of its run and its permissions. */
  readonly environment: Readonly<Record<string, string>>;
  readonly run: (inputs?: Readonly<Record<string, string>>, plan?: Partial<StepPlan>) => Promise<StepResult>;
  readonly begin: (inputs?: Readonly<Record<string, string>>, plan?: Partial<StepPlan>) => RunningStep;
}

/** A key takes long to make, so the tests of a file share it. */
let key: ReturnType<typeof createSigningKey> | undefined;

/** Starts GitHub alone: its API and, if the job may get ID tokens, the provider of those. */
export async function startGitHub(
  options: ApprovalOptions,
): Promise<Pick<ApprovalScenario, "gitHub" | "oidc" | "environment">> {
  const gitHub = await startGitHubApi(options.gitHub);
  closeAfterTest(() => gitHub.close());
  if (options.oidc === undefined) return { gitHub, oidc: undefined, environment: gitHub.environment };
  key ??= createSigningKey();
  const oidc = await startGitHubOidc({ key: await key, ...options.oidc });
  closeAfterTest(() => oidc.close());
  return { gitHub, oidc, environment: { ...gitHub.environment, ...oidc.environment } };
}

/** Starts a marketplace and GitHub; `githubToken` must show nowhere, whatever happens. */
export async function startApprovalScenario(options: ApprovalOptions = {}): Promise<ApprovalScenario> {
  const { emulator, asked, begin: beginStep } = await startScenario();
  const { gitHub, oidc, environment } = await startGitHub(options);
  const begin: Scenario["begin"] = (inputs, plan = {}) => {
    const insisting = { requireApproval: "true", githubToken: gitHubToken, ...inputs };
    const step = beginStep(insisting, { ...plan, environment: { ...environment, ...plan.environment } });
    const secrets = (): readonly string[] => [
      insisting.githubToken,
      ...(oidc === undefined ? [] : oidc.issued.map(({ token }) => token)),
    ];
    return { ...step, result: step.result.then((result) => checkResult(result, secrets())) };
  };
  return {
    emulator,
    asked,
    gitHub,
    oidc,
    environment,
    begin,
    run: (inputs, plan) => begin(inputs, plan).result,
  };
}
