import { answerOrError, askedPauseMs, isPassing, type RequestError } from "../bearer/request-error.ts";
import { withHeartbeat } from "../clock.ts";
import type { OperationReference, Readiness, Standing } from "../marketplace/marketplace.ts";
import { hasEnded, type Operation } from "../marketplace/operation.ts";
import type { DryRunFinding } from "./dry-run.ts";
import type { LookOptions } from "./look.ts";
import { InterruptedError } from "./outcome.ts";
import { createPatience } from "./patience.ts";
import { poll, type Reply, type Schedule } from "./poll.ts";

export interface ReadyWaitOptions extends LookOptions {
  readonly schedule: Schedule;
  /** How long to wait, in milliseconds. */
  readonly timeoutMs: number;
  /** What becomes of the step when that is over, and the offer is not ready. */
  readonly onTimeout: "fail" | "leave";
}

/** What came of waiting until an offer is ready to go live. */
export interface ReadyWait {
  readonly finding: DryRunFinding;
  /** Set when the time was over before anything was certain, and what the inputs want then. */
  readonly timeUp?: "fail" | "leave";
  /** The publish that was followed, as it was last seen, where the service tells of its steps. */
  readonly publish?: Operation;
}

/** In a longer pause there is a sign of life so often. */
const BEAT_MS = 60_000;
/** Lists and statuses were seen to lag by two minutes: what a lag may explain must have stood for longer. */
const LAG_MS = 185_000;
/** A refusal must have lasted so long before it ends the wait. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Looks until the offer is ready to go live, it is certain that it will not be without somebody doing something, or the
 * time is over. Sends nothing. Faults that may pass are waited out; a refusal that stays ends the wait. Throws only bugs.
 */
export async function waitUntilReady(options: ReadyWaitOptions): Promise<ReadyWait> {
  const { clock, signal, observe } = options;
  const watcher = createWatcher(options);
  const end = await poll(watcher.ask, {
    clock: withHeartbeat(clock, BEAT_MS, () => observe({ kind: "waiting" })),
    signal,
    schedule: options.schedule,
    deadlineMs: clock.now() + options.timeoutMs,
    isFirstAtOnce: true,
  });
  switch (end.kind) {
    case "done":
      return { ...watcher.publish(), finding: end.value };
    case "interrupted":
      return { ...watcher.publish(), finding: { kind: "notTold", error: new InterruptedError() } };
    case "deadline": {
      const finding = watcher.last();
      // What is ready at last is ready, however long it took to believe it.
      return { ...watcher.publish(), finding, ...(finding.kind === "ready" ? {} : { timeUp: options.onTimeout }) };
    }
  }
}

interface Watcher {
  readonly ask: () => Promise<Reply<DryRunFinding>>;
  /** What was found last, or the trouble since. */
  readonly last: () => DryRunFinding;
  readonly publish: () => Pick<ReadyWait, "publish">;
}

function createWatcher(options: ReadyWaitOptions): Watcher {
  const { marketplace, clock, signal, observe } = options;
  const patience = createPatience(PATIENCE_MS);
  let stands = { kind: "", sinceMs: clock.now() };
  let publish: { readonly reference: OperationReference; readonly operation?: Operation } | undefined;
  let last: DryRunFinding = { kind: "notTold", error: new InterruptedError() };

  /** The steps of the publish that runs, until it has ended, where the service tells of them. */
  const follow = async (readiness: Readiness): Promise<void> => {
    if (readiness.kind === "previewRuns" && readiness.tellsSteps === true) {
      const { reference } = readiness.preview;
      if (publish?.reference.key !== reference.key) publish = { reference };
    }
    if (publish === undefined || (publish.operation !== undefined && hasEnded(publish.operation.status))) return;
    const answer = await answerOrError(marketplace.operation(publish.reference, signal));
    // They are nice to have: how the offer stands was told.
    if (answer instanceof Error) return;
    publish = { ...publish, operation: answer.operation };
    observe({ kind: "publishObserved", operation: answer.operation });
  };
  const take = async (readiness: Readiness, standing: Standing): Promise<Reply<DryRunFinding>> => {
    if (stands.kind !== readiness.kind) stands = { kind: readiness.kind, sinceMs: clock.now() };
    const leftMs = stands.sinceMs + doubtMs(readiness, standing) - clock.now();
    if (leftMs > 0) observe({ kind: "stands", readiness });
    if (readiness.kind !== "ready") await follow(readiness);
    return leftMs > 0 ? { retryAfterMs: undefined } : { done: readiness };
  };
  const bear = (error: RequestError): Reply<DryRunFinding> => {
    if (!isPassing(error) && patience.isOver(error, clock.now())) return { done: { kind: "notTold", error } };
    observe({ kind: "unanswered", error });
    return { retryAfterMs: askedPauseMs(error) };
  };
  const ask = async (): Promise<Reply<DryRunFinding>> => {
    const standing = await answerOrError(marketplace.look(signal));
    if (signal.aborted) return { retryAfterMs: undefined };
    last = standing instanceof Error ? { kind: "notTold", error: standing } : standing.readiness.live;
    if (standing instanceof Error) return bear(standing);
    const { live } = standing.readiness;
    if (live.kind === "notTold") return bear(live.error);
    patience.renew();
    return take(live, standing);
  };
  return {
    ask,
    last: () => last,
    publish: () => (publish?.operation === undefined ? {} : { publish: publish.operation }),
  };
}

const CERTAIN = 0;
const NEVER = Infinity;

/** How long each must have stood to be certain, in milliseconds. */
const DOUBT_MS = {
  ready: CERTAIN,
  goLiveRuns: CERTAIN,
  noSuchOffer: CERTAIN,
  severalProducts: CERTAIN,
  otherProduct: CERTAIN,
  needsProductId: CERTAIN,
  otherOffer: CERTAIN,
  otherType: CERTAIN,
  cannotPublish: CERTAIN,
  // A publish that was just started may not show yet, or an older one still.
  neverPublished: LAG_MS,
  notWaiting: LAG_MS,
  previewFailed: LAG_MS,
  goLiveFailed: LAG_MS,
  alreadyLive: LAG_MS,
  ambiguous: LAG_MS,
  otherSubmission: LAG_MS,
  untoldSubmission: LAG_MS,
  replaced: LAG_MS,
  previewRuns: NEVER,
  busy: NEVER,
  unknownWord: NEVER,
} as const satisfies Record<Readiness["kind"], number>;

/** What a publish that runs will change, whatever it is now. */
const CHANGES_WITH_PUBLISH: ReadonlySet<Readiness["kind"]> = new Set([
  "ambiguous",
  "otherSubmission",
  "untoldSubmission",
] as const);

function doubtMs(readiness: Readiness, { submissions }: Standing): number {
  // The preview that waits may be the one before that which runs, for the status lags.
  if (readiness.kind === "ready" && readiness.preview !== undefined) return LAG_MS;
  const runs = submissions.some(({ isGoLive, status }) => !isGoLive && !hasEnded(status));
  return runs && CHANGES_WITH_PUBLISH.has(readiness.kind) ? NEVER : DOUBT_MS[readiness.kind];
}
