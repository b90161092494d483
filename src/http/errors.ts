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
  /** Why, without a word of what was asked. */
  readonly text: string;

  constructor(request: RequestName, reason: NetworkReason, wasSent: boolean, cause?: unknown) {
    const text = `${NETWORK_TEXTS[reason]}${detail(cause)}`;
    super(`${request.method} ${request.url}: ${text}`, { cause });
    this.text = text;
    this.request = request;
    this.reason = reason;
    this.wasSent = wasSent;
  }
}

/** Why a successful answer could not be used. */
export type AnswerReason =
  | "notJson"
  | "wrongShape"
  | "noStatus"
  | "noLocation"
  | "noJob"
  | "encoding"
  | "tooLarge"
  | "otherOperation"
  | "otherOffer"
  | "notListed"
  | "notBegun"
  | "partialList";

const ANSWER_TEXTS = {
  notJson: "the answer was not JSON",
  wrongShape: "the answer had an unexpected form",
  noStatus: "the answer named no status",
  noLocation: "the answer named no usable location of the operation",
  noJob: "the answer named no job",
  encoding: "the answer was packed (Content-Encoding) in a way that cannot be read",
  tooLarge: "the answer was larger than 4 MiB",
  otherOperation: "the answer was about another operation than the one asked for",
  otherOffer: "the operation is one of another offer",
  notListed: "the list did not show the submission among what is live or goes live",
  notBegun: "the preview is ready, and no go-live of it shows",
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
  /** Why, without a word of what was asked. */
  readonly text: string;

  constructor(answer: AnswerName, reason: AnswerReason, cause?: unknown) {
    const text = ANSWER_TEXTS[reason];
    super(`${answer.request.method} ${answer.request.url}: ${text}`, { cause });
    this.text = text;
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
