import type { Answer } from "../../src/http/transport.ts";

/** A number from 0 to 1, as `Math.random` gives it. */
export type Random = () => number;

/** What stands where something else was: nothing that means an end to anybody. */
const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1e308, "", " ", "perhaps", "\u0000", "::error::no", "x".repeat(5_000)],
  ...[[], {}, [null], [[]], { value: null }, { status: "perhaps" }, [{ id: 7 }]],
];

/** Answers of gateways and of services that are ill. */
const ILL_STATUSES = [500, 502, 503, 504, 408] as const;
const ODD_STATUSES = [...ILL_STATUSES, 400, 401, 403, 404, 429] as const;
const ODD_BODIES = [
  "",
  "null",
  "[]",
  '"',
  "<!DOCTYPE html><title>Bad Gateway</title>",
  "{",
  "\ufeff{}",
  "NaN",
] as const;

/**
 * A text of JSON in which something is other than it was: a member is gone, a value is of another kind, the end is
 * missing. A list keeps its entries: a service that hides one lies in good form, and nobody could tell.
 */
export function mutatedText(text: string, random: Random): string {
  if (random() < 0.1) return text.slice(0, Math.floor(random() * text.length));
  // What would be an empty list in good form is not for a list.
  if (random() < 0.1)
    return pick(
      ODD_BODIES.filter((body) => body !== "[]" || !text.startsWith("[")),
      random,
    );
  try {
    return JSON.stringify(mutatedValue(JSON.parse(text), random));
  } catch {
    return text;
  }
}

/**
 * An answer that is not what the service said. What was sent with `POST` and refused was refused, and what was not was
 * not: only an illness of the service may stand in its place.
 */
export function mutatedAnswer(answer: Answer, random: Random): Answer {
  const statuses = answer.request.method === "POST" ? ILL_STATUSES : ODD_STATUSES;
  if (random() < 0.15) return { ...answer, status: pick<number>(statuses, random) };
  if (random() < 0.15) return { ...answer, headers: mutatedHeaders(answer.headers, random) };
  const text = mutatedText(answer.body(), random);
  return { ...answer, body: () => text };
}

function mutatedHeaders(headers: Answer["headers"], random: Random): Answer["headers"] {
  const names = Object.keys(headers);
  const name = pick(names, random);
  const rest = Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
  return random() < 0.5 ? rest : { ...rest, [name]: [pick(["", "x", "-1", "https://", "/%zz", "a b"], random)] };
}

function mutatedValue(value: unknown, random: Random): unknown {
  const isLeaf = typeof value !== "object" || value === null;
  if (isLeaf || random() < 0.1) return oddValue(value, random);
  if (Array.isArray(value)) {
    if (value.length === 0) return oddValue(value, random);
    const chosen = Math.floor(random() * value.length);
    return value.map((entry: unknown, index) => (index === chosen ? mutatedValue(entry, random) : entry));
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return oddValue(value, random);
  const [chosen] = pick(entries, random);
  const isGone = random() < 0.3;
  return Object.fromEntries(
    entries.flatMap(([name, each]) =>
      name !== chosen ? [[name, each]] : isGone ? [] : [[name, mutatedValue(each, random)]],
    ),
  );
}

/** Something that is no list in place of a list. */
function oddValue(value: unknown, random: Random): unknown {
  const others = Array.isArray(value) ? ODD_VALUES.filter((odd) => !Array.isArray(odd)) : ODD_VALUES;
  return pick(others, random);
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError("There is nothing to pick from.");
  return value;
}
