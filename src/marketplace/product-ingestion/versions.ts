/** The versions of the schemas: an answer is in the newest that is not newer than the one that was asked for. */
export interface Versions {
  readonly product: string;
  /** Of submissions, of configuring and of jobs. */
  readonly submission: string;
}

/** What Microsoft's reference and most clients use. */
export const DEFAULT_VERSIONS = {
  product: "2022-07-01",
  submission: "2022-03-01-preview2",
} as const satisfies Versions;

/** The versions for what the inputs say: one that they name is used for everything. */
export function versionsFor(apiVersion: string): Versions {
  return apiVersion === DEFAULT_VERSIONS.submission
    ? DEFAULT_VERSIONS
    : { product: apiVersion, submission: apiVersion };
}

/** The URL with exactly one `$version`, in place of whichever it carries itself. */
export function withVersion(location: URL, version: string): URL {
  const url = new URL(location);
  for (const name of [...url.searchParams.keys()]) if (name.toLowerCase() === "$version") url.searchParams.delete(name);
  // Written out, for the reference does so, and a server may not take `%24` for it.
  url.search = `${url.search === "" ? "?" : `${url.search}&`}$version=${version}`;
  return url;
}
