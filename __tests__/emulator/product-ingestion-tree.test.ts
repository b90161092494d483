import { expect, test } from "@jest/globals";
import { FIRST, openIngestion, PRODUCT, PRODUCT_VERSION, SECOND, VERSION } from "./product-ingestion-client.ts";

const service = openIngestion();

const SCHEMA = "https://schema.mp.microsoft.com/schema";
const CONFIGURATION = "virtual-machine-plan-technical-configuration";

interface Resource {
  readonly $schema?: string;
  readonly id: string;
  readonly openPorts?: readonly string[];
}

const tree = (target?: string) =>
  service.ask(
    "GET",
    `/resource-tree/product/${PRODUCT}?${target === undefined ? "" : `targetType=${target}&`}${VERSION}`,
  );

/** The technical configuration in a tree. */
async function configurationIn(target: string): Promise<Resource | undefined> {
  const { body } = await tree(target);
  return body.resources.find(({ id }: Resource) => id.startsWith(`${CONFIGURATION}/`));
}

const portsIn = async (target: string) => (await configurationIn(target))?.openPorts;

function write(resource: object, envelope: object = {}) {
  const body = { $schema: `${SCHEMA}/configure/2022-03-01-preview2`, resources: [resource], ...envelope };
  return service.configure(body);
}

async function openPort(port: string) {
  return write({ ...(await configurationIn("draft")), openPorts: [port] });
}

test("a tree holds the product, its submission of that target, its plan and the plan's configuration", async () => {
  const { status, body } = await tree("preview");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    $schema: `${SCHEMA}/resource-tree/2022-03-01-preview2`,
    root: `product/${PRODUCT}`,
    target: { targetType: "preview" },
  });
  const [product, submission, plan, configuration] = body.resources;
  expect(product).toEqual((await service.product()).body.value[0]);
  expect(submission).toMatchObject({ id: FIRST, target: { targetType: "preview" } });
  expect(plan).toMatchObject({
    $schema: expect.stringContaining("/schema/plan/"),
    identity: { externalId: "standard" },
  });
  expect(configuration).toMatchObject({ product: product.id, plan: plan.id, skus: [{ skuId: "standard" }] });
});

test("the tree is the draft's where no target is named, and the parameter is found in any case", async () => {
  expect((await tree()).body).toMatchObject({ target: { targetType: "draft" }, resources: { length: 4 } });
  const path = `/resource-tree/product/${PRODUCT}?TargetType=Preview&${PRODUCT_VERSION}`;
  expect((await service.ask("GET", path)).body.target).toEqual({ targetType: "preview" });
});

test.each(["live", "retail", "constructor"])(
  "there is no tree of the target %s while nothing has it",
  async (target) => {
    expect((await tree(target)).status).toBe(404);
  },
);

test("what is written is the draft's at once, the preview's by a publish and live by a push", async () => {
  const answer = await openPort("443");
  expect([answer.status, answer.body.jobStatus, answer.body.jobResult]).toEqual([202, "completed", "succeeded"]);
  expect((await service.job(answer.body.jobId)).body.jobResult).toBe("succeeded");
  expect([await portsIn("draft"), await portsIn("preview")]).toEqual([["443"], []]);
  service.advance(1_000);
  await service.publish();
  service.advance(1_000);
  await openPort("80");
  service.advance(60_000);
  expect([await portsIn("draft"), await portsIn("preview")]).toEqual([["80"], ["443"]]);
  await service.push(SECOND);
  service.advance(60_000);
  expect([await portsIn("draft"), await portsIn("live")]).toEqual([["80"], ["443"]]);
});

test("to write is no push, no publish and no submission", async () => {
  await openPort("443");
  expect([service.service().pushes(), service.service().publishes()]).toEqual([[], []]);
  expect(await service.entries()).toEqual(["0 draft", "111 preview completed succeeded"]);
});

test("a write whose answer is lost can have been carried out, or not", async () => {
  for (const carriedOut of [true, false]) {
    service.begin({ faults: [{ on: "configure", carriedOut, act: { kind: "status", status: 502 } }] });
    expect((await openPort("443")).status).toBe(502);
    expect(await portsIn("draft")).toEqual(carriedOut ? ["443"] : []);
  }
});

test.each([
  ["an id that no resource has", { id: `${CONFIGURATION}/${PRODUCT}/x` }, "The resource does not exist"],
  ["no id", { id: undefined }, `The ${CONFIGURATION} has no id`],
  ["a product that is no reference", { product: PRODUCT }, "The product is no reference to one"],
  [
    "a deprecated schema",
    { $schema: `${SCHEMA}/${CONFIGURATION}/2022-03-01-preview3` },
    '"2022-03-01-preview3" is a deprecated schema',
  ],
])("a write with %s is a 400 that changes nothing", async (_, changes, message) => {
  const answer = await write({ ...(await configurationIn("draft")), openPorts: ["443"], ...changes });
  expect([answer.status, answer.body.error.details[0].message]).toEqual([400, message]);
  expect(await portsIn("draft")).toEqual([]);
});

test("a write to another publisher's product is refused like one that is not there", async () => {
  const resource = await configurationIn("draft");
  service.begin({ tokens: { "emulator-token": { publishers: ["fabrikam"] } } });
  expect((await write({ ...resource })).body.error.details[0].message).toBe("The product does not exist");
  expect((await tree("draft")).status).toBe(404);
});
