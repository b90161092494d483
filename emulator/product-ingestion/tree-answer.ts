import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { queryOf } from "../wire/request.ts";
import { type AdmittedRequest, findProduct } from "./asked.ts";
import { entriesAt } from "./entries.ts";
import type { EntryBehaviour } from "./entry-behaviour.ts";
import { jobsOf, type Product } from "./product.ts";
import { productBody } from "./product-answer.ts";
import { refuse } from "./refusal.ts";
import { type Resource, resourcesAt } from "./resources.ts";
import { schemaOf } from "./schema-version.ts";
import { submissionBodies } from "./submission-answer.ts";

const targets = ["draft", "preview", "live"] as const;

/** The answer to `GET resource-tree/product/<guid>`: all that the product is in one of its targets, the draft by default. */
export function answerTree(asked: AdmittedRequest): Answer {
  const { behaviour } = asked.service;
  const { nowMs } = asked.moment;
  const product = findProduct(asked, asked.match.productId);
  if (product === undefined) return refuse(404, "notFound", `There is no product '${asked.match.productId}'.`);
  const wanted = [...queryOf(asked.request.target)].find(([name]) => name.toLowerCase() === "targettype")?.[1];
  const target = targets.find((each) => each === (wanted ?? "draft").toLowerCase());
  const resources = target === undefined ? undefined : resourcesOf(product, target, nowMs, behaviour);
  if (target === undefined || resources === undefined)
    return refuse(404, "notFound", `The product has no target '${wanted ?? "draft"}'.`);
  return jsonAnswer(200, {
    $schema: schemaOf("resource-tree", "2022-03-01-preview2", behaviour),
    root: `product/${product.id}`,
    target: { targetType: target },
    resources: [productBody(product, behaviour), ...submissionBodies(product, target, nowMs, behaviour), ...resources],
  });
}

/** The resources of that target at that time; undefined when the product has no such target. */
function resourcesOf(
  product: Product,
  target: (typeof targets)[number],
  nowMs: number,
  behaviour: EntryBehaviour,
): readonly Resource[] | undefined {
  const entry = entriesAt(product, nowMs, behaviour).findLast((each) => each.target === target);
  if (entry === undefined) return undefined;
  const publish = jobsOf(product, "preview").find(({ number }) => number === entry.number);
  return resourcesAt(product.resources, publish?.acceptedAtMs ?? Infinity);
}
