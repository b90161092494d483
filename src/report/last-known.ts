import type { Offer } from "../marketplace/marketplace.ts";
import { hasEnded, type Status } from "../marketplace/operation.ts";
import type { Followed } from "../go-live/outcome.ts";
import { goOn } from "./conclusion.ts";
import { STATUS_TEXTS } from "./operation-text.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** What was last written of a go-live: what remains to be said when the action itself breaks. */
export interface LastKnown {
  readonly offer: Offer;
  readonly listing: string;
  /** As the output was last written; undefined before it was. */
  readonly status: Status | undefined;
  readonly wasSent: boolean;
  readonly followed: Followed | undefined;
}

/** The headline of a broken run, and what to do now. */
export interface BrokenRun {
  readonly headline: string;
  readonly next: readonly string[];
}

const REPORT = "This should not happen; please report it.";
const LOOK = "Before you run the job again, look in Partner Center whether the offer is going live.";

function tell(headline: string, ...next: readonly string[]): BrokenRun {
  return { headline: `⚠️ ${headline}: a bug in this action`, next: [REPORT, ...next] };
}

/** How a run reads that a bug of ours has ended. */
export function brokenRun(known: LastKnown | undefined): BrokenRun {
  if (known === undefined) return tell("Live or not, nobody can tell", LOOK);
  const { followed, status, wasSent } = known;
  const offer = offerName(known.offer);
  if (followed === undefined) {
    return wasSent && status === undefined
      ? tell(
          `Started or not, nobody can tell: the go-live of ${offer}`,
          `A go-live of ${offer} was sent, and this run cannot say what became of it. ${LOOK}`,
        )
      : tell("Live or not, nobody can tell", LOOK);
  }
  if (status === undefined || status === "unknown" || status === "rejected") {
    return tell(`The go-live of ${offer} was not seen`, "It may still run.", goOn(followed));
  }
  return hasEnded(status)
    ? tell(`The go-live of ${offer} had ended when last seen (${STATUS_TEXTS[status]})`, goOn(followed))
    : tell(
        `The go-live of ${offer} was not seen to its end`,
        `It was ${STATUS_TEXTS[status]} when last seen, and may go on at Microsoft without this run.`,
        goOn(followed),
      );
}
