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
} from "../marketplace.ts";
import { type OfferStatus, readOfferStatus, waitsAtSignOff } from "./offer-status.ts";
import { type Entry, findPreview, type StandingPreview } from "./preview.ts";
import { publishBody, readPublish, readPublishes } from "./publish.ts";
import {
  decidePublish,
  decideReadiness,
  decideRunning,
  readObjection,
  runningGoLive,
  waitsForSignOff,
} from "./standing.ts";
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
  /** The publish whose preview is to go live; undefined: whichever stands. */
  readonly submissionId: string | undefined;
  readonly client: BearerClient;
  /** Makes plain text of the service's HTML. */
  readonly toText: ToText;
}

/** The Cloud Partner Portal API: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-go-live */
export function createCloudPartnerPortal(options: CloudPartnerPortalOptions): Marketplace {
  const { client, apiVersion, endpoint, goal, submissionId: wanted } = options;
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
    const made = operation.status === "succeeded" && reference.isShared !== true ? { submissionId: reference.key } : {};
    return { operation: { ...operation, ...made }, retryAfterMs };
  };
  /** The operations as this run sees them. */
  const settle = (submissions: readonly Entry[], offer: OfferStatus, signal: AbortSignal) =>
    goal === "live"
      ? Promise.resolve(submissions)
      : readPublishes(submissions, offer, async ({ reference }) => (await readOne(reference, signal)).operation);
  /** A publish that runs while the offer waits for its publisher may be the one that waits: its own steps tell. */
  const settlePreview = async (
    preview: StandingPreview,
    offer: OfferStatus,
    signal: AbortSignal,
  ): Promise<StandingPreview> => {
    if (goal === "preview" || preview.kind !== "atWork" || !waitsForSignOff(offer)) return preview;
    const answer = await answerOrError(readOne(preview.entry.reference, signal));
    const isWaiting = !(answer instanceof Error) && answer.operation.steps.some(waitsAtSignOff);
    return isWaiting ? { kind: "told", entry: preview.entry } : preview;
  };
  /** How the offer stands beside its list, whose operations are as this run sees them. */
  const readOffer = async (listed: readonly Entry[], signal: AbortSignal) => {
    const status = await askStatus(signal);
    const submissions = await settle(listed, status.offer, signal);
    return { ...status, submissions, standing: await settlePreview(findPreview(submissions), status.offer, signal) };
  };
  /** A go-live that runs is in the way of everything; one that may be a publish, of a publish for the moment. */
  const inTheWay = (goLive: Entry, submissions: readonly Entry[]): Standing["readiness"] => ({
    live: decideRunning(goLive, submissions, wanted),
    preview: goLive.isPublish === true ? { kind: "busy", signOff: undefined } : { kind: "goLiveRuns", goLive },
  });
  return {
    async look(signal) {
      const list = await readList(signal);
      const { submissions } = list;
      const goLive = runningGoLive(submissions);
      // That one runs is enough to know, whatever the status would say; an unknown word may be one for an end.
      if (goLive?.isKnownWord === true) return standingOf(list, inTheWay(goLive, submissions));
      const told = await answerOrError(readOffer(submissions, signal));
      if (told instanceof Error) {
        const notTold = { kind: "notTold", error: told } as const;
        const readiness = goLive === undefined ? { live: notTold, preview: notTold } : inTheWay(goLive, submissions);
        return standingOf(list, readiness);
      }
      const { offer, standing: preview, serviceTimeMs = list.serviceTimeMs } = told;
      const readiness = {
        live: decideReadiness(offer, told.submissions, { wanted, preview }),
        preview: decidePublish(offer, told.submissions),
      };
      return standingOf({ submissions: told.submissions, serviceTimeMs }, readiness, readObjection(offer));
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
