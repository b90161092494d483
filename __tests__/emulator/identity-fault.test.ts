import { expect, test } from "@jest/globals";
import type { EntraFault } from "../../emulator/entra/entra.ts";
import { readClaims } from "../../emulator/wire/jwt.ts";
import { askToken, secretForm, startIdentityWorld } from "../harness/identity.ts";

test.each([
  [
    "AADSTS50034",
    { kind: "error", code: 50034 },
    400,
    "AADSTS50034: The user account {EUII Hidden} does not exist in the Contoso directory.",
  ],
  [
    "AADSTS70021",
    { kind: "error", code: 70021 },
    401,
    "AADSTS70021: No matching federated identity record found for presented assertion. Assertion Issuer: ''.",
  ],
  [
    "one that nobody knows",
    { kind: "error", code: 999999, text: "A new one.", status: 418, error: "new" },
    418,
    "AADSTS999999: A new one.\r\nTrace ID: ",
  ],
] as const)("the n-th request can meet an error: %s", async (_what, twist, status, text) => {
  const { entra } = await startIdentityWorld({ entra: { faults: [{ nth: 2, twist }] } });
  expect((await askToken(entra, secretForm())).status).toBe(200);
  const answer = await askToken(entra, secretForm());
  expect([answer.status, String(answer.body["error_description"]).startsWith(text)]).toEqual([status, true]);
  expect((await askToken(entra, secretForm())).status).toBe(200);
});

test.each([
  ["another audience", { audience: "https://graph.microsoft.com" }, "wrongAudience", 3600],
  ["a token that has expired", { lifetimeSeconds: -10 }, "expired", -10],
  ["a life of one second", { lifetimeSeconds: 1 }, "valid", 1],
  ["no word about its life", { fields: { expires_in: undefined } }, "valid", undefined],
  ["its life as text", { fields: { expires_in: "3600" } }, "valid", "3600"],
] as const)("a token can be odd: %s", async (_what, odd, acceptance, expiresIn) => {
  const faults: readonly EntraFault[] = [{ twist: { kind: "token", ...odd } }];
  const { entra, clock } = await startIdentityWorld({ entra: { faults, lifetimeSeconds: 3600 } });
  const { body } = await askToken(entra, secretForm());
  const token = String(body["access_token"]);
  expect([entra.accepts(token), body["expires_in"]]).toEqual([acceptance, expiresIn]);
  const [issued] = entra.tokens;
  expect(readClaims(token)).toMatchObject({ aud: issued?.audience, exp: (issued?.expiresAtMs ?? 0) / 1000 });
  expect(issued?.issuedAtMs).toBe(clock.now());
});

test("a token can be opaque, and is accepted all the same", async () => {
  const { entra } = await startIdentityWorld({ entra: { faults: [{ twist: { kind: "token", isOpaque: true } }] } });
  const token = String((await askToken(entra, secretForm())).body["access_token"]);
  expect([readClaims(token), entra.accepts(token)]).toEqual([undefined, "valid"]);
});

test("the wire can go wrong: another status with HTML, a reset; and what was asked is recorded", async () => {
  const html = {
    kind: "status",
    status: 503,
    headers: { "content-type": "text/html" },
    body: "<h1>Sorry</h1>",
  } as const;
  const { entra } = await startIdentityWorld({
    entra: {
      faults: [
        { nth: 1, act: html },
        { nth: 2, act: { kind: "reset", at: "request" } },
      ],
    },
  });
  expect(await askToken(entra, secretForm())).toEqual({ status: 503, body: { text: "<h1>Sorry</h1>" } });
  await expect(askToken(entra, secretForm())).rejects.toMatchObject({ code: "ECONNRESET" });
  entra.setFaults([]);
  expect((await askToken(entra, secretForm())).status).toBe(200);
  expect(entra.requests.map(({ route, answer }) => [route, answer])).toEqual([
    ["token", 503],
    ["token", "reset"],
    ["token", 200],
  ]);
});

test("an answer can stall for ever", async () => {
  const { entra, clock } = await startIdentityWorld({
    entra: { faults: [{ act: { kind: "stall", at: "headers" } }] },
  });
  const asking = askToken(entra, secretForm());
  const failure = asking.catch((error: unknown) => error);
  while (clock.sleepers === 0) await new Promise(setImmediate);
  expect(entra.requests).toMatchObject([{ answer: "stalled" }]);
  await entra.close();
  expect(await failure).toBeInstanceOf(Error);
});
