import type { Approval } from "../approval/approval.ts";
import type { Cancellation } from "../go-live/cancel.ts";
import { type Followed, wasStartedHere } from "../go-live/outcome.ts";
import type { Message, Operation } from "../marketplace/operation.ts";
import { harmlessLine } from "../text/harmless.ts";
import { isoText, wholeSeconds } from "../text/time-text.ts";
import { failedRequestId } from "./ending.ts";
import type { Report } from "./report.ts";
import { deniedText } from "./serving-text.ts";
import type { Timeline } from "./timeline.ts";

/** The output `result` must fit into a job's outputs beside others. */
const MOST_BYTES = 64 * 1024;
const MOST_REASONS = 50;
const MOST_STEPS = 100;
const FEW_STEPS = 20;
/** Of the operation as a whole, and of each of its steps. */
const MOST_MESSAGES_EACH = 20;
const MOST_COMMENTS = 10;
const MOST_REVIEWERS = 50;
const LONGEST_LOCATION = 4_000;

/**
 * The output `result`: one JSON object, version 1, as docs/result.schema.json describes it, of 64 KiB at the most:
 * messages are left out first, then steps, and `omitted` says so.
 */
export function resultJson(report: Report): string {
  const { ending, plan, followed, cancellation, conclusion, operation, timeline } = report;
  const result = {
    version: 1,
    status: report.status ?? null,
    ending: ending.kind,
    ...(ending.kind === "dryRun" ? { ready: ending.finding.kind === "ready" } : {}),
    offer: plan?.offer ?? null,
    target: plan?.goal ?? null,
    api: tellApi(report),
    submissionId: report.submissionId === undefined ? null : harmlessLine(report.submissionId, 200),
    publishingVersion: report.version?.publishingVersion ?? null,
    offerVersion: report.version?.offerVersion ?? null,
    previewUrl: report.preview[0]?.url ?? null,
    previewLinks: report.preview.map(({ text, url }) => ({ text: harmlessLine(text, 100), url })),
    listingUrl: report.listing ?? null,
    operation: followed === undefined ? null : tellOperation(followed),
    ...(cancellation === undefined ? {} : { cancellation: tellCancellation(cancellation) }),
    reasons: conclusion.sentences.slice(0, MOST_REASONS),
    next: conclusion.next,
    approval: tellApproval(report.approval),
    requestIds: tellRequestIds(report),
    ...tellTimes(report),
    messages: tellMessages(operation?.messages ?? []),
    steps: operation === undefined ? [] : tellSteps(operation, timeline),
    omitted: operation === undefined ? [] : omittedOf(operation),
  };
  const bare = result.steps.map((step) => ({ ...step, messages: [] }));
  const shorter = (steps: typeof bare): typeof result => {
    const isCut = steps.length < result.steps.length || result.omitted.includes("steps");
    return { ...result, messages: [], steps, omitted: isCut ? ["messages", "steps"] : ["messages"] };
  };
  const shortest = { ...shorter([]), previewLinks: result.previewLinks.slice(0, 1) };
  const attempts = [result, shorter(bare), shorter(bare.slice(0, FEW_STEPS)), shorter([]), shortest];
  const jsons = attempts.map((each) => JSON.stringify(each));
  return jsons.find((json) => Buffer.byteLength(json) <= MOST_BYTES) ?? jsons[jsons.length - 1] ?? "";
}

function tellApi({ plan, search }: Report) {
  if (plan === undefined || plan.api === "toBeFound") return null;
  const { name, by } = plan.api;
  const offerType = search.typeWord === undefined ? {} : { offerType: harmlessLine(search.typeWord, 100) };
  const denied = search.denied.map((each) => ({ name: each.name, said: harmlessLine(deniedText(each), 500) }));
  return { name, by, ...offerType, ...(search.wasMade ? { denied } : {}) };
}

function tellCancellation(cancellation: Cancellation) {
  const { kind } = cancellation;
  return { kind, answer: kind === "asked" ? cancellation.answer : null };
}

function tellOperation({ reference, origin }: Followed) {
  return {
    id: harmlessLine(reference.id, 300),
    location: withinLength(reference.location.href),
    origin,
    startedByThisStep: wasStartedHere({ origin }),
  };
}

function tellApproval(approval: Approval | undefined) {
  if (approval === undefined) return null;
  return {
    environment: harmlessLine(approval.environment, 255),
    approvedBy: approval.approvedBy.slice(0, MOST_REVIEWERS).map((login) => harmlessLine(login, 100)),
    comments: approval.comments.slice(0, MOST_COMMENTS).map((comment) => harmlessLine(comment, 300)),
  };
}

function tellRequestIds({ requestIds: { goLive, last }, ending }: Report) {
  return { goLive: idText(goLive), failed: idText(failedRequestId(ending)), last: idText(last) };
}

function tellTimes({ startMs, nowMs, page }: Pick<Report, "startMs" | "nowMs" | "page">) {
  return {
    startedAt: isoText(startMs),
    endedAt: isoText(nowMs),
    durationSeconds: wholeSeconds(startMs, nowMs),
    run: { url: page.url ?? null, id: page.id ?? null, attempt: page.attempt ?? null },
  };
}

function tellSteps({ steps }: Operation, timeline: Timeline) {
  return steps.slice(0, MOST_STEPS).map((step) => {
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
      messages: tellMessages(step.messages),
    };
  });
}

function tellMessages(messages: readonly Message[]) {
  return messages.slice(0, MOST_MESSAGES_EACH).map(({ level, text }) => ({ level, text: harmlessLine(text, 500) }));
}

/** What is beyond the numbers above. */
function omittedOf({ messages, steps }: Operation): readonly ("messages" | "steps")[] {
  const isLong = [messages, ...steps.map((step) => step.messages)].some(({ length }) => length > MOST_MESSAGES_EACH);
  return [...(isLong ? (["messages"] as const) : []), ...(steps.length > MOST_STEPS ? (["steps"] as const) : [])];
}

function idText(id: string | undefined): string | null {
  return id === undefined ? null : harmlessLine(id, 100);
}

function withinLength(location: string): string | null {
  return location.length <= LONGEST_LOCATION ? location : null;
}
