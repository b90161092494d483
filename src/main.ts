import { passApprovalGate } from "./approval/approval-gate.ts";
import { type Cancellation, cancelGoLive, cancelTarget, farewell, withLastLook } from "./go-live/cancel.ts";
import { connect, createIdTokens, maskSecrets } from "./connection.ts";
import { type World } from "./world.ts";
import { dryRun } from "./go-live/dry-run.ts";
import type { Approval } from "./approval/approval.ts";
import { ApprovalError } from "./approval/approval-error.ts";
import { goLive } from "./go-live/go-live.ts";
import { InputError } from "./inputs/input-value.ts";
import { type Inputs, mayBeDryRun, readInputs } from "./inputs/inputs.ts";
import type { Marketplace } from "./marketplace/marketplace.ts";
import { InterruptedError, isFailure, type Outcome } from "./go-live/outcome.ts";
import { createCarefulRunner } from "./runner/careful-runner.ts";
import { type EarlyContext, reportBadInputs, reportBug } from "./report/refusal.ts";
import { createReporter, type Reporter } from "./report/reporter.ts";
import { STATE } from "./runner/step-state.ts";
import { inspectToken } from "./inputs/given-token.ts";
import { readRunPage } from "./runner/run-page.ts";
import { withoutSecretInputs, withoutSecretTexts } from "./secrecy.ts";
import type { Secrets } from "./text/secrets.ts";

/** Runs the step; returns its exit code. Never throws. */
export async function main(world: World): Promise<number> {
  const secrets = maskSecrets(world);
  const runner = createCarefulRunner(world.runner, secrets);
  const startMs = world.clock.now();
  const early = (): EarlyContext => earlyContext(world, startMs);
  try {
    runner.saveState(STATE.phase, "main");
    // Until it is found out, and when it cannot be.
    if (mayBeDryRun(runner.input, runner.isGiven)) runner.setOutput("ready", "false");
    const reading = readInputs(runner.input, world.environment, runner.isGiven);
    if (reading.kind === "unusable") {
      return await reportBadInputs(withoutSecretInputs(reading.problems, runner.input, secrets), runner, early());
    }
    return await run(reading.inputs, { ...world, runner }, secrets);
  } catch (error) {
    return await reportBug(error, runner, early());
  } finally {
    runner.sayUnshown();
  }
}

/** inputs → report, whatever happens in between */
async function run(inputs: Inputs, world: World, secrets: Secrets): Promise<number> {
  const { runner, clock } = world;
  const startMs = clock.now();
  const problem = inspectToken(inputs, clock.now());
  if (problem instanceof InputError) return await reportBadInputs([problem], runner, earlyContext(world, startMs));
  if (problem !== undefined) runner.annotate("warning", problem.title, problem.text);
  const page = readRunPage(world.environment);
  const reporter = createReporter({ runner, plan: inputs, page, now: clock.now, startMs });
  try {
    reporter.begin();
    return await follow(inputs, world, secrets, reporter);
  } catch (error) {
    return await reportBug(error, runner, earlyContext(world, startMs), reporter.lastKnown());
  }
}

/** approval → credential → marketplace → go-live → report */
async function follow(inputs: Inputs, world: World, secrets: Secrets, reporter: Reporter): Promise<number> {
  const { clock, signal } = world;
  const approval = await admit(inputs, world, secrets);
  if (approval instanceof Error) return refuse(approval, reporter);
  if (approval !== undefined) reporter.approved(approval);
  const { marketplace, close } = connect(inputs, world, secrets, reporter);
  if (inputs.dryRun) {
    const finding = await dryRun({ marketplace, clock, signal, observe: reporter.observe });
    await close();
    await reporter.concludeDryRun(finding);
    return finding.kind === "notTold" ? 1 : 0;
  }
  const outcome = await goLive({
    ...inputs,
    marketplace,
    clock,
    signal,
    schedule: { longestPauseMs: inputs.pollIntervalMs, random: world.random },
    observe: reporter.observe,
  });
  const cancellation = await cancelWhereAsked(outcome, inputs, marketplace, clock, reporter);
  await reporter.conclude(withLastLook(outcome, cancellation, clock.now()), cancellation);
  await close();
  return isFailure(outcome) ? 1 : 0;
}

/**
 * Asks the service to cancel the go-live of a cancelled run, if the inputs want it. At once, not in the post phase:
 * where only the step was cancelled, there is none.
 */
async function cancelWhereAsked(
  outcome: Outcome,
  { onCancel }: Inputs,
  marketplace: Pick<Marketplace, "look" | "operation" | "cancel">,
  clock: World["clock"],
  reporter: Reporter,
): Promise<Cancellation | undefined> {
  const target = onCancel === "cancel" ? cancelTarget(outcome) : undefined;
  if (target === undefined) return undefined;
  if (target.kind === "own") reporter.cancelling();
  return cancelGoLive(target, { ...farewell(clock), marketplace, onRetry: reporter.cancellingAgain });
}

function earlyContext({ environment, clock }: World, startMs: number): EarlyContext {
  return { page: readRunPage(environment), startMs, nowMs: clock.now() };
}

/** The approval that the inputs ask for, or the error why there is none; undefined when they ask for none. */
async function admit(inputs: Inputs, world: World, secrets: Secrets): Promise<Approval | Error | undefined> {
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

async function refuse(error: Error, reporter: Reporter): Promise<number> {
  await reporter.conclude({ kind: "notStarted", status: "rejected", error });
  return 1;
}
