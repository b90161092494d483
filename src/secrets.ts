import { withoutInvisible } from "./invisible.ts";

const REPLACEMENT = "[secret]";

/** Shorter pieces would also hit ordinary words. */
const SHORTEST_PART = 8;

/** Remembers secret values and takes them out of any text. */
export interface Secrets {
  /** Remembers a secret and, for a JWT, its parts; returns every text that must be masked. */
  add(value: string): readonly string[];
  /** The text with every remembered secret replaced, whatever its case or the invisible characters within it. */
  redact(text: string): string;
}

/** An empty memory of secrets. */
export function createSecrets(): Secrets {
  const known = new Map<string, RegExp>();
  let longestFirst: readonly RegExp[] = [];
  return {
    add(value) {
      const parts = secretParts(value);
      for (const part of parts) known.set(part, anyCase(part));
      longestFirst = [...known].sort(([a], [b]) => b.length - a.length).map(([, pattern]) => pattern);
      return parts;
    },
    redact(text) {
      const clean = withoutKnown(text, longestFirst);
      // What is invisible is taken away later on the way out, which would put the pieces of a secret together.
      const seen = withoutInvisible(clean);
      const cleanSeen = withoutKnown(seen, longestFirst);
      return cleanSeen === seen ? clean : cleanSeen;
    },
  };
}

function withoutKnown(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((clean, pattern) => clean.replaceAll(pattern, REPLACEMENT), text);
}

/**
 * The secret and its dot-separated parts, longest first. The runner's own mask covers a value as a whole only: a JWT's
 * payload or signature alone would be shown.
 */
function secretParts(value: string): readonly string[] {
  // An opaque token may hold characters that a URL spells differently.
  const parts = new Set([value, encodeURIComponent(value.toWellFormed()), ...value.split(".")]);
  return [...parts]
    .filter((part) => part.length >= SHORTEST_PART || part === value)
    .sort((a, b) => b.length - a.length);
}

function anyCase(text: string): RegExp {
  return new RegExp(RegExp.escape(text), "gi");
}
