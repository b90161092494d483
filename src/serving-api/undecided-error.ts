import type { RequestError } from "../bearer/request-error.ts";
import type { AskedApi, Verdict } from "./verdict.ts";

/** Why it could not be told which API serves an offer. */
export type Doubt = Extract<Verdict, { readonly kind: "fault" | "unknownType" }>;

/** It could not be told which API serves the offer, so none was asked to start anything. */
export class UndecidedError extends Error {
  override readonly name = "UndecidedError";
  /** The one that was asked. */
  readonly asked: AskedApi;
  readonly doubt: Doubt;

  constructor(asked: AskedApi, doubt: Doubt) {
    super(`it could not be told which API serves the offer: ${doubt.kind}`);
    this.asked = asked;
    this.doubt = doubt;
  }

  /** The request that failed, where one did. */
  get failure(): RequestError | undefined {
    return this.doubt.kind === "fault" ? this.doubt.error : undefined;
  }
}
