import { type Answer, jsonAnswer } from "../wire/answer.ts";
import type { TokenPlan } from "../wire/bearer.ts";
import { queryOf } from "../wire/request.ts";
import type { Behaviour } from "./behaviour.ts";
import type { CallerRequest, ProductRequest } from "./center-request.ts";
import { type Problem, errorAnswer } from "./error.ts";
import { type ProductFilter, parseFilter } from "./filter.ts";
import { type PageMark, pageOf, readMark, skipParameter } from "./page.ts";
import { isAskedFor, productBody } from "./product-body.ts";
import type { Product } from "./product.ts";

/** The answer to `GET /products`: those the caller sees that the filter asks for, or why it cannot be obeyed. */
export function answerProducts(asked: CallerRequest): Answer {
  const { behaviour, account } = asked.service;
  const mark = readProductMark(asked);
  if (mark === undefined) return errorAnswer(behaviour.errorShape, lostPage);
  const filter = parseFilter(mark.filter);
  if (filter === undefined) {
    return errorAnswer(behaviour.errorShape, { status: 400, message: `The filter is not valid: ${mark.filter}` });
  }
  if (mark.page === 0 && isRefused(filter, mark.filter, behaviour)) return errorAnswer("fault", refusedTypes);
  const bodies = account.products.filter((product) => sees(asked.caller, product)).map(bodyOf(behaviour));
  const entries = behaviour.ignoresFilter ? bodies : bodies.filter((body) => isAskedFor(body, filter));
  const paged = behaviour.pagedLists === "submissions" ? { ...behaviour, paging: "none" as const } : behaviour;
  const page = pageOf(entries, mark, asked.request, paged);
  return page === undefined ? errorAnswer(behaviour.errorShape, lostPage) : jsonAnswer(200, page);
}

/** The answer to `GET /products/{id}`. */
export function answerProduct({ service, product }: ProductRequest): Answer {
  const { behaviour } = service;
  if (behaviour.productRoute === "up") return jsonAnswer(200, productBody(product, behaviour));
  return errorAnswer(behaviour.errorShape, { status: 400, message: "PublisherId is a required header" });
}

/** Whether a caller sees that product; where not, it is as if it were not there. */
export function sees({ publishers }: TokenPlan, { plan }: Pick<Product, "plan">): boolean {
  return publishers?.includes(plan.publisherId ?? "contoso") ?? true;
}

/** What a link that leads nowhere is answered. */
export const lostPage: Problem = { status: 404, message: "There is no such page." };

/** The type list is one that the server fills in itself. */
const refusedTypes: Problem = { status: 400, message: "The list of resource types has one that is not known." };

function readProductMark({ request }: CallerRequest): PageMark | undefined {
  const query = queryOf(request.target);
  const token = query.get(skipParameter);
  return token === null ? { page: 0, filter: query.get("$filter") ?? "" } : readMark(token);
}

function isRefused({ type }: ProductFilter, filter: string, { refusedFilters }: Behaviour): boolean {
  switch (refusedFilters) {
    case "none":
      return false;
    case "unfiltered":
      return filter === "";
    case "withoutType":
      return type === undefined;
    case "withType":
      return filter === "" || type !== undefined;
    case "all":
      return true;
  }
}

function bodyOf(behaviour: Behaviour) {
  return (product: Product) => productBody(product, behaviour);
}
