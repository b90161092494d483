import { expect, test } from "@jest/globals";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import type { Answer } from "../../src/http/transport.ts";
import { createService, failureOf, NAME, ORIGIN, TOKEN } from "../harness/bearer-service.ts";

test("sends the token with a request, and says who asks and what for", async () => {
  const { sent, get } = createService({});
  const signal = AbortSignal.timeout(1_000);
  const url = new URL(`${ORIGIN}/api/x?api-version=1`);
  await get({ method: "POST", url, body: "{}", signal });
  expect(sent).toEqual([
    {
      method: "POST",
      url,
      body: "{}",
      signal,
      wantsBody: expect.any(Function),
      headers: {
        accept: "application/json",
        authorization: `Bearer ${TOKEN}`,
        "content-type": "application/json",
        "user-agent": "azure-marketplace-go-live",
      },
    },
  ]);
  expect([200, 202, 400, 503].map((status) => sent[0]?.wantsBody(status, {}))).toEqual([true, true, true, true]);
});

test("passes on which bodies are wanted", async () => {
  const { sent, get } = createService({});
  await get({ wantsBody: (status) => status === 400 });
  expect([202, 400].map((status) => sent[0]?.wantsBody(status, {}))).toEqual([false, true]);
});

test.each([
  "https://elsewhere.example/api/operations/7",
  "http://service.example/api/operations/7",
  "https://service.example:8443/api/operations/7",
  "https://service.example.elsewhere.example/",
  "https://service.example@elsewhere.example/",
  "data:text/plain,x",
])("never sends the token to %s, and calls it a bug", async (text) => {
  const { sent, exchanges, get } = createService({});
  const error = await failureOf(get({ url: new URL(text) }));
  expect(error).toEqual(new Error(`refused to send the token to ${new URL(text).origin}`));
  expect(sent).toEqual([]);
  expect(exchanges).toEqual([]);
});

test.each([200, 202, 204, 299])("hands out an answer with HTTP %d", async (status) => {
  const { get } = createService({
    status,
    headers: { "x-ms-request-id": ["id-1"], "retry-after": ["7"], location: ["/api/operations/7"] },
    body: '{"status":"running"}',
  });
  const { json, text, ...answer } = await get();
  expect(answer).toEqual({
    request: NAME,
    status,
    headers: { "x-ms-request-id": ["id-1"], "retry-after": ["7"], location: ["/api/operations/7"] },
    requestId: "id-1",
    retryAfterMs: 7_000,
  });
  expect(json()).toEqual({ status: "running" });
  expect(text()).toBe('{"status":"running"}');
});

test.each([199, 300, 302, 400, 401, 404, 429, 500, 503])(
  "throws what the service says with HTTP %d",
  async (status) => {
    const { get } = createService({
      status,
      headers: { "request-id": ["id-2"], "retry-after": ["Fri, 06 Nov 2026 08:49:37 GMT"] },
      body: '{"error":{"code":"C","message":"M"}}',
    });
    const error = await failureOf(get());
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ request: NAME, status, code: "C", serviceText: "M", requestId: "id-2" });
    // 36.75 s from the moment the answer came.
    expect(error).toMatchObject({ retryAfterMs: 36_750 });
  },
);

const HOUR_MS = 3_600_000;

function inText(ms: number): string {
  return new Date(ms).toUTCString();
}

test.each([0, 20 / 60, 3, -3, 24 * 365])(
  "measures a date in Retry-After by the service's clock, though the runner's is %p hours off",
  async (hours) => {
    const serviceMs = Date.UTC(2026, 10, 6, 8, 49, 0) + hours * HOUR_MS;
    const headers = { date: [inText(serviceMs)], "retry-after": [inText(serviceMs + 30_000)] };
    expect(await failureOf(createService({ status: 503, headers }).get())).toMatchObject({ retryAfterMs: 30_000 });
    expect(await createService({ status: 200, headers }).get()).toMatchObject({ retryAfterMs: 30_000 });
    const past = { ...headers, "retry-after": [inText(serviceMs - 30_000)] };
    expect(await createService({ status: 200, headers: past }).get()).toMatchObject({ retryAfterMs: 0 });
  },
);

test("seconds in Retry-After are seconds, whatever the service's clock says", async () => {
  const headers = { date: ["Sun, 06 Nov 1994 08:49:37 GMT"], "retry-after": ["7"] };
  expect(await createService({ status: 200, headers }).get()).toMatchObject({ retryAfterMs: 7_000 });
});

test("a Date that cannot be read leaves the runner's own clock", async () => {
  const headers = { date: ["yesterday"], "retry-after": ["Fri, 06 Nov 2026 08:49:37 GMT"] };
  expect(await createService({ status: 200, headers }).get()).toMatchObject({ retryAfterMs: 36_750 });
});

test.each([
  [400, undefined],
  [401, "x"],
  [403, "x"],
  [404, undefined],
])("with HTTP %d says of the token that it was meant for %j", async (status, audience) => {
  const error = await failureOf(createService({ status }).get());
  expect(error instanceof ServiceError ? error.token?.audience : error).toBe(audience);
});

test("a refusal counts by its status, even when its text was lost on the way", async () => {
  const { get } = createService({ status: 400, body: new NetworkError(NAME, "reset", true) });
  expect(await failureOf(get())).toMatchObject({
    name: "ServiceError",
    status: 400,
    code: undefined,
    serviceText: undefined,
  });
});

test("a success whose body was lost says so when the body is read", async () => {
  const lost = new NetworkError(NAME, "reset", true);
  const { json } = await createService({ body: lost }).get();
  expect(json).toThrow(lost);
});

test.each(["", "<html>", '{"cut'])("a body that is no JSON (%j) is a fault of the answer", async (body) => {
  const { json } = await createService({ body, status: 202, headers: { "x-ms-request-id": ["id-3"] } }).get();
  const error = await failureOf(Promise.resolve().then(json));
  expect(error).toBeInstanceOf(AnswerError);
  expect(error).toMatchObject({ reason: "notJson", status: 202, requestId: "id-3", request: NAME });
});

test.each<[Answer["headers"], string | undefined]>([
  [{ "x-ms-request-id": ["a"], "x-ms-correlation-request-id": ["b"], "request-id": ["c"] }, "a"],
  [{ "x-ms-correlation-request-id": ["b"], "request-id": ["c"] }, "b"],
  [{ "request-id": ["c", "d"] }, "c"],
  [{ "x-ms-request-id": [], "request-id": ["c"] }, "c"],
  [{}, undefined],
])("finds the id to quote to support in %j: %s", async (headers, requestId) => {
  expect((await createService({ headers }).get()).requestId).toBe(requestId);
});

test.each([
  { answer: { status: 200, headers: { "request-id": ["id-4"] } }, outcome: "200", requestId: "id-4" },
  { answer: { status: 503 }, outcome: "503", requestId: undefined },
])("tells of an exchange that ended with $outcome once, without its query", async ({ answer, outcome, requestId }) => {
  const { get, exchanges } = createService(answer);
  await get().catch(() => undefined);
  expect(exchanges).toEqual([{ ...NAME, outcome, durationMs: 250, requestId }]);
});

test.each([
  [new NetworkError(NAME, "reset", true), "NetworkError"],
  [new TypeError("a bug"), "TypeError"],
])("tells of an exchange that failed, and passes the error on: %p", async (failure, outcome) => {
  const { get, exchanges } = createService({}, failure);
  expect(await failureOf(get())).toBe(failure);
  expect(exchanges).toEqual([{ ...NAME, outcome, durationMs: 250, requestId: undefined }]);
});
