import type { EntryBehaviour } from "./entry-behaviour.ts";
import { type Job, endOf } from "./job.ts";
import { type Product, jobsOf } from "./product.ts";
import type { JobState } from "./vocabulary.ts";

/** One entry of a product's submissions. */
export interface Entry {
  readonly number: string;
  readonly target: "draft" | "preview" | "live";
  /** Undefined for the draft alone. */
  readonly state?: JobState;
  /** In milliseconds since the epoch. */
  readonly createdAtMs?: number;
}

/** What is shown of a job: nothing, that it runs, or how it ended. */
type Phase = "hidden" | "running" | "ended";

/** A push and what is shown of it. */
interface ShownPush {
  readonly push: Job;
  readonly phase: Exclude<Phase, "hidden">;
  readonly state: JobState;
}

/** The submissions of a product as they are listed at that time, the draft first. */
export function entriesAt(product: Product, nowMs: number, behaviour: EntryBehaviour): readonly Entry[] {
  const pushes = shownPushes(product, nowMs);
  const previews = jobsOf(product, "preview").filter(({ visibility }) => visibility.listedAtMs <= nowMs);
  const submissions = previews.map((publish) => {
    const shown = pushes.findLast(({ push }) => push.number === publish.number);
    const isReplaced = previews.slice(previews.indexOf(publish) + 1).some(({ isBeside }) => !isBeside);
    const isWithdrawn = nowMs >= (product.withdrawnAtMs.get(publish.number) ?? Infinity) + behaviour.submissionsLagMs;
    const hasPreview = !isReplaced && !isWithdrawn && leavesPreview(shown, behaviour);
    return [
      ...(hasPreview ? [previewEntry(publish, nowMs, behaviour)] : []),
      ...(shown !== undefined && isListedLive(shown, pushes, behaviour) ? [liveEntry(publish, shown, behaviour)] : []),
    ];
  });
  const ordered = behaviour.listOrder === "newestFirst" ? submissions.toReversed() : submissions;
  return [...((product.plan.hasDraft ?? true) ? [{ number: "0", target: "draft" } as const] : []), ...ordered.flat()];
}

/** The pushes that show, oldest first. */
function shownPushes(product: Product, nowMs: number): readonly ShownPush[] {
  return jobsOf(product, "live").flatMap((push) => {
    const phase = phaseAt(push, nowMs);
    if (phase === "hidden") return [];
    const ended = push.plan.entrySays ?? endOf(push).outcome;
    return [{ push, phase, state: phase === "ended" ? ended : runningState(push, nowMs) }];
  });
}

function phaseAt(job: Job, nowMs: number): Phase {
  if (nowMs >= endOf(job).atMs + job.visibility.endLagMs) return "ended";
  return nowMs >= job.visibility.listedAtMs ? "running" : "hidden";
}

function runningState({ startsAtMs }: Job, nowMs: number): JobState {
  return nowMs < startsAtMs ? "notStarted" : "running";
}

function leavesPreview(shown: ShownPush | undefined, behaviour: EntryBehaviour): boolean {
  if (shown === undefined) return true;
  if (shown.phase === "running") return behaviour.previewDuringPush === "stays";
  if (shown.state === "succeeded") return behaviour.previewAfterSuccess === "stays";
  return behaviour.previewAfterFailure === "back";
}

/** A success is listed until another follows; a failure until its submission, or another, is pushed again. */
function isListedLive(shown: ShownPush, pushes: readonly ShownPush[], behaviour: EntryBehaviour): boolean {
  const later = pushes.slice(pushes.indexOf(shown) + 1);
  if (shown.phase === "running") return true;
  if (shown.state !== "succeeded") return behaviour.liveAfterFailure !== "gone" && later.length === 0;
  if (later.some(({ state }) => state === "succeeded")) return false;
  return behaviour.formerDuringPush === "stays" || !later.some(({ phase }) => phase === "running");
}

function previewEntry(publish: Job, nowMs: number, behaviour: EntryBehaviour): Entry {
  const hasEnded = phaseAt(publish, nowMs) === "ended";
  const state = hasEnded ? (publish.plan.entrySays ?? endOf(publish).outcome) : runningState(publish, nowMs);
  return {
    number: publish.number,
    target: "preview",
    state: state === "cancelled" ? failure(behaviour) : state,
    ...createdAt(publish, behaviour),
  };
}

function liveEntry(publish: Job, { push, state }: ShownPush, behaviour: EntryBehaviour): Entry {
  const hasFailed = state === "failed" || state === "cancelled";
  return {
    number: publish.number,
    target: "live",
    state: hasFailed ? failure(behaviour) : state,
    ...createdAt(behaviour.createdIs === "push" ? push : publish, behaviour),
  };
}

/** The schema knows no submission that was cancelled. */
function failure({ liveAfterFailure }: EntryBehaviour): "failed" | "cancelled" {
  return liveAfterFailure === "cancelled" ? "cancelled" : "failed";
}

function createdAt({ acceptedAtMs }: Job, { createdIs }: EntryBehaviour): Pick<Entry, "createdAtMs"> {
  return createdIs === "none" ? {} : { createdAtMs: acceptedAtMs };
}
