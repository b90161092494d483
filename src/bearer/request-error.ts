import { AnswerError, isLater, NetworkError, type RequestName } from "../http/errors.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import type { TokenFacts } from "../token/json-web-token.ts";
import type { TokenProblem } from "../token/token-check.ts";

/** The service answered with a status that is not a success. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly request: RequestName;
  readonly status: number;
  /** The service's own code and text, untrusted. */
  readonly code: string | undefined;
  readonly serviceText: string | undefined;
  /** The id to quote to the service's support. */
  readonly requestId: string | undefined;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What the token that was sent says of itself, where the service turned it away (401, 403). */
  readonly token?: (TokenFacts & { readonly problem?: TokenProblem | undefined }) | undefined;

  constructor(request: RequestName, answer: Omit<ServiceError, "name" | "message" | "stack" | "cause" | "request">) {
    super(`${request.method} ${request.url}: HTTP ${answer.status}`);
    this.request = request;
    this.status = answer.status;
    this.code = answer.code;
    this.serviceText = answer.serviceText;
    this.requestId = answer.requestId;
    this.retryAfterMs = answer.retryAfterMs;
    this.token = answer.token;
  }
}

/** The ways in which a request can fail for a reason outside this program. */
export type RequestError = NetworkError | ServiceError | AnswerError | SignInError;

const ERROR_CLASSES = [NetworkError, ServiceError, AnswerError, SignInError] as const;

/** Whether an error is one of ours; anything else is a bug and must never be retried. */
export function isRequestError(error: unknown): error is RequestError {
  return ERROR_CLASSES.some((type) => error instanceof type);
}

/** The answer to a question, or the error that came instead. Throws only bugs. */
export async function answerOrError<T>(asked: Promise<T>): Promise<T | RequestError> {
  try {
    return await asked;
  } catch (error) {
    if (isRequestError(error)) return error;
    throw error;
  }
}

/** The answer, or the last word of one who refuses it; throws what may pass, and that the caller is not known. */
export async function refusalOr<T>(asked: Promise<T>): Promise<T | RequestError> {
  const answer = await answerOrError(asked);
  if (answer instanceof Error && (isPassing(answer) || !(answer instanceof ServiceError) || answer.status === 401)) {
    throw answer;
  }
  return answer;
}

/**
 * Whether asking the same again later can help: no answer, an unusable one, 408, 429, 5xx or a redirect (they are not
 * followed; a gateway's sign-in page comes and goes). Every other answer is the service's last word.
 */
export function isPassing(error: RequestError): boolean {
  if (error instanceof SignInError) return error.isPassing;
  // Whose an operation is does not change.
  if (error instanceof AnswerError) return error.reason !== "otherOffer";
  if (!(error instanceof ServiceError)) return true;
  return isLater(error.status) || error.status < 400;
}

/** How long the service asked to wait before the next request, in milliseconds. */
export function askedPauseMs(error: RequestError): number | undefined {
  return error instanceof ServiceError ? error.retryAfterMs : undefined;
}

/** Whether the service says that there is no such thing. */
export function isMissing(error: RequestError): boolean {
  return error instanceof ServiceError && error.status === 404;
}

/** Whether the service says that there is no such thing any more. */
export function isGone(error: RequestError): boolean {
  return error instanceof ServiceError && error.status === 410;
}

/** What two errors share that are the same answer given twice. */
export function errorKind(error: RequestError): string {
  if (error instanceof ServiceError) return `${error.name} ${error.status}`;
  if (error instanceof NetworkError || error instanceof AnswerError) return `${error.name} ${error.reason}`;
  return `${error.name} ${error.code ?? error.reason}`;
}
