import { expect, test } from "@jest/globals";
import type { Clock } from "../../src/clock.ts";
import type { ProxySettings } from "../../src/http/proxy.ts";
import type { Answer, Request } from "../../src/http/transport.ts";
import { type EntraOptions, obtainToken } from "../../src/identity/entra.ts";
import type { EntraSignIn } from "../../src/identity/sign-in.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { createWire } from "../../src/identity/wire.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const AUTHORITY = "https://login.example";
const APP = {
  tenantId: "11111111-aaaa-2222-bbbb-3333cccc4444",
  clientId: "99999999-aaaa-2222-bbbb-3333cccc4444",
  authorityHost: AUTHORITY,
} as const;
const SECRET: EntraSignIn = { kind: "secret", ...APP, clientSecret: "a-client-secret" };
const OIDC: EntraSignIn = { kind: "oidc", ...APP, audience: "api://AzureADTokenExchange" };
const HOST: EntraSignIn = { kind: "managedIdentity", clientId: undefined };
const PROXY = { http: "http://proxy.example", https: "http://proxy.example", none: "" };
const METADATA = {
  token_endpoint: `${AUTHORITY}/${APP.tenantId}/oauth2/v2.0/token`,
  authorization_endpoint: `${AUTHORITY}/${APP.tenantId}/oauth2/v2.0/authorize`,
  issuer: `${AUTHORITY}/${APP.tenantId}/v2.0`,
  jwks_uri: `${AUTHORITY}/${APP.tenantId}/discovery/v2.0/keys`,
};
/** MSAL keeps the first that it is given for a managed identity. */
const wire = createWire();
/** A clock by which no limit ever passes. */
const patient: Clock = { now: () => 0, sleep: () => new Promise(() => undefined) };
let scopes = 0;

type Reply = Partial<Pick<Answer, "status">> & { readonly json: unknown };

/** What becomes of a sign-in whose token request is answered like that, and what was done for it, in order. */
async function signIn(
  way: EntraSignIn,
  reply: Reply | (() => Promise<Answer>),
  changes: Partial<EntraOptions> & { readonly signal?: AbortSignal } = {},
) {
  const steps: unknown[] = [];
  const send = async (request: Request): Promise<Answer> => {
    const { method, url, body } = request;
    const isMetadata = url.pathname.endsWith("/openid-configuration");
    if (isMetadata) return answerTo(request, { json: METADATA });
    steps.push({ method, url: url.origin + url.pathname, body: new URLSearchParams(body ?? url.search) });
    return typeof reply === "function" ? reply() : answerTo(request, reply);
  };
  // The library remembers a managed identity's tokens by what they are for.
  const scope = `https://service-${(scopes += 1)}.example/.default`;
  const signal = changes.signal ?? new AbortController().signal;
  const options: EntraOptions = {
    scope,
    clock: patient,
    wire,
    proxy: PROXY,
    idToken: async (audience, given) => {
      steps.push(`ID token for ${audience}, ${given === signal ? "given up with the rest" : "never given up"}`);
      return "an-id-token";
    },
    openTransport: (proxy: ProxySettings) => {
      steps.push(proxy);
      return { send, close: async () => void steps.push("closed") };
    },
    onSecret: (secret) => void steps.push(`masked ${secret}`),
    redact: (text) => text.replaceAll("a-client-secret", "[secret]"),
    ...changes,
  };
  const end = await obtainToken(way, options, signal).catch((error: unknown) => error);
  return { end, steps, scope };
}

function answerTo({ method, url }: Request, { status = 200, json }: Reply): Answer {
  const body = typeof json === "string" ? json : JSON.stringify(json);
  const headers = { "content-type": ["application/json"] };
  return { request: { method, url: url.href }, status, headers, body: () => body };
}

const GRANTED: Reply = { json: { token_type: "Bearer", expires_in: 3_600, access_token: "an-access-token" } };

test("signs in with the client secret, through the proxy, masks the token, and closes the connection", async () => {
  const { end, steps, scope } = await signIn(SECRET, GRANTED);
  expect(end).toEqual({ text: "an-access-token", lifetimeMs: expect.any(Number) });
  const { lifetimeMs } = end as { lifetimeMs: number };
  expect(Math.abs(lifetimeMs - 3_600_000)).toBeLessThan(60_000);
  expect(steps).toEqual([
    PROXY,
    { method: "POST", url: METADATA.token_endpoint, body: expect.any(URLSearchParams) },
    "masked an-access-token",
    "closed",
  ]);
  const { body } = steps[1] as { body: URLSearchParams };
  expect(Object.fromEntries(body)).toMatchObject({ scope, client_id: APP.clientId, client_secret: "a-client-secret" });
});

test("signs in with a new ID token of the job", async () => {
  const { end, steps } = await signIn(OIDC, GRANTED);
  expect(end).toMatchObject({ text: "an-access-token" });
  expect(steps[0]).toBe("ID token for api://AzureADTokenExchange, given up with the rest");
  const { body } = steps[2] as { body: URLSearchParams };
  expect(body.get("client_assertion")).toBe("an-id-token");
  expect((await signIn(SECRET, GRANTED)).steps.join()).not.toContain("ID token");
});

test("asks the managed identity without the proxy", async () => {
  const { end, steps } = await signIn(HOST, { json: { ...(GRANTED.json as object), expires_on: "4102444800" } });
  expect(end).toMatchObject({ text: "an-access-token" });
  expect(steps[0]).toEqual({ http: "", https: "", none: "" });
});

test("a token whose life is over as it comes has none left, not less", async () => {
  const { end } = await signIn(SECRET, { json: { token_type: "Bearer", expires_in: -60, access_token: "a-token" } });
  expect(end).toEqual({ text: "a-token", lifetimeMs: 0 });
});

test.each([200, 299])("takes a token that comes with HTTP %d", async (status) => {
  expect((await signIn(SECRET, { ...GRANTED, status })).end).toMatchObject({ text: "an-access-token" });
});

test.each([300, 400, 403, 500])(
  "a token that comes with HTTP %d is none, and is masked all the same",
  async (status) => {
    const { end, steps } = await signIn(HOST, {
      status,
      json: { ...(GRANTED.json as object), expires_on: "4102444800", resource: "x" },
    });
    expect(end).toBeInstanceOf(SignInError);
    expect(steps.at(-1)).toBe("closed");
  },
);

test.each([
  ["a blank in it", "a token"],
  ["a line break at its end", "token\n"],
  ["an umlaut at its start", "ätoken"],
])("does not take a token with %s", async (_what, access_token) => {
  const { end, steps } = await signIn(SECRET, { json: { ...(GRANTED.json as object), access_token } });
  expect(end).toMatchObject({ name: "SignInError", reason: "unavailable", kind: "secret" });
  expect((end as SignInError).text).toBe("Entra's answer holds no token");
  expect(steps.join()).not.toContain("masked");
});

test("says of a managed identity's answer that it holds no token", async () => {
  const json = { access_token: "no token", token_type: "Bearer", expires_on: "4102444800" };
  expect((await signIn(HOST, { json })).end).toMatchObject({
    reason: "unavailable",
    kind: "managedIdentity",
    text: "the managed identity's answer holds no token",
  });
});

test("passes on what Entra says, without secrets and with the subject that GitHub sent", async () => {
  const payload = Buffer.from(JSON.stringify({ sub: "repo:contoso/marketplace:environment:live" })).toString(
    "base64url",
  );
  const refusal = { error: "invalid_client", error_description: "AADSTS700213: a-client-secret is no good." };
  const idToken = (): Promise<string> => Promise.resolve(`e30.${payload}.signature`);
  const { end, steps } = await signIn(OIDC, { status: 401, json: refusal }, { idToken });
  expect(end).toMatchObject({ name: "SignInError", reason: "refused", code: "AADSTS700213", kind: "oidc" });
  expect((end as SignInError).text).toBe("AADSTS700213: [secret] is no good.");
  expect((end as SignInError).subject).toMatchObject({ sent: "repo:contoso/marketplace:environment:live" });
  expect(steps.at(-1)).toBe("closed");
});

test("gives up after 30 s by the clock that it is given, whether or not anybody answers", async () => {
  const { end, steps } = await signIn(SECRET, () => new Promise(() => undefined), { clock: createVirtualClock() });
  expect(end).toMatchObject({ name: "SignInError", reason: "unreachable", text: "no answer within 30 s" });
  expect(steps.at(-1)).toBe("closed");
});

test("opens no connection when GitHub gives no ID token", async () => {
  const failure = new SignInError("noIdToken", { text: "none" });
  const { end, steps } = await signIn(OIDC, GRANTED, { idToken: () => Promise.reject(failure) });
  expect([end, steps]).toEqual([failure, []]);
});

test("the library's own log goes nowhere", async () => {
  const { logger } = await import("@azure/identity");
  const levels = ["error", "warning", "info", "verbose"] as const;
  const written: string[] = [];
  for (const level of levels) logger[level].log = () => void written.push(level);
  await signIn(SECRET, GRANTED);
  for (const level of levels) logger[level].log("a-client-secret");
  expect(written).toEqual([]);
});
