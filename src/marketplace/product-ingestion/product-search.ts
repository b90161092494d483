import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { refusalOr } from "../../bearer/request-error.ts";
import { AnswerError } from "../../http/errors.ts";
import { isSameText } from "../../text/ascii-case.ts";
import type { Offer, UncheckedProduct } from "../marketplace.ts";
import type { WholeList } from "../whole-list.ts";
import { chooseProduct, mayBe, type NoProduct, type Product, readTree } from "./product.ts";

export interface ProductSearchOptions {
  readonly offer: Offer;
  /** The GUID of the product that the inputs name. */
  readonly productId: string | undefined;
  /** The products with the offer's id. */
  readonly list: (signal: AbortSignal) => Promise<WholeList<Product>>;
  /** All that the product of that GUID is. */
  readonly tree: (guid: string, signal: AbortSignal) => Promise<BearerAnswer>;
}

/** The product of the offer; `unchecked` where that is so only because the inputs say it. */
export interface FoundProduct extends Product {
  readonly unchecked?: UncheckedProduct;
}

/** Finds the product of the offer; throws a `RequestError` when a request fails. */
export interface ProductSearch {
  /** The product, or why there is none. One that could not be checked is checked again. */
  readonly find: (signal: AbortSignal) => Promise<FoundProduct | NoProduct>;
  /** Whether the product of that GUID, in lower case, may be the offer's. */
  readonly isOwn: (guid: string, signal: AbortSignal) => Promise<boolean>;
}

/** A search that asks until it has found the product, and then no more: it does not change. */
export function createProductSearch({ offer, productId, list, tree }: ProductSearchOptions): ProductSearch {
  const named = productId?.toLowerCase();
  let found: FoundProduct | undefined;

  async function find(signal: AbortSignal): Promise<FoundProduct | NoProduct> {
    if (found !== undefined && found.unchecked === undefined) return found;
    const chosen =
      named === undefined ? chooseProduct((await list(signal)).entries, named) : await check(named, signal);
    if (!("kind" in chosen)) found = chosen;
    return chosen;
  }

  async function isOwn(guid: string, signal: AbortSignal): Promise<boolean> {
    return mayBe(found ?? (await find(signal)), guid);
  }

  /** The product of that GUID, unless it is another offer's; where nothing tells, it is taken for the offer's. */
  async function check(guid: string, signal: AbortSignal): Promise<FoundProduct | NoProduct> {
    const listed = await refusalOr(list(signal));
    if (!(listed instanceof Error) && listed.entries.length > 0) return chooseProduct(listed.entries, guid);
    const answer = await refusalOr(tree(guid, signal));
    if (answer instanceof Error) return { guid, type: "", unchecked: { productId: guid, error: answer } };
    const told = readTree(answer.json(), guid);
    if (told === undefined) throw new AnswerError(answer, "wrongShape");
    const { type, offerId } = told;
    if (offerId === undefined) return { guid, type, unchecked: { productId: guid, error: undefined } };
    return isSameText(offerId, offer.offerId) ? { guid, type } : { kind: "otherOffer", offerId };
  }

  return { find, isOwn };
}
