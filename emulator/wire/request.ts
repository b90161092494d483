import type { Headers } from "./answer.ts";

/** A request as it arrived, whole. */
export interface ArrivedRequest {
  readonly method: string;
  /** The path with its query, as sent. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: string;
  /** The scheme and host the client asked for, also where a proxy stands between. */
  readonly origin: string;
}

/** The query of a request target. */
export function queryOf(target: string): URLSearchParams {
  const mark = target.indexOf("?");
  return new URLSearchParams(mark === -1 ? "" : target.slice(mark + 1));
}
