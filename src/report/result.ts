import { isoText, wholeSeconds } from "../text/time-text.ts";
import type { Cancellation } from "../go-live/cancel.ts";
import type { Approval } from "../approval/approval.ts";
import type { OperationReference } from "../marketplace/marketplace.ts";
import type { Message, Operation, Status } from "../marketplace/operation.ts";
import { type Followed, followed, wasStartedHere } from "../go-live/outcome.ts";
import type { RunPage } from "../runner/run-page.ts";
import { harmlessLine } from "../text/harmless.ts";
import type { LastKnown } from "./last-known.ts";
import { failedRequestId, type Report, type RequestIds } from "./report.ts";
import type { Timeline } from "./timeline.ts";

/** The output `result` must fit into a job's outputs beside others. */
const MOST_BYTES = 64 * 1024;
const MOST_STEPS_IN_RESULT = 100;
const FEW_STEPS = 20;
const MOST_MESSAGES_IN_RESULT = 20;
const MOST_COMMENTS_IN_RESULT = 10;
const MOST_REVIEWERS_IN_RESULT = 50;
const LONGEST_LOCATION_IN_RESULT = 4_000;

/** What is said where nothing came of it that has an {@link Report}. */
export interface EarlyEnd {
  readonly ending: "badInputs" | "bug";
  readonly status: Status;
  readonly reasons: readonly string[];
  readonly next?: readonly string[];
  /** What was known of a go-live by then. */
  readonly known?: LastKnown | undefined;
  readonly page: RunPage;
  readonly startMs: number;
  readonly nowMs: number;
}

/** What a dry run has to tell at its end. */
export interface DryRunEnd
  extends
    Pick<EarlyEnd, "status" | "page" | "startMs" | "nowMs">,
    Pick<Report, "listing" | "approval">,
    Pick<Report["plan"], "offer"> {
  readonly isReady: boolean;
  /** The go-live that runs already. */
  readonly running: OperationReference | undefined;
  readonly reasons: readonly string[];
  readonly next: readonly string[];
  readonly requestIds: RequestIds & { readonly failed: string | undefined };
}

/**
 * The output `result`: one JSON object, version 1, as docs/result.schema.json describes it, of 64 KiB at the most:
 * messages are left out first, then steps, and `omitted` says so.
 */
export function resultJson(report: Report): string {
  const { outcome, plan, operation, timeline, approval, requestIds } = report;
  const reference = followed(outcome);
  const result = {
    version: 1,
    status: outcome.status,
    ending: outcome.kind,
    offer: plan.offer,
    listingUrl: report.listing,
    operation: reference === undefined ? null : readFollowed(reference),
    ...(report.cancellation === undefined ? {} : { cancellation: readCancellation(report.cancellation) }),
    reasons: report.conclusion.sentences,
    next: report.conclusion.next,
    approval: readApproval(approval),
    requestIds: readIds({ ...requestIds, failed: failedRequestId(outcome) }),
    ...timesAndRun(report),
    messages: messagesJson(operation?.messages ?? []),
    steps: operation === undefined ? [] : stepsJson(operation, timeline),
    omitted: operation === undefined ? [] : readOmitted(operation),
  };
  const bare = result.steps.map((step) => ({ ...step, messages: [] }));
  const shorter = (steps: typeof bare): typeof result => {
    const isCut = steps.length < result.steps.length || result.omitted.includes("steps");
    return { ...result, messages: [], steps, omitted: isCut ? ["messages", "steps"] : ["messages"] };
  };
  const attempts = [result, shorter(bare), shorter(bare.slice(0, FEW_STEPS)), shorter([])];
  const jsons = attempts.map((each) => JSON.stringify(each));
  return jsons.find((json) => Buffer.byteLength(json) <= MOST_BYTES) ?? jsons[jsons.length - 1] ?? "";
}

/** The same for an end that came before there was a report. */
export function earlyResultJson(end: EarlyEnd): string {
  const { known, next = [] } = end;
  const reasons = end.reasons.slice(0, MOST_MESSAGES_IN_RESULT).map((reason) => harmlessLine(reason, 500));
  return JSON.stringify({
    ...emptyResult(end.ending, end),
    offer: known?.offer ?? null,
    listingUrl: known?.listing ?? null,
    operation: known?.followed === undefined ? null : readFollowed(known.followed),
    reasons,
    next,
  });
}

/** The same for a dry run, which has no operation of its own to tell of. */
export function dryRunResultJson(end: DryRunEnd): string {
  return JSON.stringify({
    ...emptyResult("dryRun", end),
    ready: end.isReady,
    offer: end.offer,
    listingUrl: end.listing,
    operation: end.running === undefined ? null : readFollowed({ reference: end.running, origin: "adopted" }),
    reasons: end.reasons,
    next: end.next,
    approval: readApproval(end.approval),
    requestIds: readIds(end.requestIds),
  });
}

function readCancellation(cancellation: Cancellation) {
  const { kind } = cancellation;
  return { kind, answer: kind === "asked" ? cancellation.answer : null };
}

/** What there is to tell of every end. */
function emptyResult(ending: string, end: Pick<EarlyEnd, "status" | "page" | "startMs" | "nowMs">) {
  return {
    version: 1,
    status: end.status,
    ending,
    offer: null,
    listingUrl: null,
    operation: null,
    reasons: [],
    next: [],
    approval: null,
    requestIds: readIds({}),
    ...timesAndRun(end),
    messages: [],
    steps: [],
    omitted: [],
  };
}

function readFollowed({ reference, origin }: Followed) {
  return {
    id: harmlessLine(reference.id, 300),
    location: withinLength(reference.location.href),
    origin,
    startedByThisStep: wasStartedHere({ origin }),
  };
}

function readApproval(approval: Approval | undefined) {
  if (approval === undefined) return null;
  return {
    environment: harmlessLine(approval.environment, 255),
    approvedBy: approval.approvedBy.slice(0, MOST_REVIEWERS_IN_RESULT).map((login) => harmlessLine(login, 100)),
    comments: approval.comments.slice(0, MOST_COMMENTS_IN_RESULT).map((comment) => harmlessLine(comment, 300)),
  };
}

function readIds({ goLive, failed, last }: Partial<RequestIds> & { readonly failed?: string | undefined }) {
  return { goLive: idText(goLive), failed: idText(failed), last: idText(last) };
}

function timesAndRun({ startMs, nowMs, page }: Pick<Report, "startMs" | "nowMs" | "page">) {
  return {
    startedAt: isoText(startMs),
    endedAt: isoText(nowMs),
    durationSeconds: wholeSeconds(startMs, nowMs),
    run: { url: page.url ?? null, id: page.id ?? null, attempt: page.attempt ?? null },
  };
}

function stepsJson({ steps }: Operation, timeline: Timeline) {
  return steps.slice(0, MOST_STEPS_IN_RESULT).map((step) => {
    const time = timeline.timeOf(step);
    const { startedMs, endedMs } = time ?? {};
    return {
      id: harmlessLine(step.id, 100),
      name: harmlessLine(step.name, 100),
      status: step.status,
      progressPercentage: step.progressPercentage ?? null,
      estimate: step.estimate === undefined ? null : harmlessLine(step.estimate, 40),
      startedAt: startedMs === undefined ? null : isoText(startedMs),
      endedAt: endedMs === undefined ? null : isoText(endedMs),
      durationSeconds: startedMs === undefined || endedMs === undefined ? null : wholeSeconds(startedMs, endedMs),
      bound: time?.bound ?? null,
      messages: messagesJson(step.messages),
    };
  });
}

function messagesJson(messages: readonly Message[]) {
  return messages
    .slice(0, MOST_MESSAGES_IN_RESULT)
    .map(({ level, text }) => ({ level, text: harmlessLine(text, 500) }));
}

/** What is beyond the numbers above. */
function readOmitted({ messages, steps }: Operation): readonly ("messages" | "steps")[] {
  const isLong = [messages, ...steps.map((step) => step.messages)].some(
    ({ length }) => length > MOST_MESSAGES_IN_RESULT,
  );
  return [
    ...(isLong ? (["messages"] as const) : []),
    ...(steps.length > MOST_STEPS_IN_RESULT ? (["steps"] as const) : []),
  ];
}

function idText(id: string | undefined): string | null {
  return id === undefined ? null : harmlessLine(id, 100);
}

function withinLength(location: string): string | null {
  return location.length <= LONGEST_LOCATION_IN_RESULT ? location : null;
}
