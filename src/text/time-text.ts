import { type Harmless, harmlessLine, joined, ours } from "./harmless.ts";

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** A duration in its two largest units, as people say it: `4 h 12 min`, `45 s`. */
export function durationText(durationMs: number): Harmless {
  const whole = Math.max(0, Math.round(durationMs / 1_000)) * 1_000;
  const first = UNITS.findIndex(([, unitMs]) => whole >= unitMs);
  if (first === -1) return ours("0 s");
  let rest = whole;
  const parts = UNITS.slice(first, first + 2).map(([name, unitMs]) => {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    return count === 0 ? [] : [ours`${count} ${name}`];
  });
  return joined(parts.flat(), " ");
}

/** Elapsed time as a clock shows it, so that lines of a log stand below each other: `0:04:12`. */
export function clockText(durationMs: number): Harmless {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  return ours`${Math.floor(seconds / 3_600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(value: number): Harmless {
  return value < 10 ? ours`0${value}` : ours`${value}`;
}

/** A time as computers and support read it, to the second. */
export function isoText(atMs: number): Harmless {
  return harmlessLine(`${new Date(atMs).toISOString().slice(0, 19)}Z`);
}

/** Whole seconds from one time to another. */
export function wholeSeconds(fromMs: number, toMs: number): number {
  return Math.max(0, Math.round((toMs - fromMs) / 1_000));
}
