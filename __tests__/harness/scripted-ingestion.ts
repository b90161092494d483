import { ServiceError } from "../../src/bearer/request-error.ts";
import type { Marketplace } from "../../src/marketplace/marketplace.ts";
import {
  createProductIngestion,
  type ProductIngestionOptions,
} from "../../src/marketplace/product-ingestion/product-ingestion.ts";
import { DEFAULT_VERSIONS } from "../../src/marketplace/product-ingestion/versions.ts";
import { type AskedRequest, createScriptedClient, type Script } from "./scripted-client.ts";

export const ENDPOINT = new URL("https://graph.example");
export const ROOT = "/rp/product-ingestion";
export const PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
export const OTHER_PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000cccc";
export const JOB = "6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d";
export const NUMBER = "1152921505690000222";

export type { ScriptedAnswer } from "./scripted-client.ts";

/** The API, and what it has asked a service that answers each request by a rule. */
export interface ScriptedIngestion {
  readonly marketplace: Marketplace;
  readonly asked: readonly AskedRequest[];
}

/** The API over a service that gives these answers. */
export function createScriptedIngestion(
  reply: Script,
  options: Partial<ProductIngestionOptions> = {},
): ScriptedIngestion {
  const { client, asked } = createScriptedClient(reply);
  const marketplace = createProductIngestion({
    endpoint: ENDPOINT,
    versions: DEFAULT_VERSIONS,
    offer: { publisherId: "contoso", offerId: "contoso-vm" },
    productId: undefined,
    submissionId: undefined,
    ...options,
    client,
  });
  return { marketplace, asked };
}

/** The answer about the product. */
export function productBody(type = "azureVirtualMachine"): object {
  return { value: [{ id: `product/${PRODUCT}`, identity: { externalId: "contoso-vm" }, type }] };
}

/** One entry of the submissions, such as `preview 2 completed succeeded`. */
export function entryBody(text: string, product = PRODUCT): object {
  const [target, number, status, result] = text.split(" ");
  return {
    id: `submission/${product}/${number}`,
    product: `product/${product}`,
    target: { targetType: target },
    lifecycleState: "generallyAvailable",
    ...(status === undefined ? {} : { status, result }),
  };
}

export function serviceError(status: number, code?: string, serviceText?: string): ServiceError {
  return new ServiceError(
    { method: "POST", url: `${ENDPOINT.origin}${ROOT}/configure` },
    { status, code, serviceText, requestId: undefined, retryAfterMs: undefined },
  );
}
