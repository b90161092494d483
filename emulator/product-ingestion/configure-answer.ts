import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { type AdmittedRequest, findProduct, isVisible } from "./asked.ts";
import type { Behaviour } from "./behaviour.ts";
import { type ConfigureRequest, readConfigureBody } from "./configure-body.ts";
import { jobBody } from "./job-body.ts";
import { type OrderRefusal, orderRefusals } from "./order.ts";
import type { Product } from "./product.ts";
import { refuse } from "./refusal.ts";

/** The answer to `POST configure`: a push to live, a publish to preview, or a resource of the draft written anew. */
export function answerConfigure(asked: AdmittedRequest): Answer {
  const { account, behaviour } = asked.service;
  const order = readConfigureBody(asked.request.body, behaviour);
  if (!("product" in order)) return refuse(400, "badRequest", "Invalid request", order);
  const product = productOf(asked, order);
  if (product === undefined) return refuseMissing("product");
  const job =
    "resource" in order
      ? account.write(product, order.resource, asked.moment)
      : account.request(product, order, asked.moment);
  if (job === "unknownResource") return refuseMissing("resource");
  if (typeof job === "string") return refuseOrder(job, behaviour);
  const answer = acceptedBody(jobBody(product, job, asked.moment.nowMs, behaviour), behaviour);
  return answer === undefined
    ? { status: behaviour.acceptedStatus, headers: {}, body: "" }
    : jsonAnswer(behaviour.acceptedStatus, answer);
}

/** The product that both references of the order mean; undefined when they mean two, or none that may be seen. */
function productOf(
  asked: AdmittedRequest,
  { product: reference, submissionProductId }: Pick<ConfigureRequest, "product"> & Partial<ConfigureRequest>,
): Product | undefined {
  const product =
    "productId" in reference
      ? findProduct(asked, reference.productId)
      : asked.service.account.findOffer(reference.offerId);
  if (product === undefined || !isVisible(asked, product)) return undefined;
  return (submissionProductId ?? product.id).toLowerCase() === product.id ? product : undefined;
}

function acceptedBody(job: object, { acceptedBody: form }: Behaviour): object | undefined {
  if (form === "empty") return undefined;
  if (form === "job") return job;
  return Object.fromEntries(Object.entries(job).filter(([name]) => name.toLowerCase() !== "jobid"));
}

function refuseMissing(what: string): Answer {
  const details = [{ code: "resourceNotFound", message: `The ${what} does not exist` }];
  return refuse(400, "badRequest", "Invalid resource", details);
}

const busyCodes = { 400: "badRequest", 409: "conflict", 423: "locked" } as const;

function refuseOrder(refusal: OrderRefusal, { busyStatus }: Behaviour): Answer {
  const status = refusal === "busy" ? busyStatus : 400;
  return refuse(status, busyCodes[status], "Invalid resource", [orderRefusals[refusal]]);
}
