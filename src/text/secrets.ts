import { readSeen, type SeenText, withoutInvisible } from "./invisible.ts";

const REPLACEMENT = "[secret]";

/** Shorter pieces between two dots would also hit ordinary words. */
const SHORTEST_PART = 8;
/** So many characters of a secret in a row are taken out wherever they come from; shorter pieces open nothing. */
const SHORTEST_PIECE = 16;
/** Any piece of that length holds one of half the length that begins at a multiple of it. */
const PROBE = SHORTEST_PIECE / 2;

/** Remembers secret values and takes them out of any text. */
export interface Secrets {
  /** Remembers a secret and, for a JWT, its parts; returns every text that must be masked. */
  add(value: string): readonly string[];
  /**
   * The text with every secret replaced, every part of a JWT, and every other piece of 16 characters or more: in any
   * case, and whatever invisible characters stand within it. A text without any comes back as it is. Time and memory
   * grow with the length of the text only, however many secrets there are.
   */
  redact(text: string): string;
  /** The same for a text that reads otherwise than it is written: what `read` sees in it is searched. */
  redactAs(written: string, read: (written: string) => SeenText): string;
}

/** What is looked for in a text, all of it in one case and without invisible characters. */
interface Sought {
  /** What is too short to be looked for in pieces. */
  readonly whole: Set<string>;
  readonly pieces: Set<string>;
  readonly probes: Set<string>;
}

/** An empty memory of secrets. */
export function createSecrets(): Secrets {
  const sought: Sought = { whole: new Set(), pieces: new Set(), probes: new Set() };
  return {
    add(value) {
      const parts = secretParts(value);
      for (const part of parts) remember(folded(readSeen(part).text), sought);
      return parts;
    },
    redact(text) {
      const clean = withoutSought(text, readSeen(text), sought);
      // What an escape swallows is taken away later on the way out, which would put the pieces of a secret together.
      const seen = withoutInvisible(clean);
      if (seen.length === clean.length) return clean;
      const cleanSeen = withoutSought(seen, readSeen(seen), sought);
      return cleanSeen === seen ? clean : cleanSeen;
    },
    redactAs: (written, read) => withoutSought(written, read(written), sought),
  };
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

function remember(secret: string, { whole, pieces, probes }: Sought): void {
  if (secret === "") return;
  if (secret.length < SHORTEST_PIECE) {
    whole.add(secret);
    return;
  }
  for (let at = 0; at + PROBE <= secret.length; at += 1) probes.add(secret.slice(at, at + PROBE));
  for (let at = 0; at + SHORTEST_PIECE <= secret.length; at += 1) pieces.add(secret.slice(at, at + SHORTEST_PIECE));
}

/** The text in one case; every character keeps its place. */
function folded(text: string): string {
  // The only letter that becomes two, and the only one whose small form goes by its neighbours.
  return text.replaceAll("\u0130", "i").toLowerCase().replaceAll("\u03c2", "\u03c3");
}

/** Where a piece stands: its first character, and the one after its last. */
type Span = readonly [from: number, to: number];

function withoutSought(text: string, seen: SeenText, sought: Sought): string {
  const plain = folded(seen.text);
  const spans = joined([...wholeSpans(plain, sought), ...pieceSpans(plain, sought)]);
  if (spans.length === 0) return text;
  let end = 0;
  const kept: string[] = [];
  for (const [from, to] of spans) {
    kept.push(text.slice(end, seen.placeOf(from)));
    end = seen.endOf(to - 1);
  }
  return [...kept, text.slice(end)].join(REPLACEMENT);
}

function* wholeSpans(text: string, { whole }: Sought): Generator<Span> {
  for (const secret of whole) {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) yield [at, at + secret.length];
  }
}

/** Looks at every eighth place only, and around what it finds there for all that is long enough. */
function* pieceSpans(text: string, { pieces, probes }: Sought): Generator<Span> {
  const isPiece = (at: number): boolean => pieces.has(text.slice(at, at + SHORTEST_PIECE));
  for (let probe = 0; probe + PROBE <= text.length; probe += PROBE) {
    if (!probes.has(text.slice(probe, probe + PROBE))) continue;
    let [first, last] = [Math.max(0, probe - PROBE + 1), probe];
    while (first < last && !isPiece(first)) first += 1;
    while (last > first && !isPiece(last)) last -= 1;
    // Pieces that begin so close to each other leave nothing out between them.
    if (first < last || isPiece(first)) yield [first, last + SHORTEST_PIECE];
  }
}

/** The spans in order, those that touch as one. */
function joined(spans: Span[]): readonly Span[] {
  const list: [number, number][] = [];
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    const last = list.at(-1);
    if (last === undefined || from > last[1]) list.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return list;
}
