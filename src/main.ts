import { passApprovalGate } from "./approval/approval-gate.ts";
import { type Cancellation, cancelGoLive, cancelTarget, farewell, withLastLook } from "./go-live/cancel.ts";
import { connect, type Connection, createIdTokens, maskSecrets } from "./connection.ts";
import { type World } from "./world.ts";
import { dryRun } from "./go-live/dry-run.ts";
import type { Approval } from "./approval/approval.ts";
import { ApprovalError } from "./approval/approval-error.ts";
import { goLive } from "./go-live/go-live.ts";
import { InputError } from "./inputs/input-value.ts";
import { type Inputs, mayBeDryRun, readInputs, type ServedInputs } from "./inputs/inputs.ts";
import { paceOf, type Service, serviceOf, type UnfoundService } from "./marketplace/apis.ts";
import { foundApiProblems } from "./inputs/api-input.ts";
import { targetProblems } from "./inputs/target-inputs.ts";
import { findServingApi } from "./serving-api/find.ts";
import { SIGN_IN_DEFAULTS } from "./inputs/sign-in-inputs.ts";
import type { Marketplace } from "./marketplace/marketplace.ts";
import { waitUntilReady } from "./go-live/ready-wait.ts";
import { InterruptedError, NotReadyError, type Outcome } from "./go-live/outcome.ts";
import { createCarefulRunner } from "./runner/careful-runner.ts";
import type { Ending } from "./report/ending.ts";
import { createReporter, type Reporter } from "./report/reporter.ts";
import { STATE } from "./runner/step-state.ts";
import { inspectToken } from "./inputs/given-token.ts";
import { readRunPage } from "./runner/run-page.ts";
import { withoutSecretInputs, withoutSecretTexts } from "./secrecy.ts";
import { harmlessLine } from "./text/harmless.ts";
import type { Secrets } from "./text/secrets.ts";

/** Runs the step: inputs → approval → credential → marketplace → go-live → report. Returns its exit code. Never throws. */
export async function main(world: World): Promise<number> {
  const secrets = maskSecrets(world);
  const runner = createCarefulRunner(world.runner, secrets);
  const reporter = createReporter({ runner, page: readRunPage(world.environment), now: world.clock.now });
  try {
    runner.saveState(STATE.phase, "main");
    // Until it is found out, and when it cannot be.
    if (mayBeDryRun(runner.input, runner.isGiven)) runner.setOutput("ready", "false");
    const reading = readInputs(runner.input, world.environment, runner.isGiven);
    if (reading.kind === "unusable") {
      return await reporter.conclude(badInputs(withoutSecretInputs(reading.problems, runner.input, secrets)));
    }
    const { inputs } = reading;
    const problem = inspectToken(inputs, world.clock.now());
    if (problem instanceof InputError) return await reporter.conclude(badInputs([problem]));
    if (problem !== undefined) runner.annotate("warning", problem.title, problem.text);
    reporter.begin({ ...inputs, usual: SIGN_IN_DEFAULTS });
    return await follow(inputs, { ...world, runner }, secrets, reporter);
  } catch (error) {
    return await reporter.conclude({ kind: "bug", error });
  } finally {
    runner.sayUnshown();
  }
}

/** approval → credential → marketplace → report */
async function follow(inputs: Inputs, world: World, secrets: Secrets, reporter: Reporter): Promise<number> {
  const approval = await findApproval(inputs, world, secrets);
  if (approval instanceof Error) {
    return reporter.conclude({ kind: "notStarted", status: "rejected", error: approval });
  }
  if (approval !== undefined) reporter.approved(approval);
  reporter.usingToken();
  const connection = connect(inputs, world, secrets, reporter);
  try {
    const service = inputs.api === "toBeFound" ? await findService(inputs, connection, world, reporter) : inputs;
    if ("kind" in service) return await reporter.conclude(service);
    return await act({ ...inputs, ...service }, connection.marketplace(service), world, reporter);
  } finally {
    await connection.close();
  }
}

/** Which API serves the offer, found out by questions alone; or the end, when that cannot be told. */
async function findService(
  inputs: Inputs & UnfoundService,
  { catalogs }: Connection,
  { clock, signal, runner }: World,
  reporter: Reporter,
): Promise<Service | Ending> {
  const { endpoint, dryRun: isDryRun } = inputs;
  const { observe, denied: onDenied } = reporter;
  const found = await findServingApi({ ...inputs, catalogs: catalogs(endpoint), clock, signal, observe, onDenied });
  if (found instanceof NotReadyError && isDryRun) return { kind: "dryRun", finding: found.obstacle, goal: inputs.goal };
  if (found instanceof Error && isDryRun)
    return { kind: "dryRun", finding: { kind: "notTold", error: found }, goal: inputs.goal };
  if (found instanceof Error) return { kind: "notStarted", status: "rejected", error: found };
  const service = serviceOf(found.api, endpoint);
  runner.saveState(STATE.api, service.api.name);
  reporter.found(found, service);
  const { name } = service.api;
  const problems = [...foundApiProblems(name, inputs), ...targetProblems(name, inputs)];
  return problems.length > 0 ? badInputs(problems) : service;
}

/** go-live → report */
async function act(inputs: ServedInputs, marketplace: Marketplace, world: World, reporter: Reporter): Promise<number> {
  const { clock, signal } = world;
  const schedule = { ...paceOf(inputs.api.name), longestPauseMs: inputs.pollIntervalMs, random: world.random };
  const options = { ...inputs, marketplace, clock, signal, schedule, observe: reporter.observe };
  if (inputs.dryRun) {
    // A publish can be sent at once, or it is another one that is waited for.
    const isWaiting = inputs.wait && inputs.goal === "live";
    const found = isWaiting ? await waitUntilReady(options) : { finding: await dryRun(options) };
    return reporter.conclude({ kind: "dryRun", ...found, goal: inputs.goal });
  }
  const outcome = await goLive(options);
  const cancellation = await cancelWhereAsked(outcome, inputs, marketplace, clock, reporter);
  return reporter.conclude(withLastLook(outcome, cancellation, clock.now()), cancellation);
}

function badInputs(problems: readonly InputError[]): Ending {
  return { kind: "badInputs", problems: problems.map(({ message }) => harmlessLine(message)) };
}

/**
 * Asks the service to cancel the go-live of a cancelled run, if the inputs want it. At once, not in the post phase:
 * where only the step was cancelled, there is none.
 */
async function cancelWhereAsked(
  outcome: Outcome,
  { onCancel }: ServedInputs,
  marketplace: Pick<Marketplace, "look" | "operation" | "cancel">,
  clock: World["clock"],
  reporter: Reporter,
): Promise<Cancellation | undefined> {
  const target = onCancel === "cancel" ? cancelTarget(outcome) : undefined;
  if (target === undefined) return undefined;
  if (target.kind === "own") reporter.cancelling();
  return cancelGoLive(target, { ...farewell(clock), marketplace, onRetry: reporter.cancellingAgain });
}

/** The approval that the inputs ask for, or the error why there is none; undefined when they ask for none. */
async function findApproval(inputs: Inputs, world: World, secrets: Secrets): Promise<Approval | Error | undefined> {
  if (!inputs.approval.isRequired) return undefined;
  const { environment, clock, signal, openTransport } = world;
  try {
    const approval = await passApprovalGate({
      inputs: inputs.approval,
      environment,
      clock,
      signal,
      openTransport,
      proxy: inputs.proxy,
      idToken: createIdTokens(inputs, world, secrets),
    });
    return withoutSecretTexts(approval, secrets);
  } catch (error) {
    if (signal.aborted) return new InterruptedError();
    if (error instanceof ApprovalError) return error;
    throw error;
  }
}
