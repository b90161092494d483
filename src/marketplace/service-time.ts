import { readText } from "../text/json.ts";

/**
 * A time as Microsoft's services write it, ISO 8601, in milliseconds since the epoch; one without a zone is UTC. Undefined
 * for what is none, and for the year 1, which stands there for a time that is not known.
 */
export function readServiceTime(value: unknown): number | undefined {
  const text = readText(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined;
  const timeMs = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(timeMs) || timeMs <= 0 ? undefined : timeMs;
}
