import { InputError } from "../inputs/input-value.ts";
import { isRequestError, type RequestError, ServiceError } from "../bearer/request-error.ts";
import { NetworkError } from "../http/errors.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import { ApprovalError } from "../approval/approval-error.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import { AlreadyRunningError, InterruptedError, NotGoLiveError, NotReadyError } from "../go-live/outcome.ts";
import { APPROVAL_REMEDIES, approvalReason } from "./approval-text.ts";
import { harmlessLine, inQuotes } from "../text/harmless.ts";
import { obstacleText } from "./readiness-text.ts";
import { readTrouble, REMEDIES } from "./remedies.ts";
import { signInReason, signInRemedy } from "./sign-in-remedies.ts";
import { tokenHint } from "./token-text.ts";

/** An error in the words of the person who must act on it; harmless text. */
export interface Explanation {
  /** What went wrong, as a clause that follows a colon, without a full stop. */
  readonly reason: string;
  readonly remedy: string;
}

/** What an error means for a person. Everything that is not one of ours is called a bug, with where to report it. */
export function explain(error: Error, offer: Offer | undefined): Explanation {
  if (isRequestError(error)) return { reason: requestReason(error, offer), remedy: requestRemedy(error, offer) };
  if (error instanceof ApprovalError) {
    return { reason: approvalReason(error.problem), remedy: APPROVAL_REMEDIES[error.problem.kind] };
  }
  if (error instanceof InputError) return { reason: harmlessLine(error.message), remedy: "" };
  if (error instanceof AlreadyRunningError) {
    return {
      reason: `a go-live of this offer is already running and \`ifRunning\` is \`fail\` (${harmlessLine(error.reference.location.href)})`,
      remedy: "Wait for it to end, or set `ifRunning: attach` to follow it.",
    };
  }
  if (error instanceof NotReadyError) return obstacleText(error.obstacle);
  if (error instanceof NotGoLiveError) {
    return {
      reason: `\`operationLocation\` names a publish to preview, which makes nothing live (${harmlessLine(error.reference.location.href)})`,
      remedy: "Pass the output `operationLocation` of the step that started the go-live.",
    };
  }
  if (error instanceof InterruptedError) return { reason: error.message, remedy: REMEDIES.interrupted };
  return {
    reason: `a bug in this action: ${harmlessLine(`${error.name}: ${error.message}`)}`,
    remedy: "Please report it with the log of this step.",
  };
}

/** What went wrong with one request, for a line of the log. */
export function requestReason(error: RequestError, offer: Offer | undefined): string {
  if (error instanceof SignInError) return signInReason(error);
  const id = requestId(error);
  const suffix = id === undefined ? "" : ` [request id ${harmlessLine(id, 100)}]`;
  if (!(error instanceof ServiceError)) return harmlessLine(error.message) + suffix;
  const said = [error.code, error.serviceText].filter((text) => text !== undefined).join(": ");
  const quote = said === "" ? "" : ` and said ${inQuotes(said, 800)}`;
  const about =
    error.status === 404 && offer !== undefined ? ` for publisher ${offer.publisherId}, offer ${offer.offerId}` : "";
  return `${harmlessLine(`${error.request.method} ${error.request.url}`)} was answered with HTTP ${error.status}${httpStatusText(error.status)}${about}${quote}${suffix}`;
}

/** What to do about a failed request; where the token itself shows why it was turned away, that comes first. */
function requestRemedy(error: RequestError, offer: Offer | undefined): string {
  if (error instanceof SignInError) return signInRemedy(error);
  const general = REMEDIES[readTrouble(error)];
  if (!(error instanceof ServiceError) || error.token === undefined) return general;
  return [tokenHint(error, offer), general].filter((text) => text !== "").join(" ");
}

function requestId(error: Exclude<RequestError, SignInError>): string | undefined {
  return error instanceof NetworkError ? undefined : error.requestId;
}

const HTTP_STATUS_TEXTS: Readonly<Record<number, string>> = {
  400: "bad request",
  401: "the token was not accepted",
  403: "not allowed",
  404: "not found",
  408: "request time-out",
  409: "conflict",
  422: "validation failed",
  429: "too many requests",
  500: "internal error",
  502: "bad gateway",
  503: "unavailable",
  504: "gateway time-out",
};

function httpStatusText(status: number): string {
  const text = HTTP_STATUS_TEXTS[status] ?? (status < 400 ? "redirect, not followed" : undefined);
  return text === undefined ? "" : ` (${text})`;
}
