import { ServiceError } from "../../src/bearer/request-error.ts";
import type { Marketplace } from "../../src/marketplace/marketplace.ts";
import { createPartnerCenter, type PartnerCenterOptions } from "../../src/marketplace/partner-center/partner-center.ts";
import { type AskedRequest, createScriptedClient, type Script, type ScriptedAnswer } from "./scripted-client.ts";

export const ENDPOINT = new URL("https://api.partner.example");
export const ROOT = "/v1.0/ingestion";
export const PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
export const OTHER_PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000cccc";
export const NUMBER = "1152921505690000222";
export const SUBMISSION = { product: PRODUCT, number: NUMBER } as const;
export const ID = `submission/${PRODUCT}/${NUMBER}`;

/** The API, and what it has asked a service that answers each request by a rule. */
export interface ScriptedCenter {
  readonly marketplace: Marketplace;
  readonly asked: readonly AskedRequest[];
  /** The same in short, such as `GET /products/…/submissions`, without what stands before it. */
  readonly targets: () => readonly string[];
}

/** The API over a service that gives these answers. */
export function createScriptedCenter(reply: Script, options: Partial<PartnerCenterOptions> = {}): ScriptedCenter {
  const { client, asked } = createScriptedClient(reply);
  const marketplace = createPartnerCenter({
    endpoint: ENDPOINT,
    offer: { publisherId: "contoso", offerId: "contoso-app" },
    productId: undefined,
    submissionId: undefined,
    ...options,
    client,
  });
  return {
    marketplace,
    asked,
    targets: () => asked.map(({ method, target }) => `${method} ${target.replace(ROOT, "")}`),
  };
}

/** What a service answers, by what is asked; what is left out is answered 404. */
export interface CenterAnswers {
  readonly products?: ScriptedAnswer;
  readonly product?: ScriptedAnswer;
  readonly submissions?: ScriptedAnswer;
  readonly submission?: ScriptedAnswer;
  readonly workflowdetails?: ScriptedAnswer;
  readonly validations?: ScriptedAnswer;
  readonly reports?: ScriptedAnswer;
  readonly promote?: ScriptedAnswer;
}

/** A rule that gives these answers, whichever product and submission is asked for. By default the product is found. */
export function answering(answers: CenterAnswers): Script {
  return (request) => {
    const name = nameOf(request);
    return answers[name] ?? (name === "products" ? { body: { value: [productBody()] } } : serviceError(404));
  };
}

/** What a request asks for. */
export function nameOf(request: string): keyof CenterAnswers {
  const [, , id, , number, last] = (request.split(ROOT)[1] ?? "").split("?")[0]?.split("/") ?? [];
  if (last === undefined) {
    if (number !== undefined) return "submission";
    if (request.includes("/submissions")) return "submissions";
    return id === undefined ? "products" : "product";
  }
  if (last === "workflowdetails" || last === "validations" || last === "reports" || last === "promote") return last;
  throw new TypeError(`nothing of this API: ${request}`);
}

/** A product as the service shows it. */
export function productBody(guid = PRODUCT, offerId = "contoso-app"): Readonly<Record<string, unknown>> {
  return {
    resourceType: "AzureApplication",
    name: "Contoso App",
    externalIDs: [{ type: "AzureOfferId", value: offerId }],
    isModularPublishing: true,
    id: guid,
  };
}

/** A submission as the service shows it, such as `2 Published ReadyToPublish Completed`; `-` stands for no word. */
export function submissionBody(text: string): Readonly<Record<string, unknown>> {
  const [id, ...words] = text.split(" ");
  const [state, substate, pending] = words.map((word) => (word === "-" ? undefined : word));
  return {
    resourceType: "Submission",
    ...{ state, substate, targets: [{ type: "Scope", value: "Preview" }], releaseNumber: 28, areResourcesReady: true },
    ...(pending === undefined ? {} : { pendingUpdateInfo: { updateType: "Create", status: pending } }),
    id,
  };
}

/** The answer that lists such submissions. */
export function listing(...texts: readonly string[]): ScriptedAnswer {
  return { body: { value: texts.map(submissionBody) } };
}

/** What the service answers with that status. */
export function serviceError(
  status: number,
  { code, serviceText, retryAfterMs }: Partial<Pick<ServiceError, "code" | "serviceText" | "retryAfterMs">> = {},
): ServiceError {
  return new ServiceError(
    { method: "GET", url: `${ENDPOINT.origin}${ROOT}/products` },
    { status, code, serviceText, requestId: undefined, retryAfterMs },
  );
}
