import { expect, test } from "@jest/globals";
import { FIRST, PRODUCT, SECOND, THIRD, VERSION, openIngestion, pushBody } from "./product-ingestion-client.ts";

const service = openIngestion();

const NO_SUBMISSION = "Expected a submission id that isn't null or 0 since target type is Live";
const BUSY = "An In Progress submission already exists";
const NOT_LATEST = "The submission cannot be pushed to as its not the latest";
const minuteMs = 60_000;

/** The status, code and innermost messages of a refusal. */
function refusalOf({ status, body }: Awaited<ReturnType<typeof service.push>>) {
  return [status, body.error.code, ...body.error.details.map(({ message }: { message: string }) => message)];
}

test.each([
  ["no id", undefined],
  ["the draft's id", `submission/${PRODUCT}/0`],
])("a push with %s is refused", async (_what, id) => {
  expect(refusalOf(await service.configure(pushBody(id)))).toEqual([400, "badRequest", NO_SUBMISSION]);
  expect(refusalOf(await service.configure(pushBody(FIRST, { id: id ?? null })))).toEqual([
    400,
    "badRequest",
    NO_SUBMISSION,
  ]);
  expect(service.service().pushes()).toEqual([]);
});

test.each([
  [{}, 409, "conflict"],
  [{ busyStatus: 400 }, 400, "badRequest"],
  [{ busyStatus: 423 }, 423, "locked"],
] as const)("a push while one runs, with %j, is a %d", async (behaviour, status, code) => {
  service.begin({ behaviour });
  await service.push();
  expect(refusalOf(await service.push())).toEqual([status, code, BUSY]);
  expect(refusalOf(await service.publish())).toEqual([status, code, BUSY]);
  expect(service.service().pushes()).toHaveLength(1);
});

test("a push while a publish to preview runs is refused", async () => {
  service.beginWith({ state: "publishing", wasLive: true });
  expect(refusalOf(await service.push(SECOND))).toEqual([409, "conflict", BUSY]);
});

test("a second push can be accepted, and both are written down", async () => {
  service.begin({ behaviour: { secondPush: "accepted" } });
  const ids = [await service.push(), await service.push()].map(({ body }) => body.jobId);
  service.advance(minuteMs);
  ids.push((await service.push()).body.jobId);
  expect(new Set(ids).size).toBe(3);
  expect(service.service().pushes()).toMatchObject(ids.map((jobId) => ({ jobId, submissionId: FIRST })));
});

test("an older submission is not the latest", async () => {
  service.beginWith({ state: "twoReady" });
  expect(refusalOf(await service.push(FIRST))).toEqual([400, "badRequest", NOT_LATEST]);
  expect((await service.push(SECOND)).status).toBe(202);
});

test.each([
  [{ state: "publishFailed" }, FIRST, "The submission has not passed its publish to preview"],
  [{ state: "live" }, FIRST, "The submission is live already"],
  [{ state: "neverPublished" }, FIRST, "The submission does not exist"],
  [{ state: "ready" }, THIRD, "The submission does not exist"],
] as const)("a push with %j of %s is refused", async (product, id, message) => {
  service.beginWith(product);
  expect(refusalOf(await service.push(id))).toEqual([400, "badRequest", message]);
});

test("a refusal can come as a job that has failed, which is no push", async () => {
  service.beginWith({ state: "twoReady" }, { behaviour: { refusedBy: "job" } });
  const answer = await service.push(FIRST);
  expect([answer.status, answer.body.jobStatus]).toEqual([202, "completed"]);
  expect((await service.job(answer.body.jobId)).body).toMatchObject({
    jobStatus: "completed",
    jobResult: "failed",
    errors: [{ resourceId: FIRST, code: "badRequest", details: [{ code: "invalidState", message: NOT_LATEST }] }],
  });
  expect(service.service().pushes()).toEqual([]);
  expect(await service.entries()).toHaveLength(3);
  expect((await service.push(SECOND)).body.jobStatus).toBe("running");
});

const OLD_HOST = "https://product-ingestion.azureedge.net/schema";
const schema = (resource: string, version: string) => `https://schema.mp.microsoft.com/schema/${resource}/${version}`;

test.each([
  [
    "the old host in the resource",
    pushBody(FIRST, { $schema: `${OLD_HOST}/submission/2022-03-01-preview2` }),
    `Schema '${OLD_HOST}/submission/2022-03-01-preview2' could not be accessed`,
  ],
  [
    "the old host in the envelope",
    { ...pushBody(FIRST), $schema: `${OLD_HOST}/configure/2022-03-01-preview2` },
    `Schema '${OLD_HOST}/configure/2022-03-01-preview2' could not be accessed`,
  ],
  [
    "another resource's schema",
    pushBody(FIRST, { $schema: schema("product", "2022-07-01") }),
    `Schema '${schema("product", "2022-07-01")}' could not be accessed`,
  ],
  [
    "a deprecated schema",
    pushBody(FIRST, { $schema: schema("submission", "2022-03-01-preview3") }),
    '"2022-03-01-preview3" is a deprecated schema',
  ],
  ["no schema", pushBody(FIRST, { $schema: undefined }), "The $schema of a submission is missing"],
  ["lifecycleState", pushBody(FIRST, { lifecycleState: "deprecated" }), 'The member "lifecycleState" is not allowed'],
  ["an entry as it was read", pushBody(FIRST, { status: "completed" }), 'The member "status" is not allowed'],
  ["a member in the envelope", { ...pushBody(FIRST), jobId: "x" }, 'The member "jobId" is not allowed'],
  [
    "a member in the target",
    pushBody(FIRST, { target: { targetType: "live", audience: "all" } }),
    'The member "audience" is not allowed',
  ],
  ["a bare number as its id", pushBody("1152921505690000111"), 'The id "1152921505690000111" is invalid'],
  ["a product that is no reference", pushBody(FIRST, { product: PRODUCT }), "The product is no reference to one"],
  [
    "another target",
    pushBody(FIRST, { target: { targetType: "sandbox" } }),
    "The target is none that can be published to",
  ],
  [
    "a preview to publish again",
    pushBody(FIRST, { target: { targetType: "preview" } }),
    "A publish to preview names no submission",
  ],
  ["no resource", { ...pushBody(FIRST), resources: [] }, "The body is an object with one resource"],
  ["no object", [], "The body is an object with one resource"],
])("to a strict service a body with %s is a 400", async (_what, body, message) => {
  service.begin({ behaviour: { bodyCheck: "strict" } });
  const answer = await service.configure(body);
  expect([answer.status, answer.body.error]).toEqual([
    400,
    { code: "badRequest", message: "Invalid request", details: [{ code: "schemaValidationError", message }] },
  ]);
  expect(service.service().pushes()).toEqual([]);
});

test("a body that is no JSON is a 400", async () => {
  expect((await service.ask("POST", `/configure?${VERSION}`, { body: "{" })).status).toBe(400);
});

test("an entry that is sent back as it was read is taken, and a deprecation is written down", async () => {
  const answer = await service.configure(pushBody(FIRST, { lifecycleState: "deprecated", status: "completed" }));
  expect(answer.status).toBe(202);
  expect(service.service().pushes()).toMatchObject([{ submissionId: FIRST, lifecycleState: "deprecated" }]);
  service.advance(minuteMs);
  expect(service.service().liveSubmission()).toBeUndefined();
  const old = pushBody(FIRST, { $schema: `${OLD_HOST}/submission/2022-03-01-preview2` });
  expect((await service.configure(old)).status).toBe(400);
});

test("the envelope's version need not be that of the query, nor the product be named by its GUID", async () => {
  const body = pushBody(FIRST, { product: { externalId: "contoso-vm" } });
  const answer = await service.ask("POST", "/configure?$version=2022-07-01", { body: JSON.stringify(body) });
  expect(answer.status).toBe(202);
});

test("a submission of another product than the one that is named is refused", async () => {
  service.begin({ products: [{ offerId: "contoso-vm" }, { offerId: "contoso-saas" }] });
  const answer = await service.configure(pushBody(FIRST, { product: { externalId: "contoso-saas" } }));
  expect(refusalOf(answer)).toEqual([400, "badRequest", "The product does not exist"]);
  expect(service.service().pushes()).toEqual([]);
});
