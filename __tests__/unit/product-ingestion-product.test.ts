import { expect, test } from "@jest/globals";
import {
  chooseProduct,
  isServedElsewhere,
  mayBe,
  readProducts,
} from "../../src/marketplace/product-ingestion/product.ts";

const GUID = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const PRODUCT = {
  $schema: "https://schema.mp.microsoft.com/schema/product/2022-07-01",
  id: `product/${GUID}`,
  identity: { externalId: "contoso-vm" },
  type: "azureVirtualMachine",
  alias: "Contoso VM",
} as const;
const FOUND = [{ guid: GUID, type: "azureVirtualMachine" }];

test.each([
  ["in a list", { value: [PRODUCT] }, FOUND],
  ["in a bare list", [PRODUCT], FOUND],
  ["alone", PRODUCT, FOUND],
  ["spelt as newer pages do", { value: [{ ...PRODUCT, identity: { externalID: "contoso-vm" } }] }, FOUND],
  ["in another case", { value: [{ ...PRODUCT, identity: { externalId: "Contoso-VM" } }] }, FOUND],
  ["with an id in another case", { value: [{ ...PRODUCT, id: PRODUCT.id.toUpperCase() }] }, FOUND],
  ["on a schema's old host", { value: [{ ...PRODUCT, $schema: "https://product-ingestion.azureedge.net/x" }] }, FOUND],
  ["without a type", { value: [{ ...PRODUCT, type: undefined }] }, [{ guid: GUID, type: "" }]],
  [
    "among others",
    { value: [{ ...PRODUCT, id: "product/x", identity: { externalId: "contoso-app" } }, PRODUCT] },
    FOUND,
  ],
  ["not at all", { value: [] }, []],
  ["under another name", { value: [{ ...PRODUCT, identity: { externalId: "contoso-vm-2" } }] }, []],
  ["under another name, alone", { ...PRODUCT, identity: { externalId: "contoso-app" } }, []],
  ["without an identity", { value: [{ ...PRODUCT, identity: undefined }] }, []],
  ["with its name as an alias alone", { value: [{ ...PRODUCT, identity: {}, alias: "contoso-vm" }] }, []],
  ["with an id of another kind", { value: [{ ...PRODUCT, id: `plan/${GUID}` }] }, []],
  ["with an id that is no GUID", { value: [{ ...PRODUCT, id: "product/../submission" }] }, []],
])("finds the product %s", (_what, body, products) => {
  expect(readProducts(body, "contoso-vm")).toStrictEqual(products);
});

test.each([null, undefined, "[]", 7, {}, { value: null }, { value: ["product"] }, { value: [null] }, { products: [] }])(
  "the body %j is no answer about products",
  (body) => {
    expect(readProducts(body, "contoso-vm")).toBeUndefined();
  },
);

test.each([
  ["azureApplication", true],
  ["AzureApplication", true],
  ["AZUREAPPLICATION", true],
  ["azureVirtualMachine", false],
  ["coreVirtualMachine", false],
  ["softwareAsAService", false],
  ["azureContainer", false],
  ["containerApp", false],
  ["managedService", false],
  ["microsoft365CopilotApp", false],
  // The other way round it is the service's to say.
  ["", false],
  ["somethingNew", false],
])("an offer of the type %j goes live through another API: %s", (type, isElsewhere) => {
  expect(isServedElsewhere(type)).toBe(isElsewhere);
});

const OTHER = { guid: "3f0c7a11-2185-49fe-80d2-00000000b9ab", type: "azureVirtualMachine" };
const OWN = { guid: GUID, type: "azureVirtualMachine" };

test.each([
  ["the only one", [OWN], undefined, OWN],
  ["the only one, shown twice", [OWN, OWN], undefined, OWN],
  ["none", [], undefined, { kind: "noSuchOffer" }],
  ["several", [OWN, OTHER], undefined, { kind: "severalProducts", productIds: [GUID, OTHER.guid] }],
  ["several, one of which is named", [OTHER, OWN], GUID, OWN],
  ["another one than is named", [OTHER], GUID, { kind: "otherProduct", productIds: [OTHER.guid] }],
])("of products with the offer's id it takes: %s", (_what, products, named, chosen) => {
  expect(chooseProduct(products, named)).toStrictEqual(chosen);
});

test.each([
  ["it is the one that was found", OWN, true],
  ["another one was found", OTHER, false],
  ["none was found", { kind: "noSuchOffer" }, true],
  ["it is one of several", { kind: "severalProducts", productIds: [OTHER.guid, GUID] }, true],
  ["it is none of several", { kind: "severalProducts", productIds: [OTHER.guid] }, false],
  ["the inputs name another offer's", { kind: "otherOffer", offerId: "contoso-app" }, false],
  ["it is none of those beside the named one", { kind: "otherProduct", productIds: [OTHER.guid] }, false],
] as const)("a product may be the offer's where %s: %#", (_what, chosen, expected) => {
  expect(mayBe(chosen, GUID)).toBe(expected);
});
