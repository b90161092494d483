import { AnswerError, type AnswerReason, NetworkError, type NetworkReason } from "../http/errors.ts";
import { type ServiceError } from "../bearer/request-error.ts";

/** What can go wrong with a request, as far as the remedies differ. */
export type RequestTrouble =
  | NetworkReason
  | "badRequest"
  | "badVersion"
  | "unauthorized"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "tooManyRequests"
  | "serviceFault"
  | "redirect"
  | "otherRefusal"
  | "unusableAnswer"
  | "otherOffer"
  | "notShown"
  | "partialList";

/** What to do about it, in the words of the person who must do it. */
export const REMEDIES = {
  badRequest:
    "Read what the service says and mend it in Partner Center: usually the offer is not published to preview yet, or its preview is not ready. Then run this job again.",
  badVersion:
    "Leave `apiVersion` out: then the service is asked in the version that this action was made for. Where it is left out already, look for a newer release of this action.",
  unauthorized:
    "Get a new token for the resource that `endpoint` is (https://cloudpartner.azure.com, unless you set another) in a step just before this one; tokens live 60 to 90 minutes.",
  forbidden:
    "Add the app's service principal (or the user) that the token belongs to as a Manager or Owner of the publisher account in Partner Center, under Account settings, User management.",
  notFound:
    "Check `publisherId` and `offerId` against Partner Center (the ids, not the display names), and that the token belongs to the same publisher account. This API serves only offers that were managed through it before; `api` names the others.",
  conflict: "Look in Partner Center what else runs for the offer, wait for it to end, then run this job again.",
  tooManyRequests:
    "The service turned the request away because there were too many. Wait as long as it asks, then run this job again.",
  serviceFault:
    "The fault is on the service's side. Run this job again in a while; if it goes on, open a Partner Center support request and quote the request id.",
  redirect:
    "Redirects are not followed, because the token must not leave the endpoint. Check `endpoint`, and that no proxy asks for a sign-in.",
  otherRefusal: "Read what the service says; Microsoft's support can look the request up by its id.",
  unusableAnswer:
    "Something between this machine and the service answered in its place, or the service changed. Check `endpoint` and the proxy.",
  otherOffer:
    "`offerId` (or `productId`) and `operationLocation` do not belong together: name the offer that the operation is one of, or pass the output `operationLocation` of a step that was about this offer.",
  notShown:
    "Nobody can tell that one was started. Look in Partner Center, and pass the output `operationLocation` of the step that started it.",
  partialList:
    "A go-live that runs may stand in the part that was not read, so no other is sent. Look in Partner Center how the offer stands, and report this with the log of this step.",
  nameNotFound: "Check `endpoint` and the runner's DNS. A self-hosted runner may need HTTPS_PROXY.",
  refused: "Check `endpoint` and that the runner's firewall lets it out. A self-hosted runner may need HTTPS_PROXY.",
  unreachable: "Check the runner's network and firewall. A self-hosted runner may need HTTPS_PROXY.",
  tls: "If a proxy opens TLS on the way, set NODE_EXTRA_CA_CERTS to a file with its certificate authority, in the environment of the runner or of the job.",
  proxy: "Check HTTPS_PROXY and NO_PROXY, that the proxy runs, and that it allows CONNECT to the host of `endpoint`.",
  connectTimeout: "Check the runner's network and firewall. A self-hosted runner may need HTTPS_PROXY.",
  timeout: "The service or the network is slow or down. Run this job again in a while.",
  notHttp:
    "Something else than the service answered, or plain text met TLS. Check `endpoint` (its scheme and port) and the proxy, then run this job again.",
  reset: "The network or the service gave up the connection. Run this job again in a while.",
  interrupted: "Run this job again when you are ready.",
} as const satisfies Record<RequestTrouble, string>;

/** Which trouble a failed request is in. */
export function readTrouble(error: NetworkError | AnswerError | ServiceError): RequestTrouble {
  if (error instanceof NetworkError) return error.reason;
  if (error instanceof AnswerError) return TROUBLES_BY_REASON[error.reason] ?? "unusableAnswer";
  const trouble = TROUBLES_BY_STATUS[error.status] ?? troubleByClass(error.status);
  if (trouble !== "badRequest") return trouble;
  if (VERSION_WORDS.test(`${error.code ?? ""} ${error.serviceText ?? ""}`)) return "badVersion";
  // Only what is sent can find the offer not ready: nothing that is to be mended answers a question.
  return error.request.method === "POST" ? trouble : "otherRefusal";
}

const TROUBLES_BY_REASON: Readonly<Partial<Record<AnswerReason, RequestTrouble>>> = {
  otherOffer: "otherOffer",
  notListed: "notShown",
  notBegun: "notShown",
  partialList: "partialList",
};

/** What a refusal says that is about the version: the code `InvalidAPIVersion`, or that a schema is a deprecated one. */
const VERSION_WORDS = /\bapi[\s-]?version|InvalidAPIVersion|\$version\b|deprecated schema/i;

const TROUBLES_BY_STATUS: Readonly<Record<number, RequestTrouble>> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "notFound",
  408: "timeout",
  409: "conflict",
  422: "badRequest",
  429: "tooManyRequests",
};

function troubleByClass(status: number): RequestTrouble {
  if (status < 400) return "redirect";
  return status >= 500 ? "serviceFault" : "otherRefusal";
}
