import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { schemaFaults } from "./schema-check.ts";

const SCHEMA: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("../../docs/result.schema.json", import.meta.url), "utf8"),
);

/** Reads the output `result`, which must be as docs/result.schema.json says. */
export function readResult(json: string | undefined): Readonly<Record<string, unknown>> {
  const value: Readonly<Record<string, unknown>> = JSON.parse(json ?? "null");
  expect(schemaFaults(value, SCHEMA)).toEqual([]);
  return value;
}
