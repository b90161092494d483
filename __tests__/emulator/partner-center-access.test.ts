import { beforeAll, expect, test } from "@jest/globals";
import {
  type ErrorShape,
  type Route,
  errorAnswer,
  errorShapes,
  partnerCenterAudience,
} from "../../emulator/partner-center/partner-center.ts";
import { startEntra } from "../../emulator/entra/entra.ts";
import { type SigningKey, createSigningKey } from "../../emulator/wire/jwt.ts";
import { openPartnerCenter, PRODUCT, SUBMISSION_PATH, SUBMISSIONS_PATH } from "./partner-center-client.ts";

const { advance, ask, begin, center, get, now, promote, submission } = openPartnerCenter();

const withToken = (token: string) => get(SUBMISSION_PATH, { headers: { authorization: `Bearer ${token}` } });

let key: SigningKey;

beforeAll(async () => {
  key = await createSigningKey();
});

/** A token with those claims, whoever signed it. */
const tokenWith = (claims: Readonly<Record<string, unknown>>): Promise<string> => key.sign(claims);

test.each([
  ["no bearer token", "The request has no bearer token.", { authorization: "Basic emulator-token" }],
  ["an unknown token", "The bearer token is not valid.", { authorization: "Bearer constructor" }],
])("%s is a 401 that asks for one", async (_, message, headers) => {
  begin({ behaviour: { errorShape: "text" } });
  const answer = await get(SUBMISSION_PATH, { headers });
  expect([answer.status, answer.headers.get("www-authenticate"), answer.body]).toEqual([401, "Bearer", message]);
});

test("a token expires", async () => {
  begin();
  begin({ tokens: { "emulator-token": { expiresAtMs: now() + 1000 } }, behaviour: { errorShape: "text" } });
  expect((await submission()).status).toBe(200);
  advance(1000);
  expect(await submission()).toMatchObject({ status: 401, body: "The bearer token has expired." });
});

test("a missing role is a 401, not a 403, and promotes nothing", async () => {
  begin({ tokens: { "emulator-token": { role: "stranger" } }, behaviour: { errorShape: "text" } });
  expect(await promote()).toMatchObject({ status: 401, body: "The principal has no role in the account." });
  expect(center().promotes()).toEqual([]);
});

test.each([
  [{ aud: partnerCenterAudience }, 200],
  [{ aud: `${partnerCenterAudience}/` }, 200],
  [{ aud: ["https://other.example", partnerCenterAudience] }, 200],
  [{ aud: "https://graph.microsoft.com" }, 401],
  [{ aud: "https://cloudpartner.azure.com" }, 401],
  [{}, 401],
])("a token with the claims %j is answered %d", async (claims, status) => {
  begin({ tokenCheck: () => ({}) });
  expect((await withToken(await tokenWith(claims))).status).toBe(status);
});

test("a token for this service's own address is taken, and one for another resource can be a 404", async () => {
  begin({ tokenCheck: () => ({}), behaviour: { foreignToken: 404, errorShape: "text" } });
  expect((await withToken(await tokenWith({ aud: center().url }))).status).toBe(200);
  const stranger = await withToken(await tokenWith({ aud: "https://graph.microsoft.com" }));
  expect(stranger).toMatchObject({ status: 404, body: "The bearer token is for another resource." });
});

test("other audiences can be taken", async () => {
  begin({ tokenCheck: () => ({}), audiences: ["https://other.example"] });
  expect((await withToken(await tokenWith({ aud: "https://other.example" }))).status).toBe(200);
  expect((await withToken(await tokenWith({ aud: partnerCenterAudience }))).status).toBe(401);
});

test("a token of Entra's stand-in is good for the resource it was asked for alone", async () => {
  const entra = await startEntra({ key });
  try {
    begin({ tokenCheck: (token) => entra.tokenPlan(token) });
    const statusFor = async (resource: string) => {
      const granted = await entra.grant({ kind: "assertion", resource });
      return (await withToken("token" in granted ? granted.token : "none")).status;
    };
    expect(await statusFor(partnerCenterAudience)).toBe(200);
    expect(await statusFor("https://graph.microsoft.com")).toBe(401);
  } finally {
    await entra.close();
  }
});

test.each([
  ["GET", "/", 404, null],
  ["GET", "/v1.0/ingestion", 404, null],
  ["GET", "/v1.0/ingestion/v1.0/ingestion/products", 404, null],
  ["POST", "/v1.0/ingestion/products", 405, "GET"],
  ["DELETE", `/v1.0/ingestion/products/${PRODUCT}`, 405, "GET"],
  ["POST", SUBMISSIONS_PATH, 405, "GET"],
  ["PUT", SUBMISSION_PATH, 405, "GET, DELETE"],
  ["GET", `${SUBMISSION_PATH}/promote`, 405, "POST"],
  ["POST", `${SUBMISSION_PATH}/cancel`, 404, null],
  ["POST", `${SUBMISSION_PATH}/workflowdetails`, 405, "GET"],
])("%s %s is a %d, and counts as no route", async (method, path, status, allow) => {
  const answer = await ask(method, path, method === "POST" ? { body: "" } : {});
  expect([answer.status, answer.headers.get("allow")]).toEqual([status, allow]);
  expect(center().requests).toMatchObject([{ route: "unknown", answer: status }]);
});

test("paths are found in any case and with a slash at their end", async () => {
  expect((await get(`${SUBMISSION_PATH.toUpperCase()}/WorkflowDetails/`)).status).toBe(200);
  expect((await get(`${SUBMISSION_PATH}/`)).status).toBe(200);
  expect(center().requests.map(({ route }) => route)).toEqual(["workflowDetails", "submission"]);
});

const MESSAGE = "There is no product '00000000-0000-4000-8000-000000000000'.";

test.each([
  [
    "fault",
    404,
    `ICH50404 - Unable to complete request. {"faultCode":50404,"reasonPhrase":"Request validation failed.","data":{"Name":["${MESSAGE}"]}}`,
  ],
  [
    "backend",
    400,
    `Emulated.RestClientException: Product request failed, API=GetProduct, HttpStatusCode=NotFound, ResponseContent={"code":"NotFound","message":"${MESSAGE}"}`,
  ],
  ["text", 404, MESSAGE],
  ["statusCode", 404, { statusCode: 404, message: MESSAGE }],
  ["code", 404, { code: "NotFound", message: MESSAGE, details: [], source: "IngestionService", target: "" }],
  ["empty", 404, ""],
  ["html", 404, expect.stringMatching(/^<!DOCTYPE html>.*404 Not Found/)],
] as const)("an error can have the shape %s", async (errorShape, status, body) => {
  begin({ behaviour: { errorShape } });
  const answer = await get("/v1.0/ingestion/products/00000000-0000-4000-8000-000000000000");
  expect(answer).toMatchObject({ status, body });
  expect(answer.headers.has("request-id")).toBe(true);
});

/** What is left of the message in each shape. */
const SAID = {
  fault: "Busy.",
  backend: "Busy.",
  text: "Busy.",
  statusCode: "Busy.",
  code: "Busy.",
  empty: `""`,
  html: "503 Service Unavailable",
} as const satisfies Record<ErrorShape, string>;

test.each(errorShapes)(
  "an error of the shape %s keeps a 401 and can be what goes wrong on any route",
  async (shape) => {
    begin({ behaviour: { errorShape: shape }, tokens: {} });
    expect((await submission()).status).toBe(401);
    const answer = errorAnswer(shape, { status: 503, message: "Busy.", headers: { "retry-after": "7" } });
    begin({ faults: [{ on: "submission", act: { kind: "status", ...answer } }] });
    const { status, headers, body } = await submission();
    expect([status, headers.get("retry-after")]).toEqual([shape === "backend" ? 400 : 503, "7"]);
    expect(JSON.stringify(body)).toContain(SAID[shape]);
  },
);

test("an unknown status has no word", () => {
  expect(errorAnswer("code", { status: 599, message: "Odd." }).body).toContain(`"code":"Error"`);
  expect(errorAnswer("html", { status: 599, message: "Odd." }).body).toContain("<title>599</title>");
  expect(errorAnswer("code", { status: 409, message: "Busy.", code: "InvalidState" }).body).toContain("InvalidState");
});

test.each([
  ["both", [true, true]],
  ["requestIdOnly", [true, false]],
  ["none", [false, false]],
] as const)("the ids of a request can be %s, in refusals too", async (requestIds, present) => {
  begin({ behaviour: { requestIds } });
  for (const { headers } of [await submission(), await get("/")]) {
    expect(["request-id", "x-azure-ref"].map((name) => headers.has(name))).toEqual(present);
  }
});

test("ids count the requests, and an answer that a fault makes has one", async () => {
  const first = (await submission()).headers.get("request-id");
  expect((await submission()).headers.get("request-id")).not.toBe(first);
  begin({ faults: [{ on: "any", act: { kind: "status", status: 500 } }] });
  expect((await submission()).headers.get("request-id")).toBe(first);
});

test("the service's clock can be ahead, and all its times are", async () => {
  begin({ behaviour: { clockOffsetMs: 3_600_000 } });
  expect((await promote()).body.startDateTimeInUtc).toBe("2026-01-01T01:00:00.0000000");
  const answer = await submission();
  expect(answer.headers.get("date")).toBe("Thu, 01 Jan 2026 01:00:00 GMT");
  expect(center().promotes()[0]?.atMs).toBe(now() + 3_600_000);
  expect(center().requests[0]?.atMs).toBe(now());
});

const READS = [
  ["products", "/v1.0/ingestion/products"],
  ["product", `/v1.0/ingestion/products/${PRODUCT}`],
  ["submissions", SUBMISSIONS_PATH],
  ["submission", SUBMISSION_PATH],
  ["workflowDetails", `${SUBMISSION_PATH}/workflowdetails`],
  ["validations", `${SUBMISSION_PATH}/validations`],
  ["reports", `${SUBMISSION_PATH}/reports`],
  ["unknown", "/elsewhere"],
] as const satisfies readonly (readonly [Route, string])[];

test.each(READS.map(([route]) => route))(
  "the route %s goes wrong by its own name, and no other with it",
  async (on) => {
    begin({ faults: [{ on, act: { kind: "status", status: 500 } }] });
    const answers = await Promise.all(READS.map(async ([route, path]) => [route, (await get(path)).status] as const));
    expect(answers.filter(([, status]) => status === 500)).toEqual([[on, 500]]);
  },
);

test("a promote goes wrong by its count, a delete by its name, and faults are replaced", async () => {
  const act = { kind: "status", status: 500 } as const;
  center().setFaults([
    { on: "promote", nth: 2, act },
    { on: "delete", act },
  ]);
  expect([(await promote()).status, (await promote()).status, (await promote()).status]).toEqual([200, 500, 409]);
  expect((await ask("DELETE", SUBMISSION_PATH)).status).toBe(500);
  center().setFaults([]);
  expect((await ask("DELETE", SUBMISSION_PATH)).status).toBe(409);
});

test("one who watches is told of each request once its answer is decided", async () => {
  const seen: unknown[] = [];
  begin({ onAnswer: ({ route, answer }) => seen.push([route, answer]) });
  await submission();
  await promote();
  expect(seen).toEqual([
    ["submission", 200],
    ["promote", 200],
  ]);
});
