import type { Behaviour } from "./behaviour.ts";
import type { JobOrder } from "./order.ts";
import type { ErrorDetail } from "./refusal.ts";
import type { Resource } from "./resources.ts";
import { resourceOf, schemaProblem } from "./schema-version.ts";

/** A reference to a product: by its GUID, or by its offer's id. */
export type ProductReference = { readonly productId: string } | { readonly offerId: string };

/** What the body of a configure asks for. */
export interface ConfigureRequest extends JobOrder {
  readonly product: ProductReference;
  /** The GUID in the submission's id, where it has one. */
  readonly submissionProductId: string | undefined;
}

/** What the body of a configure asks for when it is no submission: to write a resource of the draft anew. */
export interface ResourceOrder {
  readonly product: ProductReference;
  readonly resource: Resource;
}

type Fields = Readonly<Record<string, unknown>>;

type Rules = Pick<Behaviour, "bodyCheck" | "deprecatedVersions">;

const submissionPattern = /^submission\/(?<productId>[0-9a-f-]{36})\/(?<number>\d{1,19})$/i;

/** What the body asks for, or all that is wrong with it. */
export function readConfigureBody(
  text: string,
  rules: Rules,
): ConfigureRequest | ResourceOrder | readonly ErrorDetail[] {
  const body = readFields(parseJson(text));
  const resources = body?.["resources"];
  const resource = Array.isArray(resources) && resources.length === 1 ? readFields(resources[0]) : undefined;
  if (body === undefined || resource === undefined) return [invalid("The body is an object with one resource")];
  const ofResource = resourceOf(resource["$schema"]);
  if (ofResource !== undefined && !["submission", "product"].includes(ofResource))
    return readOrder(body, resource, ofResource, rules);
  const problems = [
    schemaProblem(body["$schema"], "configure", rules.deprecatedVersions),
    schemaProblem(resource["$schema"], "submission", rules.deprecatedVersions),
    ...(rules.bodyCheck === "strict" ? otherMembers(body, resource) : []),
  ];
  const read = readResource(resource);
  const found = [...problems, ...(typeof read === "string" ? [read] : [])].filter((problem) => problem !== undefined);
  return typeof read === "string" || found.length > 0 ? found.map(invalid) : read;
}

function readOrder(body: Fields, resource: Fields, name: string, rules: Rules): ResourceOrder | readonly ErrorDetail[] {
  const { id } = resource;
  const product = readProduct(resource["product"]);
  const problems = [
    schemaProblem(body["$schema"], "configure", rules.deprecatedVersions),
    schemaProblem(resource["$schema"], name, rules.deprecatedVersions),
    typeof id === "string" ? undefined : `The ${name} has no id`,
    product === undefined ? "The product is no reference to one" : undefined,
  ].filter((problem) => problem !== undefined);
  if (product === undefined || typeof id !== "string" || problems.length > 0) return problems.map(invalid);
  return { product, resource: { ...resource, id } };
}

function readResource({ id, product, target, lifecycleState }: Fields): ConfigureRequest | string {
  const targetType = readFields(target)?.["targetType"];
  if (targetType !== "preview" && targetType !== "live") return "The target is none that can be published to";
  const reference = readProduct(product);
  if (reference === undefined) return "The product is no reference to one";
  const submission = typeof id === "string" ? submissionPattern.exec(id)?.groups : undefined;
  if (id !== undefined && id !== null && submission === undefined) return `The id ${JSON.stringify(id)} is invalid`;
  if (targetType === "preview" && (submission?.["number"] ?? "0") !== "0")
    return "A publish to preview names no submission";
  return {
    target: targetType,
    product: reference,
    number: submission?.["number"],
    submissionProductId: submission?.["productId"],
    lifecycleState: typeof lifecycleState === "string" ? lifecycleState : "generallyAvailable",
  };
}

function readProduct(reference: unknown): ProductReference | undefined {
  const offerId = readFields(reference)?.["externalId"];
  if (typeof offerId === "string") return { offerId };
  const productId = typeof reference === "string" ? /^product\/([0-9a-f-]{36})$/i.exec(reference)?.[1] : undefined;
  return productId === undefined ? undefined : { productId };
}

/** What a body has beside the documented members. */
function otherMembers(body: Fields, resource: Fields): readonly string[] {
  const others = [
    ...namesBeside(body, ["$schema", "resources"]),
    ...namesBeside(resource, ["$schema", "id", "product", "target"]),
    ...namesBeside(readFields(resource["target"]) ?? {}, ["targetType"]),
  ];
  return others.map((name) => `The member ${JSON.stringify(name)} is not allowed`);
}

function namesBeside(fields: Fields, known: readonly string[]): readonly string[] {
  return Object.keys(fields).filter((name) => !known.includes(name));
}

function invalid(message: string): ErrorDetail {
  return { code: "schemaValidationError", message };
}

function readFields(value: unknown): Fields | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
