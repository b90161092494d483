import { isObject, parseJson } from "../../../src/text/json.ts";

/** What a push names. */
export interface Push {
  /** In lower case, such as `submission/<guid>/<number>`. */
  readonly submission: string;
}

/** What the body of a push asks for; undefined when it asks for anything else, or has a member too many. */
export function readPush(text: string): Push | undefined {
  const body = parseJson(text, (each) => each);
  const resources = isObject(body) && hasOnly(body, ["$schema", "resources"]) ? body["resources"] : undefined;
  const [resource, ...others]: readonly unknown[] = Array.isArray(resources) ? resources : [];
  if (!isObject(resource) || others.length > 0 || !hasOnly(resource, ["$schema", "id", "product", "target"])) {
    return undefined;
  }
  const { id, product, target } = resource;
  const [, guid] = /^submission\/([0-9a-f-]{36})\/\d+$/.exec(typeof id === "string" ? id : "") ?? [];
  const isLive = isObject(target) && hasOnly(target, ["targetType"]) && target["targetType"] === "live";
  return typeof id === "string" && isLive && product === `product/${guid}` ? { submission: id } : undefined;
}

function hasOnly(object: object, names: readonly string[]): boolean {
  return Object.keys(object).toSorted().join() === names.toSorted().join();
}
