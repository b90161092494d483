/**
 * So many items of a list are read. Whoever must not overlook any takes a list of this length for one that was cut.
 */
export const MOST_ITEMS = 10_001;
/** What holds more lists and objects, or deeper ones, takes up the memory of a small machine. */
const MOST_OPENED = 100_000;
const DEEPEST = 500;

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c] as const;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

/**
 * The JSON with every list cut to {@link MOST_ITEMS}, before it costs anything to read; undefined when more is open in
 * it than anybody reads. What is no JSON stays none.
 */
export function withShortLists(json: string): string | undefined {
  const pieces: string[] = [];
  /** How many items each open list has by now; an object counts none. */
  const open: number[] = [];
  let [from, opened, cutDepth] = [0, 0, 0];
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(json, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        open.push(json.charCodeAt(at) === OPEN_LIST ? 1 : Number.NEGATIVE_INFINITY);
        if (cutDepth === 0) opened += 1;
        if (opened > MOST_OPENED || open.length > DEEPEST) return undefined;
        break;
      case COMMA:
        if (cutDepth === 0 && isFull(open)) {
          pieces.push(json.slice(from, at));
          cutDepth = open.length;
        }
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (cutDepth > 0 && cutDepth === open.length) [from, cutDepth] = [at, 0];
        open.pop();
        break;
    }
  }
  return cutDepth > 0 ? undefined : pieces.join("") + json.slice(from);
}

/** Counts one more item of the innermost list; whether it has room for none. */
function isFull(open: number[]): boolean {
  const last = open.length - 1;
  const items = (open[last] ?? Number.NEGATIVE_INFINITY) + 1;
  open[last] = items;
  return items > MOST_ITEMS;
}

/** Where the text ends that begins there: at the next quote with an even number of backslashes before it. */
function endOfText(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let first = at;
    while (json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return json.length;
}
