import { expect, test } from "@jest/globals";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { signedInLine, tokenHint } from "../../src/report/token-text.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const NOBODY = { audience: undefined, expiresAtMs: undefined, appId: undefined, objectId: undefined } as const;
type Token = NonNullable<ServiceError["token"]>;

function refused(status: number, token: Partial<Token> | undefined): ServiceError {
  return new ServiceError(
    { method: "GET", url: "https://service.example/api/x" },
    {
      ...{ status, code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs: undefined },
      token: token && { ...NOBODY, ...token },
    },
  );
}

/** An access token with those claims, which nobody has signed. */
function tokenOf(claims: Readonly<Record<string, unknown>>): string {
  return ["{}", JSON.stringify(claims), "s"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

test.each([
  [tokenOf({ appid: "app-1", oid: "object-1" }), true, "Signed in as app app-1"],
  [tokenOf({ appid: "app-1", oid: "object-1", scp: "x" }), true, "Signed in as user object-1"],
  [tokenOf({ oid: "object-1" }), false, "Signed in anew as app object-1"],
  [tokenOf({}), false, "Signed in anew"],
  ["opaque", true, "Signed in"],
])("says who is signed in, and not a word of the token (%#)", (text, isFirst, who) => {
  expect(signedInLine({ text, lifetimeMs: 3_600_000 }, isFirst)).toBe(
    `${who}; the token is good for 1 h and renewed before that.`,
  );
});

test("says of a token without a lifetime that there is a new one for every request", () => {
  expect(signedInLine({ text: "opaque", lifetimeMs: 0 }, true)).toBe(
    "Signed in; the token is good for no time that is known, so every request gets a new one.",
  );
});

test.each([
  [{ appid: "app-1", scp: "all" }, ""],
  [{ appid: "app-1", oid: "o\n1", scp: "all" }, " as user o 1"],
])("names a user by the object id alone: %j", (claims, name) => {
  const text = ["{}", JSON.stringify(claims), "signature"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
  expect(signedInLine({ text, lifetimeMs: 60_000 }, true)).toMatch(`Signed in${name}; `);
});

test.each<[number, Partial<Token> | undefined, string]>([
  [401, undefined, ""],
  [401, {}, ""],
  [401, { problem: { kind: "expired", agoMs: 60_000 }, audience: "a" }, "The token expired 1 min ago."],
  [
    401,
    { problem: { kind: "wrongAudience", audience: "https://graph.example" }, audience: "https://graph.example" },
    "The token was for “https://graph.example”, not for https://service.example.",
  ],
  [401, { audience: "a" }, "The token was for “a”."],
  [401, { audience: "a", expiresAtMs: 0 }, "The token was for “a” and good until 1970-01-01T00:00:00.000Z."],
  [401, { audience: "a", expiresAtMs: 1e300 }, "The token was for “a”."],
  [403, undefined, ""],
  [403, {}, ""],
  [
    403,
    { appId: "app-1" },
    "The token belongs to app app-1, which seems to be no user of the publisher account contoso.",
  ],
  [
    403,
    { appId: "app-1", objectId: "object-1" },
    "The token belongs to app app-1 (object id object-1), which seems to be no user of the publisher account contoso.",
  ],
  [
    403,
    { appId: "app-1", objectId: "object-1", isUser: true },
    "The token belongs to the user with object id object-1, which seems to be no user of the publisher account contoso.",
  ],
  [403, { appId: "app-1", isUser: true }, ""],
  [
    403,
    { objectId: "object-1" },
    "The token belongs to the principal with object id object-1, which seems to be no user of the publisher account contoso.",
  ],
])("HTTP %d and a token that says %j: %s", (status, token, hint) => {
  expect(tokenHint(refused(status, token), OFFER)).toEqual(hint === "" ? [] : [hint]);
});

test("names no account when the offer is not known", () => {
  expect(tokenHint(refused(403, { appId: "app-1" }), undefined)).toEqual([]);
});
