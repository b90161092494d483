import type { BearerAnswer, BearerClient } from "../../bearer/bearer-client.ts";
import { isRequestError, type RequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../http/errors.ts";
import { readOperation } from "./body.ts";
import { SignInError } from "../../identity/sign-in-error.ts";
import { type LocationScope, readLocation } from "./location.ts";
import type { Marketplace, Offer, OperationReference, StartAnswer } from "../marketplace.ts";
import { readOfferStatus } from "./offer-status.ts";
import type { ToText } from "./step-body.ts";
import { readWholeList } from "./submission-pages.ts";

export interface CloudPartnerPortalOptions {
  readonly endpoint: URL;
  readonly apiVersion: string;
  readonly offer: Offer;
  readonly client: BearerClient;
  /** Makes plain text of the service's HTML. */
  readonly toText: ToText;
}

/** The Cloud Partner Portal API: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-go-live */
export function createCloudPartnerPortal(options: CloudPartnerPortalOptions): Marketplace {
  const { client, apiVersion, endpoint } = options;
  const root = `/api/publishers/${options.offer.publisherId}/offers/${options.offer.offerId}`;
  const at = (path: string): URL => withApiVersion(new URL(root + path, endpoint), apiVersion);
  return {
    submissions: (signal) =>
      readWholeList({
        url: at("/submissions/"),
        ask: (url) => client({ method: "GET", url: withApiVersion(url, apiVersion), signal }),
        locate: (id) => operationOf(id, root, endpoint),
      }),
    async offerStatus(signal) {
      const answer = await client({ method: "GET", url: at("/status"), signal });
      const status = await readOfferStatus(answer.json(), options.toText);
      if (typeof status === "string") throw new AnswerError(answer, status);
      return status;
    },
    async start(signal) {
      try {
        const answer = await client({ method: "POST", url: at("/golive"), wantsBody: isRefusal, signal });
        return readAcceptance(answer, options);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        return readStartFailure(error);
      }
    },
    async operation(reference, signal) {
      const url = withApiVersion(reference.location, apiVersion);
      const answer = await client({ method: "GET", url, signal });
      const operation = await readOperation(answer.json(), { reference, offer: options.offer }, options.toText);
      if (typeof operation === "string") throw new AnswerError(answer, operation);
      return { operation, retryAfterMs: answer.retryAfterMs };
    },
    async cancel(signal) {
      const request = { method: "POST", url: at("/cancel"), wantsBody: isRefusal, signal } as const;
      try {
        return (await client(request)).status;
      } catch (error) {
        if (!(error instanceof ServiceError && error.status === 400)) throw error;
        return (await client({ ...request, body: DOCUMENTED_CANCEL })).status;
      }
    },
  };
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

/** Both spellings of the header that says where the operation lives; the documented one first. */
const LOCATION_HEADERS = ["operation-location", "location"] as const;

/** Whatever 2xx it is, it is the service's word that it took the go-live. */
function readAcceptance(answer: BearerAnswer, scope: LocationScope): StartAnswer {
  const candidates = LOCATION_HEADERS.flatMap((name) => answer.headers[name] ?? []).filter(
    (text) => text.trim() !== "",
  );
  const error = new AnswerError(answer, "noLocation");
  for (const candidate of candidates) {
    const reference = readLocation(candidate, scope);
    if (typeof reference !== "string") return { kind: "accepted", reference, misplaced: error };
  }
  return { kind: "unclear", error, wasAccepted: true };
}

/** Whether a failed sending may have started the go-live. */
function readStartFailure(error: RequestError): StartAnswer {
  if (error instanceof NetworkError) {
    return error.wasSent ? { kind: "unclear", error, wasAccepted: false } : { kind: "notSent", error };
  }
  // Without a token nothing was sent.
  if (error instanceof SignInError) return { kind: error.isPassing ? "notSent" : "refused", error };
  if (!(error instanceof ServiceError)) return { kind: "unclear", error, wasAccepted: false };
  return readRefusal(error, error.status);
}

/**
 * What a status that is no success says of a sending. "See other" (303) is the answer to a POST that was carried out:
 * RFC 9110, section 15.4.4. Every other redirect was not followed, and so is a last word, as every 4xx is but 408.
 */
function readRefusal(error: ServiceError, status: number): StartAnswer {
  if (status === 429) return { kind: "notSent", error };
  if (status === 303) return { kind: "unclear", error, wasAccepted: true };
  const isLastWord = status >= 300 && status < 500 && status !== 304 && status !== 408;
  return isLastWord ? { kind: "refused", error } : { kind: "unclear", error, wasAccepted: false };
}

function operationOf(id: string, root: string, endpoint: URL): OperationReference {
  return { id, location: new URL(`${root}/operations/${id}`, endpoint) };
}
