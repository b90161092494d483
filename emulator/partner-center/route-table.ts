import createRouter from "find-my-way";
import type { Route } from "./vocabulary.ts";

/** What a request's method and path mean. */
export interface RouteMatch {
  readonly route: Route;
  /** Given when the path exists, but not with the request's method: those it has. */
  readonly allowedMethods: readonly Method[];
  /** Empty where the path names none, as is the other. */
  readonly productId: string;
  readonly submissionId: string;
}

type Method = "GET" | "POST" | "DELETE";

interface RouteEntry {
  readonly route: Exclude<Route, "unknown">;
  readonly method: Method;
  readonly path: string;
}

/** The path below which everything stands. */
export const basePath = "/v1.0/ingestion";

const submissionPattern = `${basePath}/products/:productId/submissions/:submissionId`;

const routeEntries: readonly RouteEntry[] = [
  { route: "products", method: "GET", path: `${basePath}/products` },
  { route: "product", method: "GET", path: `${basePath}/products/:productId` },
  { route: "submissions", method: "GET", path: `${basePath}/products/:productId/submissions` },
  { route: "submission", method: "GET", path: submissionPattern },
  { route: "delete", method: "DELETE", path: submissionPattern },
  { route: "promote", method: "POST", path: `${submissionPattern}/promote` },
  { route: "workflowDetails", method: "GET", path: `${submissionPattern}/workflowdetails` },
  { route: "validations", method: "GET", path: `${submissionPattern}/validations` },
  { route: "reports", method: "GET", path: `${submissionPattern}/reports` },
];

const router = createRouter({ ignoreTrailingSlash: true, caseSensitive: false, maxParamLength: 4096 });
for (const path of new Set(routeEntries.map((entry) => entry.path))) router.on("GET", path, () => undefined, path);

/** The route of a request; names in the path keep their case, all else is found in any. */
export function matchRoute(method: string, target: string): RouteMatch {
  // All paths stand in the router under one method: which methods fit is the table's to say.
  const found = router.find("GET", target);
  const path: unknown = found?.store;
  const entries = routeEntries.filter((entry) => entry.path === path);
  const { productId = "", submissionId = "" } = found?.params ?? {};
  const route = entries.find((entry) => entry.method === method)?.route ?? "unknown";
  const allowedMethods = route === "unknown" ? entries.map((entry) => entry.method) : [];
  return { route, allowedMethods, productId: productId.toLowerCase(), submissionId };
}

/** The address of a submission, from the root. */
export function submissionPath(productId: string, submissionId: string): string {
  return `${basePath}/products/${productId}/submissions/${submissionId}`;
}
