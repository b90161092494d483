import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { queryOf } from "../wire/request.ts";
import { type AdmittedRequest, findProduct } from "./asked.ts";
import { type Entry, entriesAt } from "./entries.ts";
import type { EntryBehaviour } from "./entry-behaviour.ts";
import { timeText, wordsOf } from "./job-body.ts";
import { pageOf } from "./page.ts";
import { unservedTypes } from "./plan.ts";
import { type Product, submissionId } from "./product.ts";
import { refuse } from "./refusal.ts";

/** The answer to `GET submission/<guid>`. */
export function answerSubmissions(asked: AdmittedRequest): Answer {
  const { behaviour } = asked.service;
  const product = findProduct(asked, asked.match.productId);
  if (product === undefined) return noSuchProduct(asked.match.productId);
  if (isUnserved(product)) return unserved(product);
  const wanted = queryOf(asked.request.target).get("targetType")?.toLowerCase();
  const bodies = submissionBodies(product, wanted, asked.moment.nowMs, behaviour);
  const page = pageOf([...bodies, ...behaviour.extraEntries], asked.request, behaviour);
  return jsonAnswer(200, { value: page.entries, ...page.next });
}

/** The entries of that target (all, when it is undefined) as the service lists them at that time. */
export function submissionBodies(
  product: Product,
  wanted: string | undefined,
  nowMs: number,
  behaviour: EntryBehaviour,
): readonly object[] {
  return entriesAt(product, nowMs, behaviour)
    .filter(({ target }) => wanted === undefined || target === wanted)
    .map((entry) => entryBody(product, entry, behaviour));
}

/** The answer to `GET submission/<guid>/<number>`; one that is both a preview and live is answered as live. */
export function answerSubmission(asked: AdmittedRequest): Answer {
  const { behaviour } = asked.service;
  const { productId, number } = asked.match;
  const product = findProduct(asked, productId);
  if (product === undefined) return noSuchProduct(productId);
  if (isUnserved(product)) return unserved(product);
  const entry = entriesAt(product, asked.moment.nowMs, behaviour).findLast((each) => each.number === number);
  if (entry === undefined) return refuse(404, "notFound", `There is no submission '${productId}/${number}'.`);
  return jsonAnswer(200, entryBody(product, entry, behaviour));
}

/** `lifecycleState` says nothing of a publish. */
function entryBody(product: Product, entry: Entry, { entryWords }: EntryBehaviour): object {
  const about = {
    id: submissionId(product, entry.number),
    product: `product/${product.id}`,
    target: { targetType: entry.target },
  };
  if (entry.state === undefined) return about;
  const { status, result } = wordsOf(entry.state);
  return {
    ...about,
    lifecycleState: "generallyAvailable",
    status: entryWords[status] ?? status,
    result: entryWords[result] ?? result,
    ...(entry.createdAtMs === undefined ? {} : { created: timeText(entry.createdAtMs) }),
  };
}

function isUnserved({ plan }: Product): boolean {
  return plan.type !== undefined && unservedTypes.includes(plan.type);
}

/** The type's first letter is a capital in the text that was seen. */
function unserved({ plan: { type = "" } }: Product): Answer {
  const message = `Type ${type.slice(0, 1).toUpperCase()}${type.slice(1)} is not supported`;
  return refuse(400, "badRequest", "Invalid request", [{ code: "notSupported", message }]);
}

function noSuchProduct(id: string): Answer {
  return refuse(404, "notFound", `There is no product '${id}'.`);
}
