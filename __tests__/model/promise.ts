import { TOKEN } from "./token.ts";
import type { Trial } from "./bench.ts";
import { hasBlindList, LONGEST_LAG_MS } from "./behaviour-arbitrary.ts";
import { isHidden, type Schedule } from "./schedule.ts";

/** How a run ended, by the title that people read; what may come with it. */
interface Ending {
  readonly kind: string;
  readonly title: RegExp;
  readonly statuses: readonly string[];
  readonly exitCode: 0 | 1;
  readonly isFollowed: boolean;
}

const ENDINGS: readonly Ending[] = [
  { kind: "succeeded", title: /^contoso\/contoso-vm is live$/, statuses: ["succeeded"], exitCode: 0, isFollowed: true },
  {
    kind: "failed",
    title: /^The go-live of contoso\/contoso-vm failed$/,
    statuses: ["failed"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "canceled",
    title: /^The go-live of contoso\/contoso-vm was canceled$/,
    statuses: ["canceled"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "underWay",
    title: /^The go-live is under way$/,
    statuses: ["notStarted", "running"],
    exitCode: 0,
    isFollowed: true,
  },
  {
    kind: "deadline",
    title: /^The go-live did not end in time$/,
    statuses: ["notStarted", "running", "unknown"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "interrupted",
    title: /^The run was cancelled, the go-live had ended$/,
    statuses: ["unknown", "failed", "canceled"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "interrupted",
    title: /^The run was cancelled, /,
    statuses: ["notStarted", "running", "unknown"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "lost",
    title: /^The go-live of contoso\/contoso-vm can no longer be observed$/,
    statuses: ["unknown"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "contradicted",
    title: /^Nobody can tell whether it is live$/,
    statuses: ["unknown"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "rejected",
    title: /^(?:As far as can be seen, no|No) go-live of contoso\/contoso-vm was started$/,
    statuses: ["rejected"],
    exitCode: 1,
    isFollowed: false,
  },
  {
    kind: "unclear",
    title: /^Nobody can tell whether a go-live of contoso\/contoso-vm was started$/,
    statuses: ["unknown"],
    exitCode: 1,
    isFollowed: false,
  },
];

/** The names of all endings. */
export const ENDING_KINDS: readonly string[] = [...new Set(ENDINGS.map(({ kind }) => kind))];

/** Which ending the last annotation of a run tells of; undefined when it is none that a run should have. */
export function endingOf({ runner }: Trial): Ending | undefined {
  const title = runner.annotations.at(-1)?.title ?? "";
  return ENDINGS.find((ending) => ending.title.test(title));
}

const REQUEST_MS = 30_000;
const MINUTE_MS = 60_000;
/** A look at once, or the last retry of one, begins a quarter of an hour after the start at the latest: list, then status. */
const LONGEST_FIRST_LOOK_MS = 15 * MINUTE_MS + 2 * REQUEST_MS;
/** A question that is asked again for a minute, and then answered as late as can be. */
const PATIENT_QUESTION_MS = MINUTE_MS + REQUEST_MS;
/** The last sending begins a quarter of an hour after the first; then come eleven looks at list and status, and one more. */
const LONGEST_SENDING_MS = 15 * MINUTE_MS + REQUEST_MS + 500 + 11 * 2 * REQUEST_MS + 2 * PATIENT_QUESTION_MS;
/** An end is held against list and status, for 185 s while they contradict it. */
const CONFIRMATION_MS = 185_000;
/** Seven times three questions that nobody answers at once. */
const LONGEST_CONFIRMATION_MS = 7 * 3 * PATIENT_QUESTION_MS;
/** A refusal is asked after again for so long. */
const PATIENCE_MS = 2 * MINUTE_MS;
/** What began so much later than another can be told from it. */
const SLACK_MS = 2_000;
const LONGEST_FAREWELL_MS = 7_500;
const MOST_SENDINGS = 3;

/** What a run has broken of the promise; empty when it has kept it. */
export function brokenPromises(schedule: Schedule, trial: Trial): readonly string[] {
  return [once, pinned, truth, judgement, cancelling, time, story, secrecy].flatMap((check) => check(trial, schedule));
}

/** At most one go-live, whatever goes wrong. */
function once({ accepted, asked, sentAtMs, runningId }: Trial, schedule: Schedule): readonly string[] {
  const { inputs, offer } = schedule;
  const sendings = asked.filter((request) => request === "POST goLive").length;
  const endsAtMs = runningId === undefined ? 0 : (offer.running.durationMs ?? 0);
  return [
    ...unless(accepted <= 1, `${accepted} go-lives were accepted`),
    ...unless(sentAtMs === undefined || sentAtMs >= endsAtMs, "a go-live was sent while another was running"),
    ...unless(sendings <= MOST_SENDINGS, `the go-live was sent ${sendings} times`),
    ...unless(inputs.watched === undefined || sendings === 0, "a run that only watches has sent a go-live"),
    ...unless(
      asked.every((request) => KNOWN_REQUESTS.has(request)),
      "something else was asked",
    ),
  ];
}

const KNOWN_REQUESTS = new Set(["GET list", "GET status", "POST goLive", "GET operation", "GET status", "POST cancel"]);

/** Against a pin nothing else goes live, and what is said to go live is what does. */
function pinned(trial: Trial, schedule: Schedule): readonly string[] {
  const { acceptedPreviews, pinnedId, runner } = trial;
  const { submissionId } = runner.outputs;
  const others = acceptedPreviews.filter((id) => id !== (pinnedId ?? submissionId));
  const isSaid = pinnedId !== undefined || submissionId !== undefined;
  const last = schedule.offer.history.findLastIndex(
    ({ slot, outcome }) => slot === "staging" && outcome === "succeeded",
  );
  const isJoined = pinnedId !== undefined && isRunning(trial);
  const isRefused = pinnedId !== undefined && endingOf(trial)?.kind === "rejected";
  return [
    ...unless(!isSaid || others.length === 0, `${String(others[0])} goes live instead of ${pinnedId ?? submissionId}`),
    ...unless(
      !isJoined || schedule.inputs.pin === last + 1,
      "a go-live of another preview was followed against the pin",
    ),
    ...unless(!isRefused || !mayTellPreview(trial, schedule), "the pinned preview was refused, though it stands"),
  ];
}

/** Whether nothing keeps the preview that is pinned from being told: it is the last thing that has happened. */
function mayTellPreview(trial: Trial, schedule: Schedule): boolean {
  const { inputs, offer, behaviour } = schedule;
  const { history, publishes = [], state } = offer;
  const last = history.at(-1);
  const isLast = inputs.pin === history.length && last?.slot === "staging" && last.outcome === "succeeded";
  const isListed = history.every(({ listedFromNth = 1 }) => listedFromNth === 1) && !isCutOff(behaviour);
  return state === "readyForGoLive" && isLast && isListed && publishes.length === 0 && isCalm(trial, schedule);
}

/** What is said of the go-live is so. */
function truth(trial: Trial, schedule: Schedule): readonly string[] {
  const { accepted, acceptedIds, runningId, runner, isGoLive } = trial;
  const { ifRunning, watched, pin } = schedule.inputs;
  const { status = "", operationId } = runner.outputs;
  const kind = endingOf(trial)?.kind;
  const isEnd = ["succeeded", "failed", "canceled"].includes(status);
  const isStarting = watched === undefined;
  const hasGoLive = accepted > 0 || runningId !== undefined;
  const hasJoined = isStarting && operationId !== undefined && isRunning(trial);
  const isShown =
    runningId !== undefined && isEndless(schedule) && !isHidden(schedule) && !isCutOff(schedule.behaviour);
  // Against a pin one is followed only where the list tells whose preview it takes.
  const isToJoin = isStarting && ifRunning === "attach" && isShown && pin === undefined;
  const isFound = runner.states["origin"] === "found" && !isTwin(trial, schedule);
  return [
    ...unless(
      !isEnd || status === trial.truth || hasTwinAtSharedPlace(trial, schedule),
      `status is ${status}, in truth ${trial.truth}`,
    ),
    ...unless(status !== "succeeded" || isGoLive, "succeeded, though what was followed is a publish to preview"),
    ...unless(
      !isFound || acceptedIds.includes((operationId ?? "").toLowerCase()),
      "found as its own, though it was not started by this run",
    ),
    ...unless(status !== "rejected" || accepted === 0, "rejected, though a go-live was accepted"),
    ...unless(kind !== "underWay" || !isStarting || hasGoLive, "under way, though there is no go-live"),
    ...unless(
      !hasJoined || ifRunning === "attach" || isTwin(trial, schedule),
      "a running go-live was followed against `ifRunning: fail`",
    ),
    ...unless(
      !isToJoin || !isCalm(trial, schedule) || hasJoined,
      "a running go-live was not followed, though nothing went wrong",
    ),
  ];
}

/** Nothing that can be settled is left open, and nothing that the service contradicts is said. */
function judgement(trial: Trial, schedule: Schedule): readonly string[] {
  const { runner, unanswered, tookMs, followedAtMs = 0 } = trial;
  const { inputs } = schedule;
  const kind = endingOf(trial)?.kind;
  const isSuccess = runner.outputs["status"] === "succeeded";
  const isStrange = isCalm(trial, schedule) && isContradicted(schedule);
  const isLost = kind === "lost";
  return [
    ...unless(kind !== "unclear" || !isCalm(trial, schedule) || mayStayOpen(schedule), "unclear, though it was listed"),
    ...unless(!isSuccess || !isStrange, "succeeded, though the service contradicted it for ever"),
    ...unless(kind !== "contradicted" || mayContradict(schedule), "contradicted, though nothing does for long"),
    ...unless(!isLost || !isAskedAgain(schedule) || unanswered >= 3, `lost after ${unanswered} refusals`),
    ...unless(!isLost || !inputs.wait || tookMs - followedAtMs >= PATIENCE_MS, "lost at once"),
  ];
}

function isCalm(trial: Trial, { faults }: Schedule): boolean {
  return faults.length === 0 && trial.cancelledAtMs === undefined;
}

/**
 * Whether it takes three faults that are played to end the watch: an answer about another operation is one, too, and who
 * does not wait does not wait long for an answer, or for as long as the service asks.
 */
function isAskedAgain({ inputs, faults, behaviour }: Schedule): boolean {
  if (behaviour.operationId === "other") return false;
  return inputs.wait || faults.every(({ act }) => act.kind === "status" && act.headers === undefined);
}

/** Whether it may never be told what came of a sending that was answered without a location. */
function mayStayOpen({ behaviour }: Schedule): boolean {
  return hasBlindList(behaviour) || behaviour.listChangedTime === "none" || isCutOff(behaviour);
}

/** Whether a list may say that it goes on, and not where. */
function isCutOff({ listLinksTo, listPaging, listPartial }: Schedule["behaviour"]): boolean {
  return listPartial === true || listLinksTo === "samePage" || listPaging === "continuation";
}

/** Whether something speaks against the success of a go-live that this run has started for as long as it looks. */
function isContradicted({ behaviour, inputs, offer }: Schedule): boolean {
  const { liveStepAtEnd = "complete", operationLagMs = 0, statusAfterSuccess, statusAfterSuccessMs = 0 } = behaviour;
  // Where operations share a place, and it shows the preview, the go-live's own step is not to be seen.
  const showsPreview = behaviour.location === "notMigrated" && behaviour.sharedShowsPreviewMs !== 0;
  const isUndone = liveStepAtEnd !== "complete" && operationLagMs <= MINUTE_MS && !showsPreview;
  const isWaiting = statusAfterSuccess === "waiting" && statusAfterSuccessMs === Infinity;
  // A preview that is published later waits for a sign-off of its own.
  const isReplaced = (offer.publishes ?? []).length > 0;
  const isStarting = inputs.watched === undefined && offer.state === "readyForGoLive";
  return isStarting && (isUndone || (isWaiting && !isReplaced));
}

/** Whether anything may speak against a success for longer than anybody looks. */
function mayContradict({ behaviour, inputs, faults, offer }: Schedule): boolean {
  const { liveStepAtEnd, location, statusAfterSuccess, statusAfterSuccessMs = 0, statusLagMs = 0 } = behaviour;
  const isWaiting = statusAfterSuccess === "waiting" && statusAfterSuccessMs > LONGEST_LAG_MS;
  const isReplaced = (offer.publishes ?? []).length > 0;
  const isOdd = isReplaced || liveStepAtEnd !== "complete" || isWaiting || statusLagMs > LONGEST_LAG_MS;
  // What was contradicted before and cannot be asked again in the end stays contradicted.
  const isSilent = faults.some(({ on }) => on === "list" || on === "status");
  return isOdd || isSilent || location === "notMigrated" || inputs.watched !== undefined;
}

/** Only what this run has started is cancelled, and only when it is to be. */
function cancelling(trial: Trial, schedule: Schedule): readonly string[] {
  const { inputs } = schedule;
  const { asked, runner, cancelledAtMs } = trial;
  const cancels = asked.filter((request) => request === "POST cancel").length;
  const origin = runner.states["origin"] ?? "";
  const isOwn = ["started", "found"].includes(origin) && (!isRunning(trial) || isTwin(trial, schedule));
  return [
    ...unless(cancels === 0 || inputs.onCancel === "cancel", "cancelled against `onCancel: leave`"),
    ...unless(cancels === 0 || cancelledAtMs !== undefined, "cancelled, though the run was not"),
    ...unless(cancels === 0 || inputs.watched === undefined, "cancelled what it only watches"),
    ...unless(cancels === 0 || isOwn, `cancelled somebody else's go-live (${origin})`),
  ];
}

/** Whether the followed operation is the go-live that ran already. */
function isRunning({ runner, runningId }: Trial): boolean {
  return runningId !== undefined && runner.outputs["operationId"]?.toLowerCase() === runningId;
}

/**
 * Whether a go-live that ran already cannot be told from this run's: it began too shortly before, or it ended after the
 * sending, for the list names the time of the last change only.
 */
function isTwin(trial: Trial, { offer }: Schedule): boolean {
  const { sentAtMs = 0 } = trial;
  const { durationMs = Infinity } = offer.running;
  const endedLater = durationMs !== Infinity && durationMs >= sentAtMs - SLACK_MS;
  return isRunning(trial) && (sentAtMs <= SLACK_MS || endedLater);
}

/** The same where the place is shared, so that the list alone tells whose end it is. */
function hasTwinAtSharedPlace({ sentAtMs = 0, runningId }: Trial, { behaviour, offer }: Schedule): boolean {
  const isShared = behaviour.location === "notMigrated" && runningId !== undefined;
  return isShared && sentAtMs <= SLACK_MS && offer.running.listedFromNth !== undefined;
}

function isEndless({ offer }: Schedule): boolean {
  return offer.running.durationMs === Infinity;
}

/** It ends in time. */
function time(trial: Trial, schedule: Schedule): readonly string[] {
  const { inputs } = schedule;
  const { tookMs, sentAtMs, followedAtMs, cancelledAtMs, sleepers } = trial;
  const firstMs = sentAtMs ?? followedAtMs ?? tookMs;
  const startedMs = followedAtMs ?? tookMs;
  const watchedMs = followedAtMs === undefined ? 0 : tookMs - followedAtMs;
  const confirmationMs = isCalm(trial, schedule) ? CONFIRMATION_MS : LONGEST_CONFIRMATION_MS;
  const farewellMs = cancelledAtMs === undefined ? 0 : tookMs - cancelledAtMs;
  return [
    ...within(firstMs, LONGEST_FIRST_LOOK_MS, "the first look"),
    ...within(startedMs - firstMs, LONGEST_SENDING_MS, "the start"),
    ...within(watchedMs, inputs.timeoutMinutes * MINUTE_MS + 2 * REQUEST_MS + confirmationMs, "the wait"),
    ...within(farewellMs, LONGEST_FAREWELL_MS, "the end of a cancelled run"),
    ...unless(sleepers === 0, `${sleepers} timers were left behind`),
  ];
}

/** What to say where something took longer than it may. */
export function within(tookMs: number, limitMs: number, what: string): readonly string[] {
  // Sums of fractions of a millisecond are not exact.
  return unless(tookMs <= limitMs + 1, `${what} took ${tookMs} ms, more than ${limitMs}`);
}

/** Outputs, state, last annotation, summary and exit code tell one story. */
function story(trial: Trial, schedule: Schedule): readonly string[] {
  const { runner, exitCode, cancelledAtMs, asked } = trial;
  const { annotations, outputs, states, summaries } = runner;
  const ending = endingOf(trial);
  const last = annotations.at(-1);
  if (ending === undefined || last === undefined) return [`the last word is “${last?.title}: ${last?.text}”`];
  const { status = "(none)", operationLocation, operationId } = outputs;
  const isFollowed = operationLocation !== undefined && operationId !== undefined;
  // It names what runs, and is not its to cancel.
  const namesOther = last.text.includes("is already running and `ifRunning` is `fail`");
  // Then the post phase still has something to do.
  const isCutShort =
    ending.kind === "interrupted" || (ending.kind === "unclear" && last.text.includes("The run was cancelled."));
  const isConcluded = states["concluded"] !== undefined;
  const shown = [status, ...(isFollowed ? [operationLocation, operationId] : [])].map(withoutMarks);
  return [
    ...unless(ending.statuses.includes(status), `“${last.title}” with status ${status}`),
    ...unless(exitCode === ending.exitCode, `“${last.title}” with exit code ${exitCode}`),
    ...unless((last.level === "notice") === (exitCode === 0), `a ${last.level} with exit code ${exitCode}`),
    ...unless(
      isFollowed === (ending.isFollowed || namesOther),
      `“${last.title}” with location ${operationLocation}, id ${operationId}`,
    ),
    ...unless(
      !isFollowed || last.text.includes(operationLocation),
      "the last word does not say where the operation is",
    ),
    ...unless(
      states["operationLocation"] === (namesOther ? undefined : operationLocation),
      "output and state differ on the location",
    ),
    ...unless(!asked.includes("POST goLive") || states["sent"] === "true", "the state does not say that it was sent"),
    ...unless(isConcluded !== isCutShort, `“${last.title}” with concluded: ${isConcluded}`),
    ...unless(!isCutShort || cancelledAtMs !== undefined, "cut short, though nobody cancelled"),
    ...unless(ending.kind !== "underWay" || !schedule.inputs.wait, "left running, though it was to wait"),
    ...unless(ending.kind !== "deadline" || schedule.inputs.wait, "a deadline, though it was not to wait"),
    ...unless(annotations.filter(({ level }) => level === "error").length === exitCode, "not one error for a failure"),
    ...unless(summaries.length === (schedule.hasBrokenSummary ? 0 : 1), `${summaries.length} summaries`),
    ...summaries.flatMap((page) =>
      shown.flatMap((text) => unless(withoutMarks(page).includes(text), `the summary does not say ${text}`)),
    ),
  ];
}

/** Letters and digits only: a summary spells all others as character references. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/&#\d+;|[^A-Za-z0-9]/g, "");
}

const SECRETS = [TOKEN, ...TOKEN.split(".")].map((part) => part.toLowerCase());

/** Nobody reads the token or a part of it. */
function secrecy({ runner, postTexts }: Trial): readonly string[] {
  const leaks = [...runner.texts, ...postTexts].filter((text) =>
    SECRETS.some((secret) => text.toLowerCase().includes(secret)),
  );
  return leaks.map((text) => `a secret was shown: ${text}`);
}

/** What to say where a promise is broken. */
export function unless(isKept: boolean, broken: string): readonly string[] {
  return isKept ? [] : [broken];
}
