/** When a request arrived and when it takes effect (`Infinity`: never), in milliseconds since the epoch. */
export interface Moment {
  readonly nowMs: number;
  readonly effectAtMs: number;
}

interface DelayedEffect {
  readonly atMs: number;
  readonly apply: () => void;
}

/** What is to happen later than it was asked for. Nothing happens by itself: who settles says what time it is. */
export class DelayedEffects {
  #effects: readonly DelayedEffect[] = [];

  /** Lets an effect happen at its moment: at once when that is now, and not at all when that is never. */
  take({ nowMs, effectAtMs }: Moment, apply: () => void): void {
    if (effectAtMs <= nowMs) apply();
    else if (effectAtMs < Infinity) this.#effects = [...this.#effects, { atMs: effectAtMs, apply }];
  }

  /** Lets the effects happen that are due by now, each at its own time. */
  settle(nowMs: number): void {
    const due = this.#effects.filter((effect) => effect.atMs <= nowMs);
    if (due.length === 0) return;
    this.#effects = this.#effects.filter((effect) => effect.atMs > nowMs);
    for (const effect of due.toSorted((one, other) => one.atMs - other.atMs)) effect.apply();
  }
}
