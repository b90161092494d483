import { isRequestError, type RequestError, ServiceError } from "../bearer/request-error.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import { AnswerError, NetworkError } from "../http/errors.ts";
import { ApprovalError } from "../approval/approval-error.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import { AlreadyRunningError, InterruptedError, NotGoLiveError, NotReadyError } from "../go-live/outcome.ts";
import { APPROVAL_REMEDIES, approvalReason } from "./approval-text.ts";
import { type Harmless, harmlessLine, inQuotes, joined, ours } from "../text/harmless.ts";
import { requestIdOf } from "./ending.ts";
import { apiOfError, apiRemedy } from "./api-text.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { obstacleText } from "./readiness-text.ts";
import { readTrouble, REMEDIES } from "./remedies.ts";
import { APIS } from "../marketplace/apis.ts";
import { UndecidedError } from "../serving-api/undecided-error.ts";
import { signInReason, signInRemedy } from "./sign-in-remedies.ts";
import { tokenHint } from "./token-text.ts";

/** A reason is bounded already. */
const LONGEST_SENTENCE = 3_000;

/** An error in the words of the person who must act on it. */
export interface Explanation {
  /** What went wrong, as a clause that follows a colon, without a full stop. */
  readonly reason: Harmless;
  readonly remedy: Harmless;
}

/** What an error means for a person. Everything that is not one of ours is called a bug, with where to report it. */
export function explain(error: Error, offer: Offer | undefined): Explanation {
  if (isRequestError(error)) return { reason: requestReason(error, offer), remedy: requestRemedy(error, offer) };
  if (error instanceof ApprovalError) {
    return { reason: approvalReason(error.problem), remedy: ours(APPROVAL_REMEDIES[error.problem.kind]) };
  }
  if (error instanceof AlreadyRunningError) {
    return {
      reason: ours`a ${GOAL_TEXTS[error.goal].start} of this offer is already running and \`ifRunning\` is \`fail\` (${harmlessLine(error.reference.location.href)})`,
      remedy: ours("Wait for it to end, or set `ifRunning: attach` to follow it."),
    };
  }
  if (error instanceof UndecidedError) return explainDoubt(error, offer);
  if (error instanceof NotReadyError) return obstacleText(error.obstacle);
  if (error instanceof NotGoLiveError && error.goal === "preview") {
    return {
      reason: ours`\`operationLocation\` names a go-live, not a publish to preview (${harmlessLine(error.reference.location.href)})`,
      remedy: ours("Leave `target: preview` out to follow it."),
    };
  }
  if (error instanceof NotGoLiveError) {
    return {
      reason: ours`\`operationLocation\` names a publish to preview, which makes nothing live (${harmlessLine(error.reference.location.href)})`,
      remedy: ours(
        "Pass the output `operationLocation` of the step that started the go-live. To follow the publish, set `target: preview`.",
      ),
    };
  }
  if (error instanceof InterruptedError)
    return { reason: harmlessLine(error.message), remedy: ours(REMEDIES.interrupted) };
  return {
    reason: ours`a bug in this action: ${harmlessLine(`${error.name}: ${error.message}`)}`,
    remedy: ours("Please report it with the log of this step."),
  };
}

/** Why it could not be told which API serves the offer; none is asked to start anything to find out. */
function explainDoubt({ asked, doubt }: UndecidedError, offer: Offer | undefined): Explanation {
  if (doubt.kind === "unknownType") {
    const said =
      doubt.typeWord === ""
        ? ours("names no type of the offer")
        : ours`says that the offer is of the type ${inQuotes(doubt.typeWord, 100)}`;
    return {
      reason: ours`it could not be told which API serves the offer: the ${ours(APIS[asked].title)} ${said}, and which API makes such offers go live is not known`,
      remedy: ours("Name with `api` the API that serves the offer."),
    };
  }
  return {
    reason: ours`it could not be told which API serves the offer: ${requestReason(doubt.error, offer)}`,
    remedy: ours`${requestRemedy(doubt.error, offer)} Or name the API that serves the offer with \`api\`: then no other one is asked.`,
  };
}

/** A reason as a sentence of its own. */
export function sentence(reason: Harmless): Harmless {
  return ours`${harmlessLine(reason.slice(0, 1).toUpperCase() + reason.slice(1), LONGEST_SENTENCE)}.`;
}

/**
 * What went wrong with one request: what was said comes first. What was asked, and the answer's id, stand among the facts.
 */
export function requestReason(error: RequestError, offer: Offer | undefined): Harmless {
  if (error instanceof SignInError) return signInReason(error);
  if (error instanceof NetworkError) {
    return ours`${harmlessLine(error.text)}: ${harmlessLine(URL.parse(error.request.url)?.host ?? "", 200)}`;
  }
  if (error instanceof AnswerError) return harmlessLine(error.text);
  const { status, code, serviceText } = error;
  const answer = ours`HTTP ${status}${httpStatusText(status)}${aboutText(error, offer)}`;
  const said = serviceText ?? code;
  if (said === undefined) return ours`the service answered ${answer}`;
  const by = serviceText === undefined || code === undefined ? ours("") : ours`, ${harmlessLine(code, 200)}`;
  return ours`${inQuotes(said, 800)} [${answer}${by}]`;
}

/** The same for a line of the log: what was asked comes first, and the answer's id last. */
export function requestLine(error: RequestError, offer: Offer | undefined): Harmless {
  if (error instanceof SignInError) return signInReason(error);
  const id = requestIdOf(error);
  const suffix = id === undefined ? ours("") : ours` [request id ${harmlessLine(id, 100)}]`;
  if (!(error instanceof ServiceError)) return ours`${harmlessLine(error.message)}${suffix}`;
  const said = [error.code, error.serviceText].filter((text) => text !== undefined).join(": ");
  const quote = said === "" ? ours("") : ours` and said ${inQuotes(said, 800)}`;
  const about = aboutText(error, offer);
  const asked = harmlessLine(`${error.request.method} ${error.request.url}`);
  return ours`${asked} was answered with HTTP ${error.status}${httpStatusText(error.status)}${about}${quote}${suffix}`;
}

/** Of what nothing was found. */
function aboutText({ status }: ServiceError, offer: Offer | undefined): Harmless {
  if (status !== 404 || offer === undefined) return ours("");
  return ours` for publisher ${harmlessLine(offer.publisherId)}, offer ${harmlessLine(offer.offerId)}`;
}

/** What to do about a failed request; where the token itself shows why it was turned away, that comes first. */
function requestRemedy(error: RequestError, offer: Offer | undefined): Harmless {
  if (error instanceof SignInError) return signInRemedy(error);
  const general = apiRemedy(readTrouble(error), apiOfError(error));
  if (!(error instanceof ServiceError) || error.token === undefined) return general;
  return joined([...tokenHint(error, offer), general], " ");
}

const HTTP_STATUS_TEXTS: Readonly<Record<number, Harmless>> = {
  400: ours("bad request"),
  401: ours("the token was not accepted"),
  403: ours("not allowed"),
  404: ours("not found"),
  408: ours("request time-out"),
  409: ours("conflict"),
  422: ours("validation failed"),
  429: ours("too many requests"),
  500: ours("internal error"),
  502: ours("bad gateway"),
  503: ours("unavailable"),
  504: ours("gateway time-out"),
};

function httpStatusText(status: number): Harmless {
  const text = HTTP_STATUS_TEXTS[status] ?? (status < 400 ? ours("redirect, not followed") : undefined);
  return text === undefined ? ours("") : ours` (${text})`;
}
