import type { BearerAnswer, BearerClient } from "../../bearer/bearer-client.ts";
import { answerOrError, isRequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError } from "../../http/errors.ts";
import { readOperation } from "./body.ts";
import { operationKey } from "./location.ts";
import type { CancelAnswer, Marketplace, Objection, Offer, OperationReference, Standing } from "../marketplace.ts";
import { type OfferStatus, readOfferStatus, waitsAtSignOff } from "./offer-status.ts";
import { findPreview, type StandingPreview } from "./preview.ts";
import { decideReadiness, decideRunning, readObjection, runningGoLive, waitsForSignOff } from "./standing.ts";
import { readAcceptance, readStartFailure } from "./start-answer.ts";
import type { ToText } from "./step-body.ts";
import { readSubmissionList } from "./submission-pages.ts";

export interface CloudPartnerPortalOptions {
  readonly endpoint: URL;
  readonly apiVersion: string;
  readonly offer: Offer;
  /** The publish whose preview is to go live; undefined: whichever stands. */
  readonly submissionId: string | undefined;
  readonly client: BearerClient;
  /** Makes plain text of the service's HTML. */
  readonly toText: ToText;
}

/** The Cloud Partner Portal API: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-go-live */
export function createCloudPartnerPortal(options: CloudPartnerPortalOptions): Marketplace {
  const { client, apiVersion, endpoint, submissionId: wanted } = options;
  const root = `/api/publishers/${options.offer.publisherId}/offers/${options.offer.offerId}`;
  const at = (path: string): URL => withApiVersion(new URL(root + path, endpoint), apiVersion);
  const readList = (signal: AbortSignal) =>
    readSubmissionList({
      url: at("/submissions/"),
      ask: (url) => client({ method: "GET", url: withApiVersion(url, apiVersion), signal }),
      locate: (id) => operationOf(id, root, endpoint),
    });
  const askStatus = async (signal: AbortSignal) => {
    const answer = await client({ method: "GET", url: at("/status"), signal });
    const status = await readOfferStatus(answer.json(), options.toText);
    if (typeof status === "string") throw new AnswerError(answer, status);
    return { offer: status, serviceTimeMs: answer.serviceTimeMs };
  };
  const askOperation: Marketplace["operation"] = async (reference, signal) => {
    const url = withApiVersion(reference.location, apiVersion);
    const answer = await client({ method: "GET", url, signal });
    const operation = await readOperation(answer.json(), { reference, offer: options.offer }, options.toText);
    if (typeof operation === "string") throw new AnswerError(answer, operation);
    return { operation, retryAfterMs: answer.retryAfterMs };
  };
  /** A publish that runs while the offer waits for its publisher may be the one that waits: its own steps tell. */
  const settlePreview = async (
    preview: StandingPreview,
    offer: OfferStatus,
    signal: AbortSignal,
  ): Promise<StandingPreview> => {
    if (preview.kind !== "atWork" || !waitsForSignOff(offer)) return preview;
    const answer = await answerOrError(askOperation(preview.entry.reference, signal));
    const isWaiting = !(answer instanceof Error) && answer.operation.steps.some(waitsAtSignOff);
    return isWaiting ? { kind: "told", entry: preview.entry } : preview;
  };
  return {
    async look(signal) {
      const list = await readList(signal);
      const { submissions } = list;
      const goLive = runningGoLive(submissions);
      // That one runs is enough to know, whatever the status would say; an unknown word may be one for an end.
      if (goLive?.isKnownWord === true) return standingOf(list, decideRunning(goLive, submissions, wanted));
      const status = await answerOrError(askStatus(signal));
      if (!(status instanceof Error)) {
        const { offer, serviceTimeMs = list.serviceTimeMs } = status;
        const preview = await settlePreview(findPreview(submissions), offer, signal);
        const readiness = decideReadiness(offer, submissions, { wanted, preview });
        return standingOf({ ...list, serviceTimeMs }, readiness, readObjection(offer));
      }
      return standingOf(
        list,
        goLive === undefined ? { kind: "notTold", error: status } : decideRunning(goLive, submissions, wanted),
      );
    },
    async start(_goal, _candidate, signal) {
      try {
        const answer = await client({ method: "POST", url: at("/golive"), wantsBody: isRefusal, signal });
        return readAcceptance(answer, options);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        return readStartFailure(error);
      }
    },
    operation: askOperation,
    async cancel(_reference, signal) {
      const request = { method: "POST", url: at("/cancel"), wantsBody: isRefusal, signal } as const;
      try {
        return cancelAnswer(await client(request));
      } catch (error) {
        if (!(error instanceof ServiceError && error.status === 400)) throw error;
        return cancelAnswer(await client({ ...request, body: DOCUMENTED_CANCEL }));
      }
    },
  };
}

function standingOf(
  list: Pick<Standing, "submissions" | "serviceTimeMs">,
  live: Standing["readiness"]["live"],
  objection?: Objection,
): Standing {
  return { ...list, readiness: { live }, objection };
}

/** It takes one to three minutes until what was accepted is cancelled; every other success says that it is done. */
function cancelAnswer({ status }: BearerAnswer): CancelAnswer {
  return status === 202 ? "underWay" : "done";
}

/**
 * The body of a cancel as the reference shows it, without addresses; the service was seen to take a cancel without any:
 * https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-cancel-operations
 */
const DOCUMENTED_CANCEL = JSON.stringify({ metadata: { "notification-emails": "" } });

/** What was accepted counts by its headers: it must not be lost with a body that never ends. */
function isRefusal(status: number): boolean {
  return status >= 300;
}

/** The URL with exactly one api-version: the one it names itself, else `apiVersion`. */
export function withApiVersion(location: URL, apiVersion: string): URL {
  const url = new URL(location);
  const names = [...url.searchParams.keys()].filter((name) => name.toLowerCase() === "api-version");
  const named = names[0] === undefined ? null : url.searchParams.get(names[0]);
  for (const name of names) url.searchParams.delete(name);
  url.searchParams.set("api-version", named === null || named === "" ? apiVersion : named);
  return url;
}

function operationOf(id: string, root: string, endpoint: URL): OperationReference {
  return { id, location: new URL(`${root}/operations/${id}`, endpoint), key: operationKey(id) };
}
