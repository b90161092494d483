import type { Audiences } from "../token/token-check.ts";
import { readLocation } from "./cloud-partner-portal/location.ts";
import type { ReadLocation } from "./location.ts";

/** The APIs of Microsoft's that make an offer go live. */
export type ApiName = keyof typeof APIS;

/** What is known of an API before it is asked anything. */
export interface Api {
  /** What people call it. */
  readonly title: string;
  /** Where it is: an origin. A token is for that resource. */
  readonly endpoint: string;
  readonly apiVersion: string;
  /** What a token for it may name instead of its address. */
  readonly audienceIds: readonly string[];
  readonly readLocation: ReadLocation;
}

/** One row for each API. */
export const APIS = {
  cloudPartnerPortal: {
    title: "Cloud Partner Portal API",
    endpoint: "https://cloudpartner.azure.com",
    apiVersion: "2017-10-31",
    audienceIds: [],
    readLocation,
  },
} as const satisfies Record<string, Api>;

/** What a token for an API may name that is reached at that origin. */
export function audiencesAt(origin: string): Audiences {
  return { own: [origin], others: OTHER_RESOURCES };
}

/** Resources that people pass by mistake and that name themselves by an id: Microsoft Graph. */
const OTHER_RESOURCES = ["00000003-0000-0000-c000-000000000000"] as const;
