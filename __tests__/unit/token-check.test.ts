import { expect, test } from "@jest/globals";
import { readTokenFacts, type TokenFacts } from "../../src/token/json-web-token.ts";
import { checkToken } from "../../src/token/token-check.ts";

const NOW_MS = 1_000_000;
const ORIGINS = ["https://cloudpartner.azure.com", "http://127.0.0.1:8080"] as const;
const FACTS: TokenFacts = { audience: ORIGINS[0], expiresAtMs: NOW_MS + 60_000, appId: undefined, objectId: undefined };

const AUDIENCES = { own: ORIGINS, others: ["00000003-0000-0000-c000-000000000000"] };

function check(changes: Partial<TokenFacts>, neededMs = 0) {
  return checkToken({ ...FACTS, ...changes }, { audiences: AUDIENCES, nowMs: NOW_MS, neededMs });
}

test.each([
  ...ORIGINS,
  "https://cloudpartner.azure.com/",
  "https://cloudpartner.azure.com/.default",
  "6f6a1f43-1111-2222-3333-444455556666",
  undefined,
])("finds nothing wrong with the audience %s", (audience) => {
  expect(check({ audience })).toBeUndefined();
});

test.each([
  "https://management.azure.com/",
  "http://cloudpartner.azure.com",
  "https://cloudpartner.azure.com.example",
  "api://AzureADTokenExchange",
  "00000003-0000-0000-C000-000000000000",
])("finds the audience %s wrong, whatever the time", (audience) => {
  expect(check({ audience, expiresAtMs: 0 })).toEqual({ kind: "wrongAudience", audience });
});

test.each([
  [NOW_MS, 0],
  [NOW_MS - 1, 1],
  [NOW_MS - 90_000, 90_000],
])("a token that ends at %d has expired for %d ms", (expiresAtMs, agoMs) => {
  expect(check({ expiresAtMs })).toEqual({ kind: "expired", agoMs });
});

test("a token must last as long as it is needed, and no longer", () => {
  expect(check({}, 60_000)).toBeUndefined();
  expect(check({}, 60_001)).toEqual({ kind: "expiresEarly", inMs: 60_000 });
  expect(check({ expiresAtMs: NOW_MS + 1 })).toBeUndefined();
  expect(check({ expiresAtMs: undefined }, 1e12)).toBeUndefined();
});

/** The facts of a token with these claims. */
function facts(claims: unknown, form = (payload: string) => `h.${payload}.s`): TokenFacts | undefined {
  return readTokenFacts(form(Buffer.from(JSON.stringify(claims)).toString("base64url")));
}

test("reads whose a token is, what for and until when", () => {
  const all = { aud: "a", exp: 7, appid: "app", oid: "object", scp: "user_impersonation" };
  expect(facts(all)).toEqual({ audience: "a", expiresAtMs: 7_000, appId: "app", objectId: "object", isUser: true });
  expect(facts({ aud: ["first", "second"], azp: "v2", exp: "7" })).toEqual({
    audience: "first",
    expiresAtMs: undefined,
    appId: "v2",
    objectId: undefined,
    isUser: false,
  });
});

test("reads nothing of what is no JWT", () => {
  for (const form of [(text: string) => text, (text: string) => `h.${text}`, (text: string) => `h.${text}.s.x`]) {
    expect(facts({ aud: "a" }, form)).toBeUndefined();
  }
  expect(facts(["a"])).toBeUndefined();
  expect(readTokenFacts("h.no json.s")).toBeUndefined();
});
