import { connect, maskSecrets, type World } from "./connection.ts";
import { goLive } from "./go-live.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { isFailure } from "./outcome.ts";
import { createCarefulRunner } from "./report/careful-runner.ts";
import { reportBadInputs, reportBug } from "./report/refusal.ts";
import { createReporter, STATE } from "./report/reporter.ts";
import type { Secrets } from "./secrets.ts";

/** Runs the step; returns its exit code. Never throws. */
export async function main(world: World): Promise<number> {
  const secrets = maskSecrets(world.runner);
  const runner = createCarefulRunner(world.runner, secrets);
  try {
    runner.saveState(STATE.phase, "main");
    const inputs = readInputs(runner.input, world.environment);
    if (!("offer" in inputs)) return await reportBadInputs(inputs, runner);
    return await run(inputs, { ...world, runner }, secrets);
  } catch (error) {
    return reportBug(error, runner);
  }
}

/** inputs → credential → marketplace → go-live → report */
async function run(inputs: Inputs, world: World, secrets: Secrets): Promise<number> {
  const { runner, clock, signal } = world;
  const { offer, timeoutMs } = inputs;
  const reporter = createReporter({ runner, offer, timeoutMs, now: clock.now, startMs: clock.now() });
  const { marketplace, close } = connect(inputs, world, secrets, reporter.exchanged);
  const outcome = await goLive({
    ...inputs,
    marketplace,
    clock,
    signal,
    schedule: { longestPauseMs: inputs.pollIntervalMs, random: world.random },
    observe: reporter.observe,
  });
  await reporter.conclude(outcome);
  await close();
  return isFailure(outcome) ? 1 : 0;
}
