import type { Clock } from "../clock.ts";
import type { Credential } from "../identity/credential.ts";
import { readTokenFacts } from "../token/json-web-token.ts";
import { type Audiences, checkToken } from "../token/token-check.ts";
import { withoutTokens } from "../text/secret-text.ts";
import type { Secrets } from "../text/secrets.ts";
import { parseJson } from "../text/json.ts";
import { AnswerError, type AnswerName } from "../http/errors.ts";
import { isRequestError, ServiceError } from "./request-error.ts";
import { readHttpDate, readRetryAfter } from "./retry-after.ts";
import { readServiceFault } from "./service-fault.ts";
import type { Answer, Transport } from "../http/transport.ts";

export interface BearerClientOptions {
  /** The only origin that is ever asked, and so the only one that ever sees the token. */
  readonly origin: string;
  /** What a token for it may say that it is for. */
  readonly audiences: Audiences;
  readonly send: Transport;
  readonly credential: Credential;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Told of every exchange, for the debug log. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** One request as it went, without its query or any secret. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** The answer's status, or the name of what came instead. */
  readonly outcome: string;
  readonly durationMs: number;
  readonly requestId: string | undefined;
}

export interface BearerRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly body?: string;
  /** How long it may take, in milliseconds. Default: the transport's own limit. */
  readonly limitMs?: number;
  /**
   * Whether a 401 means for certain that it was turned away at the door, so that it may be sent once more with a new
   * token. Default: only of a question. `nextTime`: not by itself, but whatever is sent next has a new one.
   */
  readonly renewsToken?: boolean | "nextTime";
  /** Default: every body is read. */
  readonly wantsBody?: (status: number, headers: Answer["headers"]) => boolean;
  readonly signal: AbortSignal;
}

/** A successful answer, free of secrets. */
export interface BearerAnswer extends Omit<Answer, "body"> {
  /** The body as JSON; throws an {@link AnswerError} when it is none, or the error that cut it off. */
  readonly json: () => unknown;
  /** The body as text; throws the error that cut it off. */
  readonly text: () => string;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** The service's own clock when it answered (its `Date`), in milliseconds since the epoch. */
  readonly serviceTimeMs: number | undefined;
}

/**
 * Sends requests with a bearer token to one origin. Throws a {@link ServiceError} for every status but 2xx, a
 * `NetworkError` when no answer came, and a plain `Error` (a bug) when asked to send the token to another origin.
 */
export type BearerClient = (request: BearerRequest) => Promise<BearerAnswer>;

/** The body of an answer that is nice to have; undefined when it is no JSON. */
export function jsonOrNothing(answer: Pick<BearerAnswer, "json">): unknown {
  try {
    return answer.json();
  } catch (error) {
    if (isRequestError(error)) return undefined;
    throw error;
  }
}

/** A client that holds the token to one origin and keeps it out of everything that comes back. */
export function createBearerClient(options: BearerClientOptions): BearerClient {
  return async (request) => {
    if (request.url.origin !== options.origin) throw new Error(`refused to send the token to ${request.url.origin}`);
    const { credential } = options;
    const token = await credential.token(request.signal);
    try {
      return await ask(request, token, options);
    } catch (error) {
      if (!wantsNewToken(error, request) || !credential.giveUp(token) || request.renewsToken === "nextTime")
        throw error;
      return ask(request, await credential.token(request.signal), options);
    }
  };
}

/** A question may be asked again with a new token, once; what changes something only where the API allows for it. */
function wantsNewToken(error: unknown, request: BearerRequest): boolean {
  if (!(error instanceof ServiceError) || error.status !== 401) return false;
  return (request.renewsToken ?? request.method === "GET") !== false;
}

async function ask(request: BearerRequest, token: string, options: BearerClientOptions): Promise<BearerAnswer> {
  const { clock, secrets } = options;
  const startMs = clock.now();
  const note = (outcome: string, requestId?: string): void => {
    const url = request.url.origin + request.url.pathname;
    options.onExchange({ method: request.method, url, outcome, durationMs: clock.now() - startMs, requestId });
  };
  try {
    const { body, ...answer } = readAnswer(await options.send(authorized(request, token)), options);
    note(String(answer.status), answer.requestId);
    if (answer.status < 200 || answer.status > 299) throw serviceError(answer, body, token, options);
    const text = (): string => wholeBody(answer, body);
    return { ...answer, text, json: () => readJson(answer, text(), secrets) };
  } catch (error) {
    if (!(error instanceof ServiceError)) note(error instanceof Error ? error.name : "failed");
    throw error;
  }
}

function authorized(request: BearerRequest, token: string): Parameters<Transport>[0] {
  return {
    wantsBody: () => true,
    ...request,
    headers: {
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "user-agent": "azure-marketplace-go-live",
    },
  };
}

/** The ids that Microsoft's support asks for, the most telling first. */
const REQUEST_ID_HEADERS = [
  ...["x-ms-request-id", "x-ms-correlation-request-id", "request-id", "client-request-id"],
] as const;

/** The answer as everything else may see it: a service that echoes the token gets it no further than here. */
function readAnswer(
  answer: Answer,
  { secrets, clock }: BearerClientOptions,
): Answer & Omit<BearerAnswer, "json" | "text"> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, values]) => [name, values.map((value) => secrets.redact(value))]),
  );
  const serviceTimeMs = readHttpDate(headers["date"]?.[0]);
  const idHeader = REQUEST_ID_HEADERS.find((name) => headers[name]?.[0] !== undefined);
  return {
    request: answer.request,
    status: answer.status,
    headers,
    body: () => secrets.redact(answer.body()),
    requestId: idHeader === undefined ? undefined : headers[idHeader]?.[0],
    // A date is the service's, so it is measured by the service's clock, wherever the runner's stands.
    retryAfterMs: readRetryAfter(headers["retry-after"]?.[0], serviceTimeMs ?? clock.now()),
    serviceTimeMs,
  };
}

function serviceError(
  answer: Omit<BearerAnswer, "json" | "text">,
  body: () => string,
  token: string,
  { secrets, audiences, clock }: BearerClientOptions,
): ServiceError {
  const { status, requestId, retryAfterMs } = answer;
  // A token that nobody knows yet is none to show either.
  const clean = (text: string): string => withoutTokens(secrets.redact(text));
  const fault = readServiceFault(withoutTokens(bodyOrNothing(body)), clean);
  return new ServiceError(answer.request, {
    status,
    requestId,
    retryAfterMs,
    ...fault,
    token: status === 401 || status === 403 ? inspect(token, audiences, clock.now()) : undefined,
  });
}

/** What the token that was turned away says of itself, and what of it is wrong now. */
function inspect(token: string, audiences: Audiences, nowMs: number): ServiceError["token"] {
  const facts = readTokenFacts(token);
  return facts && { ...facts, problem: checkToken(facts, { audiences, nowMs, neededMs: 0 }) };
}

/** The text of a refusal; its status counts even when the text was lost on the way. */
function bodyOrNothing(body: () => string): string {
  try {
    return body();
  } catch {
    return "";
  }
}

/** The body of an answer; where it was cut off, the error names the request's id, which the transport does not read. */
function wholeBody(answer: AnswerName, body: () => string): string {
  try {
    return body();
  } catch (error) {
    throw error instanceof AnswerError ? new AnswerError(answer, error.reason, error.cause) : error;
  }
}

/** JSON can spell a secret with escapes, so its texts are searched once more. */
function readJson(answer: AnswerName, body: string, secrets: Secrets): unknown {
  const json = parseJson(body, (text) => secrets.redact(text));
  if (json === undefined) throw new AnswerError(answer, "notJson");
  return json;
}
