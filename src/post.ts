import { isRequestError } from "./bearer/request-error.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { connect, maskSecrets, type World } from "./connection.ts";
import { createCarefulRunner } from "./report/careful-runner.ts";
import { requestReason } from "./report/explanation.ts";
import { harmlessLine } from "./report/harmless.ts";
import { reportBug } from "./report/refusal.ts";
import { STATE } from "./report/reporter.ts";
import { readRunPage } from "./run-page.ts";
import type { Runner } from "./runner.ts";
import { retry } from "./retry.ts";
import type { Secrets } from "./secrets.ts";

/** Pauses between the tries to cancel; everything after a cancelled run has about 285 s. */
const CANCEL_PAUSES_MS = [2_000, 5_000, 10_000] as const;
const CANCEL_LIMIT_MS = 120_000;

/**
 * Runs after the job was cancelled: says where the operation is and, if the inputs ask for it, asks the service to
 * cancel. Returns the exit code. Never throws.
 */
export async function post(world: World): Promise<number> {
  const secrets = maskSecrets(world.runner);
  const runner = createCarefulRunner(world.runner, secrets);
  try {
    const wasSent = runner.state(STATE.sent) !== "" || runner.state(STATE.location) !== "";
    if (!wasSent) return say(runner, "Nothing was sent before the run was cancelled.");
    if (runner.state(STATE.concluded) !== "")
      return say(runner, "Nothing is left to do: this step has said how it ended.");
    const where = whereText(runner);
    const inputs = readInputs(runner.input, world.environment);
    if (!("offer" in inputs)) {
      runner.annotate("warning", "Service not asked", `${where} The inputs cannot be read any more.`);
      return 0;
    }
    if (inputs.onCancel === "leave") {
      runner.annotate("notice", "Go-live left running", `${where} It was left as it is (\`onCancel: leave\`).`);
      return 0;
    }
    return await cancel(inputs, { ...world, runner }, secrets, where);
  } catch (error) {
    const nowMs = world.clock.now();
    return await reportBug(error, runner, { page: readRunPage(world.environment), startMs: nowMs, nowMs });
  }
}

async function cancel(inputs: Inputs, world: World, secrets: Secrets, where: string): Promise<number> {
  const { runner, clock, signal } = world;
  const { marketplace, close } = connect(inputs, world, secrets, { exchanged: () => {}, signedIn: () => {} });
  try {
    const status = await retry(() => marketplace.cancel(signal), {
      clock,
      signal,
      pausesMs: CANCEL_PAUSES_MS,
      deadlineMs: clock.now() + CANCEL_LIMIT_MS,
      onRetry: (error) => runner.log(`Could not ask to cancel: ${requestReason(error, inputs.offer)}. Trying again.`),
    });
    const meaning = status === 202 ? "It takes 1 to 3 minutes until it is canceled" : "The service says that is done";
    const text = `The service was asked to cancel and answered HTTP ${status}. ${meaning}; check in Partner Center, for it also answers so when nothing runs.`;
    runner.annotate("notice", "Cancel asked for", `${text} ${where}`);
    return 0;
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const reason = requestReason(error, inputs.offer);
    runner.annotate(
      "error",
      "Not canceled",
      `The go-live may still run: ${reason}.\nCancel it in Partner Center. ${where}`,
    );
    return 1;
  } finally {
    await close();
  }
}

function whereText(runner: Runner): string {
  const location = runner.state(STATE.location);
  const name = harmlessLine(`${runner.input("publisherId")}/${runner.input("offerId")}`, 200);
  return location === ""
    ? `A go-live of ${name} may have been sent, and no answer is known: look in Partner Center whether it runs.`
    : `The go-live of ${name} is at ${harmlessLine(location)}`;
}

function say(runner: Runner, line: string): number {
  runner.log(line);
  return 0;
}
