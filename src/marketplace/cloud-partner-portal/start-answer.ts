import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { type RequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../http/errors.ts";
import { SignInError } from "../../identity/sign-in-error.ts";
import type { StartAnswer, UnclearAnswer } from "../marketplace.ts";
import type { LocationScope } from "../location.ts";
import { readLocation } from "./location.ts";

/**
 * When to look after an unclear sending, in milliseconds. A list was seen to lag by two minutes: only what it does not
 * show for more than three may be sent again.
 */
const UNCLEAR_LOOKS_MS = [
  500, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000,
] as const;
/** A refusal is an answer: what it may be about has been there for a while. */
const REFUSAL_LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000] as const;
/** A 400 is nearly always about the offer itself: one look is enough to see that nothing runs. */
const BAD_REQUEST_LOOKS_MS = [0] as const;

/** Both spellings of the header that says where the operation lives; the documented one first. */
const LOCATION_HEADERS = ["operation-location", "location"] as const;

/** Whatever 2xx it is, it is the service's word that it took the go-live. */
export function readAcceptance(answer: BearerAnswer, scope: LocationScope): StartAnswer {
  const candidates = LOCATION_HEADERS.flatMap((name) => answer.headers[name] ?? []).filter(
    (text) => text.trim() !== "",
  );
  const misplaced = unclear(new AnswerError(answer, "noLocation"), true);
  for (const candidate of candidates) {
    const reference = readLocation(candidate, scope);
    if (typeof reference !== "string") return { kind: "accepted", reference, misplaced };
  }
  return misplaced;
}

/** Whether a failed sending may have started the go-live. */
export function readStartFailure(error: RequestError): StartAnswer {
  if (error instanceof NetworkError) {
    return error.wasSent ? unclear(error, false) : { kind: "notSent", error };
  }
  // Without a token nothing was sent.
  if (error instanceof SignInError) return error.isPassing ? { kind: "notSent", error } : refused(error, undefined);
  if (!(error instanceof ServiceError)) return unclear(error, false);
  return readRefusal(error, error.status);
}

/**
 * What a status that is no success says of a sending. "See other" (303) is the answer to a POST that was carried out:
 * RFC 9110, section 15.4.4. Every other redirect was not followed, and so is a last word, as every 4xx is but 408.
 */
function readRefusal(error: ServiceError, status: number): StartAnswer {
  if (status === 429) return { kind: "notSent", error };
  if (status === 303) return unclear(error, true);
  const isLastWord = status >= 300 && status < 500 && status !== 304 && status !== 408;
  return isLastWord ? refused(error, status) : unclear(error, false);
}

/** The service's word that it took the go-live outweighs a list without it. */
function unclear(error: RequestError, wasAccepted: boolean): UnclearAnswer {
  const whenAbsent = wasAccepted ? "unknown" : "sendAgain";
  return { kind: "unclear", error, wasAccepted, looksMs: UNCLEAR_LOOKS_MS, whenAbsent };
}

/** What the service answers to a second go-live is not documented: a 400 or a 409. */
function refused(error: RequestError, status: number | undefined): StartAnswer {
  const mayMeanRunning = status === 400 || status === 409;
  return { kind: "refused", error, mayMeanRunning, looksMs: status === 400 ? BAD_REQUEST_LOOKS_MS : REFUSAL_LOOKS_MS };
}
