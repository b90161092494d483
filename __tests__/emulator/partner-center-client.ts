import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import {
  type PartnerCenter,
  type PartnerCenterReset,
  type ProductPlan,
  startPartnerCenter,
} from "../../emulator/partner-center/partner-center.ts";
import { type ManualClock, createManualClock } from "../../emulator/wire/manual-clock.ts";

/** The product that is there when nothing else is said, and its submission. */
export const PRODUCT = "3f0c7a11-2185-49fe-80d2-000000000001";
export const SUBMISSION = "1152921505690000222";
export const SUBMISSIONS_PATH = `/v1.0/ingestion/products/${PRODUCT}/submissions`;
export const SUBMISSION_PATH = `${SUBMISSIONS_PATH}/${SUBMISSION}`;

/** The filter that finds an offer, as clients send it. */
export function filterOf(offerId: string, type?: string): string {
  const id = `ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq '${offerId}')`;
  return type === undefined ? id : `resourceType eq '${type}' and ${id}`;
}

/** An emulator for all tests of a file, whose time stands still, and one who asks it. Each test finds it new. */
export function openPartnerCenter() {
  let center: PartnerCenter;
  let clock: ManualClock;
  const begin = (options: PartnerCenterReset = {}): void => {
    clock = createManualClock();
    center.reset({ clock, ...options });
  };
  beforeAll(async () => {
    center = await startPartnerCenter();
  });
  afterAll(() => center.close());
  beforeEach(() => begin());
  const ask = (method: string, target: string, init?: RequestInit) => askAt(center.url, method, target, init);
  const get = (target: string, init?: RequestInit) => ask("GET", target, init);
  return {
    center: () => center,
    begin,
    /** The same with one product: contoso-app. */
    beginWith: (product: Partial<ProductPlan>, options: PartnerCenterReset = {}) =>
      begin({ products: [{ offerId: "contoso-app", ...product }], ...options }),
    advance: (durationMs: number) => clock.advance(durationMs),
    now: () => clock.now(),
    ask,
    get,
    products: (filter: string) => get(`/v1.0/ingestion/products?$filter=${encodeURIComponent(filter)}`),
    submissions: () => get(SUBMISSIONS_PATH),
    submission: (id = SUBMISSION) => get(`${SUBMISSIONS_PATH}/${id}`),
    promote: (id = SUBMISSION) => ask("POST", `${SUBMISSIONS_PATH}/${id}/promote`, JSON_OBJECT),
  };
}

/** The body with which a promote was seen to work. */
export const JSON_OBJECT: RequestInit = { body: "{}", headers: { "content-type": "application/json" } };

/** Asks with the token that the emulator takes; a body that is no JSON stays text. */
async function askAt(url: string, method: string, target: string, init: RequestInit = {}) {
  const headers = { authorization: "Bearer emulator-token", ...init.headers };
  const response = await fetch(new URL(target, url), { redirect: "manual", ...init, method, headers });
  return { status: response.status, headers: response.headers, body: readBody(await response.text()) };
}

function readBody(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
