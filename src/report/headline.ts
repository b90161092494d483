import type { Cancellation } from "../go-live/cancel.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import type { Outcome } from "../go-live/outcome.ts";
import { isDoubtful, isFromElsewhere } from "./report.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** Whether it is live, what became of it, and whether this step started it at all, in one line behind one sign. */
export function headline(outcome: Outcome, offer: Offer, cancellation?: Cancellation): string {
  const elsewhere = isDoubtful(outcome) ? " (perhaps not started by this step)" : " (not started by this step)";
  return `${endLine(outcome, offer, cancellation)}${isFromElsewhere(outcome) ? elsewhere : ""}`;
}

function endLine(outcome: Outcome, of: Offer, cancellation?: Cancellation): string {
  const offer = offerName(of);
  switch (outcome.kind) {
    case "ended":
      return `${ENDED[outcome.status][0]}${offer}${ENDED[outcome.status][1]}`;
    case "underWay":
      return `⏳ Not live yet: the go-live of ${offer} is under way`;
    case "deadline":
      return outcome.status === "unknown"
        ? `⚠️ Live or not, nobody can tell: the go-live of ${offer} was not seen`
        : `⏳ Not live yet: the go-live of ${offer} took longer than the wait`;
    case "interrupted":
      return interruptedHeadline(outcome, offer, cancellation);
    case "lost":
      return `⚠️ Live or not, nobody can tell: the go-live of ${offer} is out of sight`;
    case "contradicted":
      return `⚠️ Live or not, nobody can tell: the service contradicts itself about the go-live of ${offer}`;
    case "notStarted":
      return `❌ Not live: no go-live of ${offer} was started`;
    case "unclear":
      return `⚠️ Started or not, nobody can tell: the go-live of ${offer}`;
  }
}

function interruptedHeadline(
  { status }: Extract<Outcome, { readonly kind: "interrupted" }>,
  offer: string,
  cancellation: Cancellation | undefined,
): string {
  switch (cancellation?.kind) {
    case "asked":
      return `⏳ The run was cancelled, the service was asked to cancel the go-live of ${offer}`;
    case "ended":
      return `⚠️ The run was cancelled when the go-live of ${offer} had ended`;
    case "failed":
      return `⚠️ The run was cancelled, the go-live of ${offer} may still run`;
    case "notOwn":
    case "unclear":
    case undefined:
      return status === "unknown"
        ? `⚠️ Live or not, nobody can tell: the run for ${offer} was cancelled`
        : `⏳ Not live yet: the run was cancelled, the go-live of ${offer} was not`;
  }
}

const ENDED = {
  succeeded: ["✅ Live: ", ""],
  failed: ["❌ Not live: the go-live of ", " failed"],
  canceled: ["❌ Not live: the go-live of ", " was canceled"],
} as const;
