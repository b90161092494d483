import { expect, test } from "@jest/globals";
import type { ProductIngestionOptions } from "../../emulator/product-ingestion/product-ingestion.ts";
import { startBystander } from "../harness/bystander.ts";
import { texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
  FIRST,
  LOOK,
  POST,
  product,
  PRODUCT,
  ROOT,
  SECOND,
  startIngestion,
} from "./ingestion-scenario.ts";

const DRY = { dryRun: "true" } as const;
const FOREVER = { durationMs: Infinity } as const;

interface State {
  readonly what: string;
  readonly options: ProductIngestionOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly asked?: readonly string[];
  readonly says: RegExp;
}

/** The states of a product that allow for no go-live, and what is said of each. */
const OBSTACLES: readonly State[] = [
  { what: "was never published", options: product({ state: "neverPublished" }), says: /was never published/ },
  {
    what: "is published to preview",
    options: product({ state: "publishing", publish: FOREVER }),
    says: new RegExp(`a publish to preview is running \\(${FIRST}\\)`),
  },
  {
    what: "is published to preview while a former version is live",
    options: product({ state: "publishing", publish: FOREVER, wasLive: true }),
    says: new RegExp(`a publish to preview is running \\(${SECOND}\\)`),
  },
  {
    what: "failed to be published",
    options: product({ state: "publishFailed", wasLive: true }),
    says: new RegExp(`last publish to preview has failed \\(${SECOND}\\)`),
  },
  {
    what: "failed to go live",
    options: product({ state: "goLiveFailed" }),
    says: new RegExp(`last go-live has failed \\(${FIRST}\\)`),
  },
  {
    what: "is live as it stands",
    options: product({ state: "live" }),
    says: new RegExp(`live already \\(${FIRST}\\)`),
  },
  {
    what: "is live, its preview being listed still",
    options: { ...product({ state: "live" }), behaviour: { previewAfterSuccess: "stays" } },
    says: new RegExp(`live already \\(${FIRST}\\)`),
  },
  {
    what: "has two previews that are ready",
    options: product({ state: "twoReady" }),
    says: new RegExp(`${FIRST}, ${SECOND}\\.[^]*Name the one that is to go live with \`submissionId\``),
  },
  {
    what: "is not there",
    options: product({ offerId: "contoso-app" }),
    asked: ["GET product"],
    says: /shows no such offer/,
  },
  {
    what: "is not there among all the others",
    options: { ...product({ offerId: "contoso-vm-2" }), behaviour: { productFilter: "ignored" } },
    asked: ["GET product"],
    says: /shows no such offer/,
  },
  {
    what: "is an Azure application",
    options: product({ type: "azureApplication" }),
    asked: ["GET product"],
    says: /of the type “azureApplication”, which goes live through another API/,
  },
];

test.each(OBSTACLES)(
  "an offer that $what is not ready, and a real run sends nothing",
  async ({ options, asked = LOOK, says }) => {
    const { run, asked: all, service } = await startIngestion(options);
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
    expect(service.pushes()).toEqual([]);
  },
);

test.each([
  ["stands alone", {}, FIRST],
  ["stands beside what is live", { wasLive: true }, SECOND],
  ["is of a container", { type: "azureContainer" }, FIRST],
  ["is of a SaaS offer", { type: "softwareAsAService" }, FIRST],
  ["is of a core virtual machine", { type: "coreVirtualMachine" }, FIRST],
  ["is of a type that nobody knows", { type: "somethingNew" }, FIRST],
] as const)("says which preview would go live when it %s, and sends nothing", async (_what, plan, submission) => {
  const { run, asked } = await startIngestion(product(plan));
  const result = await run(DRY);
  expect(asked()).toEqual(LOOK);
  expect(result.outputs).toMatchObject({
    ready: "true",
    api: "productIngestion",
    submissionId: submission,
  });
  expect(result.log).toContain(submission);
  expect(result.exitCode).toBe(0);
});

test.each(["running", "notStarted"] as const)("says that a go-live runs, and where it is (%s)", async (state) => {
  const plan = { state: "goingLive", push: FOREVER, wasLive: true } as const;
  const behaviour = state === "running" ? {} : { entryWords: { running: "notStarted" } };
  const { run, asked, service } = await startIngestion({ ...product(plan), behaviour });
  const { outputs, exitCode } = await run(DRY);
  expect(asked()).toEqual(LOOK);
  expect(outputs).toMatchObject({
    ready: "false",
    status: "running",
    operationLocation: `${service.endpoint}/${SECOND}`,
    operationId: SECOND.split("/")[2],
  });
  expect(exitCode).toBe(0);
});

test("asks for the product by its offer's id and for its submissions unfiltered, each with a version, and with nothing else", async () => {
  const { run, service } = await startIngestion();
  await run(DRY);
  expect(service.requests.map(({ path }) => path)).toEqual([
    `${ROOT}/product?externalId=contoso-vm&$version=2022-07-01`,
    `${ROOT}/submission/${PRODUCT}?$version=2022-03-01-preview2`,
  ]);
});

test("takes a version that the inputs name for everything", async () => {
  const { run, service } = await startIngestion();
  await run({ apiVersion: "2022-07-01", wait: "false" });
  expect(service.requests.map(({ path }) => path.split("$version=")[1])).toEqual(Array(3).fill("2022-07-01"));
  expect(service.requests[2]?.body).toContain("/schema/configure/2022-07-01");
  expect(service.pushes()).toHaveLength(1);
});

test("says what the service has against a version", async () => {
  const { run, asked } = await startIngestion();
  const result = await run({ apiVersion: "2022-03-01-preview3" });
  expect(asked()).toEqual(["GET product"]);
  expect(texts(result, "error")).toEqual([expect.stringContaining('"2022-03-01-preview3" is a deprecated schema')]);
  expect(result.outputs["status"]).toBe("rejected");
});

test.each(["bare", "list"] as const)(
  "finds the product in a %s, whatever its members are called",
  async (productForm) => {
    const behaviour = { productForm, externalIdName: "externalID", idCase: "upper", requestIds: "none" } as const;
    const { run, service } = await startIngestion({ behaviour });
    expect((await run()).outputs).toMatchObject({ status: "running" });
    expect(service.pushes()).toMatchObject([{ submissionId: FIRST }]);
  },
);

test.each(["@nextLink", "@odata.nextLink", "continuationToken"] as const)(
  "reads all pages of both lists (%s), and finds on the last what decides",
  async (paging) => {
    const others = ["contoso-app", "contoso-vm-2"].map((offerId) => ({ offerId }));
    const { run, service, asked } = await startIngestion({
      products: [{ offerId: "contoso-vm", state: "goingLive", push: FOREVER, wasLive: true }, ...others],
      behaviour: { paging, pageSize: 1, productFilter: "ignored" },
    });
    const { outputs } = await run(DRY);
    expect(outputs).toMatchObject({ ready: "false", status: "running" });
    // Each list is three pages long, and its first is read again to see that nothing has moved.
    expect(asked()).toEqual([...Array<string>(4).fill("GET product"), ...Array<string>(4).fill("GET submissions")]);
    expect(service.requests.every(({ path }) => path.split("version=").length === 2)).toBe(true);
  },
);

test("never asks a next link on another origin, and starts nothing", async () => {
  const bystander = await startBystander();
  const { run, asked, service } = await startIngestion({
    ...product({ wasLive: true }),
    ...fast(),
    behaviour: { paging: "@nextLink", linkOrigin: `http://127.0.0.1:${bystander.port}` },
  });
  const result = await run({}, FAST);
  expect(bystander.requests).toEqual([]);
  expect(new Set(asked())).toEqual(new Set(LOOK));
  expect(service.pushes()).toEqual([]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(texts(result, "error")).toEqual([expect.stringContaining("part of the list")]);
});

test.each(["samePage", "endlessPages"] as const)(
  "gives up a list whose pages have no end (%s), and starts nothing",
  async (linksTo) => {
    const { run, service } = await startIngestion({
      ...fast(),
      behaviour: { paging: "@nextLink", linksTo },
    });
    const { outputs } = await run({}, FAST);
    expect(outputs["status"]).toBe("rejected");
    expect(service.pushes()).toEqual([]);
  },
);

test("sends nothing for a product of another offer where the offer is not found", async () => {
  const { run, asked, service } = await startIngestion(product({ offerId: "contoso-app" }));
  const result = await run({ productId: PRODUCT.toUpperCase() });
  expect(asked()).toEqual(["GET product", "GET resourceTree"]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("`productId` names the product of another offer (“contoso-app”)."),
  ]);
  expect([result.outputs["status"], service.pushes()]).toEqual(["rejected", []]);
});

const REFUSED = { kind: "status", status: 403 } as const;

test.each([
  ["its tree tells that it is the offer's", [], []],
  [
    "its tree is refused too",
    [{ on: "resourceTree", act: REFUSED }],
    [expect.stringContaining("is taken for that of")],
  ],
] as const)(
  "takes a product whose id the inputs name where its offer may not be looked up: %s",
  async (_what, more, warnings) => {
    const { run, asked, service } = await startIngestion({
      ...product(),
      faults: [{ on: "product", act: REFUSED }, ...more],
    });
    const result = await run({ productId: PRODUCT.toUpperCase() });
    expect(asked()).toEqual(["GET product", "GET resourceTree", "GET submissions", POST]);
    expect(texts(result, "warning")).toEqual(warnings);
    expect(result.outputs["status"]).toBe("running");
    expect(service.pushes()).toMatchObject([{ submissionId: FIRST }]);
  },
);

const SECOND_PRODUCT = "3f0c7a11-2185-49fe-80d2-000000000002";
const TWO_PUBLISHERS = {
  products: [{ offerId: "contoso-vm", publisherId: "fabrikam" }, { offerId: "contoso-vm" }],
} as const;

test("sends nothing where several products have the offer's id, until the inputs name one", async () => {
  const { run, service } = await startIngestion(TWO_PUBLISHERS);
  const result = await run();
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(`2 products have this offer id, and nobody guesses: ${PRODUCT}, ${SECOND_PRODUCT}.`),
  ]);
  expect([result.outputs["status"], service.pushes()]).toEqual(["rejected", []]);
  const named = await run({ productId: SECOND_PRODUCT });
  expect(named.outputs["status"]).toBe("running");
  expect(service.pushes()).toMatchObject([{ productId: SECOND_PRODUCT }]);
});

test("sends nothing for a product of another offer than the inputs name", async () => {
  const { run, service } = await startIngestion({ products: [{ offerId: "contoso-vm" }, { offerId: "fabrikam-vm" }] });
  const result = await run({ productId: SECOND_PRODUCT });
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(`\`productId\` names another product than the one with this offer id (${PRODUCT}).`),
  ]);
  expect([result.outputs["status"], service.pushes()]).toEqual(["rejected", []]);
});

test.each(["", " "])(
  "refuses a `submissionId` that is not set (%j), for it would let go live what nobody named",
  async (submissionId) => {
    const { run, asked } = await startIngestion(product());
    const result = await run({ submissionId });
    expect(texts(result, "error")).toEqual([
      expect.stringMatching(/^`submissionId`: (it is empty, which would let|got " ")/),
    ]);
    expect([result.outputs["status"], asked()]).toEqual(["rejected", []]);
  },
);

test("shows what the service says of a product that it cannot list, without making anything of it", async () => {
  const { run, asked } = await startIngestion({
    ...product({ type: "azureApplication" }),
    faults: [
      { on: "product", act: REFUSED },
      { on: "resourceTree", act: REFUSED },
    ],
  });
  const result = await run({ productId: PRODUCT });
  expect(asked()).toEqual(["GET product", "GET resourceTree", "GET submissions"]);
  expect(texts(result, "error")).toEqual([expect.stringContaining("Type AzureApplication is not supported")]);
  expect(result.outputs["status"]).toBe("rejected");
});

test("waits out what is at work for a target that is none of both, in case it is a go-live, and starts nothing", async () => {
  const value = [
    { id: FIRST, target: { targetType: "preview" }, status: "completed", result: "succeeded" },
    { id: SECOND, target: { targetType: "sandbox" }, status: "running", result: "pending" },
  ];
  const { run, service } = await startIngestion({
    ...fast(FASTEST),
    faults: [{ on: "submissions", act: { kind: "garbage", body: JSON.stringify({ value }) } }],
  });
  const { outputs, exitCode } = await run({}, FASTEST);
  expect(outputs["status"]).toBe("rejected");
  expect(service.pushes()).toEqual([]);
  expect(exitCode).toBe(1);
});
