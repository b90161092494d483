import { expect, test } from "@jest/globals";
import { NetworkError } from "../../src/http/errors.ts";
import type { PartnerCenterOptions } from "../../src/marketplace/partner-center/partner-center.ts";
import {
  answering,
  createScriptedCenter,
  ENDPOINT,
  ID,
  listing,
  nameOf,
  NUMBER,
  OTHER_PRODUCT,
  PRODUCT,
  productBody,
  ROOT,
  serviceError,
  submissionBody,
} from "../harness/scripted-center.ts";
import type { ScriptedAnswer } from "../harness/scripted-client.ts";

const { signal } = new AbortController();
const READY = `${NUMBER} Published ReadyToPublish Completed`;
const LIST = `GET /products/${PRODUCT}/submissions`;
const BY_ID = "ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'contoso-app')";
const WITH_TYPE = `resourceType eq 'AzureApplication' and ${BY_ID}`;
const REFUSED_FILTER = serviceError(400, { serviceText: "ICH50400 - Unable to complete request." });

/** The filters that the products were asked for by. */
function filtersOf(targets: readonly string[]): readonly (string | null)[] {
  return targets
    .filter((target) => target.startsWith("GET /products?"))
    .map((target) => new URL(target.slice("GET ".length), ENDPOINT).searchParams.get("$filter"));
}

test("asks for the product by its type and its offer's id, and for its submissions, with 60 s of patience", async () => {
  const { marketplace, asked, targets } = createScriptedCenter(answering({ submissions: listing(READY) }));
  const standing = await marketplace.look(signal);
  expect(standing).toMatchObject({
    serviceTimeMs: 7_000,
    objection: undefined,
    submissions: [{ id: ID, isGoLive: false, status: "succeeded" }],
    readiness: { live: { kind: "ready", candidate: { submissionId: ID, key: `live ${ID}` } } },
  });
  expect(standing.submissions[0]?.reference.location.href).toBe(
    `${ENDPOINT.origin}${ROOT}/products/${PRODUCT}/submissions/${NUMBER}`,
  );
  expect(filtersOf(targets())).toEqual([WITH_TYPE]);
  expect(targets()).toHaveLength(2);
  expect(asked[1]).toStrictEqual({ method: "GET", target: `${ROOT}/products/${PRODUCT}/submissions`, limitMs: 60_000 });
  expect(asked[0]).toMatchObject({ method: "GET", limitMs: 60_000 });
});

test("asks for the product once, for it does not change, and for the submissions each time", async () => {
  const { marketplace, targets } = createScriptedCenter(answering({ submissions: listing(READY) }));
  await marketplace.look(signal);
  await marketplace.look(signal);
  expect(targets().slice(1)).toEqual([LIST, LIST]);
});

test("asks for it again while the account shows none", async () => {
  const found = answering({ submissions: listing(READY) });
  const { marketplace, targets } = createScriptedCenter((request, nth) =>
    nth <= 2 ? { body: { value: [] } } : found(request, nth),
  );
  expect(await marketplace.look(signal)).toStrictEqual({
    submissions: [],
    serviceTimeMs: undefined,
    readiness: { live: { kind: "noSuchOffer" }, preview: { kind: "cannotPublish" } },
    objection: undefined,
  });
  expect((await marketplace.look(signal)).readiness.live.kind).toBe("ready");
  expect(filtersOf(targets())).toEqual([WITH_TYPE, BY_ID, WITH_TYPE]);
});

test.each([
  [
    "others alone",
    [productBody(OTHER_PRODUCT, "contoso-vm"), productBody(OTHER_PRODUCT, "contoso-app-2")],
    "noSuchOffer",
  ],
  ["one of no offer", [{ id: PRODUCT }], "noSuchOffer"],
  ["it among others", [productBody(OTHER_PRODUCT, "contoso-vm"), productBody()], "ready"],
  ["it in another case", [productBody(PRODUCT, "Contoso-App")], "ready"],
  ["it twice", [productBody(), productBody(PRODUCT.toUpperCase())], "ready"],
])("checks what the filter has found itself: %s", async (_what, value, kind) => {
  const { marketplace } = createScriptedCenter(
    answering({ products: { body: { value } }, submissions: listing(READY) }),
  );
  expect((await marketplace.look(signal)).readiness.live.kind).toBe(kind);
});

test("guesses none of several products, and asks for the submissions of none", async () => {
  const value = [productBody(), productBody(OTHER_PRODUCT), productBody()];
  const { marketplace, targets } = createScriptedCenter(answering({ products: { body: { value } } }));
  const { readiness } = await marketplace.look(signal);
  expect(readiness.live).toStrictEqual({ kind: "severalProducts", productIds: [PRODUCT, OTHER_PRODUCT] });
  await marketplace.look(signal);
  expect(targets().every((target) => target.startsWith("GET /products?"))).toBe(true);
});

/** Answers the first questions for products in turn, and every later one as the last. */
function afterwards(...answers: readonly ScriptedAnswer[]) {
  let asked = 0;
  const rest = answering({ submissions: listing(READY) });
  return createScriptedCenter((request, nth) => {
    if (nameOf(request) !== "products") return rest(request, nth);
    asked += 1;
    return answers[Math.min(asked, answers.length) - 1] ?? new TypeError("no answer");
  });
}

test.each([
  ["in its text", REFUSED_FILTER],
  ["in its code", serviceError(400, { code: "ICH50400", serviceText: "No." })],
  ["by showing none", { body: { value: [] } }],
  ["by showing others", { body: { value: [productBody(OTHER_PRODUCT, "contoso-vm")] } }],
])("asks by the offer's id alone where the service refuses the type (%s)", async (_what, refusal) => {
  const { marketplace, targets } = afterwards(refusal, { body: { value: [productBody()] } });
  expect((await marketplace.look(signal)).readiness.live.kind).toBe("ready");
  expect(filtersOf(targets())).toEqual([WITH_TYPE, BY_ID]);
});

test("asks for the product's id where the service refuses every filter, and asks nothing else", async () => {
  const { marketplace, targets } = afterwards(REFUSED_FILTER);
  expect((await marketplace.look(signal)).readiness.live).toStrictEqual({ kind: "needsProductId" });
  expect(filtersOf(targets())).toEqual([WITH_TYPE, BY_ID]);
  expect(targets()).toHaveLength(2);
});

test.each([
  ["another reason", serviceError(400, { code: "ICH50401", serviceText: "The filter is not valid." })],
  ["no reason", serviceError(400)],
  ["the words in another status", serviceError(500, { serviceText: "ICH50400" })],
  ["a 401", serviceError(401)],
  ["no answer", new NetworkError({ method: "GET", url: "x" }, "reset", true)],
  ["a bug", new TypeError("a bug")],
])("asks no other way behind a question that failed for %s", async (_what, error) => {
  const first = afterwards(error);
  await expect(first.marketplace.look(signal)).rejects.toBe(error);
  expect(first.targets()).toHaveLength(1);
  const second = afterwards(REFUSED_FILTER, error);
  await expect(second.marketplace.look(signal)).rejects.toBe(error);
  expect(second.targets()).toHaveLength(2);
});

test.each(["AzureThirdPartyVirtualMachine", "softwareasaservice"])(
  "shows the submissions of a product of the type %s, and that it goes live elsewhere",
  async (resourceType) => {
    const value = [{ ...productBody(), resourceType }];
    const { marketplace } = createScriptedCenter(
      answering({ products: { body: { value } }, submissions: listing(READY) }),
    );
    const { readiness, submissions } = await marketplace.look(signal);
    expect(readiness.live).toStrictEqual({ kind: "otherType", type: resourceType });
    expect(submissions).toHaveLength(1);
  },
);

const BY_GUID: Partial<PartnerCenterOptions> = { productId: PRODUCT.toUpperCase() };
const OWN_ROUTE = `GET /products/${PRODUCT}`;
const DOWN = serviceError(400, { serviceText: "PublisherId is a required header" });
const NOT_FOUND = serviceError(404);

/** What was asked, with `filter` for a question by the offer's id. */
function inShort(targets: readonly string[]): readonly string[] {
  return targets.map((target) => (target.startsWith("GET /products?") ? "filter" : target));
}

test.each([
  ["shows it", productBody()],
  ["shows it in another case", productBody(PRODUCT.toUpperCase(), "CONTOSO-APP")],
])("takes the product that the inputs name, by its own route, which %s, and asks no more", async (_what, body) => {
  const { marketplace, targets } = createScriptedCenter(
    answering({ product: { body }, submissions: listing(READY) }),
    BY_GUID,
  );
  expect((await marketplace.look(signal)).readiness.live.kind).toBe("ready");
  const again = await marketplace.look(signal);
  expect(again.uncheckedProduct).toBeUndefined();
  expect(targets()).toEqual([OWN_ROUTE, LIST, LIST]);
});

/** Routes of a product that do not tell whose it is, with the error that says so. */
const SILENT_ROUTES: readonly (readonly [string, ScriptedAnswer, Error | undefined])[] = [
  ["shows no external id", { body: { id: PRODUCT } }, undefined],
  ["is down", DOWN, DOWN],
  ["is not found", NOT_FOUND, NOT_FOUND],
];

test.each(SILENT_ROUTES.map(([what, product]) => [what, product] as const))(
  "takes it by the offer's id where its own route %s",
  async (_what, product) => {
    const { marketplace, targets } = createScriptedCenter(answering({ product, submissions: listing(READY) }), BY_GUID);
    expect((await marketplace.look(signal)).readiness.live.kind).toBe("ready");
    const again = await marketplace.look(signal);
    expect(again.uncheckedProduct).toBeUndefined();
    expect(inShort(targets())).toEqual([OWN_ROUTE, "filter", LIST, LIST]);
  },
);

test.each(SILENT_ROUTES.map(([what, product]) => [what, product] as const))(
  "refuses it where its own route %s, and another one has the offer's id",
  async (_what, product) => {
    const products = { body: { value: [productBody(OTHER_PRODUCT)] } };
    const { marketplace, targets } = createScriptedCenter(answering({ product, products }), BY_GUID);
    const { readiness } = await marketplace.look(signal);
    expect(readiness.live).toStrictEqual({ kind: "otherProduct", productIds: [OTHER_PRODUCT] });
    expect(inShort(targets())).toEqual([OWN_ROUTE, "filter"]);
  },
);

test.each(
  SILENT_ROUTES.flatMap(([what, product, error]) =>
    (
      [
        ["finds none", { body: { value: [] } }],
        ["is refused as such", REFUSED_FILTER],
        ["is refused", serviceError(403)],
      ] as const
    ).map(([how, products]) => [what, how, product, error, products] as const),
  ),
)(
  "takes it unchecked where its own route %s and the filter %s, says so, and checks it again",
  async (_what, _how, product, error, products) => {
    const { marketplace, targets } = createScriptedCenter(
      answering({ product, products, submissions: listing(READY) }),
      BY_GUID,
    );
    for (const nth of [1, 2]) {
      const { readiness, uncheckedProduct } = await marketplace.look(signal);
      expect(readiness.live.kind).toBe("ready");
      expect(uncheckedProduct).toStrictEqual({ productId: PRODUCT, error });
      expect(targets().filter((target) => target === OWN_ROUTE)).toHaveLength(nth);
    }
  },
);

test.each([
  ["has a fault that may pass", serviceError(503)],
  ["does not know the caller", serviceError(401)],
  ["does not answer", new NetworkError({ method: "GET", url: "x" }, "timeout", true)],
])("can tell nothing while the route of the product or the filter behind it %s", async (_what, error) => {
  const route = createScriptedCenter(answering({ product: error, submissions: listing(READY) }), BY_GUID);
  await expect(route.marketplace.look(signal)).rejects.toBe(error);
  expect(route.targets()).toEqual([OWN_ROUTE]);
  const filter = createScriptedCenter(answering({ product: NOT_FOUND, products: error }), BY_GUID);
  await expect(filter.marketplace.look(signal)).rejects.toBe(error);
  expect(inShort(filter.targets())).toEqual([OWN_ROUTE, "filter"]);
});

test.each([
  ["nothing that is a product", { value: [] }],
  ["another product", productBody(OTHER_PRODUCT)],
])("can tell nothing where the route of the product shows %s", async (_what, body) => {
  const { marketplace } = createScriptedCenter(answering({ product: { body } }), BY_GUID);
  await expect(marketplace.look(signal)).rejects.toMatchObject({ name: "AnswerError", reason: "wrongShape" });
});

test("says that a product that the inputs name goes live elsewhere, where its own route says so", async () => {
  const product = { body: { ...productBody(), resourceType: "AzureContainer" } };
  const { marketplace } = createScriptedCenter(answering({ product, submissions: listing(READY) }), BY_GUID);
  expect((await marketplace.look(signal)).readiness.live).toStrictEqual({ kind: "otherType", type: "AzureContainer" });
});

test("refuses a product that is another offer's, each time, and asks for none of its submissions", async () => {
  const product = { body: productBody(PRODUCT, "contoso-vm") };
  const { marketplace, targets } = createScriptedCenter(answering({ product }), BY_GUID);
  for (const nth of [1, 2]) {
    expect((await marketplace.look(signal)).readiness.live).toStrictEqual({
      kind: "otherOffer",
      offerId: "contoso-vm",
    });
    expect(targets()).toHaveLength(nth);
  }
});

test("never hides a bug behind a route that is down", async () => {
  const { marketplace } = createScriptedCenter(answering({ product: new TypeError("a bug") }), BY_GUID);
  await expect(marketplace.look(signal)).rejects.toThrow(TypeError);
});

test.each([
  [NUMBER, "ready"],
  [ID, "ready"],
  [ID.toUpperCase().replace("SUBMISSION", "submission"), "ready"],
  ["7", "otherSubmission"],
  [`submission/${OTHER_PRODUCT}/${NUMBER}`, "otherSubmission"],
])("with the submission %s among the inputs the offer is %s", async (submissionId, kind) => {
  const { marketplace } = createScriptedCenter(answering({ submissions: listing(READY) }), { submissionId });
  expect((await marketplace.look(signal)).readiness.live.kind).toBe(kind);
});

test.each([
  ["a bare text", "x"],
  ["no list", {}],
  ["a submission without an id", { value: [{ state: "Published", substate: "ReadyToPublish" }] }],
  ["a hole", { value: [submissionBody(READY), null] }],
])("with submissions that are %s nothing is known", async (_what, body) => {
  const { marketplace } = createScriptedCenter(answering({ submissions: { body } }));
  await expect(marketplace.look(signal)).rejects.toMatchObject({ name: "AnswerError", reason: "wrongShape" });
});

test("shows what the service says of submissions that are another API's", async () => {
  const error = serviceError(400, { serviceText: "The API you have called is not applicable for this product" });
  const { marketplace } = createScriptedCenter(answering({ submissions: error }));
  await expect(marketplace.look(signal)).rejects.toBe(error);
});

/** The lists in two parts; the second is asked for by a link, and answered like that. */
function paged(kind: "products" | "submissions", link: string, second: ScriptedAnswer) {
  const rest = answering({ submissions: listing(READY) });
  return createScriptedCenter((request, nth) => {
    if (request.includes("$skipToken")) return second;
    if (nameOf(request) !== kind) return rest(request, nth);
    const value =
      kind === "products" ? [productBody(OTHER_PRODUCT, "contoso-vm")] : [submissionBody("1 Published InStore")];
    return { body: { value, nextLink: link } };
  });
}

const [PRODUCTS_LINK, SUBMISSIONS_LINK] = [
  "v1.0/ingestion/products?$skipToken=x",
  `v1.0/ingestion/products/${PRODUCT}/submissions?$skipToken=x`,
] as const;

test.each(["", "/", `${ENDPOINT.origin}/`])(
  "follows links that are relative to the host (%j before them)",
  async (start) => {
    const products = paged("products", start + PRODUCTS_LINK, { body: { value: [productBody()] } });
    expect((await products.marketplace.look(signal)).readiness.live.kind).toBe("ready");
    expect(products.targets()[1]).toBe("GET /products?$skipToken=x");
    const submissions = paged("submissions", start + SUBMISSIONS_LINK, listing("7 Published Publishing"));
    expect((await submissions.marketplace.look(signal)).readiness.live.kind).toBe("goLiveRuns");
    expect(submissions.targets()[2]).toBe(`${LIST}?$skipToken=x`);
  },
);

test("takes the last link of the products, which leads nowhere, for their end, and no other failure of it", async () => {
  const first = paged("products", PRODUCTS_LINK, serviceError(404));
  expect((await first.marketplace.look(signal)).readiness.live.kind).toBe("noSuchOffer");
  const error = serviceError(500);
  await expect(paged("products", PRODUCTS_LINK, error).marketplace.look(signal)).rejects.toBe(error);
});

test("reads no list of submissions with a dead link as whole, for it may be a go-live that is not shown", async () => {
  const error = serviceError(404);
  await expect(paged("submissions", SUBMISSIONS_LINK, error).marketplace.look(signal)).rejects.toBe(error);
});

test.each([
  `https://elsewhere.example/${SUBMISSIONS_LINK}`,
  `//elsewhere.example/${SUBMISSIONS_LINK}`,
  `https://me:secret@api.partner.example/${SUBMISSIONS_LINK}`,
  `v1.0/ingestion/products/${OTHER_PRODUCT}/submissions?$skipToken=x`,
  "v1.0/ingestion/products?$skipToken=x",
])("never asks the next link %s, and takes the list for one that cannot be read", async (link) => {
  const { marketplace, targets } = paged("submissions", link, listing());
  await expect(marketplace.look(signal)).rejects.toMatchObject({ name: "AnswerError", reason: "partialList" });
  expect(targets().slice(1)).toEqual([LIST]);
});

test.each([
  ["a product that comes", "products"],
  ["a submission that moves", "submissions"],
] as const)("takes a list that changes while it is read for none: %s", async (_what, kind) => {
  let reads = 0;
  const rest = answering({});
  const { marketplace } = createScriptedCenter((request, nth) => {
    if (request.includes("$skipToken")) return { body: { value: [] } };
    if (nameOf(request) !== kind) return rest(request, nth);
    reads += 1;
    if (kind === "products")
      return { body: { value: [productBody(reads === 1 ? PRODUCT : OTHER_PRODUCT)], nextLink: PRODUCTS_LINK } };
    const text = reads === 1 ? READY : `${NUMBER} Published Publishing`;
    return { body: { value: [submissionBody(text)], nextLink: SUBMISSIONS_LINK } };
  });
  await expect(marketplace.look(signal)).rejects.toMatchObject({ reason: "partialList" });
});
