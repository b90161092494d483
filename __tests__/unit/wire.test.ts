import { expect, test } from "@jest/globals";
import { NetworkError } from "../../src/http/errors.ts";
import type { Answer, Request } from "../../src/http/transport.ts";
import { createWire, type Wire } from "../../src/identity/wire.ts";
import { failureOf } from "../harness/bearer-service.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

type LibraryRequest = Parameters<Wire["httpClient"]["sendRequest"]>[0];

type Headers = Readonly<Record<string, string>>;

const ASKED: Headers = { accept: "application/json", "accept-encoding": "gzip,deflate" };

/** A request of the library's, as far as the wire looks at it. */
function request(changes: Partial<Omit<LibraryRequest, "headers">> = {}, headers: Headers = ASKED): LibraryRequest {
  return {
    method: "POST",
    url: "https://login.example/token?secret=1",
    headers: { toJSON: () => headers },
    timeout: 0,
    body: "grant_type=client_credentials",
    ...changes,
  } as LibraryRequest;
}

const NAME = { method: "POST", url: "https://login.example/token" } as const;

function answer(changes: Partial<Answer> = {}): Answer {
  return { request: NAME, status: 200, headers: {}, body: () => "", ...changes };
}

/** A wire whose requests are answered so, and what was sent. */
function createWay(send: (request: Request) => Promise<Answer>) {
  const sent: Request[] = [];
  const wire = createWire();
  const { signal } = new AbortController();
  wire.use({
    clock: createVirtualClock(0),
    signal,
    send: (passed) => {
      sent.push(passed);
      return send(passed);
    },
  });
  return { wire, sent, signal };
}

test("sends what the library asks, with the signal of the sign-in, and asks for nothing packed", async () => {
  const { wire, sent, signal } = createWay(() => Promise.resolve(answer()));
  expect(wire.last()).toBeUndefined();
  await wire.httpClient.sendRequest(request());
  await wire.httpClient.sendRequest(request({ method: "GET", body: null }));
  expect(sent).toMatchObject([
    { method: "POST", body: "grant_type=client_credentials", signal },
    { method: "GET", signal },
  ]);
  expect(sent.map(({ url }) => url.href)).toEqual(["https://login.example/token?secret=1", request().url]);
  expect(sent[0]?.headers).toEqual({ accept: "application/json", "accept-encoding": "identity" });
  expect(sent[1]).not.toHaveProperty("body");
  expect(sent[0]?.wantsBody(500, {})).toBe(true);
});

test("brings the answer back as the library reads it, and keeps it without the query", async () => {
  const headers = { "x-ms-request-id": ["7"], "x-twice": ["one", "two"] };
  const { wire } = createWay(() => Promise.resolve(answer({ status: 400, headers, body: () => "no" })));
  const asked = request();
  const answered = await wire.httpClient.sendRequest(asked);
  expect(answered).toMatchObject({ request: asked, status: 400, bodyAsText: "no" });
  expect(answered.headers.get("X-MS-Request-Id")).toBe("7");
  expect([answered.headers.has("X-Twice"), answered.headers.has("other")]).toEqual([true, false]);
  expect(answered.headers.toJSON()).toEqual({ "x-ms-request-id": "7", "x-twice": "one, two" });
  answered.headers.set("Other", 5);
  answered.headers.delete("X-TWICE");
  expect([...answered.headers]).toEqual([
    ["x-ms-request-id", "7"],
    ["other", "5"],
  ]);
  expect(wire.last()).toEqual({ kind: "answered", request: NAME, status: 400, body: "no" });
});

test.each([
  ["no answer", () => Promise.reject(new NetworkError(NAME, "reset", true))],
  [
    "half of one",
    () =>
      Promise.resolve(
        answer({
          body: () => {
            throw new NetworkError(NAME, "reset", true);
          },
        }),
      ),
  ],
] as const)("keeps the error in place of %s, and lets the library see it", async (_what, send) => {
  const { wire } = createWay(send);
  const error = await failureOf(wire.httpClient.sendRequest(request()));
  expect(error).toMatchObject({ name: "NetworkError", reason: "reset" });
  expect(wire.last()).toEqual({ kind: "failed", request: NAME, error });
});

test("gives up when the library's own time is over, by the clock that it is given", async () => {
  const { wire, sent } = createWay(() => new Promise(() => undefined));
  const error = await failureOf(wire.httpClient.sendRequest(request({ timeout: 1_000 })));
  expect(error).toMatchObject({ name: "NetworkError", reason: "timeout" });
  expect(sent[0]?.signal.aborted).toBe(true);
});

test("the library's first client goes the way of the sign-in that runs, and forgets the one before", async () => {
  const { wire, sent } = createWay(() => Promise.resolve(answer()));
  await wire.httpClient.sendRequest(request());
  const later: string[] = [];
  const { signal } = new AbortController();
  wire.use({
    clock: createVirtualClock(0),
    signal,
    send: ({ url }) => Promise.resolve(answer({ body: () => String(later.push(url.href)) })),
  });
  expect(wire.last()).toBeUndefined();
  await wire.httpClient.sendRequest(request());
  expect([sent.length, later.length]).toEqual([1, 1]);
});

test("without a way nothing can be asked", async () => {
  const error = await failureOf(createWire().httpClient.sendRequest(request()));
  expect((error as Error).message).toBe("the sign-in library asked before it was told which way");
});

test.each(["ftp://login.example/token", "file:///etc/passwd"])("asks nothing of what is not HTTP: %s", async (url) => {
  const { wire, sent } = createWay(() => Promise.resolve(answer()));
  const error = await failureOf(wire.httpClient.sendRequest(request({ url })));
  const text = "what is to be asked for a token has no address of http or https";
  expect(error).toMatchObject({ name: "SignInError", reason: "unavailable", text });
  expect([sent, wire.last()]).toEqual([
    [],
    { kind: "failed", request: { method: "POST", url: expect.any(String) }, error },
  ]);
});

test.each(["a\nb: c", "\u00e4b", "ab\u00e4", "a\u0000", "\u007f"])("writes no header that holds %j", async (value) => {
  const { wire, sent } = createWay(() => Promise.resolve(answer()));
  const headers = { accept: "text/plain", "x-identity-header": value };
  const error = await failureOf(wire.httpClient.sendRequest(request({}, headers)));
  const text = "the header `x-identity-header` would hold characters that no header has";
  expect(error).toMatchObject({ name: "SignInError", reason: "unavailable", text });
  expect(sent).toEqual([]);
});

test("writes every header that HTTP can hold, and an empty one", async () => {
  const { wire, sent } = createWay(() => Promise.resolve(answer()));
  const headers = { "x-one": " \t!~", "x-two": "" };
  await wire.httpClient.sendRequest(request({}, headers));
  expect(sent[0]?.headers).toMatchObject(headers);
});

test("without a limit of the library's own, only the sign-in's signal ends a request", async () => {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { wire, sent, signal } = createWay(() => promise);
  const asked = wire.httpClient.sendRequest(request({ timeout: 0 }));
  expect(sent[0]?.signal).toBe(signal);
  resolve(answer({ status: 204 }));
  expect(await asked).toMatchObject({ status: 204 });
});
