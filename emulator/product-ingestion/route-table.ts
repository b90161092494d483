import createRouter from "find-my-way";
import type { Route } from "./vocabulary.ts";

/** What a request's method and path mean. */
export interface RouteMatch {
  readonly route: Route;
  /** Given when the path exists, but not with the request's method. */
  readonly allowedMethod?: Method;
  /** The names in the path; empty where it has none. */
  readonly productId: string;
  readonly number: string;
  readonly jobId: string;
}

type Method = "GET" | "POST";

interface RouteEntry {
  readonly route: Exclude<Route, "unknown">;
  readonly method: Method;
  readonly path: string;
}

const root = "/rp/product-ingestion";

const routeEntries: readonly RouteEntry[] = [
  { route: "product", method: "GET", path: `${root}/product` },
  { route: "resourceTree", method: "GET", path: `${root}/resource-tree/product/:productId` },
  { route: "submissions", method: "GET", path: `${root}/submission/:productId` },
  { route: "submission", method: "GET", path: `${root}/submission/:productId/:number` },
  { route: "configure", method: "POST", path: `${root}/configure` },
  { route: "job", method: "GET", path: `${root}/configure/:jobId/status` },
  { route: "cancel", method: "POST", path: `${root}/configure/:jobId/cancel` },
];

const router = createRouter({ ignoreTrailingSlash: true, caseSensitive: false, maxParamLength: 4096 });
for (const entry of routeEntries) router.on("GET", entry.path, () => undefined, entry.path);

/** The route of a request. A known path with another method is `unknown`, with the method it allows. */
export function matchRoute(method: string, target: string): RouteMatch {
  // All paths stand in the router under one method: which method fits is the table's to say.
  const found = router.find("GET", target);
  const { productId = "", number = "", jobId = "" } = found?.params ?? {};
  const names = { productId, number, jobId };
  const path: unknown = found?.store;
  const entry = routeEntries.find((candidate) => candidate.path === path);
  if (entry === undefined) return { route: "unknown", ...names };
  if (entry.method !== method) return { route: "unknown", allowedMethod: entry.method, ...names };
  return { route: entry.route, ...names };
}
