import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Headers } from "./answer.ts";

/**
 * One thing that goes wrong on the wire with a request of one of an API's routes. The first fault of the list that fits
 * a request is the one that acts.
 */
export interface Fault<Route extends string> {
  readonly on: Route | "any";
  /** Which requests of that route, counted from 1 (with `any`: of all requests). Default: every one. */
  readonly nth?: number | readonly number[];
  /**
   * Whether the request takes effect all the same, such as a go-live that is accepted though its answer is lost.
   * Default: only with `delay`, `headers`, `interim` and `packed`, which pass the true answer on, or when
   * `carriedOutAfterMs` is given.
   */
  readonly carriedOut?: boolean;
  /** The request takes effect so many milliseconds after it arrived. Default 0. */
  readonly carriedOutAfterMs?: number;
  readonly act: FaultAct;
}

/**
 * How far an answer comes: not begun when the request has been read, ended after the status line and headers, or ended
 * in the middle of the body.
 */
export type BreakingPoint = "request" | "headers" | "body";

/** What happens instead of the true answer, or to it. */
export type FaultAct =
  /** Another answer; its body is by default an error envelope. */
  | { readonly kind: "status"; readonly status: number; readonly headers?: Headers; readonly body?: string }
  /** The connection is reset (TCP RST). */
  | { readonly kind: "reset"; readonly at: BreakingPoint }
  /** The connection is closed in an orderly way (TCP FIN). */
  | { readonly kind: "close"; readonly at: BreakingPoint }
  /** The answer never begins (`headers`) or never ends (`body`), and the connection stays open. */
  | { readonly kind: "stall"; readonly at: "headers" | "body" }
  /** The true answer, as of the request's arrival, comes late. */
  | { readonly kind: "delay"; readonly durationMs: number }
  /** Another body; status and headers are the true ones, unless given. */
  | { readonly kind: "garbage"; readonly body: string; readonly status?: number; readonly contentType?: string }
  /** The true body is cut, and the content-length says so: whole HTTP, broken JSON. */
  | { readonly kind: "truncate"; readonly keepBytes: number }
  /** So many bytes of text that looks like JSON, as fast as the client reads, until it goes. */
  | { readonly kind: "huge"; readonly bytes: number }
  /** Elsewhere; the status is 302 unless given. */
  | { readonly kind: "redirect"; readonly to: string; readonly status?: number }
  /** These bytes (a character each) come as they are, whether or not they are HTTP; then the connection is closed. */
  | { readonly kind: "raw"; readonly bytes: string }
  /** Interim answers with these statuses, 100 or 103, come before the true one. */
  | { readonly kind: "interim"; readonly statuses: readonly number[] }
  /** The true body, or so many bytes of text that looks like JSON, packed as `encoding` says; with any other word as it is. */
  | { readonly kind: "packed"; readonly encoding: string; readonly bytes?: number }
  /** The true answer with headers set or removed. */
  | { readonly kind: "headers"; readonly set?: Headers; readonly remove?: readonly string[] };

/** Finds the fault for each request, in the order of arrival. */
export class FaultSchedule<Route extends string> {
  readonly #faults: readonly Fault<Route>[];
  readonly #counts = new Map<Route | "any", number>();

  /** @throws TypeError or RangeError when a fault has a header or status that Node would not send. */
  constructor(faults: readonly Fault<Route>[]) {
    for (const { act } of faults) {
      checkHeaders(act);
      checkStatus(act);
      checkInterim(act);
    }
    this.#faults = faults;
  }

  /** Counts a request of that route; its fault, or undefined when nothing goes wrong. */
  next(route: Route): Fault<Route> | undefined {
    const counts = { own: this.#count(route), any: this.#count("any") };
    return this.#faults.find((fault) => {
      if (fault.on === "any") return isNth(fault, counts.any);
      return fault.on === route && isNth(fault, counts.own);
    });
  }

  #count(route: Route | "any"): number {
    const count = (this.#counts.get(route) ?? 0) + 1;
    this.#counts.set(route, count);
    return count;
  }
}

/** When a request that arrived then takes effect, in milliseconds since the epoch; `Infinity`: never. */
export function effectAtMs(fault: Omit<Fault<string>, "on"> | undefined, arrivedAtMs: number): number {
  if (fault === undefined) return arrivedAtMs;
  const isCarriedOut = fault.carriedOut ?? (passesTruthOn(fault.act) || fault.carriedOutAfterMs !== undefined);
  return isCarriedOut ? arrivedAtMs + (fault.carriedOutAfterMs ?? 0) : Infinity;
}

function passesTruthOn(act: FaultAct): boolean {
  if (act.kind === "packed") return act.bytes === undefined;
  return act.kind === "delay" || act.kind === "headers" || act.kind === "interim";
}

function isNth(fault: Pick<Fault<string>, "nth">, count: number): boolean {
  return fault.nth === undefined || (typeof fault.nth === "number" ? [fault.nth] : fault.nth).includes(count);
}

function checkHeaders(act: FaultAct): void {
  for (const [name, value] of Object.entries(headersOf(act))) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
}

function checkStatus(act: FaultAct): void {
  const status = "status" in act ? act.status : undefined;
  if (status === undefined || (Number.isInteger(status) && status >= 200 && status <= 999)) return;
  throw new RangeError(`A fault's status is a whole number from 200 to 999, not ${status}.`);
}

/** After 101 no HTTP would follow. */
function checkInterim(act: FaultAct): void {
  const other = act.kind === "interim" ? act.statuses.find((status) => status !== 100 && status !== 103) : undefined;
  if (other !== undefined) throw new RangeError(`An interim answer is a 100 or a 103, not ${other}.`);
}

function headersOf(act: FaultAct): Headers {
  if (act.kind === "packed") return { "content-encoding": act.encoding };
  if (act.kind === "status") return act.headers ?? {};
  if (act.kind === "headers") return act.set ?? {};
  if (act.kind === "redirect") return { location: act.to };
  return act.kind === "garbage" && act.contentType !== undefined ? { "content-type": act.contentType } : {};
}
