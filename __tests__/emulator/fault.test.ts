import { request as httpsRequest } from "node:https";
import { type Socket, connect } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { generate } from "selfsigned";
import {
  type Emulator,
  type Fault,
  type FaultAct,
  type RequestAnswer,
  startEmulator,
} from "../../emulator/emulator.ts";
import { type ManualClock, createManualClock } from "../../emulator/wire/manual-clock.ts";

const offerPath = "/api/publishers/contoso/offers/contoso-vm";
const version = "?api-version=2017-10-31";

let emulator: Emulator;
let clock: ManualClock;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  clock = createManualClock();
  emulator.reset({ clock });
});

function ask(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: "Bearer emulator-token" };
  return fetch(`${emulator.url}${path}${version}`, { redirect: "manual", ...init, method, headers });
}

const status = (init?: RequestInit) => ask("GET", `${offerPath}/status`, init);
const goLive = (init?: RequestInit) => ask("POST", `${offerPath}/golive`, init);
const lastAnswer = (): RequestAnswer | undefined => emulator.requests.at(-1)?.answer;

/** Sends a request over a bare connection; what came back until its end, and whether it ended with a reset. */
async function exchange(): Promise<{ readonly text: string; readonly wasReset: boolean }> {
  const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
  socket.write(`GET ${offerPath}/status${version} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer emulator-token\r\n\r\n`);
  return readToEnd(socket);
}

function readToEnd(socket: Socket): Promise<{ readonly text: string; readonly wasReset: boolean }> {
  const { promise, resolve } = Promise.withResolvers<{ text: string; wasReset: boolean }>();
  let text = "";
  socket.on("data", (chunk) => (text += chunk.toString()));
  socket.on("error", (error) => resolve({ text, wasReset: "code" in error && error.code === "ECONNRESET" }));
  socket.on("close", () => resolve({ text, wasReset: false }));
  return promise;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

test("a status takes the place of the true answer, with an error envelope and nothing of the truth", async () => {
  emulator.setFaults([{ on: "goLive", act: { kind: "status", status: 503, headers: { "Retry-After": "7" } } }]);
  const answer = await goLive();
  expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("location")]).toEqual([503, "7", null]);
  expect(answer.headers.has("x-ms-request-id")).toBe(true);
  expect(await answer.json()).toEqual({
    error: { code: "Emulated503", message: "The emulator was told to answer 503.", details: [] },
  });
  expect(emulator.requests).toMatchObject([{ route: "goLive", fault: "status", answer: 503 }]);
  expect(emulator.goLives).toEqual([]);
});

test("a status can have a body of its own", async () => {
  const headers = { "content-type": "text/html" };
  emulator.setFaults([{ on: "any", act: { kind: "status", status: 502, headers, body: "<h1>Bad Gateway</h1>" } }]);
  const answer = await status();
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["text/html", "<h1>Bad Gateway</h1>"]);
});

test.each([
  ["reset", true],
  ["close", false],
] as const)("a %s before the answer leaves nothing to read", async (kind, wasReset) => {
  emulator.setFaults([{ on: "status", act: { kind, at: "request" } }]);
  expect(await exchange()).toEqual({ text: "", wasReset });
  expect(lastAnswer()).toBe(kind === "reset" ? "reset" : "closed");
});

test.each([
  ["reset", true],
  ["close", false],
] as const)("a %s after the headers leaves a promise of a body", async (kind, wasReset) => {
  emulator.setFaults([{ on: "status", act: { kind, at: "headers" } }]);
  const answer = await exchange();
  expect(answer.text).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*content-length: \d{4}\r\n[^]*\r\n\r\n$/);
  expect(answer.wasReset).toBe(wasReset);
});

test.each([
  ["reset", true],
  ["close", false],
] as const)("a %s in the body leaves half of it", async (kind, wasReset) => {
  const whole = await (await status()).text();
  emulator.setFaults([{ on: "status", act: { kind, at: "body" } }]);
  const answer = await exchange();
  const body = answer.text.split("\r\n\r\n")[1] ?? "";
  expect([whole.startsWith(body), body.length]).toEqual([true, Math.ceil(whole.length / 2)]);
  expect(answer.wasReset).toBe(wasReset);
});

test("connections can be reset over TLS as well, and locations say https", async () => {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
  const faults: readonly Fault[] = [{ on: "goLive", nth: 1, act: { kind: "reset", at: "request" } }];
  const secure = await startEmulator({ tls: { key, cert }, faults, behaviour: { location: "absolute" } });
  const url = `${secure.url}${offerPath}/golive${version}`;
  const send = () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const headers = { authorization: "Bearer emulator-token", host: "cloudpartner.azure.com" };
    const request = httpsRequest(url, { method: "POST", headers, ca: cert, servername: "localhost", agent: false });
    request.on("response", (response) => resolve(response.headers["operation-location"]));
    request.on("error", (error) => resolve("code" in error ? error.code : error));
    request.end();
    return promise;
  };
  expect(await send()).toBe("ECONNRESET");
  expect(await send()).toBe(`https://cloudpartner.azure.com${offerPath}/operations/${secure.goLives[0]?.id}`);
  await secure.close();
});

test("an answer can never begin", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "stall", at: "headers" } }]);
  const client = new AbortController();
  const answer = status({ signal: client.signal }).catch((error: unknown) => error);
  await until(() => clock.sleepers === 1);
  expect(lastAnswer()).toBe("stalled");
  client.abort();
  expect(await answer).toMatchObject({ name: "AbortError" });
});

test("an answer can begin and never end", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "stall", at: "body" } }]);
  const client = new AbortController();
  const answer = await status({ signal: client.signal });
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.value?.length).toBe(Math.ceil(Number(answer.headers.get("content-length")) / 2));
  const rest = reader?.read().catch((error: unknown) => error);
  await until(() => clock.sleepers === 1);
  client.abort();
  expect(await rest).toMatchObject({ name: "AbortError" });
});

test("an answer can come late, as of the request's arrival", async () => {
  emulator.setFaults([{ on: "goLive", nth: 1, act: { kind: "delay", durationMs: 5_000 } }]);
  const late = goLive();
  await until(() => clock.sleepers === 1);
  expect(lastAnswer()).toBe("pending");
  expect(emulator.goLives).toHaveLength(1);
  expect((await goLive()).status).toBe(409);
  clock.advance(5_000);
  expect((await late).status).toBe(202);
  expect(emulator.requests.map((request) => request.answer)).toEqual([202, 409]);
});

test("who leaves before a late answer is written down as gone", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "delay", durationMs: 5_000 } }]);
  const client = new AbortController();
  const answer = status({ signal: client.signal }).catch(() => undefined);
  await until(() => clock.sleepers === 1);
  client.abort();
  await answer;
  await until(() => lastAnswer() !== "pending");
  expect(lastAnswer()).toBe("abandoned");
});

test("garbage takes the body's place, and the rest of the answer is true", async () => {
  emulator.setFaults([{ on: "goLive", carriedOut: true, act: { kind: "garbage", body: "<html>" } }]);
  const answer = await goLive();
  expect([answer.status, await answer.text()]).toEqual([202, "<html>"]);
  expect(answer.headers.get("location")).toContain(emulator.goLives[0]?.id);
});

test("garbage can have another status and content type", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "garbage", body: "", status: 500, contentType: "text/plain" } }]);
  const answer = await status();
  expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([500, "text/plain", ""]);
});

test("a truncated body is whole HTTP and broken JSON", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "truncate", keepBytes: 10 } }]);
  const answer = await status();
  expect([answer.headers.get("content-length"), await answer.text()]).toEqual(["10", '{"status":']);
});

test("a huge body has the size it was told, and begins like JSON", async () => {
  emulator.setFaults([{ on: "list", act: { kind: "huge", bytes: 1_000_003 } }]);
  const text = await (await ask("GET", `${offerPath}/submissions/`)).text();
  expect([text.length, text.startsWith('[{"id":"displaycertify"')]).toEqual([1_000_003, true]);
});

test("a huge body stops when the client goes", async () => {
  emulator.setFaults([{ on: "list", act: { kind: "huge", bytes: Number.MAX_SAFE_INTEGER } }]);
  const answer = await ask("GET", `${offerPath}/submissions/`);
  await answer.body?.cancel();
  expect((await status()).status).toBe(200);
});

test("a redirect leads elsewhere", async () => {
  const to = "https://login.example/";
  emulator.setFaults([
    { on: "status", nth: 1, act: { kind: "redirect", to } },
    { on: "status", act: { kind: "redirect", to, status: 307 } },
  ]);
  const [first, second] = [await status(), await status()];
  expect([first.status, first.headers.get("location")]).toEqual([302, to]);
  expect([second.status, second.headers.get("location")]).toEqual([307, to]);
});

test("headers can be set and removed, and the request is carried out", async () => {
  const set = { Location: "https://elsewhere.example/x", "X-Odd": "caf\u00e9" };
  emulator.setFaults([{ on: "goLive", act: { kind: "headers", set, remove: ["Content-Type", "Date"] } }]);
  const answer = await goLive();
  expect([answer.status, answer.headers.get("location")]).toEqual([202, "https://elsewhere.example/x"]);
  expect([answer.headers.get("x-odd"), answer.headers.get("content-type"), answer.headers.get("date")]).toEqual([
    "caf\u00e9",
    null,
    null,
  ]);
  expect(emulator.goLives).toHaveLength(1);
});

test("told bytes come as they are, in place of an answer", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "raw", bytes: "\u0015\u0003 no \u00ff HTTP" } }]);
  const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1").setEncoding("latin1");
  socket.write(`GET ${offerPath}/status${version} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer emulator-token\r\n\r\n`);
  expect(await readToEnd(socket)).toEqual({ text: "\u0015\u0003 no \u00ff HTTP", wasReset: false });
  expect(lastAnswer()).toBe("raw");
});

test("interim answers come before the true one", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "interim", statuses: [100, 103, 100] } }]);
  const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
  const request = `GET ${offerPath}/status${version} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n`;
  socket.write(`${request}authorization: Bearer emulator-token\r\n\r\n`);
  const { text } = await readToEnd(socket);
  expect([...text.matchAll(/^HTTP.*/gm)].map(([line]) => line.trim())).toEqual([
    "HTTP/1.1 100 Continue",
    "HTTP/1.1 103 Early Hints",
    "HTTP/1.1 100 Continue",
    "HTTP/1.1 200 OK",
  ]);
});

test.each(["gzip", "deflate", "br"])(
  "a body packed with %s is the true one, and its length that of the packed",
  async (encoding) => {
    const truth = await (await status()).text();
    emulator.setFaults([{ on: "status", act: { kind: "packed", encoding } }]);
    const answer = await status();
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(await answer.text()).toBe(truth);
  },
);

test("a way to pack that nobody knows changes the header only", async () => {
  const truth = await (await status()).text();
  emulator.setFaults([{ on: "status", act: { kind: "packed", encoding: "zip" } }]);
  const answer = await status();
  expect([answer.headers.get("content-encoding"), await answer.text()]).toEqual(["zip", truth]);
});

test("a packed body can be of any size", async () => {
  emulator.setFaults([{ on: "list", act: { kind: "packed", encoding: "gzip", bytes: 3_000_000 } }]);
  const answer = await ask("GET", `${offerPath}/submissions/`);
  expect(Number(answer.headers.get("content-length"))).toBeLessThan(30_000);
  expect(await answer.text()).toHaveLength(3_000_000);
});

test.each([101, 99, 200])("an interim answer %d is refused beforehand", (other) => {
  expect(() => emulator.setFaults([{ on: "any", act: { kind: "interim", statuses: [100, other] } }])).toThrow(
    `An interim answer is a 100 or a 103, not ${other}.`,
  );
});

test.each([
  ['["x-a"]', { kind: "status", status: 500, headers: { "x-a": "a\nb" } }],
  ['["x a"]', { kind: "headers", set: { "x a": "b" } }],
  ['["location"]', { kind: "redirect", to: "https://example/\u2603" }],
  ['["content-type"]', { kind: "garbage", body: "", contentType: "a\rb" }],
  ['["content-encoding"]', { kind: "packed", encoding: "a\nb" }],
  ["status", { kind: "status", status: 99 }],
] as const)("a fault with a %s that Node would not send is refused beforehand", (what, act) => {
  expect(() => emulator.setFaults([{ on: "any", act }])).toThrow(what);
});

const lossy: readonly FaultAct[] = [
  { kind: "status", status: 500 },
  { kind: "reset", at: "request" },
  { kind: "reset", at: "headers" },
  { kind: "close", at: "body" },
  { kind: "garbage", body: "" },
  { kind: "truncate", keepBytes: 1 },
  { kind: "huge", bytes: 10 },
  { kind: "redirect", to: "https://elsewhere.example/" },
  { kind: "raw", bytes: "no HTTP" },
  { kind: "packed", encoding: "gzip", bytes: 10 },
];

test.each(lossy.map((act) => [act]))("a go-live with %j is carried out only when told to", async (act) => {
  emulator.setFaults([
    { on: "goLive", nth: 1, act },
    { on: "goLive", nth: 2, carriedOut: true, act },
  ]);
  await goLive().catch(() => undefined);
  expect(emulator.goLives).toHaveLength(0);
  await goLive().catch(() => undefined);
  expect(emulator.goLives).toHaveLength(1);
  expect((await goLive()).status).toBe(409);
});

test.each<FaultAct>([
  { kind: "interim", statuses: [103] },
  { kind: "packed", encoding: "gzip" },
])("a go-live with %j is carried out, for its answer is the true one", async (act) => {
  emulator.setFaults([{ on: "goLive", act }]);
  expect((await goLive()).status).toBe(202);
  expect(emulator.goLives).toHaveLength(1);
});

test("a lost go-live can be carried out later, at its own time", async () => {
  emulator.setFaults([{ on: "goLive", nth: 1, carriedOutAfterMs: 5_000, act: { kind: "reset", at: "request" } }]);
  const arrivedAtMs = clock.now();
  await goLive().catch(() => undefined);
  clock.advance(4_999);
  expect(emulator.goLives).toEqual([]);
  clock.advance(20_000);
  expect(emulator.goLives).toMatchObject([{ atMs: arrivedAtMs + 5_000 }]);
  expect((await goLive()).status).toBe(409);
});

test("a late go-live is dropped when another has begun before it", async () => {
  emulator.setFaults([{ on: "goLive", nth: 1, carriedOutAfterMs: 5_000, act: { kind: "reset", at: "request" } }]);
  await goLive().catch(() => undefined);
  expect((await goLive()).status).toBe(202);
  clock.advance(10_000);
  expect(emulator.goLives).toHaveLength(1);
});

test("the first fault that fits acts; requests count by route, and with any altogether", async () => {
  emulator.setFaults([
    { on: "status", nth: [2, 4], act: { kind: "status", status: 501 } },
    { on: "any", nth: [3, 4], act: { kind: "status", status: 502 } },
    { on: "list", act: { kind: "status", status: 503 } },
  ]);
  const codes = [];
  for (const route of ["status", "submissions", "status", "status", "submissions", "status"]) {
    codes.push((await ask("GET", `${offerPath}/${route}`)).status);
  }
  expect(codes).toEqual([200, 503, 501, 502, 503, 501]);
});

test("new faults count requests from 1 again, and so does a reset", async () => {
  const faults: readonly Fault[] = [{ on: "status", nth: 1, act: { kind: "status", status: 500 } }];
  emulator.setFaults(faults);
  const codes = [(await status()).status, (await status()).status];
  emulator.setFaults(faults);
  codes.push((await status()).status);
  emulator.reset({ clock, faults });
  codes.push((await status()).status);
  emulator.reset({ clock });
  codes.push((await status()).status);
  expect(codes).toEqual([500, 200, 500, 500, 200]);
});

test("a reset cuts off who still waits", async () => {
  emulator.setFaults([{ on: "status", act: { kind: "stall", at: "headers" } }]);
  const answer = status().catch((error: unknown) => error);
  await until(() => clock.sleepers === 1);
  emulator.reset({ clock });
  expect(await answer).toMatchObject({ name: "TypeError", message: "fetch failed" });
  expect((await status()).status).toBe(200);
});

test("closing cuts off who still waits", async () => {
  const other = await startEmulator({ clock, faults: [{ on: "any", act: { kind: "stall", at: "headers" } }] });
  const answer = fetch(other.url).catch((error: unknown) => error);
  await until(() => clock.sleepers === 1);
  await other.close();
  expect(await answer).toMatchObject({ name: "TypeError", message: "fetch failed" });
});

test("every answer is announced once it is decided", async () => {
  const answers: RequestAnswer[] = [];
  emulator.reset({ clock, onAnswer: (request) => answers.push(request.answer) });
  await goLive();
  await goLive();
  expect(answers).toEqual([202, 409]);
});
