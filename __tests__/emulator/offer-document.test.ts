import { expect, test } from "@jest/globals";
import { OFFER_PATH, openEmulator, VERSION } from "../harness/emulator-client.ts";

const { begin, beginWith, advance, ask, goLive } = openEmulator();

const get = (more = "") => ask("GET", `${OFFER_PATH}${more}${VERSION}`);
const put = (document: unknown, headers: Record<string, string> = {}, path = OFFER_PATH) =>
  ask("PUT", `${path}${VERSION}`, { body: JSON.stringify(document), headers });
const list = (more = "") => ask("GET", `/api/publishers/contoso/offers${VERSION}${more}`);
const sells = (displayText: string) => ({ definition: { displayText, plans: [] } });
const textOf = ({ body }: Awaited<ReturnType<typeof get>>) => body.definition?.displayText;

test("an offer is its draft, where no slot is named, and says its ETag", async () => {
  const answer = await get();
  expect([answer.status, answer.headers.get("etag")]).toEqual([200, `W/"datetime'2026-01-01T00%3A00%3A00.0000000Z'"`]);
  expect(answer.body).toMatchObject({
    offerTypeId: "microsoft-azure-virtualmachines",
    publisherId: "contoso",
    status: "waitingForPublisherReview",
    id: "contoso-vm",
    version: 2,
    definition: { displayText: "contoso-vm", plans: [{ planId: "standard" }] },
    changedTime: "2026-01-01T00:00:00.0000000Z",
  });
  expect((await get("/slot/draft")).body).toEqual(answer.body);
});

test("what is written is the draft from then on, and no other slot's", async () => {
  advance(5_000);
  expect(await put(sells("New"))).toMatchObject({ status: 200, body: { ...sells("New"), version: 2 } });
  expect(textOf(await get())).toBe("New");
  expect(textOf(await get("/slot/Preview"))).toBe("contoso-vm");
  expect((await get()).body.changedTime).toBe("2026-01-01T00:00:05.0000000Z");
});

test("a go-live brings what was published to production, not what was written since", async () => {
  expect((await get("/slot/production")).status).toBe(404);
  await put(sells("Too late"));
  await goLive();
  expect((await get("/slot/production")).status).toBe(404);
  advance(60_000);
  expect(textOf(await get("/slot/production"))).toBe("contoso-vm");
  expect(textOf(await get("/slot/draft"))).toBe("Too late");
});

test("a publish that runs belongs to the next version, and makes it the preview when it succeeds", async () => {
  beginWith({ state: "publishing", running: { durationMs: 1_000 } });
  advance(500);
  await put(sells("Too late"));
  expect((await get("/slot/preview")).status).toBe(404);
  advance(500);
  expect([textOf(await get("/slot/preview")), textOf(await get("/versions/1"))]).toEqual(["contoso-vm", "contoso-vm"]);
  expect((await get("/versions/2")).body).toMatchObject({ version: 2, ...sells("Too late") });
});

test("a publish to preview brings the draft of then to the preview, and begins the next version", async () => {
  advance(1_000);
  await put(sells("New"));
  advance(1_000);
  expect((await ask("POST", `${OFFER_PATH}/publish${VERSION}`)).status).toBe(202);
  advance(1_000);
  await put(sells("Newer"));
  expect([textOf(await get("/slot/preview")), (await get()).body.version]).toEqual(["contoso-vm", 3]);
  advance(60_000);
  expect([textOf(await get("/slot/preview")), textOf(await get("/versions/2"))]).toEqual(["New", "New"]);
});

test.each(["/slot/live", "/slot/constructor", "/versions/0", "/versions/3", "/versions/x"])(
  "there is nothing at %s of the offer",
  async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.body.error.code]).toEqual([404, "NotFound"]);
  },
);

test("an offer that was never published can be made, and is listed with the others", async () => {
  const path = OFFER_PATH.replace("contoso-vm", "contoso-new");
  const made = await put({ offerTypeId: "microsoft-azure-corevm", ...sells("Newest") }, {}, path);
  expect(made).toMatchObject({ status: 201, body: { id: "contoso-new", status: "neverPublished", version: 1 } });
  expect((await list()).body).toMatchObject([
    { id: "contoso-vm", definition: { displayText: "contoso-vm" } },
    { id: "contoso-new", definition: { displayText: "Newest" } },
  ]);
  expect((await list()).body[0].definition).not.toHaveProperty("plans");
  expect((await list("&$filter=offerTypeId eq 'microsoft-azure-corevm'")).body).toHaveLength(1);
});

test.each([
  ["none", {}, 200],
  ["any", { "if-match": "*" }, 200],
  ["the one that was read", { "if-match": `W/"datetime'2026-01-01T00%3A00%3A00.0000000Z'"` }, 200],
  ["another", { "if-match": `W/"datetime'2025-01-01T00%3A00%3A00.0000000Z'"` }, 412],
] as const)("a PUT whose If-Match names %s is answered with its right status", async (_, headers, status) => {
  expect((await put(sells("New"), headers)).status).toBe(status);
  expect(textOf(await get())).toBe(status === 200 ? "New" : "contoso-vm");
});

test("a PUT with If-Match makes no offer", async () => {
  const path = OFFER_PATH.replace("contoso-vm", "contoso-new");
  expect((await put(sells("New"), { "if-match": "*" }, path)).status).toBe(412);
  expect((await ask("GET", `${path}${VERSION}`)).status).toBe(404);
});

test.each([
  ["no object", []],
  ["no definition", { id: "contoso-vm" }],
  ["another offer's id", { id: "contoso-other", ...sells("x") }],
  ["another publisher's id", { publisherId: "fabrikam", ...sells("x") }],
])("a PUT with %s is a 400 that changes nothing", async (_, document) => {
  expect((await put(document)).status).toBe(400);
  expect(textOf(await get())).toBe("contoso-vm");
});

test("a PUT whose answer is lost can have been carried out, or not", async () => {
  for (const carriedOut of [true, false]) {
    begin({ faults: [{ on: "saveOffer", carriedOut, act: { kind: "status", status: 502 } }] });
    expect((await put(sells("New"))).status).toBe(502);
    expect(textOf(await get())).toBe(carriedOut ? "New" : "contoso-vm");
  }
});

test("the publishers are those that the token may touch", async () => {
  const offers = ["contoso", "fabrikam"].map((publisherId) => ({ publisherId, offerId: "vm" }));
  const ids = async () =>
    (await ask("GET", `/api/publishers${VERSION}`)).body.map(({ id }: { readonly id: string }) => id);
  begin({ offers });
  expect(await ids()).toEqual(["contoso", "fabrikam"]);
  begin({ offers, tokens: { "emulator-token": { publishers: ["fabrikam"] } } });
  expect(await ids()).toEqual(["fabrikam"]);
  expect((await ask("GET", `/api/publishers/contoso/offers${VERSION}`)).status).toBe(403);
  begin();
  expect((await ask("GET", `/api/publishers/nobody/offers${VERSION}`)).body.error.message).toBe(
    "There is no publisher 'nobody'.",
  );
});

test("a method that an offer does not have is refused, and those that it has are named", async () => {
  const answer = await ask("DELETE", `${OFFER_PATH}${VERSION}`);
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, PUT"]);
});
