import { type GitHubApi, type GitHubApiOptions, gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import { type GitHubOidc, type GitHubOidcOptions, startGitHubOidc } from "../../emulator/github/oidc.ts";
import type { RunningStep, StepPlan, StepResult } from "../../emulator/step/runner.ts";
import { checkResult } from "../harness/leak-check.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { shared } from "../harness/shared-global.ts";
import { type Scenario, startScenario } from "../harness/scenario.ts";

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

/** Starts GitHub alone: its API and, if the job may get ID tokens, the provider of those. */
export async function startGitHub(
  options: ApprovalOptions,
): Promise<Pick<ApprovalScenario, "gitHub" | "oidc" | "environment">> {
  const gitHub = await startGitHubApi(options.gitHub);
  closeAfterTest(() => gitHub.close());
  if (options.oidc === undefined) return { gitHub, oidc: undefined, environment: gitHub.environment };
  const [key] = await shared.identityKeys();
  const oidc = await startGitHubOidc({ key, ...options.oidc });
  closeAfterTest(() => oidc.close());
  return { gitHub, oidc, environment: { ...gitHub.environment, ...oidc.environment } };
}

/** Starts a marketplace and GitHub; `githubToken` must show nowhere, whatever happens. */
export async function startApprovalScenario(options: ApprovalOptions = {}): Promise<ApprovalScenario> {
  const scenario = await startScenario();
  const { gitHub, oidc, environment } = await startGitHub(options);
  const insisting = { requireApproval: "true", environment: environmentFor(options), githubToken: gitHubToken };
  const around = (plan: Partial<StepPlan> = {}): Partial<StepPlan> => ({
    ...plan,
    environment: { ...environment, ...plan.environment },
  });
  const check = (result: StepResult, inputs: StepPlan["with"] = {}): StepResult =>
    checkResult(result, [inputs["githubToken"] ?? gitHubToken, ...(oidc?.issued ?? []).map(({ token }) => token)]);
  return {
    emulator: scenario.emulator,
    asked: scenario.asked,
    gitHub,
    oidc,
    environment,
    begin(inputs, plan) {
      const step = scenario.begin({ ...insisting, ...inputs }, around(plan));
      return { ...step, result: step.result.then((result) => check(result, inputs)) };
    },
    run: async (inputs, plan) => check(await scenario.run({ ...insisting, ...inputs }, around(plan)), inputs),
  };
}

/** Without ID tokens it is the input that names the job's environment. */
function environmentFor({ oidc }: ApprovalOptions): string {
  return oidc === undefined ? "production" : "";
}
