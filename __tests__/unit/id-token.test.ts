import { expect, test } from "@jest/globals";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import type { Answer, Request } from "../../src/http/transport.ts";
import { createIdTokenSource } from "../../src/identity/id-token.ts";
import type { SignInError } from "../../src/identity/sign-in-error.ts";

const ASKED = { method: "GET", url: "https://github.example/idtoken" } as const;
const ENVIRONMENT = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://github.example/idtoken?api-version=2.0",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "a-request-token",
};
const PROXY = { http: "http://proxy.example", https: "", none: "" };

/** What GitHub is asked and what becomes of it, when it answers like that. */
async function ask(
  answer: Partial<Pick<Answer, "status" | "body">> | Error,
  environment: Readonly<Record<string, string>> = ENVIRONMENT,
) {
  const steps: unknown[] = [];
  const source = createIdTokenSource({
    environment,
    proxy: PROXY,
    openTransport: (proxy) => ({
      send: async ({ url, headers, wantsBody, method, body }: Request) => {
        steps.push({ proxy, method, url: url.href, headers, body, wantsBody: wantsBody(403, {}) });
        if (answer instanceof Error) throw answer;
        return { request: ASKED, status: 200, headers: {}, body: () => "", ...answer };
      },
      close: async () => void steps.push("closed"),
    }),
    onSecret: (secret) => void steps.push(`masked ${secret}`),
    redact: (text) => text.replaceAll("a-request-token", "[secret]"),
  });
  const end = await source("api://AzureADTokenExchange", new AbortController().signal).catch((error: unknown) => error);
  return { end, steps };
}

/** What can be seen of an error. */
async function failure(...values: Parameters<typeof ask>) {
  const { reason, text } = (await ask(...values)).end as SignInError;
  return { reason, text };
}

test("asks once, with the audience, and masks both tokens before anybody can see them", async () => {
  const { end, steps } = await ask({ body: () => '{"value":"an-id-token"}' });
  expect(end).toBe("an-id-token");
  expect(steps).toEqual([
    "masked a-request-token",
    {
      proxy: PROXY,
      method: "GET",
      url: "https://github.example/idtoken?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange",
      headers: { accept: "application/json", authorization: "Bearer a-request-token" },
      body: undefined,
      wantsBody: true,
    },
    "masked an-id-token",
    "closed",
  ]);
});

test.each([
  [{ ...ENVIRONMENT, ACTIONS_ID_TOKEN_REQUEST_URL: "" }, "ACTIONS_ID_TOKEN_REQUEST_URL is not set"],
  [
    { ...ENVIRONMENT, ACTIONS_ID_TOKEN_REQUEST_URL: "nowhere" },
    "ACTIONS_ID_TOKEN_REQUEST_URL is not a URL of http or https",
  ],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: "https://github.example" }, "ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set"],
])("asks nothing where the job may have none: %j", async (environment, why) => {
  const { end, steps } = await ask({}, environment);
  expect(end).toMatchObject({ name: "SignInError", reason: "noIdToken", isPassing: false });
  expect((end as SignInError).text).toBe(`GitHub gives this job no ID token: ${why}`);
  expect(steps).toEqual([]);
});

test.each([
  [400, "idTokenRefused"],
  [403, "idTokenRefused"],
  [499, "idTokenRefused"],
  [408, "idTokenUnreachable"],
  [429, "idTokenUnreachable"],
  [500, "idTokenUnreachable"],
  [302, "idTokenUnreachable"],
] as const)("HTTP %d is %s, in GitHub's own words", async (status, reason) => {
  const said = { status, body: () => '{"message":"no, a-request-token"}' };
  expect(await failure(said)).toEqual({
    reason,
    text: `GitHub gave no ID token: HTTP ${status}: no, [secret]`,
  });
});

test("quotes what is not GitHub's as far as it tells whose it is", async () => {
  const page = { status: 502, body: () => `<h1>${"x".repeat(1_000)}` };
  expect((await failure(page)).text).toBe(`GitHub gave no ID token: HTTP 502: <h1>${"x".repeat(496)}`);
  expect((await failure({ status: 503, body: () => " " })).text).toBe("GitHub gave no ID token: HTTP 503");
});

test("takes a secret out before it cuts the answer that it lies in", async () => {
  for (let before = 480; before < 510; before += 1) {
    const page = { status: 502, body: () => `${"x".repeat(before)}a-request-token` };
    expect((await failure(page)).text).not.toContain("a-r");
  }
  const spelt = { status: 502, body: () => String.raw`["\u0061-request-token"]` };
  expect((await failure(spelt)).text).toBe('GitHub gave no ID token: HTTP 502: ["[secret]"]');
});

test.each(['{"Value":"an-id-token"}', '{"value":7}', '{"value":" "}', "an-id-token", '["an-id-token"]'])(
  "a success without a token in its place shows nothing of itself: %s",
  async (body) => {
    expect(await failure({ body: () => body })).toEqual({
      reason: "idTokenUnreachable",
      text: "GitHub gave no ID token: HTTP 200, but no token in it",
    });
  },
);

test("a token in an answer that is no success is none", async () => {
  const { end } = await ask({ status: 300, body: () => '{"value":"an-id-token"}' });
  expect(end).toMatchObject({ reason: "idTokenUnreachable" });
});

test("a GitHub that cannot be asked, or breaks off, may be asked again; its connection is closed", async () => {
  const network = new NetworkError(ASKED, "refused", false);
  const lost = await ask(network);
  expect(lost.end).toMatchObject({ reason: "idTokenUnreachable", cause: network, isPassing: true });
  expect((lost.end as SignInError).text).toBe(
    "GitHub gave no ID token: GET https://github.example/idtoken: the connection was refused",
  );
  expect(lost.steps.at(-1)).toBe("closed");
  const cut = new AnswerError({ request: ASKED, status: 200, requestId: undefined }, "tooLarge");
  const body = (): never => {
    throw cut;
  };
  expect((await ask({ body })).end).toMatchObject({ reason: "idTokenUnreachable", cause: cut });
});

test("a bug stays a bug", async () => {
  const bug = new TypeError("x is undefined");
  expect((await ask(bug)).end).toBe(bug);
});

test.each(["a token", "token\n", "\u00e4token", "token\u00e4"])(
  "sends no request token that cannot stand in a header, and masks it: %j",
  async (token) => {
    const { end, steps } = await ask({}, { ...ENVIRONMENT, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token });
    expect(end).toMatchObject({
      reason: "noIdToken",
      text: "GitHub gives this job no ID token: ACTIONS_ID_TOKEN_REQUEST_TOKEN holds blanks or other characters that no token has",
    });
    expect(steps).toEqual([`masked ${token}`]);
  },
);

test.each([
  [199, "idTokenUnreachable"],
  [200, undefined],
  [299, undefined],
  [300, "idTokenUnreachable"],
] as const)("a token that comes with HTTP %d: %s", async (status, reason) => {
  const { end } = await ask({ status, body: () => '{"value":"an-id-token"}' });
  expect(reason === undefined ? end : (end as SignInError).reason).toBe(reason ?? "an-id-token");
});
