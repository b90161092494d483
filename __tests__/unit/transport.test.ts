import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import type { Clock } from "../../src/clock.ts";
import { ANSWER_LIMIT_BYTES, createTransport, REQUEST_LIMIT_MS, type Request } from "../../src/http/transport.ts";
import { failureOf } from "../harness/bearer-service.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { startProxy } from "../harness/proxy.ts";

/** A service that answers so, on this machine; it ends with the test. */
async function startService(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/thing?secret=1`);
}

/** A clock whose sleeps last until they are let go, or given up. */
function createHeldClock() {
  const sleeps: { readonly durationMs: number; readonly end: () => void; readonly signal: AbortSignal | undefined }[] =
    [];
  const clock: Clock = {
    now: () => 0,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        sleeps.push({ durationMs, end: resolve, signal });
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  return { clock, sleeps };
}

const NO_PROXY = { http: "", https: "", none: "" };

/** A transport that ends with the test, and its clock. */
function openTransport(proxy = NO_PROXY) {
  const { clock, sleeps } = createHeldClock();
  const { send, close } = createTransport({ clock, proxy });
  closeAfterTest(close);
  const ask = (url: URL, changes: Partial<Request> = {}) =>
    send({
      method: "GET",
      url,
      headers: { "x-asked": "yes" },
      wantsBody: () => true,
      signal: new AbortController().signal,
      ...changes,
    });
  return { ask, sleeps };
}

/** Where nobody listens. */
const NOBODY = "http://127.0.0.1:1";

test("sends what it is given, and brings status, headers and body back", async () => {
  const seen: unknown[] = [];
  const url = await startService(async (request, response) => {
    const body = (await request.toArray()).map(String).join("");
    seen.push([request.method, request.url, request.headers["x-asked"], body]);
    response.writeHead(202, { "X-Twice": ["one", "two"], location: "/there" }).end('{"a":1}');
  });
  const { ask, sleeps } = openTransport();
  const answer = await ask(url, { method: "POST", body: "{}" });
  expect(seen).toEqual([["POST", "/api/thing?secret=1", "yes", "{}"]]);
  expect(answer.request).toEqual({ method: "POST", url: url.origin + url.pathname });
  expect(answer.status).toBe(202);
  expect(answer.headers).toMatchObject({ "x-twice": ["one", "two"], location: ["/there"] });
  expect(answer.body()).toBe('{"a":1}');
  expect(sleeps.map(({ durationMs }) => durationMs)).toEqual([REQUEST_LIMIT_MS]);
});

test("leaves no timer behind, whether an answer came or not", async () => {
  const url = await startService((_request, response) => response.end());
  const { ask, sleeps } = openTransport();
  await ask(url);
  await failureOf(ask(new URL("http://nowhere.invalid/")));
  expect(sleeps.map(({ signal }) => signal?.aborted)).toEqual([true, true]);
});

test("sends nothing any more once it is closed", async () => {
  const url = await startService((_request, response) => response.end());
  const { send, close } = createTransport({ clock: createHeldClock().clock, proxy: NO_PROXY });
  const request = {
    method: "GET",
    url,
    headers: {},
    wantsBody: () => true,
    signal: new AbortController().signal,
  } as const;
  expect((await send(request)).status).toBe(200);
  await close();
  expect(await failureOf(send(request))).toMatchObject({ name: "NetworkError", reason: "reset", wasSent: false });
});

test("follows no redirect", async () => {
  const paths: unknown[] = [];
  const url = await startService((request, response) => {
    paths.push(request.url);
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  expect((await openTransport().ask(url)).status).toBe(307);
  expect(paths).toEqual(["/api/thing?secret=1"]);
});

test("leaves a body unread that nobody wants, even if it never ends", async () => {
  const url = await startService((_request, response) => response.writeHead(202).write("{"));
  const wanted: number[] = [];
  const wantsBody = (status: number): boolean => {
    wanted.push(status);
    return false;
  };
  const answer = await openTransport().ask(url, { wantsBody });
  expect([answer.status, answer.body(), wanted]).toEqual([202, "", [202]]);
});

test("takes an answer up to its limit, and of a larger one the status only", async () => {
  let bytes = ANSWER_LIMIT_BYTES;
  const url = await startService((_request, response) => response.end("x".repeat(bytes)));
  const { ask } = openTransport();
  expect((await ask(url)).body()).toHaveLength(ANSWER_LIMIT_BYTES);
  bytes += 1;
  const large = await ask(url);
  expect(large.status).toBe(200);
  expect(large.body).toThrow(expect.objectContaining({ name: "AnswerError", reason: "tooLarge", status: 200 }));
});

test("keeps status and headers of an answer whose body breaks off", async () => {
  const url = await startService((_request, response) => {
    response.writeHead(202, { location: "/there", "content-length": "100" }).write("{");
    setImmediate(() => response.destroy());
  });
  const answer = await openTransport().ask(url);
  expect([answer.status, answer.headers["location"]]).toEqual([202, ["/there"]]);
  expect(answer.body).toThrow(expect.objectContaining({ name: "NetworkError", reason: "reset", wasSent: true }));
});

test("gives up when the time is over, and knows that the request was sent", async () => {
  const { ask, sleeps } = openTransport();
  const url = await startService(() => sleeps[0]?.end());
  const error = await failureOf(ask(url));
  expect(error).toMatchObject({ name: "NetworkError", reason: "timeout", wasSent: true });
  expect((error as Error).message).toBe(`GET ${url.origin}/api/thing: no complete answer came in time`);
});

test("counts the time for the body as well", async () => {
  const { ask, sleeps } = openTransport();
  const url = await startService((_request, response) => {
    response.writeHead(200).write("{");
    setTimeout(() => sleeps[0]?.end(), 50);
  });
  const answer = await ask(url);
  expect(answer.body).toThrow(expect.objectContaining({ name: "NetworkError", reason: "timeout" }));
});

test("gives up when the run is cancelled, and says so", async () => {
  const run = new AbortController();
  const url = await startService(() => run.abort());
  const error = await failureOf(openTransport().ask(url, { signal: run.signal }));
  expect(error).toMatchObject({ name: "NetworkError", reason: "interrupted", wasSent: true });
});

test("sends nothing for a run that was cancelled before", async () => {
  let asked = 0;
  const url = await startService((_request, response) => {
    asked += 1;
    response.end();
  });
  const error = await failureOf(openTransport().ask(url, { signal: AbortSignal.abort() }));
  expect(error).toMatchObject({ name: "NetworkError", reason: "interrupted" });
  expect(asked).toBe(0);
});

test("knows that a connection that broke may have carried the request", async () => {
  const url = await startService((request) => request.socket.destroy());
  expect(await failureOf(openTransport().ask(url))).toMatchObject({ reason: "reset", wasSent: true });
});

test("knows that a request was not sent where nobody listens, or nobody is", async () => {
  const { ask } = openTransport();
  const refused = await failureOf(ask(new URL(NOBODY)));
  expect(refused).toMatchObject({ reason: "refused", wasSent: false });
  const nowhere = await failureOf(ask(new URL("http://nowhere.invalid/")));
  expect(nowhere).toMatchObject({ reason: "nameNotFound", wasSent: false });
});

test("knows a proxy's failure from the service's", async () => {
  const url = await startService((_request, response) => response.end("{}"));
  const behind = openTransport({ http: NOBODY, https: NOBODY, none: "" });
  expect(await failureOf(behind.ask(url))).toMatchObject({ reason: "proxy", wasSent: false });
  const around = openTransport({ http: NOBODY, https: NOBODY, none: "127.0.0.1" });
  expect((await around.ask(url)).status).toBe(200);
});

test("goes through the proxy by a tunnel", async () => {
  const url = await startService((_request, response) => response.end());
  const secure = new URL(url.href.replace("http:", "https:"));
  const proxy = await startProxy({ map: { [secure.host]: url.origin } });
  const { ask } = openTransport({ http: "", https: proxy.url, none: "" });
  // Behind the tunnel is a service without TLS: what matters is which way it was asked.
  expect(await failureOf(ask(secure))).toMatchObject({ name: "NetworkError", reason: "tls" });
  expect(proxy.asked).toEqual([`CONNECT ${secure.host}`]);
});

test("an error that is not the network's is a bug, and comes as it is", async () => {
  const url = await startService((_request, response) => response.end());
  const error = await failureOf(openTransport().ask(url, { headers: { "not a header": "x" } }));
  expect(error).toMatchObject({ code: "UND_ERR_INVALID_ARG" });
});
