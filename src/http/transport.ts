import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { AnswerError, NetworkError, type RequestName } from "./errors.ts";
import { readNetworkReason } from "./network-reason.ts";
import { isProxyFailure, type ProxySettings } from "./proxy.ts";
import { EnvHttpProxyAgent, errors } from "./undici.ts";

/** One request. Everything that is sent is here; a redirect is never followed. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the body of an answer with this status is worth waiting for; false: it is left unread. */
  readonly wantsBody: (status: number) => boolean;
  readonly signal: AbortSignal;
}

/** The answer to one request: its status and headers are certain, even where its body was lost. */
export interface Answer {
  readonly request: RequestName;
  readonly status: number;
  /** Every value of a header, by its lower-case name. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body as text; throws the {@link NetworkError} or {@link AnswerError} that cut it off. */
  readonly body: () => string;
}

/** Sends one request. Throws a {@link NetworkError} when no status came back; any other error is a bug. */
export type Transport = (request: Request) => Promise<Answer>;

/** A transport that holds connections until it is closed. */
export interface OpenTransport {
  readonly send: Transport;
  readonly close: () => Promise<void>;
}

export interface TransportOptions {
  readonly clock: Clock;
  readonly proxy: ProxySettings;
}

/** Time limit of one request, from the first byte to the last. */
export const REQUEST_LIMIT_MS = 30_000;
/** Size limit of one answer's body. */
export const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/** A transport over undici; `close` gives its connections up. */
export function createTransport(options: TransportOptions): OpenTransport {
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: options.proxy.http,
    httpsProxy: options.proxy.https,
    noProxy: options.proxy.none,
    // HTTP/2 may send a request again by itself when a connection goes away.
    allowH2: false,
    maxResponseSize: ANSWER_LIMIT_BYTES,
    // One limit for the whole request replaces these.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send: (request) => exchange(dispatcher, options, request),
    close: () => dispatcher.destroy(),
  };
}

async function exchange(dispatcher: Dispatcher, { clock, proxy }: TransportOptions, request: Request): Promise<Answer> {
  const name: RequestName = { method: request.method, url: request.url.origin + request.url.pathname };
  const attempt: Attempt = { name, proxy, wasSent: false, timedOut: false };
  const timer = new AbortController();
  const stopped = new AbortController();
  const limitTime = async (): Promise<void> => {
    await clock.sleep(REQUEST_LIMIT_MS, stopped.signal);
    if (stopped.signal.aborted) return;
    attempt.timedOut = true;
    timer.abort();
  };
  void limitTime();
  try {
    const response = await dispatcher.compose(noteSending(attempt)).request({
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal: AbortSignal.any([timer.signal, request.signal]),
    });
    const body = await readBody(response, attempt, request);
    return { request: name, status: response.statusCode, headers: listed(response.headers), body };
  } catch (error) {
    throw explain(error, attempt, request);
  } finally {
    stopped.abort();
  }
}

interface Attempt {
  readonly name: RequestName;
  readonly proxy: ProxySettings;
  wasSent: boolean;
  timedOut: boolean;
}

/** Notes the moment before the first byte goes out: until then the service cannot know of the request. */
function noteSending(attempt: Attempt): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        attempt.wasSent = true;
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...values) => handler.onResponseStart?.(...values),
      onResponseData: (...values) => handler.onResponseData?.(...values),
      onResponseEnd: (...values) => handler.onResponseEnd?.(...values),
      onResponseError: (...values) => handler.onResponseError?.(...values),
    });
}

async function readBody(response: Dispatcher.ResponseData, attempt: Attempt, request: Request): Promise<() => string> {
  if (!request.wantsBody(response.statusCode)) {
    response.body.on("error", () => {}).destroy();
    return () => "";
  }
  try {
    const text = await response.body.text();
    return () => text;
  } catch (error) {
    const name = { request: attempt.name, status: response.statusCode, requestId: undefined };
    const isTooLarge = error instanceof errors.ResponseExceededMaxSizeError;
    const reason = isTooLarge ? new AnswerError(name, "tooLarge", error) : explain(error, attempt, request);
    return () => {
      throw reason;
    };
  }
}

/** What a failure of undici means; a failure that is not the network's is a bug and returned as it is. */
function explain(error: unknown, attempt: Attempt, request: Request): unknown {
  if (attempt.timedOut) return new NetworkError(attempt.name, "timeout", attempt.wasSent, error);
  if (request.signal.aborted) return new NetworkError(attempt.name, "interrupted", attempt.wasSent, error);
  const reason = isProxyFailure(error, request.url, attempt.proxy) ? "proxy" : readNetworkReason(error);
  return reason === undefined ? error : new NetworkError(attempt.name, reason, attempt.wasSent, error);
}

function listed(headers: Dispatcher.ResponseData["headers"]): Answer["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === undefined ? [] : [value].flat()]),
  );
}
