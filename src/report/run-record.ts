import type { GoLiveEvent } from "../go-live/events.ts";
import type { Approval } from "../approval/approval.ts";
import type { Exchange } from "../bearer/bearer-client.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import { listingUrl } from "./listing.ts";
import type { Report } from "./report.ts";
import { createTimeline } from "./timeline.ts";

/** Keeps what is learnt on the way, for the report at the end. */
export interface RunRecord {
  readonly observe: (event: GoLiveEvent, atMs: number) => void;
  /** Takes an operation for the last one seen. */
  readonly show: (operation: Operation, atMs: number) => void;
  readonly exchanged: (exchange: Exchange) => void;
  /** From now on a request that changes something is a cancel. */
  readonly cancelling: () => void;
  readonly approved: (approval: Approval) => void;
  readonly read: () => Pick<Report, "operation" | "listing" | "approval" | "timeline" | "requestIds">;
}

/** A record in which nothing is written yet. */
export function createRunRecord(offer: Offer): RunRecord {
  const timeline = createTimeline();
  let operation: Operation | undefined;
  let approval: Approval | undefined;
  let isCancelling = false;
  let [goLive, last]: [string | undefined, string | undefined] = [undefined, undefined];
  const show = (seen: Operation, atMs: number): void => {
    operation = seen;
    timeline.see(seen, atMs);
  };
  return {
    observe(event, atMs) {
      if (event.kind === "following" && event.followed.origin === "started") timeline.begin(atMs);
      if (event.kind === "observed") show(event.operation, atMs);
    },
    show,
    exchanged({ method, requestId }) {
      last = requestId ?? last;
      // Until it is cancelled, a run POSTs nothing but the go-live.
      if (method === "POST" && !isCancelling) goLive = requestId ?? goLive;
    },
    cancelling() {
      isCancelling = true;
    },
    approved(given) {
      approval = given;
    },
    read: () => ({
      operation,
      listing: listingUrl(offer, operation?.liveLinks ?? []),
      approval,
      timeline,
      requestIds: { goLive, last },
    }),
  };
}
