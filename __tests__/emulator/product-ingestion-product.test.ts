import { expect, test } from "@jest/globals";
import { PRODUCT, PRODUCT_VERSION, openIngestion } from "./product-ingestion-client.ts";

const service = openIngestion();

const contoso = {
  $schema: "https://schema.mp.microsoft.com/schema/product/2022-07-01",
  id: `product/${PRODUCT}`,
  identity: { externalId: "contoso-vm" },
  type: "azureVirtualMachine",
  alias: "contoso-vm",
};

test("a product is found by its offer's id, in whatever case", async () => {
  const answer = await service.product();
  expect([answer.status, answer.body]).toEqual([200, { value: [contoso] }]);
  expect((await service.product("CONTOSO-VM")).body).toEqual({ value: [contoso] });
  expect((await service.ask("GET", `/product?EXTERNALID=contoso-vm&${PRODUCT_VERSION}`)).body.value).toHaveLength(1);
  expect(service.service().requests.map(({ route }) => route)).toEqual(["product", "product", "product"]);
});

test("an offer that does not exist is an empty list, and no error", async () => {
  const answer = await service.product("nothing");
  expect([answer.status, answer.body]).toEqual([200, { value: [] }]);
});

test.each(["azureVirtualMachine", "coreVirtualMachine", "azureContainer", "softwareAsAService", "iotEdgeModule"])(
  "the type can be %s, and its submissions are answered",
  async (type) => {
    service.beginWith({ type, alias: "Contoso" });
    expect((await service.product()).body.value).toMatchObject([{ type, alias: "Contoso" }]);
    expect((await service.submissions()).status).toBe(200);
  },
);

test("an Azure application is found, and its submissions are refused", async () => {
  service.beginWith({ type: "azureApplication" });
  expect((await service.product()).body.value).toMatchObject([{ type: "azureApplication" }]);
  const refused = {
    code: "badRequest",
    message: "Invalid request",
    details: [{ code: "notSupported", message: "Type AzureApplication is not supported" }],
  };
  expect((await service.submissions()).body.error).toEqual(refused);
  expect((await service.submission(`submission/${PRODUCT}/0`)).body.error).toEqual(refused);
});

test("without an offer's id all products are answered, each with its own GUID", async () => {
  const productId = "ABCDEF00-0000-4000-8000-000000000000";
  service.begin({ products: [{ offerId: "contoso-vm" }, { offerId: "contoso-saas", productId }] });
  const { body } = await service.ask("GET", `/product?${PRODUCT_VERSION}`);
  expect(body.value.map(({ id }: { id: string }) => id)).toEqual([
    `product/${PRODUCT}`,
    "product/abcdef00-0000-4000-8000-000000000000",
  ]);
});

test("the answer can be bare, spelt in the other way, or show another product as well", async () => {
  service.begin({ behaviour: { productForm: "bare", externalIdName: "externalID" } });
  expect((await service.product()).body).toEqual({ ...contoso, identity: { externalID: "contoso-vm" } });
  expect((await service.product("nothing")).body).toEqual({ value: [] });
  service.begin({
    products: [{ offerId: "contoso-saas" }, { offerId: "contoso-vm" }],
    behaviour: { productFilter: "ignored" },
  });
  expect((await service.product()).body.value).toMatchObject([
    { identity: { externalId: "contoso-saas" } },
    { identity: { externalId: "contoso-vm" } },
  ]);
});

test("the schemas of answers can be on the old host, which requests may not name", async () => {
  service.begin({ behaviour: { schemaHost: "old" } });
  const host = "https://product-ingestion.azureedge.net/schema";
  expect((await service.product()).body.value).toMatchObject([{ $schema: `${host}/product/2022-07-01` }]);
  const { status, body } = await service.push();
  expect([status, body.$schema]).toEqual([202, `${host}/configure-status/2022-03-01-preview2`]);
});

test("the GUIDs of answers can be in upper case, and are found in either", async () => {
  service.begin({ behaviour: { idCase: "upper" } });
  expect((await service.product()).body.value).toMatchObject([{ id: `product/${PRODUCT.toUpperCase()}` }]);
  const { body } = await service.ask("GET", `/submission/${PRODUCT.toUpperCase()}?${PRODUCT_VERSION}`);
  expect(body.value[1].id).toBe(`submission/${PRODUCT.toUpperCase()}/1152921505690000111`);
});
