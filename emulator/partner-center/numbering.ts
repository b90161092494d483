import { countedGuid } from "../wire/guid.ts";

/** Names products and submissions that have no id of their own, the same way in every run. */
export class Numbering {
  #products = 0;
  #submissions = 0;

  /** A GUID. */
  nextProductId(): string {
    this.#products += 1;
    return countedGuid("product", this.#products);
  }

  /** 19 digits; two that follow each other are the same as a `number` in JavaScript, which is the point. */
  nextSubmissionId(): string {
    this.#submissions += 1;
    return String(1_152_921_505_690_000_221n + BigInt(this.#submissions));
  }
}
