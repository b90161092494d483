import type { Audiences } from "../token/token-check.ts";
import { readLocation, readSubmissionForm } from "./cloud-partner-portal/location.ts";
import type { ReadLocation } from "./location.ts";
import { readLocation as readCenterLocation, ROOT as CENTER_ROOT } from "./partner-center/location.ts";
import { readLocation as readIngestionLocation, ROOT } from "./product-ingestion/location.ts";
import { readSubmissionForm as readProductSubmissionForm } from "./submission-id.ts";
import { DEFAULT_VERSIONS, versionsFor } from "./product-ingestion/versions.ts";

/** The APIs of Microsoft's that make an offer go live. */
export type ApiName = "cloudPartnerPortal" | "productIngestion" | "partnerCenter";

/**
 * What says which API serves the offer: the inputs, the type that an API gives the offer, that an API lists it, or that
 * none of the others does.
 */
export type ChosenBy = "api" | "operationLocation" | "token" | "default" | "offerType" | "listing" | "noOther";

/** Which API serves the offer, and what says so. */
export interface ChosenApi {
  readonly name: ApiName;
  readonly by: ChosenBy;
}

/** An API, and how it is reached. */
export interface Service {
  readonly api: ChosenApi;
  readonly endpoint: URL;
  readonly apiVersion: string;
}

/** An API that is still to be found; whichever it is, it is reached at `endpoint`, or at its own where that is undefined. */
export interface UnfoundService {
  readonly api: "toBeFound";
  readonly endpoint: URL | undefined;
}

/** What is known of an API before it is asked anything. */
export interface Api {
  /** What people call it. */
  readonly title: string;
  /** Where it is: an origin. A token is for that resource. */
  readonly endpoint: string;
  /** What all its addresses begin with, behind the origin. */
  readonly path: string;
  readonly apiVersion: string;
  /** How its versions are written: a word in a date's place would come back as a refusal of the offer. */
  readonly versionForm: RegExp;
  /** What a token for it may name instead of its address. */
  readonly audienceIds: readonly string[];
  readonly readLocation: ReadLocation;
  /** What a text names that people write where a submission belongs. */
  readonly readSubmissionForm: (text: string) => "submission" | "draft" | "neither";
  /** How seldom an operation may be asked after at the most, once it has run so long, where the API says so; in milliseconds. */
  readonly pace?: { readonly afterMs: number; readonly shortestPauseMs: number };
}

/** Such as `2017-10-31` or `2022-03-01-preview2`. */
const DATED = /^\d{4}-\d{2}-\d{2}(?:-[a-z]{1,20}\d{0,3})?$/;

/** One row for each API. */
export const APIS = {
  cloudPartnerPortal: {
    title: "Cloud Partner Portal API",
    endpoint: "https://cloudpartner.azure.com",
    path: "/api/",
    apiVersion: "2017-10-31",
    versionForm: DATED,
    audienceIds: [],
    readLocation,
    readSubmissionForm,
  },
  productIngestion: {
    title: "Product Ingestion API",
    endpoint: "https://graph.microsoft.com",
    path: `${ROOT}/`,
    apiVersion: DEFAULT_VERSIONS.submission,
    versionForm: DATED,
    audienceIds: ["00000003-0000-0000-c000-000000000000"],
    readLocation: readIngestionLocation,
    readSubmissionForm: readProductSubmissionForm,
    // "At most one request a minute".
    pace: { afterMs: 3 * 60_000, shortestPauseMs: 60_000 },
  },
  partnerCenter: {
    title: "Partner Center submission API",
    endpoint: "https://api.partner.microsoft.com",
    path: `${CENTER_ROOT}/`,
    apiVersion: "v1.0",
    // It stands in the path of every address, which is written nowhere else.
    versionForm: /^v1\.0$/,
    audienceIds: [],
    readLocation: readCenterLocation,
    readSubmissionForm: readProductSubmissionForm,
    pace: { afterMs: 3 * 60_000, shortestPauseMs: 60_000 },
  },
} as const satisfies Record<ApiName, Api>;

/** All of them. */
export const API_NAMES = [
  "cloudPartnerPortal",
  "productIngestion",
  "partnerCenter",
] as const satisfies readonly ApiName[];

/** That API, at that address or its own. */
export function serviceOf(api: ChosenApi, endpoint: URL | undefined): Service {
  const usual = APIS[api.name];
  return { api, endpoint: endpoint ?? new URL(usual.endpoint), apiVersion: usual.apiVersion };
}

/** What a token for an API may name that is reached at that origin. */
export function audiencesAt(name: ApiName, origin: string): Audiences {
  const others = API_NAMES.filter((other) => other !== name).flatMap(
    (other): readonly string[] => APIS[other].audienceIds,
  );
  return { own: [origin], others };
}

/** The API of that name; undefined: there is none. */
export function apiOfName(text: string): ApiName | undefined {
  return API_NAMES.find((name) => name === text);
}

/** The API that a token is for, by its address or its id; undefined: none of these, or the token does not say. */
export function apiOfAudience(audience: string | undefined): ApiName | undefined {
  const origin = URL.parse(audience ?? "")?.origin;
  const id = (audience ?? "").toLowerCase();
  return API_NAMES.find((name) => {
    const { endpoint, audienceIds }: Api = APIS[name];
    return endpoint === origin || audienceIds.includes(id);
  });
}

/** The API whose operation an address names: by its origin, or by its path where something else stands for the API. */
export function apiOfLocation(location: URL | null): ApiName | undefined {
  if (location === null) return undefined;
  const own = API_NAMES.find((name) => APIS[name].endpoint === location.origin);
  return own ?? API_NAMES.find((name) => location.pathname.startsWith(APIS[name].path));
}

/** The pace of an API, where it has one. */
export function paceOf(name: ApiName): Pick<Api, "pace"> {
  const { pace }: Api = APIS[name];
  return pace === undefined ? {} : { pace };
}

/** The version, or the versions, that an API is asked in, as people and support read them. */
export function versionText(name: ApiName, apiVersion: string): string {
  if (name !== "productIngestion") return apiVersion;
  const { product, submission } = versionsFor(apiVersion);
  return product === submission ? submission : `${submission}, ${product} for the product`;
}
