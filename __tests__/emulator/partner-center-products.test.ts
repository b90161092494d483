import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { resolveBehaviour } from "../../emulator/partner-center/behaviour.ts";
import { parseFilter } from "../../emulator/partner-center/filter.ts";
import { type Page, pageOf, readMark } from "../../emulator/partner-center/page.ts";
import type { PartnerCenterReset, ProductPlan } from "../../emulator/partner-center/partner-center.ts";
import { filterOf, openPartnerCenter, PRODUCT } from "./partner-center-client.ts";

const { ask, begin, beginWith, center, get, products, submissions } = openPartnerCenter();

const LIST = "/v1.0/ingestion/products";
const APPLICATION = "AzureApplication";
/** Two products of the same offer id, and others. */
const MIXED: readonly ProductPlan[] = [
  { offerId: "contoso-app" },
  { offerId: "contoso-app", type: "SoftwareAsAService" },
  { offerId: "contoso-vm", type: "AzureThirdPartyVirtualMachine", alias: "contoso-app" },
  { offerId: "contoso-containers", type: "AzureContainer" },
  { offerId: "contoso-bc", type: "AzureDynamics365BusinessCentral" },
];

const typesOf = (body: { value: readonly { resourceType: string }[] }) => body.value.map((each) => each.resourceType);

test("an offer's product is found by its offer id and type", async () => {
  const { status, body } = await products(filterOf("contoso-app", APPLICATION));
  expect(status).toBe(200);
  expect(body).toEqual({
    value: [
      {
        resourceType: APPLICATION,
        name: "Contoso App",
        externalIDs: [{ type: "AzureOfferId", value: "contoso-app" }],
        isModularPublishing: true,
        id: PRODUCT,
      },
    ],
  });
  expect(center().requests).toMatchObject([{ method: "GET", route: "products", answer: 200 }]);
});

test("an offer that is not there is an empty list, and so is one of another publisher", async () => {
  expect((await products(filterOf("nothing", APPLICATION))).body).toEqual({ value: [] });
  expect((await products(filterOf("contoso-app", "AzureContainer"))).body).toEqual({ value: [] });
  begin({ tokens: { "emulator-token": { publishers: ["fabrikam"] } } });
  expect((await products(filterOf("contoso-app", APPLICATION))).body).toEqual({ value: [] });
  expect((await get(`${LIST}/${PRODUCT}`)).status).toBe(404);
  expect((await submissions()).status).toBe(404);
});

test("an offer id alone can be two products of two types, and an alias is no offer id", async () => {
  begin({ products: MIXED });
  expect(typesOf((await products(filterOf("contoso-app"))).body)).toEqual([APPLICATION, "SoftwareAsAService"]);
  expect(typesOf((await products(filterOf("contoso-app", "SoftwareAsAService"))).body)).toEqual(["SoftwareAsAService"]);
  expect(typesOf((await products("resourceType eq 'AzureContainer'")).body)).toEqual(["AzureContainer"]);
});

test.each([
  "externalids/any(i:i/type EQ 'azureofferid' AND i/value eq 'CONTOSO-APP')",
  "ExternalIDs/Any(x: x/Type eq 'AzureOfferID' and x/Value eq 'contoso-app') and resourceType eq 'azureapplication'",
])("the case and the order of the filter %p are free", async (filter) => {
  expect(typesOf((await products(filter)).body)).toEqual([APPLICATION]);
});

test("a filter can be written with its name escaped, and with a plus for a blank", async () => {
  const { body } = await get(`${LIST}?%24filter=${filterOf("contoso-app", APPLICATION).replaceAll(" ", "+")}`);
  expect(typesOf(body)).toEqual([APPLICATION]);
});

test.each(["nonsense", "resourceType eq AzureApplication", "resourceType eq 'A' or resourceType eq 'B'"])(
  "the filter %p is not understood",
  async (filter) => {
    const { status, body } = await products(filter);
    expect([status, body]).toEqual([400, expect.stringContaining(`The filter is not valid: ${filter}`)]);
  },
);

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

test("a quote in a filter's value is written twice, whatever the value is", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (type, value) => {
      fc.pre(!/ and |[()]/i.test(type + value));
      expect(parseFilter(`ExternalIDs/Any(i:i/Type eq ${quote(type)} and i/Value eq ${quote(value)})`)).toEqual({
        externalId: { type, value },
      });
    }),
  );
});

const BY_TYPE = filterOf("contoso-app", APPLICATION);
const BY_ID = filterOf("contoso-app");

test.each([
  ["none", { unfiltered: 200, byId: 200, byType: 200 }],
  ["unfiltered", { unfiltered: 400, byId: 200, byType: 200 }],
  ["withoutType", { unfiltered: 400, byId: 400, byType: 200 }],
  ["withType", { unfiltered: 400, byId: 200, byType: 400 }],
  ["all", { unfiltered: 400, byId: 400, byType: 400 }],
] as const)("refusing filters, %s, is ICH50400", async (refusedFilters, statuses) => {
  begin({ behaviour: { refusedFilters, errorShape: "text" } });
  const [unfiltered, byId, byType] = [await get(LIST), await products(BY_ID), await products(BY_TYPE)];
  expect({ unfiltered: unfiltered.status, byId: byId.status, byType: byType.status }).toEqual(statuses);
  for (const { body } of [unfiltered, byId, byType].filter(({ status }) => status === 400)) {
    expect(body).toMatch(/^ICH50400 - Unable to complete request\. \{"faultCode":50400,/);
  }
});

test("a filter can be taken and not obeyed", async () => {
  begin({ products: MIXED, behaviour: { ignoresFilter: true } });
  expect((await products(BY_TYPE)).body.value).toHaveLength(5);
});

test("the type of the offer id can be spelt as it was created", async () => {
  begin({ behaviour: { externalIdType: "AzureOfferID" } });
  expect((await products(BY_TYPE)).body.value[0].externalIDs).toEqual([{ type: "AzureOfferID", value: "contoso-app" }]);
});

test("a product is read by its id, in any case, unless that route is down", async () => {
  expect((await get(`${LIST}/${PRODUCT.toUpperCase()}`)).body).toMatchObject({
    id: PRODUCT,
    resourceType: APPLICATION,
  });
  begin({ behaviour: { productRoute: "down", errorShape: "text" } });
  const { status, body } = await get(`${LIST}/${PRODUCT}`, { headers: { "x-ms-publisherid": "12345" } });
  expect([status, body]).toEqual([400, "PublisherId is a required header"]);
  expect((await submissions()).status).toBe(200);
  expect((await products(BY_TYPE)).status).toBe(200);
});

test("a product has the id that is asked for, and one that is not there is a 404", async () => {
  beginWith({ productId: "11111111-AAAA-4000-8000-000000000000", alias: "An app", isModularPublishing: false });
  const { body } = await get(`${LIST}/11111111-aaaa-4000-8000-000000000000`);
  expect(body).toMatchObject({
    id: "11111111-aaaa-4000-8000-000000000000",
    name: "An app",
    isModularPublishing: false,
  });
  expect((await get(`${LIST}/${PRODUCT}`)).status).toBe(404);
});

test.each(["AzureThirdPartyVirtualMachine", "AzureContainer", "SoftwareAsAService"])(
  "a product of the type %s can be read and not promoted",
  async (type) => {
    beginWith({ type });
    const { body } = await submissions();
    expect(body.value).toMatchObject([{ substate: "ReadyToPublish" }]);
    const promote = await ask("POST", `${LIST}/${PRODUCT}/submissions/${body.value[0].id}/promote`);
    expect([promote.status, promote.body]).toEqual([400, "The API you have called is not applicable for this product"]);
    expect(promote.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(center().promotes()).toEqual([]);
  },
);

test("a product that is not modular has no submissions to ask for", async () => {
  beginWith({ isModularPublishing: false });
  expect(await submissions()).toMatchObject({
    status: 400,
    body: "The API you have called is not applicable for this product",
  });
});

/** All pages, by their links, as a client reads them that knows where links start. */
async function readPages(options: PartnerCenterReset, member: string) {
  begin({ products: MIXED, ...options });
  const pages = [];
  let next: string | undefined = `${LIST}?$filter=${encodeURIComponent(BY_ID)}`;
  for (; next !== undefined && pages.length < 6;) {
    const page: Awaited<ReturnType<typeof get>> = await get(next);
    pages.push(page.status === 200 ? typesOf(page.body) : page.status);
    const link: string | undefined = page.body[member];
    next = link === undefined ? undefined : new URL(link, `${center().url}/`).href;
  }
  return pages;
}

const ONE_EACH = [[APPLICATION], ["SoftwareAsAService"]];

test.each([
  ["@odata.nextLink", "hostRelative", /^v1\.0\/ingestion\/products\?\$skipToken=/],
  ["nextLink", "hostRelative", /^v1\.0\/ingestion\/products\?\$skipToken=/],
  ["nextLink", "relative", /^\/v1\.0\/ingestion\/products\?\$skipToken=/],
  ["nextLink", "absolute", /^http:\/\/127\.0\.0\.1:\d+\/v1\.0\/ingestion\/products\?\$skipToken=/],
] as const)("pages are named in %s, %s", async (paging, links, form) => {
  expect(await readPages({ behaviour: { paging, links, refusedFilters: "withType" } }, paging)).toEqual(ONE_EACH);
  const first = await products(BY_ID);
  expect(first.body[paging]).toMatch(form);
});

test("a link that is relative to the host leads nowhere when it is taken as relative to the page", async () => {
  begin({ products: MIXED, behaviour: { paging: "nextLink" } });
  const { nextLink } = (await products(BY_ID)).body;
  expect((await get(new URL(nextLink, `${center().url}${LIST}`).href)).status).toBe(404);
});

test("the last link can be dead, pages can be empty, and links can go on for ever or to another host", async () => {
  const paging = "nextLink";
  expect(await readPages({ behaviour: { paging, linksTo: "deadEnd" } }, paging)).toEqual([...ONE_EACH, 404]);
  expect(await readPages({ behaviour: { paging, emptyPages: 2 } }, paging)).toEqual([[], [], ...ONE_EACH]);
  expect(await readPages({ behaviour: { paging, linksTo: "samePage" } }, paging)).toEqual(
    [1, 2, 3, 4, 5, 6].map(() => [APPLICATION]),
  );
  expect(await readPages({ behaviour: { paging, linksTo: "endlessPages" } }, paging)).toEqual([
    ...ONE_EACH,
    [],
    [],
    [],
    [],
  ]);
  begin({ products: MIXED, behaviour: { paging, links: "absolute", linkOrigin: "https://pages.example" } });
  expect((await products(BY_ID)).body.nextLink).toMatch(/^https:\/\/pages\.example\/v1\.0\/ingestion\/products\?/);
});

test("a link that the service never gave out leads nowhere", async () => {
  begin({ behaviour: { paging: "nextLink" } });
  expect((await get(`${LIST}?$skipToken=nonsense`)).status).toBe(404);
});

test("submissions can come in pages as products do", async () => {
  beginWith({ state: "twoReady" }, { behaviour: { paging: "nextLink", pagedLists: "submissions" } });
  const first = (await submissions()).body;
  const second = (await get(`/${first.nextLink}`)).body;
  expect([...first.value, ...second.value].map(({ id }) => id)).toEqual(["1152921505690000222", "1152921505690000223"]);
  expect(second).not.toHaveProperty("nextLink");
});

test.each([
  ["products", true, false],
  ["submissions", false, true],
  ["both", true, true],
] as const)("pages can be those of %s", async (pagedLists, ofProducts, ofSubmissions) => {
  beginWith({ state: "twoReady" }, { behaviour: { paging: "nextLink", pagedLists, linksTo: "deadEnd" } });
  expect("nextLink" in (await products(BY_ID)).body).toBe(ofProducts);
  const first = (await submissions()).body;
  expect(first.value).toHaveLength(ofSubmissions ? 1 : 2);
  expect((await get(`/v1.0/ingestion/products/${PRODUCT}/submissions?$skipToken=x`)).status).toBe(404);
});

test("whatever the size of the pages, together they are the list, and none but the last is short", () => {
  const behaviour = fc.record({
    paging: fc.constantFrom("nextLink" as const, "@odata.nextLink" as const),
    pageSize: fc.integer({ min: 1, max: 12 }),
    emptyPages: fc.nat({ max: 3 }),
    links: fc.constantFrom("hostRelative" as const, "relative" as const, "absolute" as const),
  });
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 40 }), behaviour, fc.string(), (entries, given, filter) => {
      const request = { origin: "https://service.example", target: LIST };
      const seen: number[] = [];
      for (let mark = { page: 0, filter }; ;) {
        const page: Page<number> | undefined = pageOf(entries, mark, request, resolveBehaviour(given));
        seen.push(...(page?.value ?? []));
        const link = page?.[given.paging];
        if (link === undefined) break;
        expect([0, given.pageSize]).toContain(page?.value.length);
        const token = new URL(link, request.origin).searchParams.get("$skipToken") ?? "";
        const next = readMark(token);
        expect(next).toEqual({ page: mark.page + 1, filter });
        mark = next ?? mark;
      }
      expect(seen).toEqual(entries);
    }),
  );
});
