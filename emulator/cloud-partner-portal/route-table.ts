import createRouter from "find-my-way";
import { readPreviewId } from "./location.ts";
import type { Route } from "./vocabulary.ts";

/** What a request's method and path mean. */
export interface RouteMatch {
  readonly route: Route;
  /** Given when the path exists, but not with the request's method. */
  readonly allowedMethod?: Method;
  /** Empty where the path names none, as are the other two. */
  readonly publisherId: string;
  readonly offerId: string;
  readonly operationId: string;
  /** Whether the operation is asked for in the spelling of offers that were not migrated: by its offer. */
  readonly isPreviewId: boolean;
}

type Method = "GET" | "POST";

interface RouteEntry {
  readonly route: Exclude<Route, "unknown">;
  readonly method: Method;
  readonly path: string;
}

const offerPath = "/api/publishers/:publisherId/offers/:offerId";

const routeEntries: readonly RouteEntry[] = [
  { route: "goLive", method: "POST", path: `${offerPath}/golive` },
  { route: "publish", method: "POST", path: `${offerPath}/publish` },
  { route: "cancel", method: "POST", path: `${offerPath}/cancel` },
  { route: "status", method: "GET", path: `${offerPath}/status` },
  { route: "list", method: "GET", path: `${offerPath}/submissions` },
  { route: "operation", method: "GET", path: `${offerPath}/operations/:operationId` },
  { route: "operation", method: "GET", path: "/api/operations/:previewId" },
];

const router = createRouter({ ignoreTrailingSlash: true, caseSensitive: false, maxParamLength: 4096 });
for (const entry of routeEntries) router.on("GET", entry.path, () => undefined, entry.path);

/** The route of a request; names in the path keep their case, all else is found in any. A known path with another method is `unknown`, with the method it allows. */
export function matchRoute(method: string, target: string): RouteMatch {
  // All paths stand in the router under one method: which method fits is the table's to say.
  const found = router.find("GET", target);
  const path: unknown = found?.store;
  const entry = routeEntries.find((candidate) => candidate.path === path);
  const names = readNames(found?.params ?? {});
  if (entry === undefined) return { route: "unknown", ...names };
  if (entry.method !== method) return { route: "unknown", allowedMethod: entry.method, ...names };
  return { route: entry.route, ...names };
}

function readNames(parameters: Readonly<Record<string, string | undefined>>): Omit<RouteMatch, "route"> {
  const { publisherId = "", offerId = "", operationId = "", previewId } = parameters;
  if (previewId === undefined) return { publisherId, offerId, operationId, isPreviewId: false };
  const offer = readPreviewId(previewId) ?? { publisherId: "", offerId: "" };
  return { ...offer, operationId: previewId, isPreviewId: true };
}
