import { expect, test } from "@jest/globals";
import { defaultTenant } from "../../emulator/entra/entra.ts";
import { startIdentityWorld, askToken, secretForm } from "../harness/identity.ts";
import { FIRST, PRODUCT, PRODUCT_VERSION, VERSION, openIngestion, pushBody } from "./product-ingestion-client.ts";

const service = openIngestion();

const GRAPH = "https://graph.microsoft.com";
const INVALID_AUDIENCE = "Access token validation failure. Invalid audience.";

/** A JWT that nobody signed. */
function jwt(claims: object): string {
  const parts = [{ alg: "RS256", typ: "JWT" }, claims].map((part) => JSON.stringify(part));
  return [...parts, "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

const lookWith = (token: string) =>
  service.ask("GET", `/product?externalId=contoso-vm&${PRODUCT_VERSION}`, {
    headers: { authorization: `Bearer ${token}` },
  });

test.each([
  ["", "Access token is empty."],
  ["Basic emulator-token", "Access token is empty."],
  ["Bearer another", "CompactToken parsing failed with error code: 80049217"],
])("the authorization %p is a 401 in Graph's form, with the ids of the request", async (authorization, message) => {
  const headers = { authorization, "client-request-id": "11111111-2222-3333-4444-555555555555" };
  const answer = await service.ask("GET", `/submission/${PRODUCT}?${VERSION}`, { headers });
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  expect(answer.body.error).toEqual({
    code: "InvalidAuthenticationToken",
    message,
    innerError: {
      date: "2026-01-01T00:00:00",
      "request-id": answer.headers.get("request-id"),
      "client-request-id": "11111111-2222-3333-4444-555555555555",
    },
  });
  expect(answer.headers.get("client-request-id")).toBe("11111111-2222-3333-4444-555555555555");
});

test("a token expires", async () => {
  service.begin({ tokens: { "emulator-token": { expiresAtMs: service.now() + 1_000 } } });
  expect((await service.product()).status).toBe(200);
  service.advance(1_000);
  const answer = await service.product();
  expect([answer.status, answer.body.error.message]).toEqual([
    401,
    "Lifetime validation failed, the token is expired.",
  ]);
});

test.each([
  [GRAPH, 200, undefined],
  [`${GRAPH}/`, 200, undefined],
  ["00000003-0000-0000-c000-000000000000", 200, undefined],
  ["https://cloudpartner.azure.com", 401, INVALID_AUDIENCE],
  ["https://api.partner.microsoft.com", 401, INVALID_AUDIENCE],
  [undefined, 401, INVALID_AUDIENCE],
])("a token that can be read and is for %p answers %d", async (aud, status, message) => {
  const token = jwt({ aud });
  service.begin({ tokens: { [token]: {} } });
  const answer = await lookWith(token);
  expect([answer.status, answer.body.error?.message]).toEqual([status, message]);
});

test("a token for the service's own origin is taken, as it stands for Graph", async () => {
  const token = jwt({ aud: service.service().url });
  service.begin({ tokens: { [token]: {} } });
  expect((await lookWith(token)).status).toBe(200);
});

test("a signed-in user's token is forbidden", async () => {
  const token = jwt({ aud: GRAPH, scp: "user_impersonation" });
  service.begin({ tokens: { [token]: {} } });
  expect((await lookWith(token)).status).toBe(403);
});

test("an application that is no Manager is forbidden, and starts nothing", async () => {
  service.begin({ tokens: { "emulator-token": { role: "stranger" } } });
  const answer = await service.push();
  expect([answer.status, answer.body.error]).toEqual([
    403,
    {
      code: "forbidden",
      message: "The application is no user of the Partner Center account with the role Manager.",
      details: [],
    },
  ]);
  expect(service.service().pushes()).toEqual([]);
});

test("a token of another account sees neither the product nor its submissions", async () => {
  service.begin({ tokens: { "emulator-token": { publishers: ["fabrikam"] } } });
  expect((await service.product()).body).toEqual({ value: [] });
  expect((await service.submissions()).status).toBe(404);
  expect((await service.push()).body.error.details[0].message).toBe("The product does not exist");
  const byOffer = pushBody(FIRST, { product: { externalId: "contoso-vm" } });
  expect((await service.configure(byOffer)).status).toBe(400);
  expect(service.service().pushes()).toEqual([]);
});

test.each([
  ["", "The query parameter $version is required, once."],
  [`${VERSION}&${VERSION}`, "The query parameter $version is required, once."],
  ["$version=2022-03-01-preview3", '"2022-03-01-preview3" is a deprecated schema'],
  ["$version=latest", '"latest" is no schema version'],
])("where $version is required, the query %p is refused, on every call", async (query, message) => {
  service.begin({ behaviour: { versionCheck: "required" } });
  const refused = { code: "badRequest", message, details: [] };
  const paths = ["product", `submission/${PRODUCT}`, FIRST, "configure/1/status"];
  for (const path of paths) {
    const answer = await service.ask("GET", `/${path}?${query}`);
    expect([answer.status, answer.body.error]).toEqual([400, refused]);
  }
  for (const path of ["configure", "configure/1/cancel"]) {
    const answer = await service.ask("POST", `/${path}?${query}`, { body: JSON.stringify(pushBody(FIRST)) });
    expect([answer.status, answer.body.error]).toEqual([400, refused]);
  }
  expect(service.service().pushes()).toEqual([]);
});

test("$version may be written with %24, may be newer, and may be left out", async () => {
  expect((await service.ask("GET", "/product?%24version=2022-07-01")).status).toBe(200);
  expect((await service.ask("GET", "/product?$version=2026-04-01-preview1")).status).toBe(200);
  expect((await service.ask("GET", "/product")).status).toBe(200);
  expect((await service.ask("GET", "/product?$version=2022-03-01-preview3")).status).toBe(400);
});

test("the deprecated versions can be others", async () => {
  service.begin({ behaviour: { deprecatedVersions: ["2022-07-01"] } });
  expect((await service.product()).body.error.message).toBe('"2022-07-01" is a deprecated schema');
  expect((await service.submissions()).status).toBe(200);
});

test("another method is a 405 that names the right one, another path a 404, and neither counts as a route", async () => {
  const method = await service.ask("GET", `/configure?${VERSION}`);
  expect([method.status, method.headers.get("allow")]).toEqual([405, "POST"]);
  const path = await service.ask("GET", `/nothing?${VERSION}`);
  expect([path.status, path.body.error.code, typeof path.body.error.innerError["request-id"]]).toEqual([
    404,
    "notFound",
    "string",
  ]);
  expect(service.service().requests.map(({ route }) => route)).toEqual(["unknown", "unknown"]);
});

test.each([
  ["both", [true, true]],
  ["requestIdOnly", [true, false]],
  ["none", [false, false]],
] as const)("the ids of a request can be %s", async (requestIds, present) => {
  service.begin({ behaviour: { requestIds } });
  for (const { headers } of [await service.product(), await service.ask("GET", "/")]) {
    expect(["request-id", "client-request-id"].map((name) => headers.has(name))).toEqual(present);
  }
});

test("the service's clock can be ahead", async () => {
  service.begin({ behaviour: { clockOffsetMs: 3_600_000 } });
  expect((await service.product()).headers.get("date")).toBe("Thu, 01 Jan 2026 01:00:00 GMT");
});

test("Entra hands out tokens for Graph, and the service takes them until they expire", async () => {
  const { entra, clock } = await startIdentityWorld({ entra: { lifetimeSeconds: 3_600 } });
  service.begin({ clock, tokenCheck: (token) => entra.tokenPlan(token, GRAPH) });
  const { body } = await askToken(entra, secretForm({ scope: `${GRAPH}/.default` }));
  const token = String(body["access_token"]);
  expect(entra.tokens).toMatchObject([{ resource: GRAPH, audience: GRAPH }]);
  expect((await lookWith(token)).status).toBe(200);
  clock.advance(3_600_000);
  expect((await lookWith(token)).status).toBe(401);
});

test("Entra can know Graph alone, or all but Graph", async () => {
  const tenants = [{ ...defaultTenant, resources: ["https://cloudpartner.azure.com"] }];
  const { entra } = await startIdentityWorld({ entra: { tenants } });
  const refused = await askToken(entra, secretForm({ scope: `${GRAPH}/.default` }));
  expect([refused.status, refused.body["error_codes"]]).toEqual([400, [500_011]]);
  expect((await askToken(entra, secretForm())).status).toBe(200);
});
