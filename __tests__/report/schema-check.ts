type Json = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a value by a JSON Schema, with the few words that docs/result.schema.json uses. Every other word is
 * an error of its own, so that nothing in the schema goes unchecked.
 */
export function schemaFaults(value: unknown, schema: Json, root: Json = schema, at = "$"): readonly string[] {
  return Object.entries(schema).flatMap(([word, rule]) => {
    const check = CHECKS[word];
    return check === undefined ? [`${at}: the schema says ${word}`] : check({ value, rule, schema, root, at });
  });
}

interface Question {
  readonly value: unknown;
  readonly rule: unknown;
  readonly schema: Json;
  readonly root: Json;
  readonly at: string;
}

const none = (): readonly string[] => [];

const CHECKS: Readonly<Record<string, (question: Question) => readonly string[]>> = {
  $schema: none,
  $id: none,
  $defs: none,
  title: none,
  description: none,
  $ref: ({ value, rule, root, at }) => schemaFaults(value, resolve(String(rule), root), root, at),
  const: ({ value, rule, at }) => unless(value === rule, `${at} is not ${String(rule)}`),
  enum: ({ value, rule, at }) => unless(list(rule).includes(value), `${at} is ${JSON.stringify(value)}`),
  type: ({ value, rule, at }) =>
    unless(
      typesOf(value).some((type) => list(rule).includes(type)),
      `${at} is of a wrong type`,
    ),
  pattern: ({ value, rule, at }) =>
    unless(typeof value !== "string" || new RegExp(String(rule), "u").test(value), `${at} is ${String(value)}`),
  minimum: ({ value, rule, at }) => unless(typeof value !== "number" || value >= Number(rule), `${at} is too small`),
  maximum: ({ value, rule, at }) => unless(typeof value !== "number" || value <= Number(rule), `${at} is too large`),
  maxItems: ({ value, rule, at }) => unless(list(value).length <= Number(rule), `${at} is too long`),
  items: ({ value, rule, root, at }) =>
    Array.isArray(value) ? value.flatMap((item, nth) => schemaFaults(item, object(rule), root, `${at}[${nth}]`)) : [],
  properties: ({ value, rule, root, at }) =>
    Object.entries(object(rule)).flatMap(([name, part]) =>
      name in object(value) ? schemaFaults(object(value)[name], object(part), root, `${at}.${name}`) : [],
    ),
  required: ({ value, rule, at }) =>
    value === null
      ? []
      : list(rule).flatMap((name) => unless(String(name) in object(value), `${at} lacks ${String(name)}`)),
  additionalProperties: ({ value, schema, at }) =>
    Object.keys(object(value)).flatMap((name) =>
      unless(name in object(schema["properties"]), `${at} has ${name}, of which the schema knows nothing`),
    ),
};

function resolve(reference: string, root: Json): Json {
  return object(object(root["$defs"])[reference.replace("#/$defs/", "")]);
}

function typesOf(value: unknown): readonly string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return Number.isInteger(value) ? ["integer", "number"] : [typeof value];
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function unless(isRight: boolean, fault: string): readonly string[] {
  return isRight ? [] : [fault];
}
