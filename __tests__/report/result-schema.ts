import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";

type Json = Readonly<Record<string, unknown>>;

/** What docs/result.schema.json promises to whoever reads the output `result`. */
export const SCHEMA: AnySchemaObject = JSON.parse(
  readFileSync(new URL("../../docs/result.schema.json", import.meta.url), "utf8"),
);

/** The same for whoever writes it: a field that is not documented is a fault. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return "properties" in parts && "type" in parts ? { ...parts, additionalProperties: false } : parts;
}

const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: true,
});
const READER = ajv.compile({ ...SCHEMA, $id: "read" });
const WRITER = ajv.compile({ ...(closed(SCHEMA) as AnySchemaObject), $id: "written" });

/** What is wrong with a result; an undocumented field is wrong only to its writer. */
export function resultFaults(value: unknown, by: "reader" | "writer"): readonly string[] {
  const check = by === "reader" ? READER : WRITER;
  check(value);
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Reads the output `result`, which must be as docs/result.schema.json says. */
export function readResult(json: string | undefined): Json {
  const value: Json = JSON.parse(json ?? "null");
  expect(resultFaults(value, "reader")).toEqual([]);
  expect(resultFaults(value, "writer")).toEqual([]);
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
