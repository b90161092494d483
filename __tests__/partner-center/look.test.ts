import { expect, test } from "@jest/globals";
import type { PartnerCenterOptions } from "../../emulator/partner-center/partner-center.ts";
import { startBystander } from "../harness/bystander.ts";
import { texts } from "../harness/scenario.ts";
import {
  DRY,
  fast,
  FAST,
  FASTEST,
  FIRST,
  FOREVER,
  idOf,
  LOOK,
  POST,
  product,
  PRODUCT,
  ROOT,
  SECOND,
  startCenter,
} from "./center-scenario.ts";

const BY_ID = "ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'contoso-app')";

interface State {
  readonly what: string;
  readonly options: PartnerCenterOptions;
  readonly asked?: readonly string[];
  readonly says: RegExp;
}

/** The states of a product that allow for no go-live, and what is said of each. */
const OBSTACLES: readonly State[] = [
  { what: "was never published", options: product({ state: "neverPublished" }), says: /was never published/ },
  {
    what: "is put together for a preview",
    options: product({ submissions: [{ stage: "assembling" }] }),
    says: new RegExp(`a publish to preview is running \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "is published to preview",
    options: product({ state: "publishing" }),
    says: new RegExp(`a publish to preview is running \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "is published to preview while a former version is live",
    options: product({ state: "publishing", wasLive: true }),
    says: new RegExp(`a publish to preview is running \\(${idOf(SECOND)}\\)`),
  },
  {
    what: "could not be put together",
    options: product({ submissions: [{ stage: "invalid" }] }),
    says: new RegExp(`last publish to preview has failed \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "failed to be published",
    options: product({ state: "publishFailed", wasLive: true }),
    says: new RegExp(`last publish to preview has failed \\(${idOf(SECOND)}\\)`),
  },
  {
    what: "was refused by the certification",
    options: product({ submissions: [{ stage: "failedInCertification" }] }),
    says: new RegExp(`last publish to preview has failed \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "failed to go live",
    options: {
      ...product({ submissions: [{ stage: "failed" }] }),
      behaviour: { words: { failed: { state: "Published" } } },
    },
    says: new RegExp(`last go-live has failed \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "stands in preview where what was done to it last has failed",
    options: product({ submissions: [{ stage: "updateFailed" }] }),
    says: new RegExp(`last go-live has failed \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "is live as it stands",
    options: product({ state: "live" }),
    says: new RegExp(`live already \\(${idOf(FIRST)}\\)`),
  },
  {
    what: "has two previews that are ready",
    options: product({ state: "twoReady" }),
    says: new RegExp(`${idOf(FIRST)}, ${idOf(SECOND)}\\.[^]*Name the one that is to go live with \`submissionId\``),
  },
  {
    what: "has a preview that is ready beside one that is published",
    options: product({ submissions: [{ stage: "ready" }, { stage: "submitted" }] }),
    says: new RegExp(`which preview is meant: ${idOf(FIRST)}, ${idOf(SECOND)}`),
  },
  {
    what: "has a preview that is ready beside one that failed",
    options: product({ submissions: [{ stage: "failed" }, { stage: "ready" }] }),
    says: new RegExp(`which preview is meant: ${idOf(SECOND)}, ${idOf(FIRST)}`),
  },
  {
    what: "is in a state that nobody knows",
    options: { ...product(), behaviour: { words: { ready: { substate: "Pondering" } } } },
    says: /the service says “Published\/Pondering” of the offer, a word that this action does not know/,
  },
  {
    what: "is not there",
    options: product({ offerId: "contoso-app-2" }),
    asked: ["GET products", "GET products"],
    says: /shows no such offer/,
  },
  {
    what: "is not there among all the others",
    options: { ...product({ offerId: "contoso-app-2" }), behaviour: { ignoresFilter: true } },
    asked: ["GET products", "GET products"],
    says: /shows no such offer/,
  },
  {
    what: "is a virtual machine, which can be read here and not promoted",
    options: { ...product({ type: "AzureThirdPartyVirtualMachine" }), behaviour: { refusedFilters: "withType" } },
    asked: ["GET products", ...LOOK],
    says: /of the type “AzureThirdPartyVirtualMachine”, which goes live through another API/,
  },
  {
    what: "the service refuses to look up, whatever the filter",
    options: { ...product(), behaviour: { refusedFilters: "all" } },
    asked: ["GET products", "GET products"],
    says: /refuses to look it up by its id\.[^]*Set `productId`/,
  },
];

test.concurrent.each(OBSTACLES)(
  "an offer that $what is not ready, and a real run sends nothing",
  async ({ options, asked = LOOK, says }) => {
    const { run, asked: all, service } = await startCenter(options);
    const dry = await run(DRY);
    expect(all()).toEqual(asked);
    expect(texts(dry, "warning")).toEqual([expect.stringMatching(says)]);
    expect(dry.outputs).toMatchObject({ ready: "false" });
    expect(dry.outputs["operationLocation"]).toBeUndefined();
    expect(dry.exitCode).toBe(0);
    const real = await run();
    expect(all()).toEqual([...asked, ...asked]);
    expect(texts(real, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
    expect(real.outputs["status"]).toBe("rejected");
    expect(real.exitCode).toBe(1);
    expect(service.promotes()).toEqual([]);
  },
);

test.each([
  ["stands alone", {}, FIRST],
  ["stands beside what is live", { wasLive: true }, SECOND],
  ["is of an offer in another case", { offerId: "Contoso-App" }, FIRST],
] as const)("says which preview would go live when it %s, and sends nothing", async (_what, plan, number) => {
  const { run, asked } = await startCenter(product(plan));
  const result = await run(DRY);
  expect(asked()).toEqual(LOOK);
  expect(result.outputs).toMatchObject({ ready: "true", submissionId: idOf(number) });
  expect(result.log).toContain(idOf(number));
  expect(result.exitCode).toBe(0);
});

test.each(["oldestFirst", "newestFirst", "scattered"] as const)(
  "chooses by state and substate, whatever the order of the list means (%s)",
  async (listOrder) => {
    const submissions = [{ stage: "live" }, { stage: "ready" }, { stage: "live" }] as const;
    const { run } = await startCenter({ ...product({ submissions }), behaviour: { listOrder } });
    expect((await run(DRY)).outputs).toMatchObject({ ready: "true", submissionId: idOf(SECOND) });
  },
);

test.each([
  ["no pendingUpdateInfo", { pendingUpdate: "absent" }],
  ["words in another case", { words: { ready: { state: "PUBLISHED", substate: "readytopublish" } } }],
  ["a time that means never", { neverTime: "0001-01-01T00:00:00Z" }],
  ["an external id of the type that it was created with", { externalIdType: "AzureOfferID" }],
] as const)("takes a preview for ready with %s", async (_what, behaviour) => {
  const { run } = await startCenter({ behaviour });
  expect((await run(DRY)).outputs).toMatchObject({ ready: "true", submissionId: idOf(FIRST) });
});

test.each([
  ["under Published", {}],
  ["under InProgress", { words: { publishing: { state: "InProgress" } } }],
  ["beside an entry that still waits", { promotedEntries: "previewBeside" }],
  ["already pushed, and not in the store yet", { words: { publishing: { substate: "Published" } } }],
] as const)("says that a go-live runs, and where it is (%s)", async (_what, behaviour) => {
  const { run, asked, addressOf } = await startCenter({
    ...product({ state: "goingLive", goLive: FOREVER, wasLive: true }),
    behaviour,
  });
  const { outputs, exitCode } = await run(DRY);
  expect(asked()).toEqual(LOOK);
  expect(outputs).toMatchObject({
    ready: "false",
    status: "running",
    operationLocation: addressOf(SECOND),
    operationId: SECOND,
  });
  expect(exitCode).toBe(0);
});

test("asks for the product by its type and its offer's id, and for its submissions, and for nothing else", async () => {
  const { run, service } = await startCenter();
  await run(DRY);
  const [products, submissions] = service.requests.map(({ path }) => new URL(path, service.url));
  expect(products?.pathname).toBe(`${ROOT}/products`);
  expect([...(products?.searchParams ?? [])]).toEqual([["$filter", `resourceType eq 'AzureApplication' and ${BY_ID}`]]);
  expect(submissions?.pathname).toBe(`${ROOT}/products/${PRODUCT}/submissions`);
  expect(submissions?.search).toBe("");
});

test("asks by the offer's id alone where the service refuses the type", async () => {
  const { run, service, asked } = await startCenter({ behaviour: { refusedFilters: "withType" } });
  expect((await run(DRY)).outputs).toMatchObject({ ready: "true" });
  expect(asked()).toEqual(["GET products", ...LOOK]);
  expect(new URL(service.requests[1]?.path ?? "", service.url).searchParams.get("$filter")).toBe(BY_ID);
});

test("finds by the offer's id alone what is no Azure application, and promotes it", async () => {
  const { run, service, asked } = await startCenter(product({ type: "AzureDynamics365BusinessCentral" }));
  expect((await run()).outputs["status"]).toBe("running");
  expect(asked()).toEqual(["GET products", ...LOOK, POST]);
  expect(service.promotes()).toMatchObject([{ submissionId: FIRST }]);
});

test("shows what the service says of a question that it refuses for another reason, and asks no other way", async () => {
  const { run, asked } = await startCenter({
    faults: [{ on: "products", act: { kind: "status", status: 400, body: "The filter is not valid." } }],
  });
  const result = await run();
  expect(new Set(asked())).toEqual(new Set(["GET products"]));
  expect(texts(result, "error")).toEqual([expect.stringContaining("The filter is not valid.")]);
  expect(result.outputs["status"]).toBe("rejected");
});

test.each(
  (["nextLink", "@odata.nextLink"] as const).flatMap((paging) =>
    (["hostRelative", "relative", "absolute"] as const).map((links) => [paging, links] as const),
  ),
)("reads all pages of both lists (%s, %s), and finds on the last what decides", async (paging, links) => {
  const others = ["contoso-vm", "contoso-app-2"].map((offerId) => ({ offerId }));
  const { run, asked } = await startCenter({
    products: [...others, { offerId: "contoso-app", state: "goingLive", goLive: FOREVER, wasLive: true }],
    behaviour: { paging, links, pagedLists: "both", pageSize: 1, ignoresFilter: true, listOrder: "oldestFirst" },
  });
  const { outputs } = await run(DRY);
  expect(outputs).toMatchObject({ ready: "false", status: "running" });
  // Each list is as long as it has pages, and its first is read again to see that nothing has moved.
  expect(asked()).toEqual([...Array<string>(4).fill("GET products"), ...Array<string>(3).fill("GET submissions")]);
});

test("takes the last link of the products, which leads nowhere, for their end", async () => {
  const { run, service } = await startCenter({ behaviour: { paging: "nextLink", linksTo: "deadEnd" } });
  expect((await run()).outputs["status"]).toBe("running");
  expect(service.promotes()).toHaveLength(1);
});

test("goes on behind pages without an entry", async () => {
  const { run } = await startCenter({ behaviour: { paging: "nextLink", emptyPages: 2, pagedLists: "both" } });
  expect((await run(DRY)).outputs).toMatchObject({ ready: "true" });
});

test("never asks a next link on another origin, and starts nothing", async () => {
  const bystander = await startBystander();
  const { run, asked, service } = await startCenter({
    ...product({ wasLive: true }),
    ...fast(),
    behaviour: {
      ...{ paging: "nextLink", pagedLists: "submissions", links: "absolute" },
      linkOrigin: `http://127.0.0.1:${bystander.port}`,
    },
  });
  const result = await run({}, FAST);
  expect(bystander.requests).toEqual([]);
  expect(new Set(asked())).toEqual(new Set(LOOK));
  expect(service.promotes()).toEqual([]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(texts(result, "error")).toEqual([expect.stringContaining("part of the list")]);
});

test.each(["samePage", "endlessPages"] as const)(
  "gives up a list whose pages have no end (%s), and starts nothing",
  async (linksTo) => {
    const { run, service } = await startCenter({
      ...fast(),
      behaviour: { paging: "nextLink", linksTo, pagedLists: "both" },
    });
    const { outputs } = await run({}, FAST);
    expect(outputs["status"]).toBe("rejected");
    expect(service.promotes()).toEqual([]);
  },
);

test("reads no list of submissions with a dead link as whole, and starts nothing", async () => {
  const { run, service } = await startCenter({
    ...fast(),
    ...product({ wasLive: true }),
    behaviour: { paging: "nextLink", linksTo: "deadEnd", pagedLists: "submissions" },
  });
  const { outputs } = await run({}, FAST);
  expect(outputs["status"]).toBe("rejected");
  expect(service.promotes()).toEqual([]);
});

/** How a product is checked that the inputs name: by its own route, or else by the offer's id, as far as that helps. */
const CHECKS = [
  { route: "up", filters: "all", asked: ["GET product"], warnings: [] },
  { route: "down", filters: "unfiltered", asked: ["GET product", "GET products"], warnings: [] },
  {
    route: "down",
    filters: "all",
    asked: ["GET product", "GET products", "GET products"],
    warnings: [
      expect.stringMatching(
        /^Whose product 3f0c7a11-\S+ is could not be read \(“ICH50400 - .*PublisherId is a required header” \[HTTP 400 \(bad request\)\]\)[^]*`productId` says so: check that in Partner Center\.$/,
      ),
    ],
  },
] as const;

test.each(CHECKS)(
  "takes a product whose id the inputs name, and warns where nothing says whose it is: route $route, refused filters: $filters",
  async ({ route: productRoute, filters: refusedFilters, asked: expected, warnings }) => {
    const { run, asked, service } = await startCenter({ behaviour: { productRoute, refusedFilters } });
    const result = await run({ productId: PRODUCT.toUpperCase() });
    expect(asked()).toEqual([...expected, "GET submissions", POST]);
    expect(result.outputs["status"]).toBe("running");
    expect(texts(result, "warning")).toEqual(warnings);
    expect(service.promotes()).toMatchObject([{ submissionId: FIRST }]);
  },
);

test("warns in a dry run, too, that nothing says whose the product is", async () => {
  const { run } = await startCenter({ behaviour: { productRoute: "down", refusedFilters: "all" } });
  const result = await run({ ...DRY, productId: PRODUCT });
  expect(result.outputs).toMatchObject({ ready: "true" });
  expect(texts(result, "warning")).toEqual([expect.stringContaining("could not be read")]);
});

test("refuses a product whose own route is down where looking the offer up shows another one", async () => {
  const { run, service } = await startCenter({
    products: [{ offerId: "contoso-app" }, { offerId: "contoso-other" }],
    behaviour: { productRoute: "down" },
  });
  const result = await run({ productId: `${PRODUCT.slice(0, -1)}2` });
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(`\`productId\` names another product than the one with this offer id (${PRODUCT})`),
  ]);
  expect([result.outputs["status"], service.promotes()]).toEqual(["rejected", []]);
});

test("asks a product's own route again that could not be asked, and starts nothing meanwhile", async () => {
  const { run, asked, service } = await startCenter({
    ...fast(),
    products: [{ offerId: "contoso-other" }],
    faults: [{ on: "product", nth: [1, 2], act: { kind: "status", status: 503 } }],
  });
  const result = await run({ productId: PRODUCT }, FAST);
  expect(asked()).toEqual(["GET product", "GET product", "GET product"]);
  expect(texts(result, "error")).toEqual([expect.stringContaining("the product of another offer")]);
  expect(service.promotes()).toEqual([]);
});

test("refuses a product that is another offer's, though the inputs name it", async () => {
  const { run, asked, service } = await startCenter(product({ offerId: "contoso-vm" }));
  const result = await run({ productId: PRODUCT });
  expect(asked()).toEqual(["GET product"]);
  expect(service.promotes()).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("`productId` names the product of another offer (“contoso-vm”)"),
  ]);
  expect(result.outputs["status"]).toBe("rejected");
});

test("says what the service says of a product that it does not know", async () => {
  const { run, service } = await startCenter({ behaviour: { refusedFilters: "all" } });
  const result = await run({ productId: `${PRODUCT.slice(0, -1)}9` });
  expect(texts(result, "error")).toEqual([expect.stringContaining("HTTP 404")]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(service.promotes()).toEqual([]);
});

test("shows what the service says of a product whose submissions are another API's", async () => {
  const { run, service } = await startCenter(product({ isModularPublishing: false }));
  const result = await run();
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("The API you have called is not applicable for this product"),
  ]);
  expect(service.promotes()).toEqual([]);
});

test("waits out something that is being done to the preview, and then looks again", async () => {
  const submissions = [{ stage: "updating", later: [{ afterMs: 40_000, stage: "ready" }] }] as const;
  const { run, service } = await startCenter({ ...fast(), ...product({ submissions, goLive: FOREVER }) });
  const { outputs } = await run({}, FAST);
  expect(service.promotes()).toHaveLength(1);
  expect(outputs["status"]).toBe("running");
});

test("sends nothing while something is being done to the preview that does not end", async () => {
  const { run, service } = await startCenter({
    ...fast(FASTEST),
    ...product({ submissions: [{ stage: "updating" }] }),
  });
  const { outputs } = await run({}, FASTEST);
  expect(service.promotes()).toEqual([]);
  expect(outputs["status"]).toBe("rejected");
});

test.each(["fault", "backend", "text", "statusCode", "code"] as const)(
  "shows the innermost message of an error in the shape %s",
  async (errorShape) => {
    const { run } = await startCenter({ behaviour: { errorShape, refusedFilters: "all" } });
    const result = await run({ productId: `${PRODUCT.slice(0, -1)}9` });
    const [text = ""] = texts(result, "error");
    expect(text).toMatch(/There is no (such )?product/);
    expect(text).not.toMatch(/faultCode|ResponseContent=\{/);
  },
);

test("sends nothing where several products have the offer's id, until the inputs name one", async () => {
  const products = [{ offerId: "contoso-app", publisherId: "fabrikam" }, { offerId: "contoso-app" }];
  const { run, service } = await startCenter({ products });
  const result = await run();
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("2 products have this offer id, and nobody guesses: "),
  ]);
  expect([result.outputs["status"], service.promotes()]).toEqual(["rejected", []]);
  await run({ productId: `${PRODUCT.slice(0, -1)}2` });
  expect(service.promotes()).toHaveLength(1);
});
