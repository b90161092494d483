import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { inLowerCase } from "../../text/ascii-case.ts";
import { AnswerError } from "../../http/errors.ts";
import { isObject } from "../../text/json.ts";
import { MOST_ITEMS } from "../../text/json-lists.ts";
import { readEntries, readSubmissions } from "./body.ts";
import type { OperationReference, Standing, Submission } from "../marketplace.ts";
import { readNextPage } from "./next-page.ts";

export interface ListOptions {
  /** The address of the list, and so of its first part; the others are at its path or below. */
  readonly url: URL;
  /** Asks for one part; the address may lack the api-version. */
  readonly ask: (url: URL) => Promise<BearerAnswer>;
  readonly locate: (id: string) => OperationReference;
}

/** An offer has a few operations a release; a list beyond these is one that goes round and round. */
const MOST_PARTS = 50;
const MOST_ENTRIES = MOST_ITEMS - 1;

/**
 * All the operations of an offer, from as many answers as the list comes in. Throws an {@link AnswerError} when a part
 * cannot be read, when something says that there is more and nothing says where, or when the list changed while it was
 * read: an entry that moves to the part before would be overlooked, and it may be a go-live.
 */
export async function readWholeList(options: ListOptions): Promise<Pick<Standing, "submissions" | "serviceTimeMs">> {
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
  if (!isWhole || (asked.size > 1 && !isAlike(first, await readPart(options.url, options)))) {
    throw new AnswerError(last.answer, "partialList");
  }
  return { submissions: entries, serviceTimeMs: first.answer.serviceTimeMs };
}

/** One answer of those that the list comes in. */
interface Part {
  readonly answer: BearerAnswer;
  readonly entries: readonly Submission[];
  /** How many entries it holds, those among them that were left out. */
  readonly count: number;
  /** How many it says that there are in all; 0 when it says nothing. */
  readonly total: number;
  readonly next: URL | undefined;
}

async function readPart(url: URL, { url: list, ask, locate }: ListOptions): Promise<Part> {
  const answer = await ask(url);
  const body = answer.json();
  const entries = readSubmissions(body, locate);
  if (entries === undefined) throw new AnswerError(answer, "wrongShape");
  const next = readNextPage(answer, body, { url, path: list.pathname.replace(/\/$/, "") });
  if (next === "unknown") throw new AnswerError(answer, "partialList");
  const count = readEntries(body)?.length ?? 0;
  return { answer, entries, count, total: totalOf(body), next: next === "end" ? undefined : next };
}

function totalOf(body: unknown): number {
  const totals = ["@odata.count", "count", "totalCount"].map((name) => (isObject(body) ? body[name] : undefined));
  return Math.max(0, ...totals.filter((total) => typeof total === "number"));
}

/** Whether two answers show the same operations in the same states; services spell one id in either case. */
function isAlike(one: Part, other: Part): boolean {
  const [shown, now] = [one, other].map(({ entries }) =>
    entries.map(({ id, statusWord, changedAtMs }) => `${inLowerCase(id)} ${changedAtMs} ${statusWord}`).join("\n"),
  );
  return shown === now;
}
