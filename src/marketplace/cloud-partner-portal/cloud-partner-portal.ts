import type { BearerAnswer, BearerClient } from "../../bearer/bearer-client.ts";
import { answerOrError, isRequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError } from "../../http/errors.ts";
import { readOperation } from "./body.ts";
import { operationKey } from "./location.ts";
import type {
  CancelAnswer,
  Goal,
  Marketplace,
  Objection,
  Offer,
  OperationAnswer,
  OperationReference,
  Standing,
  Submission,
} from "../marketplace.ts";
import { type OfferStatus, readOfferStatus } from "./offer-status.ts";
import { publishBody, readPublish, readPublishes } from "./publish.ts";
import { decidePublish, decideReadiness, readObjection, runningGoLive } from "./standing.ts";
import { readAcceptance, readStartFailure } from "./start-answer.ts";
import type { ToText } from "./step-body.ts";
import { readSubmissionList } from "./submission-pages.ts";

export interface CloudPartnerPortalOptions {
  readonly endpoint: URL;
  readonly apiVersion: string;
  readonly offer: Offer;
  /** What this run is to reach: a publish is read otherwise by whoever waits for its preview. */
  readonly goal: Goal;
  /** Whom the service tells of a publish; it may be nobody. */
  readonly notificationEmails: readonly string[];
  readonly client: BearerClient;
  /** Makes plain text of the service's HTML. */
  readonly toText: ToText;
}

/** The Cloud Partner Portal API: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-go-live */
export function createCloudPartnerPortal(options: CloudPartnerPortalOptions): Marketplace {
  const { client, apiVersion, endpoint, goal } = options;
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
  const readOne = async (reference: OperationReference, signal: AbortSignal): Promise<OperationAnswer> => {
    const answer = await client({ method: "GET", url: withApiVersion(reference.location, apiVersion), signal });
    const read = await readOperation(answer.json(), { reference, offer: options.offer }, options.toText);
    if (typeof read === "string") throw new AnswerError(answer, read);
    const { retryAfterMs } = answer;
    if (goal === "live") return { operation: read, retryAfterMs };
    const operation = await readPublish(read, async () => (await askStatus(signal)).offer);
    const made = operation.status === "succeeded" && reference.isShared !== true ? { submissionId: reference.id } : {};
    return { operation: { ...operation, ...made }, retryAfterMs };
  };
  /** The operations as this run sees them. */
  const settle = (submissions: readonly Submission[], offer: OfferStatus, signal: AbortSignal) =>
    goal === "live"
      ? Promise.resolve(submissions)
      : readPublishes(submissions, offer, async ({ reference }) => (await readOne(reference, signal)).operation);
  return {
    async look(signal) {
      const list = await readList(signal);
      const goLive = runningGoLive(list.submissions);
      // That one runs is enough to know, whatever the status would say; an unknown word may be one for an end.
      if (goLive?.isKnownWord === true) return standingOf(list, inTheWay(goLive));
      const told = await answerOrError(
        askStatus(signal).then(async (status) => ({
          ...status,
          submissions: await settle(list.submissions, status.offer, signal),
        })),
      );
      if (!(told instanceof Error)) {
        const { offer, submissions, serviceTimeMs = list.serviceTimeMs } = told;
        const [live, preview] = [decideReadiness(offer, submissions), decidePublish(offer, submissions)];
        return standingOf({ submissions, serviceTimeMs }, { live, preview }, readObjection(offer));
      }
      const notTold = { kind: "notTold", error: told } as const;
      return standingOf(list, goLive === undefined ? { live: notTold, preview: notTold } : inTheWay(goLive));
    },
    async start(towards, _candidate, signal) {
      const sent =
        towards === "live"
          ? { url: at("/golive") }
          : { url: at("/publish"), body: publishBody(options.notificationEmails) };
      try {
        const answer = await client({ method: "POST", ...sent, wantsBody: isRefusal, signal });
        return readAcceptance(answer, options);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        return readStartFailure(error);
      }
    },
    operation: readOne,
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
  readiness: Standing["readiness"],
  objection?: Objection,
): Standing {
  return { ...list, readiness, objection };
}

/** A go-live that runs is in the way of everything; one that may be a publish, of a publish for the moment. */
function inTheWay(goLive: Submission): Standing["readiness"] {
  const live = { kind: "goLiveRuns", goLive } as const;
  return { live, preview: goLive.isPublish === true ? { kind: "busy", signOff: undefined } : live };
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
