import { expect, test } from "@jest/globals";
import { AnswerError } from "../../src/http/errors.ts";
import {
  createScriptedIngestion,
  entryBody,
  NUMBER,
  OTHER_PRODUCT,
  PRODUCT,
  productBody,
  ROOT,
  type ScriptedAnswer,
  serviceError,
} from "../harness/scripted-ingestion.ts";

const { signal } = new AbortController();
const PRODUCT_TARGET = `${ROOT}/product?externalId=contoso-vm&$version=2022-07-01`;
const LIST_TARGET = `${ROOT}/submission/${PRODUCT}?$version=2022-03-01-preview2`;
const READY = `preview ${NUMBER} completed succeeded`;

/** A service with these submissions. */
function listing(...texts: readonly string[]): (request: string) => ScriptedAnswer {
  return (request) =>
    request.includes("/product?") ? { body: productBody() } : { body: { value: texts.map((text) => entryBody(text)) } };
}

test("asks for the product by its offer's id and for all its submissions, with a version each and 60 s of patience", async () => {
  const { marketplace, asked } = createScriptedIngestion(listing("draft 0", READY));
  expect(await marketplace.look(signal)).toMatchObject({
    serviceTimeMs: 7_000,
    objection: undefined,
    submissions: [{ id: `submission/${PRODUCT}/${NUMBER}`, isGoLive: false, status: "succeeded" }],
    readiness: { live: { kind: "ready", candidate: { submissionId: `submission/${PRODUCT}/${NUMBER}` } } },
  });
  expect(asked).toStrictEqual([
    { method: "GET", target: PRODUCT_TARGET, limitMs: 60_000 },
    { method: "GET", target: LIST_TARGET, limitMs: 60_000 },
  ]);
});

test("asks for the product once, for it does not change", async () => {
  const { marketplace, asked } = createScriptedIngestion(listing(READY));
  await marketplace.look(signal);
  await marketplace.look(signal);
  expect(asked.map(({ target }) => target)).toEqual([PRODUCT_TARGET, LIST_TARGET, LIST_TARGET]);
});

test("asks for it again while the account shows none", async () => {
  const { marketplace, asked } = createScriptedIngestion((request, nth) =>
    nth === 1 ? { body: { value: [] } } : listing(READY)(request),
  );
  expect((await marketplace.look(signal)).readiness.live).toStrictEqual({ kind: "noSuchOffer" });
  expect((await marketplace.look(signal)).readiness.live.kind).toBe("ready");
  expect(asked.map(({ target }) => target)).toEqual([PRODUCT_TARGET, PRODUCT_TARGET, LIST_TARGET]);
});

const TREE_TARGET = `${ROOT}/resource-tree/product/${PRODUCT}?$version=2022-03-01-preview2`;
const NAMED = { productId: PRODUCT.toUpperCase() };
const NONE = { body: { value: [] } };

/** The answer about all that the product is. */
function treeBody(offerId: string | undefined, type = "azureVirtualMachine"): ScriptedAnswer {
  const identity = offerId === undefined ? {} : { externalId: offerId };
  const strange = { id: `product/${OTHER_PRODUCT}`, identity: { externalId: "contoso-vm" }, type };
  return { body: { resources: [strange, { id: `product/${PRODUCT}`, identity, type }] } };
}

/** A service that shows the ready preview of a named product, and answers so to what is asked about products. */
function naming(list: ScriptedAnswer, tree: ScriptedAnswer) {
  return createScriptedIngestion((request) => {
    if (request.includes("/product?")) return list;
    return request.includes("/resource-tree/") ? tree : listing(READY)(request);
  }, NAMED);
}

test.each([NONE, serviceError(400), serviceError(403), serviceError(404)])(
  "where the look-up of its offer shows nothing (%j), a named product is asked once whose it is",
  async (list) => {
    const { marketplace, asked } = naming(list, treeBody("Contoso-VM"));
    const { readiness, uncheckedProduct } = await marketplace.look(signal);
    expect([readiness.live.kind, uncheckedProduct]).toEqual(["ready", undefined]);
    await marketplace.look(signal);
    expect(asked.map(({ target }) => target)).toEqual([PRODUCT_TARGET, TREE_TARGET, LIST_TARGET, LIST_TARGET]);
  },
);

test.each([NONE, serviceError(403)])("refuses a named product that is another offer's (%j)", async (list) => {
  const { marketplace, asked } = naming(list, treeBody("contoso-app"));
  const obstacle = { kind: "otherOffer", offerId: "contoso-app" };
  expect((await marketplace.look(signal)).readiness).toStrictEqual({ live: obstacle, preview: obstacle });
  expect(asked.map(({ target }) => target)).toEqual([PRODUCT_TARGET, TREE_TARGET]);
});

test("refuses a named product of a type that goes live elsewhere, as its tree tells it", async () => {
  const { marketplace } = naming(NONE, treeBody("contoso-vm", "azureApplication"));
  expect((await marketplace.look(signal)).readiness.live).toStrictEqual({
    kind: "otherType",
    type: "azureApplication",
  });
});

test.each([
  ["is refused", serviceError(403), serviceError(403)],
  ["is not there", serviceError(404), serviceError(404)],
  ["names no offer", treeBody(undefined), undefined],
  ["does not hold it", { body: { resources: [] } }, undefined],
])("takes a named product unchecked where its tree %s, says so, and checks it again", async (_what, tree, error) => {
  const { marketplace, asked } = naming(NONE, tree);
  const looks = [await marketplace.look(signal), await marketplace.look(signal)];
  expect(looks.map(({ readiness }) => readiness.live.kind)).toEqual(["ready", "ready"]);
  const unchecked = { productId: PRODUCT, error };
  expect(looks.map(({ uncheckedProduct }) => uncheckedProduct)).toStrictEqual([unchecked, unchecked]);
  expect(asked.filter(({ target }) => target === TREE_TARGET)).toHaveLength(2);
});

test.each([401, 408, 429, 500, 503])(
  "never takes a fault for the word that nothing tells (HTTP %d)",
  async (status) => {
    const error = serviceError(status);
    const list = naming(error, treeBody("contoso-vm"));
    await expect(list.marketplace.look(signal)).rejects.toBe(error);
    const tree = naming(NONE, error);
    await expect(tree.marketplace.look(signal)).rejects.toBe(error);
    expect([list.asked.length, tree.asked.length]).toEqual([1, 2]);
  },
);

test.each([null, [], {}, { resources: "none" }])("never takes the answer %j for a tree", async (body) => {
  await expect(naming(NONE, { body }).marketplace.look(signal)).rejects.toMatchObject({ reason: "wrongShape" });
});

test.each(["azureApplication", "AzureApplication"])(
  "asks nothing more about an offer of the type %s, which goes live elsewhere",
  async (type) => {
    const { marketplace, asked } = createScriptedIngestion(() => ({ body: productBody(type) }));
    expect((await marketplace.look(signal)).readiness.live).toStrictEqual({ kind: "otherType", type });
    expect(asked).toHaveLength(1);
  },
);

test("takes one version that the inputs name for everything", async () => {
  const versions = { product: "2022-07-01", submission: "2022-07-01" };
  const { marketplace, asked } = createScriptedIngestion(listing(READY), { versions });
  await marketplace.look(signal);
  expect(asked.map(({ target }) => target.split("$version=")[1])).toEqual(["2022-07-01", "2022-07-01"]);
});

test.each([
  [NUMBER, "ready"],
  [`submission/${PRODUCT}/${NUMBER}`, "ready"],
  [`submission/${PRODUCT.toUpperCase()}/${NUMBER}`, "ready"],
  ["7", "otherSubmission"],
  [`submission/${OTHER_PRODUCT}/${NUMBER}`, "otherSubmission"],
])("with the submission %s among the inputs the offer is %s", async (submissionId, kind) => {
  const { marketplace } = createScriptedIngestion(listing(READY), { submissionId });
  expect((await marketplace.look(signal)).readiness.live.kind).toBe(kind);
});

/** A list in two parts: the second is asked for as `next` says. */
function paged(next: Readonly<Record<string, unknown>>, second: readonly string[] = [`live 1 completed succeeded`]) {
  return createScriptedIngestion((request) => {
    if (request.includes("/product?")) return { body: productBody() };
    if (request.includes("continuationToken")) return { body: { value: second.map((text) => entryBody(text)) } };
    return { body: { value: [entryBody(READY)], ...next } };
  });
}

const NEXT = `https://graph.example${ROOT}/submission/${PRODUCT}?continuationToken=x`;

test.each([
  ["@nextLink", { "@nextLink": NEXT }],
  ["@odata.nextLink", { "@odata.nextLink": NEXT }],
  ["continuationToken", { continuationToken: "x" }],
])(
  "reads every part of the list (%s), with the version on each, and the first again to see that it stands",
  async (_what, next) => {
    const { marketplace, asked } = paged(next);
    expect((await marketplace.look(signal)).submissions).toHaveLength(2);
    const [, ...targets] = asked.map(({ target }) => target);
    expect(targets).toHaveLength(3);
    expect([targets[0], targets[2]]).toEqual([LIST_TARGET, LIST_TARGET]);
    const second = new URL(targets[1] ?? "", NEXT).searchParams;
    expect([...second].toSorted()).toEqual([
      ["$version", "2022-03-01-preview2"],
      ["continuationToken", "x"],
    ]);
  },
);

test("writes one version over those of a link, however they are spelt", async () => {
  const { marketplace, asked } = paged({ "@nextLink": `${NEXT}&%24version=2020-01-01&$VERSION=x` });
  await marketplace.look(signal);
  expect(asked[2]?.target).toBe(`${ROOT}/submission/${PRODUCT}?continuationToken=x&$version=2022-03-01-preview2`);
});

test.each([
  `https://elsewhere.example${ROOT}/submission/${PRODUCT}?continuationToken=x`,
  `http://graph.example${ROOT}/submission/${PRODUCT}?continuationToken=x`,
  `https://graph.example:8443${ROOT}/submission/${PRODUCT}?continuationToken=x`,
  `https://me:secret@graph.example${ROOT}/submission/${PRODUCT}?continuationToken=x`,
  `//elsewhere.example${ROOT}/submission/${PRODUCT}?continuationToken=x`,
  `https://graph.example${ROOT}/configure?continuationToken=x`,
  `https://graph.example${ROOT}/submission/${OTHER_PRODUCT}?continuationToken=x`,
  `https://graph.example/v1.0/me?continuationToken=x`,
  `https://graph.example${ROOT}/submission/${PRODUCT}/..%2f..%2fconfigure`,
])("never asks the next link %s, and takes the list for one that cannot be read", async (link) => {
  const { marketplace, asked } = paged({ "@nextLink": link });
  await expect(marketplace.look(signal)).rejects.toMatchObject({ name: "AnswerError", reason: "partialList" });
  expect(asked.map(({ target }) => target)).toEqual([PRODUCT_TARGET, LIST_TARGET]);
});

test("a go-live on a later page is found, and a list that changes while it is read is none", async () => {
  const found = paged({ continuationToken: "x" }, ["live 2 running pending"]);
  expect((await found.marketplace.look(signal)).readiness.live.kind).toBe("goLiveRuns");
  let reads = 0;
  const { marketplace } = createScriptedIngestion((request) => {
    if (request.includes("/product?")) return { body: productBody() };
    if (request.includes("continuationToken")) return { body: { value: [] } };
    reads += 1;
    const text = reads === 1 ? READY : `live ${NUMBER} running pending`;
    return { body: { value: [entryBody(text)], continuationToken: "x" } };
  });
  await expect(marketplace.look(signal)).rejects.toMatchObject({ reason: "partialList" });
});

test.each([
  ["a bare text", "x", "wrongShape"],
  ["no list", {}, "wrongShape"],
  ["an entry that cannot be read and may run", { value: [{ status: "running" }] }, "wrongShape"],
  [
    "no JSON",
    new AnswerError({ request: { method: "GET", url: "x" }, status: 200, requestId: "r" }, "notJson"),
    "notJson",
  ],
])("with submissions that are %s nothing is known", async (_what, body, reason) => {
  const { marketplace } = createScriptedIngestion((request) =>
    request.includes("/product?") ? { body: productBody() } : { body },
  );
  await expect(marketplace.look(signal)).rejects.toMatchObject({ name: "AnswerError", reason });
});

test("a service that cannot list submissions of a type says so itself, and that is not interpreted", async () => {
  const error = serviceError(400, "badRequest", "Type ManagedService is not supported");
  const { marketplace } = createScriptedIngestion((request) =>
    request.includes("/product?") ? { body: productBody("managedService") } : error,
  );
  await expect(marketplace.look(signal)).rejects.toBe(error);
});
