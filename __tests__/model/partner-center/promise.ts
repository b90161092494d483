import { unless, within } from "../promise.ts";
import { secrecy, story } from "../told.ts";
import { CENTER_TOKEN } from "../token.ts";
import type { Trial } from "./bench.ts";
import { judgement } from "./judgement.ts";
import { OFFER_ID } from "./offer-id.ts";
import { pinnedNumber, productGuid } from "./run-inputs.ts";
import { START_LIMIT_MS, type Schedule } from "./schedule.ts";

/** What a run has broken of the promise; empty when it has kept it. */
export function brokenPromises(schedule: Schedule, trial: Trial): readonly string[] {
  return [
    ...[once, sending, following, truth, judgement, time].flatMap((check) => check(trial, schedule)),
    ...story(trial, schedule),
    ...secrecy(trial, CENTER_TOKEN),
    ...unless(![...trial.runner.texts, ...trial.postTexts].some((text) => text.includes("sig=")), "a report's address"),
    ...unless(trial.sleepers === 0, `${trial.sleepers} timers were left behind`),
  ];
}

const MINUTE_MS = 60_000;
const MOST_SENDINGS = 3;

/** At most one promote, whatever goes wrong, and of no other offer. */
function once({ promotes, requests }: Trial, schedule: Schedule): readonly string[] {
  return [
    ...unless(promotes.length <= 1, `${promotes.length} promotes were accepted of one run`),
    ...unless(
      promotes.every(({ offerId }) => offerId === OFFER_ID) || isUnchecked(schedule),
      "another offer was promoted",
    ),
    ...unless(
      requests.every(({ method, route }) => KNOWN_REQUESTS.has(`${method} ${route}`)),
      `something else was asked: ${requests.map(({ method, path }) => `${method} ${path}`).join(" ")}`,
    ),
  ];
}

/** Whether the inputs name another offer's product or submission, and neither its own route nor a filter may say so. */
function isUnchecked(schedule: Schedule): boolean {
  const { inputs, behaviour, faults, product } = schedule;
  const isProductDown = behaviour.productRoute === "down" || faults.some(({ on }) => on === "product" || on === "any");
  const isFilterDown =
    schedule.isAbsent ||
    behaviour.refusedFilters === "all" ||
    (behaviour.refusedFilters === "withoutType" && product.type !== "AzureApplication") ||
    behaviour.paging !== undefined ||
    faults.some(({ on }) => on === "products" || on === "any");
  const isOther = inputs.namedProduct === "other" || inputs.watched === "other";
  return isOther && isProductDown && isFilterDown;
}

const KNOWN_REQUESTS: ReadonlySet<string> = new Set([
  "GET products",
  "GET product",
  "GET submissions",
  "GET submission",
  "GET workflowDetails",
  "GET validations",
  "GET reports",
  "POST promote",
]);
/** What turns a request away at the door. */
const TURNED_AWAY: ReadonlySet<unknown> = new Set([401, 429]);

/** Nothing is sent that changes anything but the promote of exactly what was looked at. */
function sending({ requests, lookedAt }: Trial, schedule: Schedule): readonly string[] {
  const { pinned, watched } = schedule.inputs;
  const sent = requests.filter(({ route }) => route === "promote");
  if (sent.length === 0) return [];
  const paths = new Set(sent.map(({ path }) => path));
  const [path = ""] = paths;
  const [, product = "", id = ""] = /\/products\/([^/]+)\/submissions\/(\d+)\/promote$/.exec(path) ?? [];
  // Of pages between which previews are replaced, some were shown by the look before only.
  const isUncertain = lookedAt.isPaged && schedule.happenings.length > 0;
  const isAlone = lookedAt.ready.size === 1 && lookedAt.inTheWay.size === 0;
  const isOwn = product === productGuid(schedule, "own") || isUnchecked(schedule);
  return [
    ...unless(sent.length <= MOST_SENDINGS, `the promote was sent ${sent.length} times`),
    ...unless(
      sent.slice(0, -1).every(({ answer }) => TURNED_AWAY.has(answer)),
      "the promote was sent again after an answer that did not turn it away",
    ),
    ...unless(looksBetween(requests), "the promote was sent again without a look"),
    ...unless(sent.filter(({ answer }) => answer === 401).length <= 2, "the promote was turned away three times"),
    ...unless(watched === undefined, "a run that only watches has sent a promote"),
    ...unless(
      sent.every(({ body }) => body === "{}"),
      `something else was sent: ${sent.map(({ body }) => body).join(" ")}`,
    ),
    ...unless(paths.size === 1, "several submissions were sent"),
    ...unless(isOwn, `a promote was sent for the product ${product}`),
    ...unless(lookedAt.ready.has(id), `sent ${id}, which the look had not shown as ready`),
    ...unless(pinned !== undefined || isUncertain || isAlone, "sent one of several, and the inputs name none"),
    ...unless(lookedAt.running.size === 0, "sent, though the look had shown a go-live that runs"),
    ...unless(
      pinned === undefined || id === pinnedNumber(schedule, pinned.later),
      `sent ${id}, though the inputs name another`,
    ),
  ];
}

/** Whether the submissions were read between any two promotes. */
function looksBetween(requests: Trial["requests"]): boolean {
  const routes = requests.map(({ route }) => route).filter((route) => route === "promote" || route === "submissions");
  return routes.every((route, index) => route !== "promote" || routes[index - 1] !== "promote");
}

/** What means that a sending started nothing, unless it shows otherwise; after anything else it may have. */
const REFUSALS: ReadonlySet<unknown> = new Set([400, 401, 403, 404, 405, 409, 422, 429]);

/** After a sending that is not refused nothing else is followed than what was sent. */
function following({ requests, followed }: Trial): readonly string[] {
  const last = requests.findLast(({ route }) => route === "promote");
  const isOther = last !== undefined && followed !== undefined && !last.path.endsWith(`/${followed}/promote`);
  return unless(!isOther || REFUSALS.has(last?.answer), `followed ${followed} in place of what was sent`);
}

/** Where a submission stands whose go-live, or preview, has failed; one that waits again has failed, too. */
const FAILED: ReadonlySet<unknown> = new Set([
  ...["failed", "failedInCertification", "canceled", "updateFailed", "invalid", "ready"],
]);

/** What is said of the promote is so. */
function truth(trial: Trial, schedule: Schedule): readonly string[] {
  const { runner, promotes, product, followed, stage } = trial;
  const { status = "", operationLocation } = runner.outputs;
  const { ifRunning } = schedule.inputs;
  const origin = runner.states["origin"] ?? "";
  const [own] = promotes;
  const isHelped = schedule.happenings.some(({ what }) => what === "promoteStarted") || isQueuedBefore(schedule);
  const isLost = own !== undefined && status !== "unknown" && operationLocation === undefined;
  const isUnsuccessful = status === "failed" || status === "canceled";
  return [
    ...unless(status !== "succeeded" || stage === "live", `succeeded, though in truth it is ${stage}`),
    ...unless(
      status === "unknown" || product !== productGuid(schedule, "other") || isUnchecked(schedule),
      `${status}, though what was followed is another offer's`,
    ),
    ...unless(
      origin !== "started" || own !== undefined || mayBePromised(schedule),
      "said to be accepted, though the service has neither taken it nor said so",
    ),
    ...unless(status !== "rejected" || own === undefined, "rejected, though a promote was accepted"),
    ...unless(!isLost, `an accepted promote was lost (${status})`),
    ...unless(
      own === undefined || !["started", "found", "doubtful"].includes(origin) || followed === own.submissionId,
      "what is followed as its own is another submission",
    ),
    ...unless(
      origin !== "found" || own !== undefined || isHelped,
      "found as its own, though it was not started by this run",
    ),
    ...unless(
      !isUnsuccessful || FAILED.has(stage) || schedule.happenings.length > 0,
      `${status}, though in truth it is ${stage}`,
    ),
    ...unless(
      ifRunning === "attach" || !["adopted", "doubtful"].includes(origin),
      `followed against \`ifRunning: fail\` (${origin})`,
    ),
    ...unless(
      origin !== "adopted" || own === undefined,
      "what it has started itself is said to have been started by somebody else",
    ),
  ];
}

/** Whether something else may say in the service's place, with a 2xx that is no page, that it takes a promote. */
function mayBePromised({ faults }: Schedule): boolean {
  return faults.some(
    ({ on, act }) =>
      (on === "promote" || on === "any") &&
      (act.kind === "raw" ||
        (act.kind === "status" && act.status < 300 && act.headers?.["content-type"] === undefined)),
  );
}

/** Whether somebody else's go-live was accepted before the run began, and shows later. */
function isQueuedBefore({ product: { state, running } }: Schedule): boolean {
  return state === "goingLive" && (running.queuedMs ?? 0) > 0;
}

const READ_LIMIT_MS = 60_000;
/** The product and the submissions, each in some pages, each answered as late as can be. */
const LONGEST_LOOK_MS = 14 * READ_LIMIT_MS;
const LONGEST_FIRST_LOOK_MS = 15 * MINUTE_MS + LONGEST_LOOK_MS;
/** Sent for a quarter of an hour, looked for ten minutes, and answered as late as can be. */
const LONGEST_SENDING_MS = MOST_SENDINGS * START_LIMIT_MS + 2 * LONGEST_FIRST_LOOK_MS + 14 * LONGEST_LOOK_MS;
const LONGEST_CONFIRMATION_MS = 7 * 2 * (MINUTE_MS + LONGEST_LOOK_MS);
const LONGEST_FAREWELL_MS = 7_500;

/** It ends in time. */
function time({ endedAtMs, sentAtMs, followedAtMs, cancelledAtMs }: Trial, { inputs }: Schedule): readonly string[] {
  const firstMs = sentAtMs ?? followedAtMs ?? endedAtMs;
  const waitMs = inputs.timeoutMinutes * MINUTE_MS + 2 * LONGEST_LOOK_MS + LONGEST_CONFIRMATION_MS;
  const farewellMs = cancelledAtMs === undefined ? 0 : endedAtMs - cancelledAtMs;
  return [
    ...within(firstMs, LONGEST_FIRST_LOOK_MS, "the first look"),
    ...within((followedAtMs ?? endedAtMs) - firstMs, LONGEST_SENDING_MS, "the start"),
    ...within(followedAtMs === undefined ? 0 : endedAtMs - followedAtMs, waitMs, "the wait"),
    ...within(farewellMs, LONGEST_FAREWELL_MS, "the end when cancelled"),
  ];
}
