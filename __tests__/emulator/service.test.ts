import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { type Emulator, type ResetOptions, startEmulator } from "../../emulator/emulator.ts";
import { type ManualClock, createManualClock } from "../../emulator/wire/manual-clock.ts";

const offerPath = "/api/publishers/contoso/offers/contoso-vm";
const version = "?api-version=2017-10-31";
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let emulator: Emulator;
let clock: ManualClock;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => begin({}));

function begin(options: ResetOptions): void {
  clock = createManualClock();
  emulator.reset({ clock, ...options });
}

async function ask(method: string, path: string, init: RequestInit = {}) {
  const headers = { authorization: "Bearer emulator-token", ...init.headers };
  const response = await fetch(`${emulator.url}${path}`, { ...init, method, headers });
  const body = await response.text();
  return { status: response.status, headers: response.headers, body: body === "" ? undefined : JSON.parse(body) };
}

const goLive = () => ask("POST", `${offerPath}/golive${version}`);
const list = (more = "") => ask("GET", `${offerPath}/submissions/${version}${more}`);

test("a go-live is accepted without a body and says where its operation lives", async () => {
  const answer = await goLive();
  const [accepted] = emulator.goLives;
  expect(answer.status).toBe(202);
  expect(answer.body).toBeUndefined();
  expect(answer.headers.get("location")).toBe(`${offerPath}/operations/${accepted?.id}${version}`);
  expect(emulator.goLives).toEqual([
    {
      ...{ id: expect.stringMatching(guid), publisherId: "contoso", offerId: "contoso-vm", atMs: clock.now() },
      submissionId: expect.stringMatching(guid),
    },
  ]);
  expect(emulator.requests).toMatchObject([
    { method: "POST", path: `${offerPath}/golive${version}`, route: "goLive", body: "", answer: 202 },
  ]);
  expect(emulator.requests[0]?.headers["content-length"]).toBe("0");
});

test("the absolute location has the host that was asked for, and no api-version", async () => {
  begin({ behaviour: { location: "absolute" } });
  const answer = await goLive();
  const [accepted] = emulator.goLives;
  expect(answer.headers.get("operation-location")).toBe(`${emulator.url}${offerPath}/operations/${accepted?.id}`);
  expect(answer.headers.get("location")).toBeNull();
});

test("the location of an offer that was not migrated leads to its newest go-live", async () => {
  begin({ behaviour: { location: "notMigrated" } });
  const location = (await goLive()).headers.get("location") ?? "";
  expect(location).toBe(`/api/operations/contoso$contoso-vm$2$preview${version}`);
  expect((await ask("GET", location)).body.status).toBe("running");
  expect((await ask("GET", location.replaceAll("$", "%24"))).status).toBe(200);
});

test("the spelling of an offer that was not migrated is no operation id elsewhere", async () => {
  await goLive();
  const answer = await ask("GET", `${offerPath}/operations/contoso$contoso-vm$2$preview${version}`);
  expect(answer.status).toBe(404);
  expect((await ask("GET", `/api/operations/contoso-vm${version}`)).status).toBe(404);
});

test("a location can be missing", async () => {
  begin({ behaviour: { location: "none" } });
  const { status, headers } = await goLive();
  expect([status, headers.get("location"), headers.get("operation-location")]).toEqual([202, null, null]);
});

test.each([
  ["conflict", 409, 1],
  ["badRequest", 400, 1],
  ["accepted", 202, 2],
] as const)("a second go-live, behaviour %s, answers %d", async (secondGoLive, status, accepted) => {
  begin({ behaviour: { secondGoLive } });
  await goLive();
  expect((await goLive()).status).toBe(status);
  expect(emulator.goLives).toHaveLength(accepted);
});

test.each([
  ["neverPublished", 400, "The offer cannot go live: it was never published, so the publisher sign-off is missing."],
  ["publishing", 400, "The offer cannot go live: it is still being published, so the publisher sign-off is missing."],
  ["live", 400, "The offer cannot go live: nothing new was published, so the publisher sign-off is missing."],
  ["goingLive", 409, "A go-live of this offer is already running. Only one operation of an offer can run at a time."],
] as const)("an offer that is %s answers a go-live with %d and says why", async (state, status, message) => {
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", state }] });
  const answer = await goLive();
  expect(answer.status).toBe(status);
  expect(answer.body.error.message).toBe(message);
  expect(emulator.goLives).toEqual([]);
});

test("an offer can go live again after a failed go-live, and not after one that succeeded", async () => {
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { outcome: "failed" } }] });
  await goLive();
  clock.advance(60_000);
  expect((await goLive()).status).toBe(202);
  begin({});
  await goLive();
  clock.advance(60_000);
  expect((await goLive()).status).toBe(400);
});

test("an offer is ready once its publishing has succeeded", async () => {
  const running = { durationMs: 1_000 };
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "publishing", running }] });
  expect((await goLive()).status).toBe(400);
  clock.advance(1_000);
  expect((await goLive()).status).toBe(202);
});

test.each([
  ["neverPublished", "neverPublished", "notStarted"],
  ["publishing", "running", "notStarted"],
  ["readyForGoLive", "waitingForPublisherReview", "waitingForPublisherReview"],
  ["goingLive", "running", "complete"],
  ["live", "succeeded", "complete"],
] as const)("the status of an offer that is %s is %s, its sign-off is %s", async (state, status, signOff) => {
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", state }] });
  const { body } = await ask("GET", `${offerPath}/status${version}`);
  expect(body.status).toBe(status);
  expect(body.steps.find((step: { id: string }) => step.id === "publisher-signoff").status).toBe(signOff);
});

test("the list shows the earlier publish and the go-live, newest first, with and without its last slash", async () => {
  await goLive();
  const { body } = await list();
  expect(body).toMatchObject([
    { id: emulator.goLives[0]?.id, slot: "production", submissionType: "goLive", submissionState: "running" },
    { id: expect.stringMatching(guid), slot: "staging", submissionType: "publish", submissionState: "completed" },
  ]);
  expect(body[0].changedTime).toBe("2026-01-01T00:00:00.000Z");
  expect((await ask("GET", `${offerPath}/submissions${version}`)).body).toEqual(body);
  expect(emulator.requests.map((request) => request.route)).toEqual(["goLive", "list", "list"]);
});

test("every entry of the list can be read as an operation", async () => {
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "live" }] });
  const { body } = await list();
  const paths = body.map((entry: { id: string }) => `${offerPath}/operations/${entry.id}${version}`);
  const answers = await Promise.all(paths.map((path: string) => ask("GET", path)));
  expect(answers.map((answer) => answer.body.status)).toEqual(["completed", "completed"]);
});

test("an offer's history can be given, and does not change what the offer is ready for", async () => {
  const history = [{ slot: "staging" }, { slot: "production", outcome: "failed", endedAgoMs: 5_000 }] as const;
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", history }] });
  expect((await list()).body).toMatchObject([
    { slot: "production", submissionState: "failed", changedTime: "2025-12-31T23:59:55.000Z" },
    { slot: "staging", submissionState: "completed" },
  ]);
  expect((await goLive()).status).toBe(202);
});

test.each([
  ["none", 2, 2],
  ["status", 1, 2],
  ["submissionState", 2, 1],
  ["both", 1, 1],
] as const)("of its two filters the list obeys %s", async (listFilters, byStatus, byState) => {
  begin({ behaviour: { listFilters } });
  await goLive();
  expect((await list("&status=Running")).body).toHaveLength(byStatus);
  expect((await list("&submissionState=running")).body).toHaveLength(byState);
  expect((await list()).body).toHaveLength(2);
});

test("a filter whose word no entry has leaves nothing, in the words that the service has", async () => {
  begin({ behaviour: { listFilters: "both", words: { succeeded: "complete" } } });
  await goLive();
  expect((await list("&status=failed")).body).toEqual([]);
  expect((await list("&status=complete")).body).toMatchObject([{ slot: "staging" }]);
  expect((await list("&status=complete&submissionState=running")).body).toEqual([]);
});

test("a new operation can be missing from the list and from its own address for a while", async () => {
  begin({ behaviour: { listLagMs: 5_000, operationLagMs: 2_000 } });
  const location = (await goLive()).headers.get("location") ?? "";
  expect((await ask("GET", location)).status).toBe(404);
  clock.advance(2_000);
  expect((await ask("GET", location)).status).toBe(200);
  expect((await list()).body).toHaveLength(1);
  clock.advance(3_000);
  expect((await list()).body).toHaveLength(2);
});

test("a go-live that somebody else started is in the list from the start", async () => {
  const offers = [{ publisherId: "contoso", offerId: "contoso-vm", state: "goingLive" }] as const;
  begin({ offers, behaviour: { listLagMs: 5_000 } });
  expect((await list()).body).toMatchObject([{ slot: "production", submissionState: "running" }, { slot: "staging" }]);
  expect(emulator.goLives).toEqual([]);
});

test("a cancel takes hold after a while", async () => {
  begin({ behaviour: { cancelMs: 20_000 } });
  const location = (await goLive()).headers.get("location") ?? "";
  clock.advance(10_000);
  const answer = await ask("POST", `${offerPath}/cancel${version}`, { body: `{"metadata":{}}` });
  expect([answer.status, answer.headers.get("location")]).toEqual([202, location]);
  expect((await ask("GET", location)).body).toMatchObject({
    status: "running",
    cancellationRequestState: "requested",
  });
  clock.advance(20_000);
  const { body } = await ask("GET", location);
  expect(body).toMatchObject({ status: "canceled", cancellationRequestState: "canceled" });
  expect(body.steps.map((step: { status: string }) => step.status)).toEqual([
    "complete",
    "canceled",
    "canceled",
    "canceled",
  ]);
});

test("a cancel that comes too late changes nothing", async () => {
  await goLive();
  clock.advance(30_000);
  await ask("POST", `${offerPath}/cancel${version}`, { body: "{}" });
  clock.advance(60_000);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("succeeded");
});

test("a cancel is accepted even when nothing runs", async () => {
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "neverPublished" }] });
  const answer = await ask("POST", `${offerPath}/cancel${version}`, { body: "{}" });
  expect(answer.status).toBe(202);
  expect(answer.headers.get("location")).toContain("/operations/");
});

test.each([
  ["", "The api-version '' is not valid. The allowed versions are '2017-10-31'."],
  ["?api-version=2016-08-01", "The api-version '2016-08-01' is not valid. The allowed versions are '2017-10-31'."],
  [
    "?api-version=2017-10-31&api-version=2017-10-31",
    "The api-version was given more than once. The allowed versions are '2017-10-31'.",
  ],
])("the query %p is refused, and the allowed versions are named", async (query, message) => {
  const answer = await ask("POST", `${offerPath}/golive${query}`);
  expect([answer.status, answer.body.error]).toEqual([400, { code: "InvalidAPIVersion", message, details: [] }]);
  expect(emulator.goLives).toEqual([]);
});

test("the allowed api-versions can be others", async () => {
  begin({ apiVersions: ["2030-01-01", "2031-01-01"] });
  expect((await goLive()).body.error.message).toContain("The allowed versions are '2030-01-01', '2031-01-01'.");
  expect((await ask("POST", `${offerPath}/golive?api-version=2031-01-01`)).status).toBe(202);
});

test.each([
  ["no token", {}],
  ["another scheme", { authorization: "Basic emulator-token" }],
  ["an unknown token", { authorization: "Bearer constructor" }],
])("%s is a 401 that asks for a bearer token", async (_, headers) => {
  const response = await fetch(`${emulator.url}${offerPath}/status${version}`, { headers });
  expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
});

test("a token expires", async () => {
  const tokens = { "emulator-token": { expiresAtMs: createManualClock().now() + 1_000 } };
  begin({ tokens });
  expect((await list()).status).toBe(200);
  clock.advance(1_000);
  const answer = await list();
  expect([answer.status, answer.body.error.message]).toEqual([401, "The bearer token has expired."]);
});

test("a stranger, and a member of another publisher, are forbidden", async () => {
  begin({ tokens: { "emulator-token": { role: "stranger" } } });
  expect((await goLive()).status).toBe(403);
  begin({ tokens: { "emulator-token": { publishers: ["fabrikam"] } } });
  const answer = await goLive();
  expect([answer.status, answer.body.error.message]).toEqual([
    403,
    "The principal has no access to the publisher 'contoso'.",
  ]);
  expect((await ask("GET", `/api/operations/contoso$contoso-vm$2$preview${version}`)).status).toBe(403);
  expect(emulator.goLives).toEqual([]);
});

test.each([
  ["/api/publishers/nobody/offers/contoso-vm/golive", "There is no publisher 'nobody'."],
  ["/api/publishers/contoso/offers/nothing/golive", "There is no offer 'nothing'."],
  ["/api/publishers/contoso/offers/contoso-vm/nothing", "There is no such resource."],
])("POST %s is a 404", async (path, message) => {
  const answer = await ask("POST", `${path}${version}`);
  expect([answer.status, answer.body.error.message]).toEqual([404, message]);
});

test("an operation that does not exist is a 404", async () => {
  const answer = await ask("GET", `${offerPath}/operations/56615b67-2185-49fe-80d2-c4ddf77bb2e8${version}`);
  expect(answer.status).toBe(404);
  expect(() => emulator.operationStatus("nothing")).toThrow('The emulator has no operation "nothing".');
});

test("another method is a 405 that names the right one, and does not count as that route", async () => {
  const answer = await ask("GET", `${offerPath}/golive${version}`);
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  expect(emulator.requests[0]?.route).toBe("unknown");
});

test("every answer is JSON and carries ids that count the requests", async () => {
  const answers = [await goLive(), await list(), await ask("GET", "/")];
  const idsOf = (name: string) => answers.map((answer) => answer.headers.get(name));
  expect(idsOf("content-type")).toEqual(Array(3).fill("application/json; charset=utf-8"));
  expect(new Set([...idsOf("x-ms-request-id"), ...idsOf("x-ms-correlation-request-id")]).size).toBe(6);
  begin({});
  expect((await goLive()).headers.get("x-ms-request-id")).toBe(idsOf("x-ms-request-id")[0]);
});

test.each([
  ["both", [true, true]],
  ["correlationOnly", [false, true]],
  ["none", [false, false]],
] as const)("the ids of a request can be %s, in refusals too", async (requestIds, present) => {
  begin({ behaviour: { requestIds } });
  for (const { headers } of [await goLive(), await ask("GET", "/")]) {
    expect(["x-ms-request-id", "x-ms-correlation-request-id"].map((name) => headers.has(name))).toEqual(present);
  }
});

test("the answer's Date is the emulator's time, as are the times in its body", async () => {
  await goLive();
  const before = await list();
  expect(before.headers.get("date")).toBe("Thu, 01 Jan 2026 00:00:00 GMT");
  clock.advance(90_000);
  const after = await list();
  expect(after.headers.get("date")).toBe("Thu, 01 Jan 2026 00:01:30 GMT");
  expect(after.body[0].changedTime).toBe("2026-01-01T00:01:00.000Z");
});

test("the service's clock can be ahead of the machine's, or behind", async () => {
  begin({ behaviour: { clockOffsetMs: -3_600_000 } });
  await goLive();
  clock.advance(10_000);
  const { headers, body } = await list();
  expect(headers.get("date")).toBe("Wed, 31 Dec 2025 23:00:10 GMT");
  expect(body[0]).toMatchObject({ changedTime: "2025-12-31T23:00:00.000Z", submissionState: "running" });
  expect(emulator.requests.map(({ atMs }) => atMs)).toEqual([clock.now() - 10_000, clock.now()]);
  clock.advance(50_000);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("succeeded");
});

test("an answer that a fault puts in place of the true one has the emulator's Date as well", async () => {
  begin({ faults: [{ on: "list", act: { kind: "status", status: 502 } }] });
  expect((await list()).headers.get("date")).toBe("Thu, 01 Jan 2026 00:00:00 GMT");
});

test("a POST that does not say how long it is, is refused before anything else", async () => {
  const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
  socket.end(`POST ${offerPath}/golive${version} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 411 [^]*A POST request says how long its body is\./);
  expect([emulator.requests[0]?.answer, emulator.goLives]).toEqual([411, []]);
});

test("a path is found in any case, the names in it are not", async () => {
  const path = offerPath.replace("/api/publishers", "/API/Publishers");
  expect((await ask("GET", `${path}/Status${version}`)).status).toBe(200);
  expect((await ask("GET", `${offerPath.replace("contoso-vm", "Contoso-VM")}/status${version}`)).status).toBe(404);
});

test("offers do not touch each other", async () => {
  const other = { publisherId: "fabrikam", offerId: "contoso-vm", state: "live" } as const;
  begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm" }, other] });
  const id = (await goLive()).headers.get("location")?.split("/").at(-1);
  expect((await ask("GET", `/api/publishers/fabrikam/offers/contoso-vm/operations/${id}`)).status).toBe(404);
});

test("a reset forgets everything and keeps the port; options left out are those of the start", async () => {
  const { url } = emulator;
  begin({ behaviour: { location: "absolute" } });
  await goLive();
  begin({});
  expect([emulator.url, emulator.requests, emulator.goLives]).toEqual([url, [], []]);
  expect((await goLive()).headers.has("location")).toBe(true);
  expect(emulator.requests).toHaveLength(1);
});
