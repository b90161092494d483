import { TOKEN } from "./token.ts";
import type { Trial } from "./bench.ts";
import type { Schedule } from "./schedule.ts";

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
  { kind: "failed", title: /^Go-live failed$/, statuses: ["failed"], exitCode: 1, isFollowed: true },
  { kind: "canceled", title: /^Go-live canceled$/, statuses: ["canceled"], exitCode: 1, isFollowed: true },
  {
    kind: "underWay",
    title: /^Go-live under way$/,
    statuses: ["notStarted", "running"],
    exitCode: 0,
    isFollowed: true,
  },
  {
    kind: "deadline",
    title: /^Go-live not ended in time$/,
    statuses: ["notStarted", "running", "unknown"],
    exitCode: 1,
    isFollowed: true,
  },
  {
    kind: "interrupted",
    title: /^Run cancelled, /,
    statuses: ["notStarted", "running", "unknown"],
    exitCode: 1,
    isFollowed: true,
  },
  { kind: "lost", title: /^Go-live out of sight$/, statuses: ["unknown"], exitCode: 1, isFollowed: true },
  { kind: "rejected", title: /^Nothing was started$/, statuses: ["rejected"], exitCode: 1, isFollowed: false },
  { kind: "unclear", title: /^Started or not: unknown$/, statuses: ["unknown"], exitCode: 1, isFollowed: false },
];

/** The names of all endings. */
export const ENDING_KINDS: readonly string[] = ENDINGS.map(({ kind }) => kind);

/** Which ending the last annotation of a run tells of; undefined when it is none that a run should have. */
export function endingOf({ runner }: Trial): Ending | undefined {
  const title = runner.annotations.at(-1)?.title ?? "";
  return ENDINGS.find((ending) => ending.title.test(title));
}

const REQUEST_MS = 30_000;
const MINUTE_MS = 60_000;
/** A look at once, or the last retry of one, begins a quarter of an hour after the start at the latest. */
const LONGEST_FIRST_LOOK_MS = 15 * MINUTE_MS + REQUEST_MS;
/** The last sending begins as late, then come seven looks that nobody answers, and a minute of patience. */
const LONGEST_SENDING_MS = 15 * MINUTE_MS + REQUEST_MS + 500 + 7 * REQUEST_MS + MINUTE_MS + REQUEST_MS;
const LONGEST_FAREWELL_MS = 7_500;
const MOST_SENDINGS = 3;

/** What a run has broken of the promise; empty when it has kept it. */
export function brokenPromises(schedule: Schedule, trial: Trial): readonly string[] {
  return [once, truth, time, story, secrecy].flatMap((check) => check(trial, schedule));
}

/** At most one go-live, whatever goes wrong. */
function once({ accepted, asked, sentAtMs, runningId }: Trial, { inputs, offer }: Schedule): readonly string[] {
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

const KNOWN_REQUESTS = new Set(["GET list", "POST goLive", "GET operation"]);

/** What is said of the go-live is so. */
function truth(trial: Trial, schedule: Schedule): readonly string[] {
  const { accepted, runningId, runner } = trial;
  const { ifRunning, watched } = schedule.inputs;
  const { status = "", operationId } = runner.outputs;
  const kind = endingOf(trial)?.kind;
  const isEnd = ["succeeded", "failed", "canceled"].includes(status);
  const isStarting = watched === undefined;
  const hasGoLive = accepted > 0 || runningId !== undefined;
  const hasJoined = isStarting && operationId !== undefined && operationId === runningId;
  const isToJoin = isStarting && ifRunning === "attach" && runningId !== undefined && isEndless(schedule);
  const isCalm = schedule.faults.length === 0 && trial.cancelledAtMs === undefined;
  return [
    ...unless(!isEnd || status === trial.truth, `status is ${status}, in truth ${trial.truth}`),
    ...unless(status !== "rejected" || accepted === 0, "rejected, though a go-live was accepted"),
    ...unless(kind !== "underWay" || !isStarting || hasGoLive, "under way, though there is no go-live"),
    ...unless(kind !== "unclear" || !isCalm, "unclear, though nothing went wrong"),
    ...unless(!hasJoined || ifRunning === "attach", "a running go-live was followed against `ifRunning: fail`"),
    ...unless(!isToJoin || !isCalm || hasJoined, "a running go-live was not followed, though nothing went wrong"),
  ];
}

function isEndless({ offer }: Schedule): boolean {
  return offer.running.durationMs === Infinity;
}

/** It ends in time. */
function time(trial: Trial, { inputs }: Schedule): readonly string[] {
  const { tookMs, sentAtMs, followedAtMs, cancelledAtMs, sleepers } = trial;
  const firstMs = sentAtMs ?? followedAtMs ?? tookMs;
  const startedMs = followedAtMs ?? tookMs;
  const watchedMs = followedAtMs === undefined ? 0 : tookMs - followedAtMs;
  const farewellMs = cancelledAtMs === undefined ? 0 : tookMs - cancelledAtMs;
  return [
    ...within(firstMs, LONGEST_FIRST_LOOK_MS, "the first look"),
    ...within(startedMs - firstMs, LONGEST_SENDING_MS, "the start"),
    ...within(watchedMs, inputs.timeoutMinutes * MINUTE_MS + REQUEST_MS, "the wait"),
    ...within(farewellMs, LONGEST_FAREWELL_MS, "the end of a cancelled run"),
    ...unless(sleepers === 0, `${sleepers} timers were left behind`),
  ];
}

function within(tookMs: number, limitMs: number, what: string): readonly string[] {
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
  // Then the post phase still has something to do.
  const isCutShort =
    ending.kind === "interrupted" || (ending.kind === "unclear" && last.text.includes("the run was cancelled"));
  const isConcluded = states["concluded"] !== undefined;
  const shown = [status, ...(isFollowed ? [operationLocation, operationId] : [])].map(withoutMarks);
  return [
    ...unless(ending.statuses.includes(status), `“${last.title}” with status ${status}`),
    ...unless(exitCode === ending.exitCode, `“${last.title}” with exit code ${exitCode}`),
    ...unless((last.level === "notice") === (exitCode === 0), `a ${last.level} with exit code ${exitCode}`),
    ...unless(
      isFollowed === ending.isFollowed,
      `“${last.title}” with location ${operationLocation}, id ${operationId}`,
    ),
    ...unless(
      !isFollowed || last.text.includes(operationLocation),
      "the last word does not say where the operation is",
    ),
    ...unless(states["operationLocation"] === operationLocation, "output and state differ on the location"),
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
function withoutMarks(text: string): string {
  return text.replaceAll(/&#\d+;|[^A-Za-z0-9]/g, "");
}

const SECRETS = [TOKEN, ...TOKEN.split(".")].map((part) => part.toLowerCase());

/** Nobody reads the token or a part of it. */
function secrecy({ runner }: Trial): readonly string[] {
  const leaks = runner.texts.filter((text) => SECRETS.some((secret) => text.toLowerCase().includes(secret)));
  return leaks.map((text) => `a secret was shown: ${text}`);
}

function unless(isKept: boolean, broken: string): readonly string[] {
  return isKept ? [] : [broken];
}
