import { expect, test } from "@jest/globals";
import { otherType, readProduct, readProducts } from "../../src/marketplace/partner-center/product.ts";
import { OTHER_PRODUCT, PRODUCT, productBody } from "../harness/scripted-center.ts";

const BODY = productBody();
const FOUND = { guid: PRODUCT, type: "AzureApplication", offerId: "contoso-app" } as const;

test.each([
  ["as it was seen", BODY, FOUND],
  ["with its GUID in another case", { ...BODY, id: PRODUCT.toUpperCase() }, FOUND],
  ["with blanks around its GUID", { ...BODY, id: ` ${PRODUCT} ` }, FOUND],
  [
    "with an external id of the type that it was created with",
    withIds({ type: "AzureOfferID", value: "contoso-app" }),
    FOUND,
  ],
  ["with an external id in another case", withIds({ type: "AZUREOFFERID", value: " contoso-app " }), FOUND],
  [
    "with external ids of other kinds before its own",
    withIds({ type: "Other", value: "x" }, { value: "y" }, { type: "AzureOfferId", value: "contoso-app" }),
    FOUND,
  ],
  [
    "with its external ids spelt otherwise",
    { ...BODY, externalIDs: undefined, externalIds: BODY["externalIDs"] },
    FOUND,
  ],
  [
    "with the first of two offer ids",
    withIds({ type: "AzureOfferId", value: "contoso-app" }, { type: "AzureOfferId", value: "x" }),
    FOUND,
  ],
  ["without a type", { ...BODY, resourceType: undefined }, { ...FOUND, type: "" }],
  ["with a type that is no text", { ...BODY, resourceType: 7 }, { ...FOUND, type: "" }],
  ["with a type without end", { ...BODY, resourceType: "T".repeat(5_000) }, { ...FOUND, type: "T".repeat(100) }],
  ["without external ids", { ...BODY, externalIDs: undefined }, { ...FOUND, offerId: undefined }],
  [
    "with external ids that are no list",
    { ...BODY, externalIDs: { type: "AzureOfferId" } },
    { ...FOUND, offerId: undefined },
  ],
  ["with an external id of no value", withIds({ type: "AzureOfferId" }), { ...FOUND, offerId: undefined }],
  [
    "with an external id of another kind",
    withIds({ type: "Other", value: "contoso-app" }),
    { ...FOUND, offerId: undefined },
  ],
  // The name is an alias, and says nothing.
  [
    "with its offer's id as a name alone",
    { ...BODY, name: "contoso-app", externalIDs: [] },
    { ...FOUND, offerId: undefined },
  ],
])("reads a product %s", (_what, body, product) => {
  expect(readProduct(body)).toStrictEqual(product);
  expect(readProducts({ value: [body] })).toStrictEqual([product]);
});

test("reads the first fifty external ids", () => {
  const others = Array.from({ length: 49 }, () => ({ type: "Other" }));
  const own = { type: "AzureOfferId", value: "contoso-app" };
  expect(readProduct(withIds(...others, own))?.offerId).toBe("contoso-app");
  expect(readProduct(withIds({ type: "Other" }, ...others, own))?.offerId).toBeUndefined();
});

test.each([
  undefined,
  null,
  7,
  PRODUCT,
  [BODY],
  {},
  { ...BODY, id: undefined },
  { ...BODY, id: 7 },
  { ...BODY, id: "" },
  { ...BODY, id: `product/${PRODUCT}` },
  { ...BODY, id: `${PRODUCT}0` },
  { ...BODY, id: `0${PRODUCT}` },
  { ...BODY, id: PRODUCT.slice(1) },
  { ...BODY, id: PRODUCT.replace("7a11", "7a1") },
  { ...BODY, id: PRODUCT.replaceAll("-", "") },
  { ...BODY, id: `${PRODUCT}/../${OTHER_PRODUCT}` },
])("%j is no product", (body) => {
  expect(readProduct(body)).toBeUndefined();
});

test("reads the products of a list, in `value` or bare, and leaves out what is none", () => {
  const other = productBody(OTHER_PRODUCT, "contoso-vm");
  const products = [FOUND, { guid: OTHER_PRODUCT, type: "AzureApplication", offerId: "contoso-vm" }];
  expect(readProducts({ value: [BODY, { id: "x" }, other] })).toStrictEqual(products);
  expect(readProducts([BODY, other])).toStrictEqual(products);
  expect(readProducts({ value: [] })).toStrictEqual([]);
});

test.each([undefined, null, "[]", {}, { value: null }, { value: ["x"] }, { value: [null] }, BODY])(
  "the body %j is no list of products",
  (body) => {
    expect(readProducts(body)).toBeUndefined();
  },
);

test.each([
  ["AzureThirdPartyVirtualMachine", true],
  ["AzureContainer", true],
  ["SoftwareAsAService", true],
  ["SOFTWAREASASERVICE", true],
  ["azurecontainer", true],
  ["AzureApplication", false],
  ["AzureDynamics365BusinessCentral", false],
  ["AzureDynamics365ForOperations", false],
  // An unknown type is the service's to refuse.
  ["AzureContainerApp", false],
  ["somethingNew", false],
  ["", false],
])("a product of the type %j goes live through another API: %s", (type, isElsewhere) => {
  const obstacle = otherType({ ...FOUND, type });
  expect(obstacle).toStrictEqual(isElsewhere ? { kind: "otherType", type } : undefined);
});

/** The product with those external ids. */
function withIds(...externalIDs: readonly object[]): object {
  return { ...BODY, externalIDs };
}
