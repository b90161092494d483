/**
 * The pause that a `Retry-After` header asks for, in milliseconds from `nowMs`; undefined when there is none or it
 * cannot be read. Seconds or an HTTP date: RFC 9110, section 10.2.3. A date in the past is a pause of 0.
 */
export function readRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const dateMs = readHttpDate(text);
  return dateMs === undefined ? undefined : Math.max(0, dateMs - nowMs);
}

/** The time that an HTTP date names, in milliseconds since the epoch; undefined when it is none: RFC 9110, section 5.6.7. */
export function readHttpDate(value: string | undefined): number | undefined {
  const text = value?.trim() ?? "";
  if (!HTTP_DATE.test(text)) return undefined;
  // The oldest of the three forms names no time zone; all are GMT.
  const dateMs = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(dateMs) ? undefined : dateMs;
}

/** `Date.parse` alone would read almost anything, `-5` among it. */
const HTTP_DATE = /^[A-Z][a-z]+,? [A-Za-z0-9 -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/;
