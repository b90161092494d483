import type { LookupFunction } from "node:net";
import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { createConnections } from "./connections.ts";
import { unpack } from "./content-encoding.ts";
import { AnswerError, NetworkError, type RequestName } from "./errors.ts";
import { isOurMistake, readNetworkReason } from "./network-reason.ts";
import { proxyFor, type ProxySettings } from "./proxy.ts";
import { errors } from "./undici.ts";

/** One request. Everything that is sent is here; a redirect is never followed. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the body of an answer with this status and these headers is worth waiting for; false: it is left unread. */
  readonly wantsBody: (status: number, headers: Answer["headers"]) => boolean;
  /** How long it may take, from the first byte to the last, in milliseconds. Default {@link REQUEST_LIMIT_MS}. */
  readonly limitMs?: number;
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

/**
 * Sends one request. Throws a {@link NetworkError} when no status came back, whatever it was that came instead; any
 * other error is a bug: a request that cannot be written down.
 */
export type Transport = (request: Request) => Promise<Answer>;

/** A transport that holds connections until it is closed. */
export interface OpenTransport {
  readonly send: Transport;
  readonly close: () => Promise<void>;
}

export interface TransportOptions {
  readonly clock: Clock;
  readonly proxy: ProxySettings;
  /** Finds the addresses of a host. Default: node's own. */
  readonly lookup?: LookupFunction;
}

/** Time limit of one request that names none. */
export const REQUEST_LIMIT_MS = 30_000;
/** Size limit of one answer's body, as it comes and when it is unpacked. */
export const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/** A transport over undici; `close` gives its connections up. */
export function createTransport({ clock, proxy: settings, lookup }: TransportOptions): OpenTransport {
  const { through, close } = createConnections(ANSWER_LIMIT_BYTES, lookup);
  return {
    send(request) {
      const proxy = proxyFor(request.url, settings);
      return exchange(request, { clock, dispatcher: through(proxy), isBehindProxy: proxy !== undefined });
    },
    close,
  };
}

/** The way of one request. */
interface Way {
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly isBehindProxy: boolean;
}

async function exchange(request: Request, { clock, dispatcher, isBehindProxy }: Way): Promise<Answer> {
  const name: RequestName = { method: request.method, url: request.url.origin + request.url.pathname };
  const attempt: Attempt = { name, isBehindProxy, wasSent: false, timedOut: false };
  const timer = new AbortController();
  const stopped = new AbortController();
  const limitTime = async (): Promise<void> => {
    await clock.sleep(request.limitMs ?? REQUEST_LIMIT_MS, stopped.signal);
    if (stopped.signal.aborted) return;
    attempt.timedOut = true;
    timer.abort();
  };
  void limitTime();
  const signal = AbortSignal.any([timer.signal, request.signal]);
  try {
    const answered = dispatcher.compose(noteSending(attempt)).request({
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal,
    });
    const response = await Promise.race([answered, givenUpUnsent(attempt, signal)]).catch((error: unknown) => {
      throw networkFailure(error, attempt, request);
    });
    const headers = listed(response.headers);
    const body = await readBody(response, headers, attempt, request);
    return { request: name, status: response.statusCode, headers, body };
  } finally {
    stopped.abort();
  }
}

interface Attempt {
  readonly name: RequestName;
  readonly isBehindProxy: boolean;
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

/**
 * Rejects when a request is given up before anything of it was sent: undici hears of that only once it has a connection,
 * and then sends nothing. Never settles otherwise.
 */
function givenUpUnsent(attempt: Attempt, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const giveUp = (): void => {
      if (!attempt.wasSent) reject(signal.reason);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
}

async function readBody(
  response: Dispatcher.ResponseData,
  headers: Answer["headers"],
  attempt: Attempt,
  request: Request,
): Promise<() => string> {
  if (!request.wantsBody(response.statusCode, headers)) {
    response.body.on("error", () => {}).destroy();
    return () => "";
  }
  const name = { request: attempt.name, status: response.statusCode, requestId: undefined };
  try {
    const packed = await response.body.bytes();
    const body = unpack(packed, headers["content-encoding"] ?? [], ANSWER_LIMIT_BYTES);
    if (body.kind === "unreadable") return lost(new AnswerError(name, body.fault, body.cause));
    const text = new TextDecoder().decode(body.bytes);
    return () => text;
  } catch (error) {
    const isTooLarge = error instanceof errors.ResponseExceededMaxSizeError;
    return lost(isTooLarge ? new AnswerError(name, "tooLarge", error) : networkFailure(error, attempt, request));
  }
}

/** A body that was lost, and why. */
function lost(reason: unknown): () => string {
  return () => {
    throw reason;
  };
}

/** What a failure of undici means: one of the network, or the mistake in the request as it is. */
function networkFailure(error: unknown, attempt: Attempt, request: Request): unknown {
  const { name, wasSent, isBehindProxy } = attempt;
  if (attempt.timedOut) return new NetworkError(name, wasSent ? "timeout" : "connectTimeout", wasSent, error);
  if (request.signal.aborted) return new NetworkError(name, "interrupted", wasSent, error);
  // What had begun to go out was written down well.
  if (!wasSent && isOurMistake(error)) return error;
  const reason = readNetworkReason(error, isBehindProxy);
  return new NetworkError(name, reason === "timeout" && !wasSent ? "connectTimeout" : reason, wasSent, error);
}

function listed(headers: Dispatcher.ResponseData["headers"]): Answer["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === undefined ? [] : [value].flat()]),
  );
}
