import type { TokenFacts } from "../token/json-web-token.ts";
import type { TokenProblem } from "../token/token-check.ts";

/** The request that an error is about. The URL carries no query: nothing secret, and short enough to read. */
export interface RequestName {
  readonly method: "GET" | "POST";
  readonly url: string;
}

/** Why no complete answer came. */
export type NetworkReason =
  | "nameNotFound"
  | "refused"
  | "unreachable"
  | "tls"
  | "proxy"
  | "connectTimeout"
  | "timeout"
  | "notHttp"
  | "reset"
  | "interrupted";

const NETWORK_TEXTS = {
  nameNotFound: "the host name could not be found",
  refused: "the connection was refused",
  unreachable: "the host could not be reached",
  tls: "no secure connection (TLS) could be made",
  proxy: "the proxy could not be used",
  connectTimeout: "no connection could be made in time",
  timeout: "no complete answer came in time",
  notHttp: "what came back was no HTTP",
  reset: "the connection broke",
  interrupted: "the request was given up because the run was cancelled",
} as const satisfies Record<NetworkReason, string>;

/** The service could not be asked, or its answer did not arrive. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  readonly request: RequestName;
  readonly reason: NetworkReason;
  /** Whether the request may have reached the service. False is certain, true is not. */
  readonly wasSent: boolean;

  constructor(request: RequestName, reason: NetworkReason, wasSent: boolean, cause?: unknown) {
    super(`${request.method} ${request.url}: ${NETWORK_TEXTS[reason]}${detail(cause)}`, { cause });
    this.request = request;
    this.reason = reason;
    this.wasSent = wasSent;
  }
}

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

/** Why a successful answer could not be used. */
export type AnswerReason =
  "notJson" | "wrongShape" | "noStatus" | "noLocation" | "encoding" | "tooLarge" | "otherOperation" | "partialList";

const ANSWER_TEXTS = {
  notJson: "the answer was not JSON",
  wrongShape: "the answer had an unexpected form",
  noStatus: "the answer named no status",
  noLocation: "the answer named no usable location of the operation",
  encoding: "the answer was packed (Content-Encoding) in a way that cannot be read",
  tooLarge: "the answer was larger than 4 MiB",
  otherOperation: "the answer was about another operation than the one asked for",
  partialList: "the answer was a part of the list, with no readable rest",
} as const satisfies Record<AnswerReason, string>;

/** The answer that an error is about. */
export interface AnswerName {
  readonly request: RequestName;
  readonly status: number;
  readonly requestId: string | undefined;
}

/** The service answered with success, but not with anything that can be used. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  readonly request: RequestName;
  readonly reason: AnswerReason;
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(answer: AnswerName, reason: AnswerReason, cause?: unknown) {
    super(`${answer.request.method} ${answer.request.url}: ${ANSWER_TEXTS[reason]}`, { cause });
    this.request = answer.request;
    this.reason = reason;
    this.status = answer.status;
    this.requestId = answer.requestId;
  }
}

/** Whether a status says: later. */
export function isLater(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function detail(cause: unknown): string {
  return Error.isError(cause) && "code" in cause && typeof cause.code === "string" ? ` (${cause.code})` : "";
}
