import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { isRequestError, type RequestError, ServiceError } from "../../bearer/request-error.ts";
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
  return isPage(answer)
    ? misplaced
    : { kind: "accepted", reference: submissionReference(submission, endpoint), misplaced };
}

/** Whether the body of an answer has to be read: what says that it is JSON is no page, and what it says does not matter. */
export function wantsBody(status: number, headers: BearerAnswer["headers"]): boolean {
  return status >= 300 || !typesOf(headers).some((type) => /json/i.test(type));
}

/** Whether an answer is a page of something on the way, or may be one: markup by its name or its first letter. */
function isPage({ headers, text, status }: BearerAnswer): boolean {
  if (typesOf(headers).some((type) => /html/i.test(type))) return true;
  if (!wantsBody(status, headers)) return false;
  try {
    return /^\s*</.test(text());
  } catch (error) {
    if (isRequestError(error)) return true;
    throw error;
  }
}

function typesOf(headers: BearerAnswer["headers"]): readonly string[] {
  return headers["content-type"] ?? [];
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
  return REFUSALS.has(status) ? { ...refused(error, true), mayBeUntrue: true } : unclear(error);
}

/**
 * What the service refuses, unless its submission shows otherwise. Every other status leaves open what became of it: the
 * sister Store API answered 503 and had done it.
 */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 409, 422]);

function unclear(error: RequestError): UnclearAnswer {
  return { kind: "unclear", error, wasAccepted: false, looksMs: UNCLEAR_LOOKS_MS, whenAbsent: "unknown" };
}

function refused(error: RequestError, mayMeanRunning: boolean): Extract<StartAnswer, { readonly kind: "refused" }> {
  return { kind: "refused", error, mayMeanRunning, looksMs: REFUSAL_LOOKS_MS };
}
