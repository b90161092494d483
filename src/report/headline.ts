import type { Offer } from "../marketplace/marketplace.ts";
import type { Outcome } from "../outcome.ts";
import { isFromElsewhere } from "./report.ts";

/** Whether it is live, what became of it, and whether this step started it at all, in one line behind one sign. */
export function headline(outcome: Outcome, offer: Offer): string {
  return `${endLine(outcome, offer)}${isFromElsewhere(outcome) ? " (not started by this step)" : ""}`;
}

function endLine(outcome: Outcome, { publisherId, offerId }: Offer): string {
  const offer = `${publisherId}/${offerId}`;
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
      return outcome.status === "unknown"
        ? `⚠️ Live or not, nobody can tell: the run for ${offer} was cancelled`
        : `⏳ Not live yet: the run was cancelled, the go-live of ${offer} was not`;
    case "lost":
      return `⚠️ Live or not, nobody can tell: the go-live of ${offer} is out of sight`;
    case "notStarted":
      return `❌ Not live: no go-live of ${offer} was started`;
    case "unclear":
      return `⚠️ Started or not, nobody can tell: the go-live of ${offer}`;
  }
}

const ENDED = {
  succeeded: ["✅ Live: ", ""],
  failed: ["❌ Not live: the go-live of ", " failed"],
  canceled: ["❌ Not live: the go-live of ", " was canceled"],
} as const;
