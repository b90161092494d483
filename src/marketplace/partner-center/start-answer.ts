import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { type RequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../http/errors.ts";
import { SignInError } from "../../identity/sign-in-error.ts";
import type { StartAnswer, UnclearAnswer } from "../marketplace.ts";
import type { SubmissionId } from "../submission-id.ts";
import { submissionReference } from "./location.ts";

/** When to look after an unclear answer, in milliseconds: once a minute, for ten. A queued promote looks like none. */
const UNCLEAR_LOOKS_MS = [1_000, 5_000, 15_000, 30_000, ...Array.from({ length: 10 }, (_, at) => (at + 1) * 60_000)];
/** A refusal may come although the submission moves: it is read at once, and a minute later. */
const REFUSAL_LOOKS_MS = [500, 60_000] as const;

/** Any 2xx is the service's word that it took the promote, whatever its body says, but for a page of something else. */
export function readAcceptance(answer: BearerAnswer, submission: SubmissionId, endpoint: URL): StartAnswer {
  const misplaced = unclear(new AnswerError(answer, "wrongShape"));
  if ((answer.headers["content-type"] ?? []).some((type) => /html/i.test(type))) return misplaced;
  return { kind: "accepted", reference: submissionReference(submission, endpoint), misplaced };
}

/**
 * Whether a failed sending may have started the go-live. `wasTurnedAway`: one before it was, at the door, so that a second
 * 401 is the last word.
 */
export function readStartFailure(error: RequestError, wasTurnedAway: boolean): StartAnswer {
  if (error instanceof NetworkError) return error.wasSent ? unclear(error) : { kind: "notSent", error };
  // Without a token nothing was sent.
  if (error instanceof SignInError) return error.isPassing ? { kind: "notSent", error } : refused(error, false);
  if (!(error instanceof ServiceError)) return unclear(error);
  const { status } = error;
  // Turned away at the door: after a look, with a new token where there is one, it may be sent again.
  if (status === 401 && wasTurnedAway) return refused(error, true);
  if (status === 401 || status === 429) return { kind: "notSent", error, looksFirst: true };
  return REFUSALS.has(status) ? refused(error, true) : unclear(error);
}

/** Every other status leaves open what became of it: the sister Store API answered 503 and had done it. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 409, 422]);

function unclear(error: RequestError): UnclearAnswer {
  return { kind: "unclear", error, wasAccepted: false, looksMs: UNCLEAR_LOOKS_MS, whenAbsent: "unknown" };
}

function refused(error: RequestError, mayMeanRunning: boolean): StartAnswer {
  return { kind: "refused", error, mayMeanRunning, looksMs: REFUSAL_LOOKS_MS };
}
