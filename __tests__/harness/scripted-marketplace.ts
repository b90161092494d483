import type { GoLiveEvent } from "../../src/go-live/events.ts";
import { AnswerError, NetworkError, type NetworkReason } from "../../src/http/errors.ts";
import { answerOrError, type RequestError, ServiceError } from "../../src/bearer/request-error.ts";
import type { LookOptions } from "../../src/go-live/look.ts";
import type { OfferStatus } from "../../src/marketplace/cloud-partner-portal/offer-status.ts";
import {
  decidePublish,
  decideReadiness,
  readObjection,
  runningGoLive,
} from "../../src/marketplace/cloud-partner-portal/standing.ts";
import { readOperationStatus } from "../../src/marketplace/cloud-partner-portal/words.ts";
import type {
  Candidate,
  Goal,
  Marketplace,
  OfferStage,
  OperationAnswer,
  Standing,
  StartAnswer,
  Submission,
  UnclearAnswer,
} from "../../src/marketplace/marketplace.ts";
import type { Step } from "../../src/marketplace/operation.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** What is answered, what is thrown, or what happens before one of the two. */
export type Reply<T> = T | Error | ((signal: AbortSignal) => T | Error | Promise<T | Error>);

/**
 * The replies to each question, in order; the last one is given again for ever. How the offer stands is made of its list
 * and its status, unless `standing` is given.
 */
export interface Script {
  readonly list?: readonly Reply<readonly Submission[]>[];
  readonly start?: readonly Reply<StartAnswer>[];
  readonly operation?: readonly Reply<OperationAnswer>[];
  /** Default: it waits for a go-live, and nobody counts how often it is asked. */
  readonly offerStatus?: readonly Reply<OfferStatus>[];
  readonly standing?: readonly Reply<Standing>[];
}

export interface Scene {
  readonly clock: VirtualClock;
  readonly abort: AbortController;
  readonly events: readonly GoLiveEvent[];
  /** What was asked and when, such as `500 list`, in milliseconds since the start. */
  readonly asked: readonly string[];
  /** What was to be started, each time. */
  readonly sent: readonly Candidate[];
  readonly options: LookOptions;
}

/** When the clock of a scene starts: not zero, so that a time is not mistaken for a duration. */
export const START_MS = 1_000_000;
const REQUEST = { method: "GET", url: "https://service.example/api" } as const;

/** A marketplace that answers from a script, a clock that does not wait, and a record of both. */
export function createScene(script: Script, goal: Goal = "live"): Scene {
  const clock = createVirtualClock(START_MS);
  const abort = new AbortController();
  const events: GoLiveEvent[] = [];
  const asked: string[] = [];
  const sent: Candidate[] = [];
  const answering = <T extends object>(name: string, replies: readonly Reply<T>[] = []) => {
    let nth = 0;
    return async (signal: AbortSignal): Promise<T> => {
      asked.push(`${clock.now() - START_MS} ${name}`);
      const reply = replies[Math.min(nth, replies.length - 1)] ?? new TypeError(`nobody should ask: ${name}`);
      nth += 1;
      // More would be a loop that never ends, as the clock does not wait.
      if (nth > 1_000) throw new TypeError(`asked too often: ${name}`);
      const answer = typeof reply === "function" ? await reply(signal) : reply;
      if (answer instanceof Error) throw answer;
      return answer;
    };
  };
  const list = answering("list", script.list);
  const ask = answering("operation", script.operation);
  const look = answering("standing", script.standing);
  const send = answering("start", script.start);
  const askStatus = script.offerStatus === undefined ? undefined : answering("offerStatus", script.offerStatus);
  const marketplace: Marketplace = {
    async look(signal) {
      if (script.standing !== undefined) return look(signal);
      const submissions = await list(signal);
      const serviceTimeMs = clock.now();
      return standingOf(submissions, askStatus === undefined ? WAITS : () => askStatus(signal), serviceTimeMs);
    },
    start: (_goal, candidate, signal) => {
      sent.push(candidate);
      return send(signal);
    },
    operation: (reference, signal) => (reference.id === "" ? Promise.reject(new TypeError("no id")) : ask(signal)),
    cancel: () => Promise.reject(new TypeError("nobody should cancel")),
  };
  const observe = (event: GoLiveEvent): void => void events.push(event);
  return { clock, abort, events, asked, sent, options: { marketplace, goal, clock, signal: abort.signal, observe } };
}

/** How an offer stands, as the Cloud Partner Portal tells it. */
export async function standingOf(
  submissions: readonly Submission[],
  offer: OfferStatus | (() => Promise<OfferStatus>) = WAITS,
  serviceTimeMs?: number,
): Promise<Standing> {
  const list = { submissions, serviceTimeMs };
  const running = runningGoLive(submissions);
  const runs = running === undefined ? undefined : ({ kind: "goLiveRuns", goLive: running } as const);
  if (runs?.goLive.isKnownWord === true) {
    return { ...list, readiness: { live: runs, preview: runs }, objection: undefined };
  }
  const told = await answerOrError(typeof offer === "function" ? offer() : Promise.resolve(offer));
  if (told instanceof Error) {
    const unknown = runs ?? ({ kind: "notTold", error: told } as const);
    return { ...list, readiness: { live: unknown, preview: unknown }, objection: undefined };
  }
  const readiness = { live: decideReadiness(told, submissions), preview: decidePublish(told, submissions) };
  return { ...list, readiness, objection: readObjection(told) };
}

/** A go-live in the list; a `word` that is in no table reads as one that runs. */
export function goLive(id: string, word = "running", changedAtMs?: number): Submission {
  const location = new URL(`https://service.example/api/operations/${id}`);
  const reference = { id, location, key: id.toLowerCase() };
  return { id, ...readOperationStatus(word), isGoLive: true, changedAtMs, reference };
}

/** How an offer stands whose preview of that id waits for a go-live. */
export function readyFor(submissionId: string, submissions: readonly Submission[] = []): Standing {
  const live = { kind: "ready", candidate: { submissionId }, preview: undefined } as const;
  return { submissions, serviceTimeMs: START_MS, readiness: { live, preview: live }, objection: undefined };
}

/** The status of an offer, with or without a step for the publisher's sign-off. */
export function offerStatus(stage: OfferStage = "running", signOffWord?: string): OfferStatus {
  const signOff: Step | undefined =
    signOffWord === undefined
      ? undefined
      : { id: "publisher-signoff", name: "Sign-off", status: "waiting", statusWord: signOffWord, messages: [] };
  return { stage, stageWord: stage, signOff };
}

/** What an offer says that waits for a go-live. */
export const WAITS: OfferStatus = offerStatus("waitingForPublisherReview");

/** The answer of a service that took a go-live and names that operation. */
export function acceptedAs(id: string) {
  return { kind: "accepted", reference: goLive(id).reference, misplaced: unclear(answerError(202), true) } as const;
}

/** What looks follow an unclear sending, in milliseconds. */
export const LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000] as const;

/** An answer that leaves open whether the go-live was started. */
export function unclear(error: RequestError, wasAccepted = false): UnclearAnswer {
  const whenAbsent = wasAccepted ? "unknown" : "sendAgain";
  return { kind: "unclear", error, wasAccepted, looksMs: LOOKS_MS, whenAbsent };
}

/** A refusal, as the Cloud Partner Portal's answers mean it. */
export function refused(error: RequestError): StartAnswer {
  const status = error instanceof ServiceError ? error.status : undefined;
  const looksMs = status === 400 ? [0] : [500, 2_000, 5_000, 10_000, 15_000];
  return { kind: "refused", error, mayMeanRunning: status === 400 || status === 409, looksMs };
}

/** A publish to preview in the list. */
export function preview(id: string, word = "running", changedAtMs?: number): Submission {
  return { ...goLive(id, word, changedAtMs), isGoLive: false };
}

export function serviceError(status: number, retryAfterMs?: number): ServiceError {
  const texts = { code: undefined, serviceText: undefined, requestId: undefined };
  return new ServiceError(REQUEST, { status, ...texts, retryAfterMs });
}

export function networkError(reason: NetworkReason = "reset"): NetworkError {
  return new NetworkError(REQUEST, reason, true);
}

export function answerError(status = 200): AnswerError {
  return new AnswerError({ request: REQUEST, status, requestId: undefined }, "notJson");
}
