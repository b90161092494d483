import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { isRequestError, type RequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../http/errors.ts";
import { SignInError } from "../../identity/sign-in-error.ts";
import type { OperationReference, StartAnswer, UnclearAnswer } from "../marketplace.ts";
import { readJobId } from "./job.ts";

/** When to look for a push after an unclear answer, in milliseconds: once a minute, for ten. A queued one shows late. */
const UNCLEAR_LOOKS_MS = [1_000, 5_000, 15_000, 30_000, ...Array.from({ length: 10 }, (_, at) => (at + 1) * 60_000)];
/** When to look for what a refusal may be about. */
const REFUSAL_LOOKS_MS = [500, 5_000, 15_000] as const;

/** Whatever 2xx it is, it is the service's word that it took it; without the id of its job nobody can ask after it. */
export function readAcceptance(answer: BearerAnswer, locate: (jobId: string) => OperationReference): StartAnswer {
  const misplaced = unclear(new AnswerError(answer, "noJob"), true);
  try {
    const jobId = readJobId(answer.json());
    if (jobId === undefined) return misplaced;
    return { kind: "accepted", reference: locate(jobId), misplaced };
  } catch (error) {
    if (isRequestError(error)) return unclear(error, true);
    throw error;
  }
}

/** Whether a failed sending may have started the push, or the publish. */
export function readStartFailure(error: RequestError): StartAnswer {
  if (error instanceof NetworkError) return error.wasSent ? unclear(error, false) : { kind: "notSent", error };
  // Without a token nothing was sent.
  if (error instanceof SignInError) return error.isPassing ? { kind: "notSent", error } : refused(error, false);
  if (!(error instanceof ServiceError)) return unclear(error, false);
  return readRefusal(error);
}

/**
 * What a status that is no success says of a sending. A refusal is the service's own only if it carries the service's own
 * code: a gateway's page in its place says nothing of what became of the request behind it.
 */
function readRefusal(error: ServiceError): StartAnswer {
  const { status, code } = error;
  // Throttled at the door; what happened meanwhile must be seen before anything is sent again.
  if (status === 429) return { kind: "notSent", error, looksFirst: true };
  if (status === 401) return refused(error, false);
  if (status === 303) return unclear(error, true);
  if (status >= 300 && status < 400 && status !== 304) return refused(error, false);
  const isOwn = status >= 400 && status < 500 && status !== 408 && code !== undefined;
  return isOwn ? refused(error, mayMeanRunning(error)) : unclear(error, false);
}

/** "An In Progress submission already exists", a conflict, a lock: which status they come with was never recorded. */
function mayMeanRunning({ status, code, serviceText }: ServiceError): boolean {
  if (status === 409 || status === 423) return true;
  return /in[ -]?progress|conflict|lock|not (?:its|it's|the) latest/i.test(`${code ?? ""} ${serviceText ?? ""}`);
}

/** One that is queued looks like none, so that nothing is ever sent again. */
function unclear(error: RequestError, wasAccepted: boolean): UnclearAnswer {
  return { kind: "unclear", error, wasAccepted, looksMs: UNCLEAR_LOOKS_MS, whenAbsent: "unknown" };
}

function refused(error: RequestError, isAboutAnother: boolean): StartAnswer {
  return { kind: "refused", error, mayMeanRunning: isAboutAnother, looksMs: REFUSAL_LOOKS_MS };
}
