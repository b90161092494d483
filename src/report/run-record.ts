import type { Approval } from "../approval/approval.ts";
import type { Exchange } from "../bearer/bearer-client.ts";
import type { GoLiveEvent } from "../go-live/events.ts";
import type { Followed } from "../go-live/outcome.ts";
import { type ApiName, apiOfLocation } from "../marketplace/apis.ts";
import type { PreviewVersion } from "../marketplace/marketplace.ts";
import type { Link, Operation, Status } from "../marketplace/operation.ts";
import type { LastKnown } from "./ending.ts";
import type { Report } from "./report.ts";
import { createTimeline } from "./timeline.ts";

/** Keeps what is learnt on the way, for the report at the end. */
export interface RunRecord {
  readonly observe: (event: GoLiveEvent, atMs: number) => void;
  /** Takes an operation for the last one seen. */
  readonly show: (operation: Operation, atMs: number) => void;
  /** The last word about the status. */
  readonly end: (status: Status | undefined) => void;
  readonly exchanged: (exchange: Exchange) => void;
  /** From now on a request that changes something is a cancel. */
  readonly cancelling: () => void;
  readonly approved: (approval: Approval) => void;
  readonly read: () => Pick<
    Report,
    "operation" | "submissionId" | "version" | "approval" | "timeline" | "requestIds"
  > & {
    readonly previewLinks: readonly Link[];
  };
  readonly lastKnown: () => LastKnown;
  /** Whether an API has answered anything with success. */
  readonly hasAnswered: (api: ApiName) => boolean;
}

/** A record in which nothing is written yet. */
export function createRunRecord(): RunRecord {
  const timeline = createTimeline();
  let [operation, approval]: [Operation | undefined, Approval | undefined] = [undefined, undefined];
  let [status, followed]: [Status | undefined, Followed | undefined] = [undefined, undefined];
  const answered = new Set<ApiName>();
  let [wasSent, isCancelling] = [false, false];
  let submissionId: string | undefined;
  let version: PreviewVersion | undefined;
  let previewLinks: readonly Link[] = [];
  let [sent, last]: [string | undefined, string | undefined] = [undefined, undefined];
  // The id of the sending that what is followed comes from, or may come from, once there is one.
  let started: { readonly id: string | undefined } | undefined;
  const show = (seen: Operation, atMs: number): void => {
    operation = seen;
    previewLinks = seen.previewLinks ?? previewLinks;
    timeline.see(seen, atMs);
  };
  const follow = (found: Followed, atMs: number): void => {
    followed = found;
    submissionId = found.reference.submissionId ?? submissionId;
    version = found.reference.version ?? version;
    // Of what the inputs name nobody knows yet how it is.
    if (found.origin !== "watched") status = "running";
    if (found.origin === "started") {
      timeline.begin(atMs);
      started = { id: sent };
    }
    // What this run has not started comes from no request of its own.
    if (found.origin === "adopted") started = { id: undefined };
  };
  return {
    observe(event, atMs) {
      if (event.kind === "sending") {
        wasSent = true;
        sent = undefined;
        ({ submissionId, version, previewLinks = [] } = event.candidate);
      }
      // A later sending that is refused started nothing: this one may have.
      if (event.kind === "unclearSending") started = { id: sent };
      if (event.kind === "following") follow(event.followed, atMs);
      if (event.kind === "publishObserved") show(event.operation, atMs);
      if (event.kind !== "observed") return;
      status = event.operation.status;
      submissionId = event.operation.submissionId ?? submissionId;
      show(event.operation, atMs);
    },
    show,
    end(word) {
      status = word;
    },
    exchanged({ method, requestId, url, outcome }) {
      const api = apiOfLocation(URL.parse(url));
      if (api !== undefined && /^2\d\d$/.test(outcome)) answered.add(api);
      last = requestId ?? last;
      // Until it is cancelled, a run POSTs nothing but what it is to start.
      if (method === "POST" && !isCancelling) sent = requestId ?? sent;
    },
    cancelling() {
      isCancelling = true;
    },
    approved(given) {
      approval = given;
    },
    read: () => ({
      operation,
      submissionId,
      version,
      previewLinks,
      approval,
      timeline,
      requestIds: { goLive: started === undefined ? sent : started.id, last },
    }),
    hasAnswered: (api) => answered.has(api),
    lastKnown: () => ({ status, wasSent, followed }),
  };
}
