import createRouter from "find-my-way";
import { readPreviewId } from "./location.ts";
import type { Route } from "./vocabulary.ts";

/** What a request's method and path mean. */
export interface RouteMatch {
  readonly route: Route;
  /** Given when the path exists, but not with the request's method: those that it has, such as `GET, PUT`. */
  readonly allowedMethods?: string;
  /** Empty where the path names none, as are the others. */
  readonly publisherId: string;
  readonly offerId: string;
  readonly operationId: string;
  /** Those of the document that is asked for. */
  readonly version: string;
  readonly slot: string;
  /** Whether the operation is asked for in the spelling of offers that were not migrated: by its offer. */
  readonly isPreviewId: boolean;
}

type Method = "GET" | "POST" | "PUT";

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
  { route: "publishers", method: "GET", path: "/api/publishers" },
  { route: "offers", method: "GET", path: "/api/publishers/:publisherId/offers" },
  { route: "offer", method: "GET", path: offerPath },
  { route: "saveOffer", method: "PUT", path: offerPath },
  { route: "offer", method: "GET", path: `${offerPath}/slot/:slot` },
  { route: "offer", method: "GET", path: `${offerPath}/versions/:version` },
];

const router = createRouter({ ignoreTrailingSlash: true, caseSensitive: false, maxParamLength: 4096 });
const paths = new Set(routeEntries.map((entry) => entry.path));
for (const path of paths) router.on("GET", path, () => undefined, path);

/** The route of a request; names in the path keep their case, all else is found in any. A known path with another method is `unknown`, with the methods it has. */
export function matchRoute(method: string, target: string): RouteMatch {
  // All paths stand in the router under one method: which method fits is the table's to say.
  const found = router.find("GET", target);
  const path: unknown = found?.store;
  const entries = routeEntries.filter((candidate) => candidate.path === path);
  const entry = entries.find((candidate) => candidate.method === method);
  const names = readNames(found?.params ?? {});
  if (entry !== undefined) return { route: entry.route, ...names };
  const allowedMethods = entries.map((candidate) => candidate.method).join(", ");
  return { route: "unknown", ...(allowedMethods === "" ? {} : { allowedMethods }), ...names };
}

function readNames(parameters: Readonly<Record<string, string | undefined>>): Omit<RouteMatch, "route"> {
  const { publisherId = "", offerId = "", operationId = "", version = "", slot = "", previewId } = parameters;
  if (previewId === undefined) return { publisherId, offerId, operationId, version, slot, isPreviewId: false };
  const offer = readPreviewId(previewId) ?? { publisherId: "", offerId: "" };
  return { ...offer, operationId: previewId, version, slot, isPreviewId: true };
}
