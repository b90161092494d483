import type { BearerAnswer } from "../bearer/bearer-client.ts";
import { AnswerError, type AnswerName } from "../http/errors.ts";
import { isObject, type JsonObject } from "../text/json.ts";
import { MOST_ITEMS } from "../text/json-lists.ts";
import { readNextPage } from "./next-page.ts";

export interface ListOptions<T> {
  /** The address of the list, and so of its first part; the others are at its path or below. */
  readonly url: URL;
  /** Asks for one part; the address may lack what every request of the service carries. */
  readonly ask: (url: URL) => Promise<BearerAnswer>;
  /** The entries in the body of a part; undefined when it cannot be read. Some may be left out. */
  readonly read: (body: unknown) => readonly T[] | undefined;
  /** What of an entry shows that the list has changed. */
  readonly stateOf: (entry: T) => string;
  /** The parameter that takes a continuation token, where the service documents one. */
  readonly tokenName?: string;
}

/** A whole list, as it stood at one moment. */
export interface WholeList<T> {
  readonly entries: readonly T[];
  /** That moment by the service's own clock (`Date`), in milliseconds since the epoch; undefined when it names none. */
  readonly serviceTimeMs: number | undefined;
  /** The first answer. */
  readonly answer: AnswerName;
}

/** An offer has a few operations a release; a list beyond these is one that goes round and round. */
const MOST_PARTS = 50;
const MOST_ENTRIES = MOST_ITEMS - 1;

/**
 * All the entries of a list, from as many answers as it comes in. Throws an {@link AnswerError} when a part cannot be
 * read, when something says that there is more and nothing says where, or when the list changed while it was read: an
 * entry that moves to the part before would be overlooked, and it may be a go-live.
 */
export async function readWholeList<T>(options: ListOptions<T>): Promise<WholeList<T>> {
  const first = await readPart(options.url, options);
  const entries = [...first.entries];
  const asked = new Set([options.url.href]);
  let [last, count] = [first, first.count];
  while (last.next !== undefined) {
    if (asked.has(last.next.href) || asked.size === MOST_PARTS) throw new AnswerError(last.answer, "partialList");
    asked.add(last.next.href);
    last = await readPart(last.next, options);
    entries.push(...last.entries);
    count += last.count;
    if (count > MOST_ENTRIES) throw new AnswerError(last.answer, "partialList");
  }
  const isWhole = last.total <= count && count <= MOST_ENTRIES;
  if (!isWhole || (asked.size > 1 && !isAlike(first, await readPart(options.url, options), options))) {
    throw new AnswerError(last.answer, "partialList");
  }
  return { entries, serviceTimeMs: first.answer.serviceTimeMs, answer: first.answer };
}

/** The objects of a list, which may be bare or in `value`; undefined when it is no list of objects. */
export function readEntries(body: unknown): readonly JsonObject[] | undefined {
  const list = isObject(body) ? body["value"] : body;
  return Array.isArray(list) && list.every(isObject) ? list : undefined;
}

/** One answer of those that the list comes in. */
interface Part<T> {
  readonly answer: BearerAnswer;
  readonly entries: readonly T[];
  /** How many entries it holds, those among them that were left out. */
  readonly count: number;
  /** How many it says that there are in all; 0 when it says nothing. */
  readonly total: number;
  readonly next: URL | undefined;
}

async function readPart<T>(url: URL, { url: list, ask, read, tokenName }: ListOptions<T>): Promise<Part<T>> {
  const answer = await ask(url);
  const body = answer.json();
  const entries = read(body);
  if (entries === undefined) throw new AnswerError(answer, "wrongShape");
  const next = readNextPage(answer, body, { url, path: list.pathname.replace(/\/$/, ""), tokenName });
  if (next === "unknown") throw new AnswerError(answer, "partialList");
  const count = readEntries(body)?.length ?? 0;
  return { answer, entries, count, total: totalOf(body), next: next === "end" ? undefined : next };
}

function totalOf(body: unknown): number {
  const totals = ["@odata.count", "count", "totalCount"].map((name) => (isObject(body) ? body[name] : undefined));
  return Math.max(0, ...totals.filter((total) => typeof total === "number"));
}

/** Whether two answers show the same entries in the same states. */
function isAlike<T>(one: Part<T>, other: Part<T>, { stateOf }: ListOptions<T>): boolean {
  const [shown, now] = [one, other].map(({ entries }) => entries.map(stateOf).join("\n"));
  return shown === now;
}
