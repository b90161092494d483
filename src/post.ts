import {
  type CancelOptions,
  type CancelTarget,
  type Cancellation,
  cancelGoLive,
  followedTarget,
  type Limit,
} from "./go-live/cancel.ts";
import { type Inputs, readInputs } from "./inputs/inputs.ts";
import { connect, maskSecrets } from "./connection.ts";
import { type World } from "./world.ts";
import { apiOfLocation, apiOfName, APIS, type Service, serviceOf } from "./marketplace/apis.ts";
import type { Origin } from "./go-live/outcome.ts";
import { postMarkdown, postNote } from "./report/post-text.ts";
import { createCarefulRunner } from "./runner/careful-runner.ts";
import { GOAL_TEXTS } from "./report/goal-text.ts";
import { requestLine } from "./report/explanation.ts";
import { type Harmless, harmlessLine, ours } from "./text/harmless.ts";
import { createReporter } from "./report/reporter.ts";
import { STATE } from "./runner/step-state.ts";
import { readRunPage } from "./runner/run-page.ts";
import type { Runner } from "./runner/runner.ts";
import type { Secrets } from "./text/secrets.ts";
import { offerName } from "./marketplace/offer-name.ts";

/** Pauses between the tries to cancel; everything after a cancelled run has about 285 s. */
const CANCEL_PAUSES_MS = [2_000, 5_000, 10_000] as const;
const CANCEL_LIMIT_MS = 120_000;

/**
 * Runs after the job was cancelled: says where the operation is and, if the inputs ask for it and the step has not done
 * so, asks the service to cancel it. Returns the exit code. Never throws, and starts nothing whatever the state says.
 */
export async function post(world: World): Promise<number> {
  const secrets = maskSecrets(world);
  const runner = createCarefulRunner(world.runner, secrets);
  try {
    const nothingToDo = readNothingToDo(runner);
    if (nothingToDo !== undefined) {
      runner.log(nothingToDo);
      return 0;
    }
    const where = whereText(runner);
    const reading = readInputs(runner.input, world.environment, runner.isGiven);
    if (reading.kind === "unusable") {
      runner.annotate(
        "warning",
        ours("The service was not asked to cancel"),
        ours`${where} The inputs cannot be read any more.`,
      );
      return 0;
    }
    const { inputs } = reading;
    if (inputs.onCancel === "leave") {
      runner.annotate(
        "notice",
        ours`The ${GOAL_TEXTS[inputs.goal].start} was left as it is`,
        ours`${where} It was left as it is (\`onCancel: leave\`).`,
      );
      return 0;
    }
    const service = readService(runner, inputs);
    // Nobody can ask an API of which nobody knows which one it is.
    if (service === undefined) return await say(unknownTarget(runner), inputs, runner, where);
    const target = readTarget(runner, inputs, service);
    return await say(await cancel(target, inputs, service, { ...world, runner }, secrets), inputs, runner, where);
  } catch (error) {
    const { environment, clock } = world;
    return await createReporter({ runner, page: readRunPage(environment), now: clock.now }).conclude({
      kind: "bug",
      error,
    });
  }
}

/** Why there is nothing left to do, by what the step has saved. */
function readNothingToDo(runner: Runner): Harmless | undefined {
  if (runner.state(STATE.phase) === "") {
    return ours(
      "This step had not begun when the run was cancelled, or could not save how far it had come. Nothing is sent now.",
    );
  }
  if (runner.state(STATE.sent) === "" && runner.state(STATE.location) === "") {
    return ours("Nothing was sent before the run was cancelled.");
  }
  if (runner.state(STATE.concluded) !== "") return ours("Nothing is left to do: this step has said how it ended.");
  if (runner.state(STATE.cancelAsked) !== "") {
    return ours`Nothing is left to do: this step has asked the service to cancel the ${givenStart(runner)}, and has said what it answered.`;
  }
  return undefined;
}

/** The API that the step has asked: what it has found out need not be found again. */
function readService(runner: Runner, inputs: Inputs): Service | undefined {
  if (inputs.api !== "toBeFound") return inputs;
  const name = apiOfName(runner.state(STATE.api)) ?? apiOfLocation(URL.parse(runner.state(STATE.location)));
  return name === undefined ? undefined : serviceOf({ name, by: "operationLocation" }, inputs.endpoint);
}

/** What the step has left to cancel: never what it has not started itself. */
function readTarget(runner: Runner, { offer }: Inputs, service: Service): CancelTarget {
  const location = runner.state(STATE.location);
  if (location === "") return unknownTarget(runner);
  const reference = APIS[service.api.name].readLocation(location, { ...service, offer });
  const origin = ORIGINS.find((each) => each === runner.state(STATE.origin));
  if (typeof reference === "string" || origin === undefined) return { kind: "notOwn" };
  return followedTarget({ reference, origin });
}

function unknownTarget(runner: Runner): Extract<CancelTarget, { readonly kind: "notOwn" | "unclear" }> {
  return { kind: runner.state(STATE.location) === "" ? "unclear" : "notOwn" };
}

const ORIGINS = ["started", "found", "doubtful", "adopted", "watched"] as const satisfies readonly Origin[];

async function cancel(
  target: CancelTarget,
  inputs: Inputs,
  service: Service,
  world: World,
  secrets: Secrets,
): Promise<Cancellation> {
  const { runner, clock, signal } = world;
  const unlimited: Limit = (ask) => ask(signal);
  const observer = { exchanged: () => {}, signedIn: () => {} };
  const connection = connect(inputs, world, secrets, observer);
  const marketplace: CancelOptions["marketplace"] = connection.marketplace(service);
  try {
    return await cancelGoLive(target, {
      marketplace,
      clock,
      look: unlimited,
      ask: unlimited,
      pausesMs: CANCEL_PAUSES_MS,
      limitMs: CANCEL_LIMIT_MS,
      onRetry: (error) => runner.log(ours`Could not ask to cancel: ${requestLine(error, inputs.offer)}. Trying again.`),
    });
  } finally {
    await connection.close();
  }
}

/** Says what became of it, and writes to the page of the run what is news there; returns the exit code. */
async function say(
  cancellation: Cancellation,
  { offer, goal }: Inputs,
  runner: Runner,
  where: Harmless,
): Promise<0 | 1> {
  const note = postNote(cancellation, { offer, goal }, URL.parse(runner.state(STATE.location)));
  runner.annotate(note.level, note.title, ours`${note.text} ${where}`);
  if (note.sign !== undefined) await runner.summarize(postMarkdown(note, where));
  return note.level === "error" ? 1 : 0;
}

/** What the input names, for it is told before the inputs are read. */
function givenStart(runner: Runner): Harmless {
  return GOAL_TEXTS[runner.input("target") === "preview" ? "preview" : "live"].start;
}

function whereText(runner: Runner): Harmless {
  const start = givenStart(runner);
  const location = runner.state(STATE.location);
  const name = harmlessLine(
    offerName({ publisherId: runner.input("publisherId"), offerId: runner.input("offerId") }),
    200,
  );
  return location === ""
    ? ours`A ${start} of ${name} may have been sent, and no answer is known: look in Partner Center whether it runs.`
    : ours`The ${start} of ${name} is at ${harmlessLine(location)}`;
}
