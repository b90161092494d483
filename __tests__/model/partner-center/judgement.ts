import type { GoLiveOutcome } from "../../../emulator/partner-center/vocabulary.ts";
import { endingOf } from "../ending.ts";
import { unless } from "../promise.ts";
import type { Trial } from "./bench.ts";
import type { Schedule } from "./schedule.ts";

const MINUTE_MS = 60_000;
/** What has not begun by then is not waited for any longer. */
const LONGEST_QUEUE_MS = 14 * MINUTE_MS;

/** What can be done is done, and how it ended is told when it can be. */
export function judgement(trial: Trial, schedule: Schedule): readonly string[] {
  if (!isCalm(trial, schedule)) return [];
  const { state } = schedule.product;
  if (state === "goingLive") return adoption(trial, schedule);
  return state === "ready" ? start(trial, schedule) : [];
}

/** A go-live that can be seen is followed. */
function adoption({ runner }: Trial, { inputs, product, behaviour }: Schedule): readonly string[] {
  const { queuedMs = 0, durationMs = 0 } = product.running;
  const isShown = queuedMs === 0 && durationMs > 0 && isWordKnown(behaviour);
  if (!isShown || inputs.ifRunning === "fail") return [];
  return unless(runner.states["origin"] === "adopted", "a running go-live was not followed, though nothing went wrong");
}

/** Of a word that nobody knows nobody can tell that it is a go-live on its way. */
function isWordKnown({ words }: Schedule["behaviour"]): boolean {
  return words?.publishing?.substate !== "Certifying";
}

/** How a go-live that ended so is told of; one that is gone, or that may not have been seen on its way, is not told of. */
const TOLD: Readonly<Partial<Record<GoLiveOutcome, string>>> = {
  live: "succeeded",
  failed: "failed",
  failedInCertification: "failed",
  updateFailed: "failed",
  canceled: "canceled",
};

/** What is ready goes live, and its end is told. */
function start(trial: Trial, { inputs, product, behaviour }: Schedule): readonly string[] {
  const kind = endingOf(trial)?.kind ?? "";
  const { queuedMs = 0, durationMs = 0, outcome = "live" } = product.goLive;
  const isPrompt = (behaviour.submissionsLagMs ?? 0) === 0 && (behaviour.listLagMs ?? 0) === 0;
  const isInTime = queuedMs + durationMs + 5 * MINUTE_MS < inputs.timeoutMinutes * MINUTE_MS;
  const isClear = inputs.wait && isPrompt && isInTime && queuedMs <= LONGEST_QUEUE_MS;
  // One that waits again has failed, if it was seen on its way.
  const isSeen = isWordKnown(behaviour) && durationMs > 3_000 * inputs.pollIntervalSeconds + MINUTE_MS;
  // Without the word for an update that failed it waits, too.
  const isBack = outcome === "ready" || (outcome === "updateFailed" && behaviour.pendingUpdate === "absent");
  const atBest = isBack ? "failed" : TOLD[outcome];
  const expected = isBack && !isSeen ? undefined : atBest;
  return [
    ...unless(trial.promotes.length === 1, "nothing was promoted, though it was ready and nothing went wrong"),
    ...unless(
      !isClear || expected === undefined || kind === expected,
      `${kind}, though it was to be seen that it is ${outcome}`,
    ),
    ...unless(inputs.wait || kind === "underWay", `${kind} at once`),
    ...unless(kind !== "unclear", "unclear, though everything was answered"),
    ...unless(!isPrompt || outcome === "absent" || kind !== "lost", "lost, though everything shows"),
  ];
}

/** Nothing goes wrong, nobody interferes, and the one preview can be found. */
function isCalm({ cancelledAtMs }: Trial, schedule: Schedule): boolean {
  const { faults, happenings, inputs, behaviour } = schedule;
  const isSettled = [behaviour.words?.ready, behaviour.words?.live].every((words) => words?.pending === undefined);
  const isUsual = inputs.watched === undefined && inputs.pinned === undefined && cancelledAtMs === undefined;
  const isQuiet = faults.length === 0 && happenings.length === 0;
  return isQuiet && isUsual && isSettled && isReadable(schedule) && isFound(schedule);
}

/** Whether lists have an end that can be told: a 404 that is dressed as a 400 is none. */
function isReadable({ behaviour }: Schedule): boolean {
  const { paging = "none", linksTo = "nextPage", linkOrigin, errorShape } = behaviour;
  if (linksTo === "deadEnd" && errorShape === "backend") return false;
  return paging === "none" || (["nextPage", "deadEnd"].includes(linksTo) && linkOrigin === undefined);
}

/** Whether a filter, or the product's own route, shows the product as one that can be promoted. */
function isFound({ inputs, product: { type }, behaviour, isAbsent }: Schedule): boolean {
  if (isAbsent || type === "AzureThirdPartyVirtualMachine" || inputs.namedProduct === "other") return false;
  if (inputs.namedProduct === "own") return true;
  const { refusedFilters = "unfiltered" } = behaviour;
  return type === "AzureApplication" ? refusedFilters !== "all" : !["all", "withoutType"].includes(refusedFilters);
}
