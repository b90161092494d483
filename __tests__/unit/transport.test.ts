import { expect, test } from "@jest/globals";
import { NO_PROXY } from "../../src/http/proxy.ts";
import { ANSWER_LIMIT_BYTES, createTransport, REQUEST_LIMIT_MS } from "../../src/http/transport.ts";
import { failureOf } from "../harness/bearer-service.ts";
import { startProxy } from "../harness/proxy.ts";
import { createHeldClock, openTransport, startService } from "../harness/transport-service.ts";

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

test.each([
  ["the time is over", "connectTimeout", "no connection could be made in time"],
  ["the run is cancelled", "interrupted", "the request was given up because the run was cancelled"],
])("gives up at once when %s before there is a connection, and sends nothing later", async (what, reason, text) => {
  const run = new AbortController();
  const lookups: (() => void)[] = [];
  const { ask, sleeps } = openTransport(NO_PROXY, (_host, _options, found) => {
    lookups.push(() => found(null, [{ address: "127.0.0.1", family: 4 }]));
    if (what === "the run is cancelled") run.abort();
    else sleeps[0]?.end();
    if (lookups.length > 1) for (const answer of lookups) answer();
  });
  let asked = 0;
  const service = await startService((_request, response) => {
    asked += 1;
    response.end();
  });
  const url = new URL(`http://service.example:${service.port}/`);
  const error = await failureOf(ask(url, { method: "POST", body: "{}", signal: run.signal }));
  expect(error).toMatchObject({ name: "NetworkError", reason, wasSent: false });
  expect((error as Error).message).toBe(`POST ${url.href}: ${text}`);
  expect(lookups).toHaveLength(1);
  // Now both have the way that the first one waited for.
  expect((await ask(url)).status).toBe(200);
  expect((await ask(url)).status).toBe(200);
  expect(asked).toBe(2);
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
  const proxy = { http: NOBODY, https: NOBODY, none: "" };
  for (const url of ["http://service.example/", "https://service.example/"]) {
    const error = await failureOf(openTransport(proxy).ask(new URL(url)));
    expect(error).toMatchObject({ name: "NetworkError", reason: "proxy", wasSent: false });
  }
  const around = openTransport({ ...proxy, none: "127.0.0.1" });
  expect(await failureOf(around.ask(new URL(NOBODY.replace("http:", "https:"))))).toMatchObject({ reason: "refused" });
});

test("plain http to this machine goes around the proxy", async () => {
  const url = await startService((_request, response) => response.end("{}"));
  const { ask } = openTransport({ http: NOBODY, https: NOBODY, none: "" });
  expect((await ask(url)).status).toBe(200);
});

test("plain http to another machine goes through the proxy, which is told its password", async () => {
  const url = await startService((_request, response) => response.end("{}"));
  const proxy = await startProxy({ map: { "service.example:8080": url.origin } });
  const http = proxy.url.replace("//", "//robot:50%@");
  const answer = await openTransport({ http, https: "", none: "" }).ask(new URL("http://service.example:8080/api"));
  expect([answer.status, answer.body()]).toEqual([200, "{}"]);
  expect(proxy.asked).toEqual(["GET service.example:8080"]);
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("robot:50%").toString("base64")}`]);
});

test.each([403, 407])("a proxy that answers %d to a request in plain http is known", async (refusal) => {
  const proxy = await startProxy({ refusal });
  const asked = openTransport({ http: proxy.url, https: "", none: "" }).ask(new URL("http://service.example/"));
  const answer = await asked.catch((error: unknown) => error);
  expect(answer).toMatchObject(refusal === 407 ? { name: "NetworkError", reason: "proxy" } : { status: 403 });
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
