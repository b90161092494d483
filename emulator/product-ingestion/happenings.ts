import type { Account } from "./account.ts";
import type { Happening, HappeningTime } from "./plan.ts";
import type { Product } from "./product.ts";
import type { Route } from "./vocabulary.ts";

/** Lets happen what somebody else does, at a time or around a request. */
export class Happenings {
  readonly #account: Account;
  readonly #happenings: readonly Happening[];
  readonly #counts = new Map<Route, number>();

  /** `nowMs` is the start, in milliseconds since the epoch. */
  constructor(happenings: readonly Happening[], account: Account, nowMs: number) {
    this.#happenings = happenings;
    this.#account = account;
    for (const happening of happenings) {
      const { when } = happening;
      if (!("afterMs" in when)) continue;
      const effectAtMs = nowMs + when.afterMs;
      account.effects.take({ nowMs, effectAtMs }, () => this.#happen(happening, effectAtMs));
    }
  }

  /** Counts a request of that route, and lets happen what comes right before it. */
  before(route: Route, nowMs: number): void {
    const count = (this.#counts.get(route) ?? 0) + 1;
    this.#counts.set(route, count);
    this.#around(nowMs, (when) => "before" in when && when.before === route && (when.nth ?? 1) === count);
  }

  /** Lets happen what comes right after the request that was counted last. */
  after(route: Route, nowMs: number): void {
    const count = this.#counts.get(route);
    this.#around(nowMs, (when) => "after" in when && when.after === route && (when.nth ?? 1) === count);
  }

  #around(nowMs: number, isTime: (when: HappeningTime) => boolean): void {
    for (const happening of this.#happenings) if (isTime(happening.when)) this.#happen(happening, nowMs);
  }

  #happen({ what, offerId }: Happening, nowMs: number): void {
    const product = this.#account.findOffer(offerId);
    if (product !== undefined) this.#act(what, product, nowMs);
  }

  #act(what: Happening["what"], product: Product, nowMs: number): void {
    switch (what) {
      case "previewReplaced":
        return this.#account.publishOther(product, nowMs, true);
      case "publishStarted":
        return this.#account.publishOther(product, nowMs, false);
      case "previewWithdrawn":
        return this.#account.withdrawPreview(product, nowMs);
      case "pushStarted":
        return this.#account.pushOther(product, nowMs);
      case "jobCancelled":
        return this.#account.cancelActive(product, nowMs);
    }
  }
}
