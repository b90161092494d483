import { expect, test } from "@jest/globals";
import { FIRST, PRODUCT, SECOND, VERSION, inShort, openIngestion } from "./product-ingestion-client.ts";

const service = openIngestion();

const DRAFT = "0 draft";
const never = { push: { durationMs: Infinity }, publish: { durationMs: Infinity } };

test.each([
  ["neverPublished", [], []],
  ["publishing", ["preview running pending"], []],
  ["ready", ["preview completed succeeded"], []],
  ["publishFailed", ["preview completed failed"], []],
  ["goingLive", [], ["live running pending"]],
  ["live", [], ["live completed succeeded"]],
  ["goLiveFailed", ["preview completed succeeded"], ["live completed failed"]],
] as const)(
  "a product that is %s lists the preview entries %j and the live entries %j",
  async (state, previews, lives) => {
    service.beginWith({ state, ...never });
    expect(await service.entries()).toEqual([DRAFT, ...[...previews, ...lives].map((entry) => `111 ${entry}`)]);
  },
);

test.each([
  ["neverPublished", ["111 live completed succeeded"]],
  ["publishing", ["111 live completed succeeded", "222 preview running pending"]],
  ["ready", ["111 live completed succeeded", "222 preview completed succeeded"]],
  ["twoReady", ["111 live completed succeeded", "222 preview completed succeeded", "333 preview completed succeeded"]],
  ["publishFailed", ["111 live completed succeeded", "222 preview completed failed"]],
  ["goingLive", ["111 live completed succeeded", "222 live running pending"]],
  ["goLiveFailed", ["111 live completed succeeded", "222 preview completed succeeded", "222 live completed failed"]],
  ["live", ["222 live completed succeeded"]],
] as const)("a product that is %s and was live lists %j", async (state, entries) => {
  service.beginWith({ state, wasLive: true, ...never });
  expect(await service.entries()).toEqual([DRAFT, ...entries]);
});

test("an entry has its reference, target, status, result and time; the draft has no status", async () => {
  const { body } = await service.submissions();
  expect(body.value).toEqual([
    { id: `submission/${PRODUCT}/0`, product: `product/${PRODUCT}`, target: { targetType: "draft" } },
    {
      id: FIRST,
      product: `product/${PRODUCT}`,
      target: { targetType: "preview" },
      lifecycleState: "generallyAvailable",
      status: "completed",
      result: "succeeded",
      created: "2025-12-30T23:00:00.0004567Z",
    },
  ]);
  expect(Number(FIRST.split("/")[2])).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
});

test("a product without a draft lists none", async () => {
  service.beginWith({ hasDraft: false });
  expect(await service.entries()).toEqual(["111 preview completed succeeded"]);
});

test("the entries of one target can be asked for, and one entry", async () => {
  service.beginWith({ wasLive: true });
  expect(inShort(await service.submissions("&targetType=Preview"))).toEqual(["222 preview completed succeeded"]);
  expect(inShort(await service.submissions("&targetType=live"))).toEqual(["111 live completed succeeded"]);
  expect(inShort(await service.submissions("&targetType=draft"))).toEqual([DRAFT]);
  expect((await service.submission(SECOND)).body).toMatchObject({ id: SECOND, target: { targetType: "preview" } });
  expect((await service.submission(`submission/${PRODUCT}/0`)).body.target).toEqual({ targetType: "draft" });
  expect(service.service().requests.at(-1)?.route).toBe("submission");
});

test("one that is both a preview and live is answered as live", async () => {
  service.beginWith({ state: "live" }, { behaviour: { previewAfterSuccess: "stays" } });
  expect(await service.entries()).toEqual([DRAFT, "111 preview completed succeeded", "111 live completed succeeded"]);
  expect((await service.submission(FIRST)).body.target).toEqual({ targetType: "live" });
});

test("a submission, and a product, that does not exist is a 404", async () => {
  const submission = await service.submission(SECOND);
  expect([submission.status, submission.body.error.code]).toEqual([404, "notFound"]);
  const product = await service.ask("GET", `/submission/3f0c7a11-0000-0000-0000-000000000000?${VERSION}`);
  expect([product.status, product.body.error.code]).toEqual([404, "notFound"]);
  const none = await service.ask("GET", `/submission/3f0c7a11-0000-0000-0000-000000000000/1?${VERSION}`);
  expect(none.status).toBe(404);
});

test("a list can be paged by absolute links, and all of its pages make the whole", async () => {
  service.beginWith({ wasLive: true }, { behaviour: { paging: "@nextLink" } });
  const first = await service.submissions();
  expect(inShort(first)).toEqual([DRAFT]);
  expect(first.body["@nextLink"]).toMatch(
    new RegExp(`^${service.service().endpoint}/submission/${PRODUCT}\\?.*continuationToken=1$`),
  );
  const second = await service.ask("GET", first.body["@nextLink"]);
  const third = await service.ask("GET", second.body["@nextLink"]);
  expect([...inShort(second), ...inShort(third)]).toEqual([
    "111 live completed succeeded",
    "222 preview completed succeeded",
  ]);
  expect(Object.keys(third.body)).toEqual(["value"]);
});

test("a list can be paged by tokens, by as many entries as were asked for", async () => {
  service.beginWith({ wasLive: true }, { behaviour: { paging: "continuationToken", pageSize: 10 } });
  expect(inShort(await service.submissions())).toHaveLength(3);
  const first = await service.submissions("&$maxpagesize=2");
  expect([inShort(first).length, first.body.continuationToken]).toEqual([2, "2"]);
  expect(inShort(await service.submissions("&$maxpagesize=2&continuationToken=2"))).toHaveLength(1);
});

test("links can lead to another origin, to the same page, or on for ever", async () => {
  const linkOf = async (behaviour: object) => {
    service.begin({ behaviour: { paging: "@odata.nextLink", pageSize: 10, ...behaviour } });
    return (await service.submissions()).body["@odata.nextLink"];
  };
  expect(await linkOf({})).toBeUndefined();
  expect(await linkOf({ pageSize: 1, linkOrigin: "https://pages.example" })).toMatch(/^https:\/\/pages\.example\/rp\//);
  const same = await linkOf({ linksTo: "samePage" });
  expect((await service.ask("GET", same)).body["@odata.nextLink"]).toBe(same);
  const next = await linkOf({ linksTo: "endlessPages" });
  const empty = (await service.ask("GET", next)).body;
  expect([empty.value, empty["@odata.nextLink"] === next]).toEqual([[], false]);
});

test("products are paged too", async () => {
  service.begin({
    products: [{ offerId: "contoso-vm" }, { offerId: "contoso-saas" }],
    behaviour: { paging: "@nextLink" },
  });
  const { body } = await service.ask("GET", `/product?${VERSION}`);
  const next = await service.ask("GET", body["@nextLink"]);
  expect(next.body.value).toMatchObject([{ identity: { externalId: "contoso-saas" } }]);
});

test("the newest can come first, and a time can be missing", async () => {
  service.beginWith({ wasLive: true }, { behaviour: { listOrder: "newestFirst", createdIs: "none" } });
  expect(await service.entries()).toEqual([DRAFT, "222 preview completed succeeded", "111 live completed succeeded"]);
  expect((await service.submission(SECOND)).body.created).toBeUndefined();
});

test("anything else can be listed, and is paged with the rest", async () => {
  const retail = { id: `submission/${PRODUCT}/5`, target: { targetType: "retail" }, status: "running" };
  service.begin({ behaviour: { extraEntries: [retail, null], pageSize: 3, paging: "@nextLink" } });
  const { body } = await service.submissions();
  expect(body.value[2]).toEqual(retail);
  expect((await service.ask("GET", body["@nextLink"])).body.value).toEqual([null]);
});

test("status and result can be other words", async () => {
  service.begin({ behaviour: { entryWords: { completed: "Completed", succeeded: "done" } } });
  expect(await service.entries()).toEqual([DRAFT, "111 preview Completed done"]);
});
