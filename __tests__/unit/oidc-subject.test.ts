import { expect, test } from "@jest/globals";
import { readSubject } from "../../src/identity/oidc-subject.ts";

const CLAIMS = {
  sub: "repo:contoso@12/marketplace@34:environment:production",
  repository: "contoso/marketplace",
  repository_owner_id: "12",
  repository_id: "34",
  iss: "https://github.example",
  aud: "api://AzureADTokenExchange",
};

const OTHERS = { issuer: "https://github.example", audience: "api://AzureADTokenExchange" } as const;

function subject(claims: Readonly<Record<string, unknown>>) {
  return readSubject(`h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`);
}

test.each([CLAIMS.sub, "repo:contoso/marketplace:environment:production"])("gives both forms of %s", (sub) => {
  expect(subject({ ...CLAIMS, sub })).toEqual({
    sent: sub,
    plain: "repo:contoso/marketplace:environment:production",
    immutable: "repo:contoso@12/marketplace@34:environment:production",
    ...OTHERS,
  });
});

test.each(["repository_owner_id", "repository_id"])("knows no immutable form without %s", (name) => {
  const { immutable, plain } = subject({ ...CLAIMS, [name]: undefined }) ?? {};
  expect([immutable, plain]).toEqual([undefined, "repo:contoso/marketplace:environment:production"]);
});

test.each([
  { ...CLAIMS, sub: "environment:production" },
  { ...CLAIMS, sub: "x-repo:contoso/marketplace:ref" },
  { ...CLAIMS, sub: "repo:contoso:environment:production" },
  { ...CLAIMS, repository: undefined },
  { ...CLAIMS, repository: "contoso" },
])("knows only what was sent of a subject in another form: %j", (claims) => {
  expect(subject(claims)).toEqual({ sent: claims.sub, plain: undefined, immutable: undefined, ...OTHERS });
});

test("keeps every line of a subject, and takes no owner or name out of thin air", () => {
  const sub = "repo:contoso/marketplace:environment:a\nb";
  expect(subject({ ...CLAIMS, sub })?.plain).toBe(sub);
  expect(subject({ sub: CLAIMS.sub })).toEqual({ sent: CLAIMS.sub, plain: undefined, immutable: undefined });
});

test("knows nothing of an opaque token, or of one without a subject", () => {
  expect(readSubject("opaque")).toBeUndefined();
  expect(subject({ ...CLAIMS, sub: undefined })).toBeUndefined();
});
