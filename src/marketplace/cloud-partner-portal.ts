import type { BearerAnswer, BearerClient } from "../bearer/bearer-client.ts";
import { isRequestError, type RequestError } from "../bearer/request-error.ts";
import { AnswerError, NetworkError, ServiceError } from "../http/errors.ts";
import { readOperation, readSubmissions, type ToText } from "./cloud-partner-portal-body.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import { readLocation } from "./location.ts";
import type { Marketplace, Offer, OperationReference, StartAnswer } from "./marketplace.ts";
import { readOfferStatus } from "./offer-status-body.ts";

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
    async submissions(signal) {
      const answer = await client({ method: "GET", url: at("/submissions/"), signal });
      const entries = readSubmissions(answer.json(), (id) => operationOf(id, root, endpoint));
      if (entries === undefined) throw new AnswerError(answer, "wrongShape");
      return { entries, serviceTimeMs: answer.serviceTimeMs };
    },
    async offerStatus(signal) {
      const answer = await client({ method: "GET", url: at("/status"), signal });
      const status = await readOfferStatus(answer.json(), options.toText);
      if (typeof status === "string") throw new AnswerError(answer, status);
      return status;
    },
    async start(signal) {
      const url = at("/golive");
      try {
        return readAcceptance(await client({ method: "POST", url, wantsBody: isRefusal, signal }), url);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        const kind = readStartFailure(error);
        return kind === "unclear" ? { kind, error, wasAccepted: isAcceptance(error) } : { kind, error };
      }
    },
    async operation(reference, signal) {
      const url = withApiVersion(reference.location, apiVersion);
      const answer = await client({ method: "GET", url, signal });
      const operation = await readOperation(answer.json(), reference.id, options.toText);
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

function readAcceptance(answer: BearerAnswer, base: URL): StartAnswer {
  const candidates = LOCATION_HEADERS.flatMap((name) => answer.headers[name] ?? []).filter(
    (text) => text.trim() !== "",
  );
  for (const candidate of candidates) {
    const reference = readLocation(candidate, base);
    if (typeof reference !== "string") return { kind: "accepted", reference };
  }
  return { kind: "unclear", error: new AnswerError(answer, "noLocation"), wasAccepted: true };
}

/** Whether a failed sending may have started the go-live; every redirect but 303 and every 4xx but 408 and 429 is the service's last word. */
function readStartFailure(error: RequestError): "unclear" | "notSent" | "refused" {
  if (error instanceof NetworkError) return error.wasSent ? "unclear" : "notSent";
  // Without a token nothing was sent.
  if (error instanceof SignInError) return error.isPassing ? "notSent" : "refused";
  if (!(error instanceof ServiceError)) return "unclear";
  const { status } = error;
  if (status === 429) return "notSent";
  // A redirect says that this address does nothing, and it is not followed; 303 alone follows on what was done.
  if (status < 400) return status >= 300 && status !== 303 ? "refused" : "unclear";
  return status < 500 && status !== 408 ? "refused" : "unclear";
}

/** See Other is what a request is answered with that has been carried out: RFC 9110, section 15.4.4. */
function isAcceptance(error: RequestError): boolean {
  return error instanceof AnswerError || (error instanceof ServiceError && error.status === 303);
}

function operationOf(id: string, root: string, endpoint: URL): OperationReference {
  return { id, location: new URL(`${root}/operations/${encodeURIComponent(id.toWellFormed())}`, endpoint) };
}
