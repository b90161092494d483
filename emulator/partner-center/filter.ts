/** What a filter of products asks for; a term that is not there asks for nothing. */
export interface ProductFilter {
  readonly type?: string;
  readonly externalId?: { readonly type: string; readonly value: string };
}

const text = String.raw`'((?:[^']|'')*)'`;
const typeTerm = new RegExp(String.raw`^resourceType eq ${text}$`, "i");
const idTerm = new RegExp(String.raw`^ExternalIDs/Any\((\w+): ?\1/Type eq ${text} and \1/Value eq ${text}\)$`, "i");

/**
 * The filter of a request, such as
 * `resourceType eq 'AzureApplication' and ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'contoso-app')`.
 * An empty one asks for nothing. Undefined when it cannot be understood. The case of names is free.
 */
export function parseFilter(filter: string): ProductFilter | undefined {
  let parsed: ProductFilter = {};
  if (filter.trim() === "") return parsed;
  for (const term of termsOf(filter)) {
    const read = readTerm(term);
    if (read === undefined) return undefined;
    parsed = { ...parsed, ...read };
  }
  return parsed;
}

/** Parts between an ` and ` that stands in no parentheses. */
function termsOf(filter: string): readonly string[] {
  return filter.trim().split(/ and (?![^(]*\))/i);
}

function readTerm(term: string): ProductFilter | undefined {
  const [, type] = typeTerm.exec(term) ?? [];
  if (type !== undefined) return { type: unquote(type) };
  const [, , idType, value] = idTerm.exec(term) ?? [];
  if (idType === undefined || value === undefined) return undefined;
  return { externalId: { type: unquote(idType), value: unquote(value) } };
}

function unquote(quoted: string): string {
  return quoted.replaceAll("''", "'");
}
