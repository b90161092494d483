import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { queryOf } from "../wire/request.ts";
import { type AdmittedRequest, isVisible } from "./asked.ts";
import type { Behaviour } from "./behaviour.ts";
import { pageOf } from "./page.ts";
import type { Product } from "./product.ts";
import { schemaOf } from "./schema-version.ts";

/** The answer to `GET product`: none is no error. */
export function answerProduct(asked: AdmittedRequest): Answer {
  const { behaviour, account } = asked.service;
  const wanted = externalIdOf(asked.request.target)?.toLowerCase();
  const isWanted = ({ plan }: Product): boolean =>
    wanted === undefined || behaviour.productFilter === "ignored" || plan.offerId.toLowerCase() === wanted;
  const products = account.products.filter((product) => isVisible(asked, product) && isWanted(product));
  const bodies = products.map((product) => productBody(product, behaviour));
  const [first] = bodies;
  if (behaviour.productForm === "bare" && first !== undefined) return jsonAnswer(200, first);
  const { entries, next } = pageOf(bodies, asked.request, behaviour);
  return jsonAnswer(200, { value: entries, ...next });
}

/** The parameter is found in any case. */
function externalIdOf(target: string): string | undefined {
  return [...queryOf(target)].find(([name]) => name.toLowerCase() === "externalid")?.[1];
}

/** A product as the service answers it. */
export function productBody({ id, plan }: Product, behaviour: Behaviour): object {
  return {
    $schema: schemaOf("product", "2022-07-01", behaviour),
    id: `product/${id}`,
    identity: { [behaviour.externalIdName]: plan.offerId },
    type: plan.type ?? "azureVirtualMachine",
    alias: plan.alias ?? plan.offerId,
  };
}
