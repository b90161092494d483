import { describe, expect, test } from "@jest/globals";
import { readServiceTime } from "../../src/marketplace/service-time.ts";

describe("a time as a service writes it", () => {
  test.each([
    ["2026-11-25T10:20:30Z", Date.UTC(2026, 10, 25, 10, 20, 30)],
    ["2026-11-25T10:20:30", Date.UTC(2026, 10, 25, 10, 20, 30)],
    ["2026-11-25T10:20:30.123456", Date.UTC(2026, 10, 25, 10, 20, 30, 123)],
    ["2026-11-25T10:20:30+01:00", Date.UTC(2026, 10, 25, 9, 20, 30)],
    ["2026-11-25T10:20:30-0500", Date.UTC(2026, 10, 25, 15, 20, 30)],
    ["2026-11-25T10:20z", Date.UTC(2026, 10, 25, 10, 20)],
  ])("%s is read as that moment", (text, expectedMs) => {
    expect(readServiceTime(text)).toBe(expectedMs);
  });

  test.each([
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026-11-25",
    "yesterday",
    "x2026-11-25T10:20:30Z",
    "2026-13-45T10:20:30Z",
    "",
    1_764_000_000_000,
    null,
    undefined,
  ])("%s is no time that is known", (value) => {
    expect(readServiceTime(value)).toBeUndefined();
  });
});
