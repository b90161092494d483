import { endingOf } from "../ending.ts";
import { unless, within } from "../promise.ts";
import { secrecy, story } from "../told.ts";
import { GRAPH_TOKEN } from "../token.ts";
import type { RunTrial, Trial } from "./bench.ts";
import { readPush } from "./push-body.ts";
import { OFFER, pinnedText } from "./run-inputs.ts";
import { START_LIMIT_MS, type Schedule } from "./schedule.ts";

/** What a run, or two at once, have broken of the promise; empty when they have kept it. */
export function brokenPromises(schedule: Schedule, trial: Trial): readonly string[] {
  const checks = [sending, truth, judgement, cancelling, time];
  return [
    ...once(trial, schedule),
    ...trial.runs.flatMap((run) => checks.flatMap((check) => check(run, schedule, trial))),
    ...trial.runs.flatMap((run) => [...story(run, schedule), ...secrecy(run, GRAPH_TOKEN)]),
    ...unless(trial.sleepers === 0, `${trial.sleepers} timers were left behind`),
  ];
}

const MINUTE_MS = 60_000;
const MOST_SENDINGS = 3;

/** At most one push, whatever goes wrong: another only when the first had truly ended and something is ready again. */
export function once({ pushes, others, runs, endedBefore }: Trial, schedule: Schedule): readonly string[] {
  const [first] = runs;
  const isTold = pushes.slice(1).every((push, index) => {
    const former = pushes[index];
    return former !== undefined && endedBefore(former, push);
  });
  return [
    ...unless(runs.length > 1 || pushes.length <= 1, `${pushes.length} pushes were accepted of one run`),
    ...unless(isTold, `a push was accepted while another was not over: ${pushes.length}`),
    ...unless(others === 0, "something of the other kind was accepted"),
    ...unless(
      pushes.every(
        ({ offerId, lifecycleState }) =>
          (offerId === OFFER.offerId || isUnchecked(schedule)) && lifecycleState === "generallyAvailable",
      ),
      "another offer was pushed, or this one taken away",
    ),
    ...unless(first !== undefined, "nothing was run"),
  ];
}

/** Whether the inputs name another offer's product, and its tree may not say so. */
function isUnchecked({ inputs, isSecondProduct, faults }: Schedule): boolean {
  const isOther = inputs.namedProduct === "other" && isSecondProduct;
  return isOther && faults.some(({ on }) => on === "resourceTree" || on === "any");
}

const KNOWN_REQUESTS: ReadonlySet<string> = new Set([
  "GET product",
  "GET resourceTree",
  "GET submissions",
  "GET job",
  "POST configure",
  "POST cancel",
]);
/** What turns a request away at the door. */
const TURNED_AWAY: ReadonlySet<unknown> = new Set([401, 429]);

/** Nothing is sent that changes anything but the push of exactly what was looked at. */
function sending(run: RunTrial, schedule: Schedule): readonly string[] {
  const { requests, lookedAt } = run;
  const { pinned, watched } = schedule.inputs;
  const sent = requests.filter(({ route }) => route === "configure");
  const pushed = sent.map(({ body }) => readPush(body));
  const ids = new Set(pushed.map((push) => push?.submission));
  const [id = ""] = ids;
  // Of pages between which previews are replaced, some were shown by the look before only.
  const isUncertain = lookedAt.isPaged && schedule.happenings.length > 0;
  return [
    ...unless(
      requests.every(({ method, route }) => KNOWN_REQUESTS.has(`${method} ${route}`)),
      "something else was asked",
    ),
    ...unless(sent.length <= MOST_SENDINGS, `the push was sent ${sent.length} times`),
    ...unless(
      sent.slice(0, -1).every(({ answer }) => TURNED_AWAY.has(answer)),
      "the push was sent again after an answer that did not turn it away",
    ),
    ...unless(watched === undefined || sent.length === 0, "a run that only watches has sent a push"),
    ...unless(!pushed.includes(undefined), `something else was sent: ${sent.map(({ body }) => body).join(" ")}`),
    ...unless(ids.size <= 1, "several submissions were sent"),
    ...unless(sent.length === 0 || lookedAt.ready.has(id), `sent ${id}, which the look had not shown as ready`),
    ...unless(
      sent.length === 0 || pinned !== undefined || isUncertain || lookedAt.ready.size === 1,
      "sent one of several that are ready",
    ),
    ...unless(sent.length === 0 || lookedAt.running.size === 0, "sent, though the look had shown a push that runs"),
    ...unless(
      sent.length === 0 || pinned === undefined || id === pinnedText(schedule, pinned.later),
      `sent ${id}, though the inputs name another`,
    ),
  ];
}

/** What is said of the push is so. */
function truth(run: RunTrial, schedule: Schedule, { runs }: Trial): readonly string[] {
  const { runner, accepted, place, isLive, jobState } = run;
  const { status = "", operationId } = runner.outputs;
  const { ifRunning } = schedule.inputs;
  const origin = runner.states["origin"] ?? "";
  const [own] = accepted;
  // Of two runs that sent at the same moment nobody knows whose it was.
  const isOwn = runs.length === 1 || runs.every((other) => other === run || other.accepted.length === 0);
  const isLost = own !== undefined && status !== "unknown" && runner.outputs["operationLocation"] === undefined;
  const isFollowingOwn = own !== undefined && ["started", "found"].includes(origin);
  const isUnsuccessful = status === "failed" || status === "canceled";
  return [
    ...unless(status !== "succeeded" || isLive, "succeeded, though in truth it is not live"),
    ...unless(status !== "rejected" || own === undefined || !isOwn, "rejected, though a push was accepted"),
    ...unless(!isLost || !isOwn, "an accepted push was lost"),
    ...unless(
      !isFollowingOwn || !isOwn || place.submission === own.submissionId,
      "what is followed as its own is another submission",
    ),
    ...unless(
      origin !== "found" || own !== undefined || isPushedTwice(schedule),
      "found as its own, though it was not started by this run",
    ),
    ...unless(
      origin !== "started" || own === undefined || !isOwn || operationId?.toLowerCase() === own.jobId,
      "what is followed as started is another job",
    ),
    // Of one submission that two jobs have pushed, its entry may show how the other one ended.
    ...unless(
      !isUnsuccessful ||
        mayLie(schedule) ||
        isPushedTwice(schedule) ||
        jobState === undefined ||
        ["failed", "cancelled"].includes(jobState),
      `${status}, though in truth the job is ${jobState}`,
    ),
    ...unless(
      !isUnsuccessful || mayLie(schedule) || jobState !== undefined || !isLive || isPushedTwice(schedule),
      `${status}, though in truth it is live`,
    ),
    ...unless(
      ifRunning === "attach" || !["adopted", "doubtful"].includes(origin),
      "followed against `ifRunning: fail`",
    ),
  ];
}

/** Whether jobs or entries say how it ended when that is not the truth. */
export function mayLie({ product: { push, publish } }: Schedule): boolean {
  return [push, publish].some(({ jobSays, entrySays }) => jobSays !== undefined || entrySays !== undefined);
}

/** Whether one submission may be pushed by several. */
function isPushedTwice({ happenings, secondAfterMs, product }: Schedule): boolean {
  return (
    secondAfterMs !== undefined || product.state !== "ready" || happenings.some(({ what }) => what === "pushStarted")
  );
}

/** What can be done is done, and how it ended is told when it can be. */
function judgement(run: RunTrial, schedule: Schedule): readonly string[] {
  const { inputs, product, behaviour } = schedule;
  if (!isCalm(run, schedule)) return [];
  const showsForMs = (product.push.durationMs ?? 0) + Math.min(0, behaviour.endShowsMs ?? 0);
  if (product.state === "goingLive" && showsForMs > 0 && inputs.ifRunning === "attach") {
    const { origin } = run.runner.states;
    return unless(origin === "adopted", "a running go-live was not followed, though nothing went wrong");
  }
  if (product.state !== "ready") return [];
  const kind = endingOf(run)?.kind;
  const { durationMs = 0, outcome = "" } = product.push;
  const isTold = !mayLie(schedule) && isPrompt(schedule);
  const isInTime = inputs.wait && durationMs + 5 * MINUTE_MS < inputs.timeoutMinutes * MINUTE_MS;
  const hasJob = behaviour.acceptedBody !== "noJobId" && behaviour.acceptedBody !== "empty";
  // Without a job its entry tells, which may be gone with a failure, before anybody has seen it.
  const leavesTrace = hasJob || outcome === "succeeded" || behaviour.liveAfterFailure !== "gone";
  const isClear = isTold && isInTime && (hasJob || outcome === "succeeded");
  const words: Readonly<Record<string, string>> = { cancelled: "canceled" };
  return [
    ...unless(run.accepted.length === 1, "nothing was pushed, though it was ready and nothing went wrong"),
    ...unless(!isClear || kind === (words[outcome] ?? outcome), `${kind}, though it was to be seen that it ${outcome}`),
    ...unless(inputs.wait || !isTold || !hasJob || kind === "underWay", `${kind} at once`),
    ...unless(!isTold || kind !== "unclear" || !leavesTrace, `${kind}, though everything shows`),
    ...unless(!isTold || kind !== "lost" || !hasJob, `${kind}, though everything shows`),
  ];
}

/** Nothing goes wrong, nobody interferes, and the one preview can be found. */
function isCalm({ cancelledAtMs }: RunTrial, schedule: Schedule): boolean {
  const { faults, happenings, secondAfterMs, inputs, behaviour, isSecondProduct } = schedule;
  const { paging = "none", linksTo = "nextPage", linkOrigin, productForm, productFilter } = behaviour;
  const isReadable = paging === "none" || (linksTo === "nextPage" && linkOrigin === undefined);
  const isFound = productForm !== "bare" || productFilter !== "ignored";
  const isAlone = cancelledAtMs === undefined && secondAfterMs === undefined;
  const isUsual =
    inputs.watched === undefined &&
    inputs.pinned === undefined &&
    !(inputs.namedProduct === "other" && isSecondProduct);
  return faults.length === 0 && happenings.length === 0 && isAlone && isUsual && isReadable && isFound;
}

/** Jobs and submissions show everything at once, and are asked as often as the inputs say. */
function isPrompt({ behaviour }: Schedule): boolean {
  const { submissionsLagMs = 0, acceptanceShowsMs = 0, endShowsMs = 0, pollRetryAfter } = behaviour;
  const { jobLagMs = 0, jobLostAfterMs = Infinity } = behaviour;
  const isListed = submissionsLagMs === 0 && acceptanceShowsMs === 0 && endShowsMs === 0;
  return isListed && jobLagMs === 0 && jobLostAfterMs === Infinity && pollRetryAfter !== "7200";
}

/** Only the job that this run has started is cancelled, and only when it is to be. */
export function cancelling(run: RunTrial, { inputs }: Schedule, { pushes }: Trial): readonly string[] {
  const { requests, runner, cancelledAtMs } = run;
  const cancels = requests.filter(({ route }) => route === "cancel");
  if (cancels.length === 0) return [];
  const own = runner.outputs["operationId"]?.toLowerCase() ?? "";
  return [
    ...unless(inputs.onCancel === "cancel", "cancelled against `onCancel: leave`"),
    ...unless(cancelledAtMs !== undefined, "cancelled, though the run was not"),
    ...unless(runner.states["origin"] === "started", `cancelled what it had not started (${runner.states["origin"]})`),
    ...unless(
      cancels.every(({ path }) => path.toLowerCase().includes(`/configure/${own}/cancel`)),
      "cancelled another job",
    ),
    ...unless(
      pushes.length === 0 || pushes.some(({ jobId }) => jobId === own) || run.accepted.length === 0,
      "cancelled a job that is none of ours",
    ),
  ];
}

const READ_LIMIT_MS = 60_000;
/** The product, its tree and the submissions, the lists in some pages, each answered as late as can be. */
const LONGEST_LOOK_MS = 13 * READ_LIMIT_MS;
const LONGEST_FIRST_LOOK_MS = 15 * MINUTE_MS + LONGEST_LOOK_MS;
/** Sent for a quarter of an hour, looked for ten minutes, and answered as late as can be. */
const LONGEST_SENDING_MS = 3 * START_LIMIT_MS + 2 * LONGEST_FIRST_LOOK_MS + 14 * LONGEST_LOOK_MS;
const LONGEST_CONFIRMATION_MS = 7 * 2 * (MINUTE_MS + LONGEST_LOOK_MS);
const LONGEST_FAREWELL_MS = 7_500;

/** It ends in time. */
export function time(run: RunTrial, { inputs }: Schedule): readonly string[] {
  const { beganAtMs, endedAtMs, sentAtMs, followedAtMs, cancelledAtMs } = run;
  const firstMs = sentAtMs ?? followedAtMs ?? endedAtMs;
  const waitMs = inputs.timeoutMinutes * MINUTE_MS + 2 * LONGEST_LOOK_MS + LONGEST_CONFIRMATION_MS;
  return [
    ...within(firstMs - beganAtMs, LONGEST_FIRST_LOOK_MS, "the first look"),
    ...within((followedAtMs ?? endedAtMs) - firstMs, LONGEST_SENDING_MS, "the start"),
    ...within(followedAtMs === undefined ? 0 : endedAtMs - followedAtMs, waitMs, "the wait"),
    ...within(
      cancelledAtMs === undefined ? 0 : endedAtMs - cancelledAtMs,
      LONGEST_FAREWELL_MS,
      "the end when cancelled",
    ),
  ];
}
