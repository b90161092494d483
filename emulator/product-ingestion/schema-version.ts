import type { Behaviour } from "./behaviour.ts";

const schemaOrigins = {
  new: "https://schema.mp.microsoft.com",
  old: "https://product-ingestion.azureedge.net",
} as const;

/** The `$schema` of an answer, such as of a `product`. */
export function schemaOf(resource: string, version: string, { schemaHost }: Pick<Behaviour, "schemaHost">): string {
  return `${schemaOrigins[schemaHost]}/schema/${resource}/${version}`;
}

/** Why a version is refused; undefined when it is not. */
export function versionProblem(version: string, deprecatedVersions: readonly string[]): string | undefined {
  if (deprecatedVersions.includes(version)) return `"${version}" is a deprecated schema`;
  return /^\d{4}-\d{2}-\d{2}(?:-preview\d+)?$/.test(version) ? undefined : `"${version}" is no schema version`;
}

/** The resource that a `$schema` on the new host is of, such as `submission`; undefined when it is of none. */
export function resourceOf(schema: unknown): string | undefined {
  if (typeof schema !== "string" || !schema.startsWith(`${schemaOrigins.new}/schema/`)) return undefined;
  return schema.slice(`${schemaOrigins.new}/schema/`.length).split("/")[0];
}

/** Why a `$schema` is none of the resource's; undefined when it is one. */
export function schemaProblem(
  schema: unknown,
  resource: string,
  deprecatedVersions: readonly string[],
): string | undefined {
  const prefix = `${schemaOrigins.new}/schema/${resource}/`;
  if (typeof schema !== "string") return `The $schema of a ${resource} is missing`;
  if (!schema.startsWith(prefix)) return `Schema '${schema}' could not be accessed`;
  return versionProblem(schema.slice(prefix.length), deprecatedVersions);
}
