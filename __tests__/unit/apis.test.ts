import { expect, test } from "@jest/globals";
import {
  type Api,
  type ApiName,
  apiOfAudience,
  apiOfLocation,
  APIS,
  audiencesAt,
  paceOf,
  versionText,
} from "../../src/marketplace/apis.ts";
import { DEFAULT_VERSIONS, versionsFor } from "../../src/marketplace/product-ingestion/versions.ts";

const GRAPH_ID = "00000003-0000-0000-c000-000000000000";
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const JOB_PATH = "/rp/product-ingestion/configure/6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d/status";
const OPERATION_PATH = "/api/publishers/contoso/offers/contoso-vm/operations/6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d";

test.each([
  ["https://graph.microsoft.com", "productIngestion"],
  ["https://graph.microsoft.com/", "productIngestion"],
  ["https://GRAPH.microsoft.com", "productIngestion"],
  [GRAPH_ID, "productIngestion"],
  [GRAPH_ID.toUpperCase(), "productIngestion"],
  ["https://cloudpartner.azure.com", "cloudPartnerPortal"],
  ["https://cloudpartner.azure.com/", "cloudPartnerPortal"],
  ["https://api.partner.microsoft.com", "partnerCenter"],
  ["https://graph.microsoft.com.elsewhere.example", undefined],
  ["https://graph.microsoft.com:8443", undefined],
  ["http://graph.microsoft.com", undefined],
  ["graph.microsoft.com", undefined],
  [`api://${GRAPH_ID}`, undefined],
  ["", undefined],
  [undefined, undefined],
] as const)("a token for %j is one for the API %s", (audience, name) => {
  expect(apiOfAudience(audience)).toBe(name);
});

test.each([
  [`https://graph.microsoft.com${JOB_PATH}`, "productIngestion"],
  [`https://cloudpartner.azure.com${OPERATION_PATH}`, "cloudPartnerPortal"],
  // Its own origin says more than a path.
  [`https://graph.microsoft.com${OPERATION_PATH}`, "productIngestion"],
  [`https://cloudpartner.azure.com${JOB_PATH}`, "cloudPartnerPortal"],
  // Where something else stands for the API the path says which.
  [`http://127.0.0.1:8081${JOB_PATH}`, "productIngestion"],
  [`https://proxy.example${JOB_PATH}?$version=x#submission/x/1`, "productIngestion"],
  [`https://proxy.example${OPERATION_PATH}`, "cloudPartnerPortal"],
  ["https://proxy.example/rp/product-ingestion", undefined],
  ["https://proxy.example/rp/product-ingestions/x", undefined],
  ["https://proxy.example/v1.0/rp/product-ingestion/x", undefined],
  ["https://proxy.example/", undefined],
  [OPERATION_PATH, undefined],
  ["none", undefined],
] as const)("the address %s is of the API %s", (text, name) => {
  expect(apiOfLocation(URL.parse(text))).toBe(name);
});

test("a token's other id is wrong for each API but its own", () => {
  expect(audiencesAt("cloudPartnerPortal", "https://cloudpartner.azure.com")).toStrictEqual({
    own: ["https://cloudpartner.azure.com"],
    others: [GRAPH_ID],
  });
  expect(audiencesAt("productIngestion", "https://graph.microsoft.com")).toStrictEqual({
    own: ["https://graph.microsoft.com"],
    others: [],
  });
});

test.each([
  ["cloudPartnerPortal", OPERATION_PATH, JOB_PATH],
  ["productIngestion", JOB_PATH, OPERATION_PATH],
] as const)(
  "the %s reads the addresses of its own operations, at its own address, and no other's",
  (name, own, other) => {
    const { endpoint, path, readLocation }: Api = APIS[name];
    const scope = { endpoint: new URL(endpoint), offer: OFFER };
    expect(readLocation(endpoint + own, scope)).toMatchObject({ location: new URL(endpoint + own) });
    expect(own.startsWith(path)).toBe(true);
    expect(typeof readLocation(endpoint + other, scope)).toBe("string");
  },
);

test("no address, path or id means two APIs", () => {
  const names: readonly ApiName[] = ["cloudPartnerPortal", "productIngestion"];
  const rows = names.map((name): Api => APIS[name]);
  const texts = rows.flatMap(({ endpoint, path, audienceIds }) => [endpoint, path, ...audienceIds]);
  expect(new Set(texts).size).toBe(texts.length);
});

test("asks this API at most once a minute after some minutes, and the other as often as the inputs say", () => {
  expect(paceOf("productIngestion")).toEqual({ pace: { afterMs: 180_000, shortestPauseMs: 60_000 } });
  expect(paceOf("cloudPartnerPortal")).toEqual({});
});

test("uses the versions of the reference, or the one that the inputs name for everything", () => {
  expect(DEFAULT_VERSIONS).toEqual({ product: "2022-07-01", submission: "2022-03-01-preview2" });
  expect(versionsFor(APIS.productIngestion.apiVersion)).toBe(DEFAULT_VERSIONS);
  expect(versionsFor("2022-07-01")).toEqual({ product: "2022-07-01", submission: "2022-07-01" });
});

test.each([
  ["cloudPartnerPortal", "2017-10-31", "2017-10-31"],
  ["productIngestion", "2022-03-01-preview2", "2022-03-01-preview2, 2022-07-01 for the product"],
  ["productIngestion", "2026-01-01", "2026-01-01"],
] as const)("tells every version in which the API %s is asked: %s", (name, apiVersion, text) => {
  expect(versionText(name, apiVersion)).toBe(text);
});
