import type { FaultAct } from "./fault.ts";

/**
 * One thing that goes wrong at an identity service: on the wire (`act`) or in what it answers (`twist`). The first of
 * the list that fits a request is the one that happens.
 */
export type IdentityFault<Route extends string, Twist> = {
  /** Default: `token`. */
  readonly on?: Route;
  /** Which requests of that route, counted from 1. Default: every one. */
  readonly nth?: number | readonly number[];
} & ({ readonly act: FaultAct } | { readonly twist: Twist });

/** Finds the fault for each request, in the order of arrival. */
export class IdentityFaults<Route extends string, Twist> {
  readonly #defaultRoute: Route;
  readonly #counts = new Map<Route, number>();
  #faults: readonly IdentityFault<Route, Twist>[];

  constructor(faults: readonly IdentityFault<Route, Twist>[], defaultRoute: Route) {
    this.#faults = faults;
    this.#defaultRoute = defaultRoute;
  }

  /** Replaces the faults and counts requests from 1 again. */
  replace(faults: readonly IdentityFault<Route, Twist>[]): void {
    this.#faults = faults;
    this.#counts.clear();
  }

  /** Counts a request of that route; its fault, or undefined when nothing goes wrong. */
  next(route: Route): IdentityFault<Route, Twist> | undefined {
    const count = (this.#counts.get(route) ?? 0) + 1;
    this.#counts.set(route, count);
    return this.#faults.find(({ on = this.#defaultRoute, nth = count }) => {
      return on === route && (typeof nth === "number" ? [nth] : nth).includes(count);
    });
  }
}
