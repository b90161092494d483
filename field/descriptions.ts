import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Emulator, startEmulator } from "../emulator/emulator.ts";
import { ROOT } from "../scripts/bundle.ts";

/** A service of the emulator, and its description in OpenAPI. */
export interface DescribedService {
  readonly title: string;
  /** Where the description stands, from the root of the checkout. */
  readonly file: string;
  /** What the paths of the description begin at. */
  readonly base: (emulator: Emulator) => string;
  /** The names of what there is, by the parameters of the paths. */
  readonly names: (ask: Ask, emulator: Emulator) => Promise<Readonly<Record<string, string>>>;
}

/** Asks the service something; resolves with the JSON of its answer. */
type Ask = (path: string, body?: object) => Promise<unknown>;

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const VERSION = "$version=2022-07-01";

/** The three of them. */
export const describedServices: readonly DescribedService[] = [
  {
    title: "the Cloud Partner Portal API",
    file: "emulator/cloud-partner-portal/openapi.yml",
    base: ({ url }) => url,
    async names(ask) {
      const path = `/api/publishers/${OFFER.publisherId}/offers/${OFFER.offerId}/submissions?api-version=2017-10-31`;
      const [preview] = (await ask(path)) as readonly { readonly id: string }[];
      return { ...OFFER, operationId: preview?.id ?? "", slot: "draft" };
    },
  },
  {
    title: "the Product Ingestion API",
    file: "emulator/product-ingestion/openapi.yml",
    base: ({ productIngestion }) => productIngestion.endpoint,
    async names(ask) {
      const [product] = await valuesOf(ask(`/product?externalId=${OFFER.offerId}&${VERSION}`));
      const productId = product?.id.replace("product/", "") ?? "";
      const submissions = await valuesOf(ask(`/submission/${productId}?targetType=preview&${VERSION}`));
      const id = submissions[0]?.id ?? "";
      const job = (await ask(`/configure?${VERSION}`, pushOf(productId, id))) as { readonly jobId: string };
      return { productId, number: id.replace(/.*\//, ""), jobId: job.jobId };
    },
  },
  {
    title: "the Partner Center submission API",
    file: "emulator/partner-center/openapi.yml",
    base: ({ partnerCenter }) => partnerCenter.endpoint,
    async names(ask) {
      const filter = `ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq '${OFFER.offerId}')`;
      const [product] = await valuesOf(ask(`/products?$filter=${encodeURIComponent(filter)}`));
      const productId = product?.id ?? "";
      const [submission] = await valuesOf(ask(`/products/${productId}/submissions`));
      return { productId, submissionId: submission?.id ?? "" };
    },
  },
];

/** Starts the emulator, and finds out what there is in that service. */
export async function startDescribed(
  service: DescribedService,
): Promise<{ readonly emulator: Emulator; readonly names: Readonly<Record<string, string>> }> {
  const products = [{ offerId: OFFER.offerId }];
  const emulator = await startEmulator({
    offers: [OFFER],
    productIngestion: { products },
    partnerCenter: { products },
  });
  const ask: Ask = async (path, body) => {
    const headers = { authorization: "Bearer emulator-token", "content-type": "application/json" };
    const post = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await fetch(`${service.base(emulator)}${path}`, { headers, ...post })).json();
  };
  return { emulator, names: await service.names(ask, emulator) };
}

/** The description of a service, with the names of what there is as likely values of the parameters in its paths. */
export function readDescription({ file }: DescribedService, names: Readonly<Record<string, string>> = {}): unknown {
  const text = readFileSync(join(ROOT, file), "utf8");
  return parse(text, (_key, value: unknown) => (isPathParameter(value) ? withName(value, names) : value), {
    merge: true,
  });
}

interface PathParameter {
  readonly name: string;
  readonly schema: unknown;
}

function isPathParameter(value: unknown): value is PathParameter {
  return typeof value === "object" && value !== null && "in" in value && value.in === "path";
}

function withName(parameter: PathParameter, names: Readonly<Record<string, string>>): PathParameter {
  const name = names[parameter.name];
  return name === undefined ? parameter : { ...parameter, schema: { anyOf: [{ const: name }, parameter.schema] } };
}

async function valuesOf(answer: Promise<unknown>): Promise<readonly { readonly id: string }[]> {
  return ((await answer) as { readonly value: readonly { readonly id: string }[] }).value;
}

function pushOf(productId: string, submissionId: string): object {
  const resource = { $schema: schemaOf("submission"), id: submissionId, product: `product/${productId}` };
  return { $schema: schemaOf("configure"), resources: [{ ...resource, target: { targetType: "live" } }] };
}

function schemaOf(name: string): string {
  return `https://schema.mp.microsoft.com/schema/${name}/2022-03-01-preview2`;
}
