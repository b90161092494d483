import { UsageError } from "./usage-error.ts";

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * The milliseconds of a text such as `500ms`, `30s`, `1.5h` or `2d`; `Infinity` for `never`.
 * @throws UsageError when it is none of these.
 */
export function parseDuration(text: string, what: string): number {
  if (text === "never") return Infinity;
  const { amount, unit } = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|[smhd])$/.exec(text)?.groups ?? {};
  const unitMs = Object.entries(unitsMs).find(([name]) => name === unit)?.[1];
  if (amount === undefined || unitMs === undefined) {
    throw new UsageError(`${what} is a duration such as 500ms, 30s, 5m, 2h, 1d or never, not "${text}".`);
  }
  return Number(amount) * unitMs;
}
