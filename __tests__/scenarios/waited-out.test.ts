import { expect, test } from "@jest/globals";
import type { Fault, FaultAct } from "../../emulator/emulator.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { annotations, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 0 } }] as const;
/** A question's 30 s pass in half a second. */
const timeFactor = 60;

const html = "<!doctype html><html><head><title>Gateway</title></head><body>Try later</body></html>";

/** What goes wrong with a question, and how the log names it. */
const PASSING: readonly (readonly [name: string, act: FaultAct, text: string])[] = [
  ["404 before the operation shows", { kind: "status", status: 404 }, "HTTP 404 (not found)"],
  ["reset before an answer", { kind: "reset", at: "request" }, "the connection broke"],
  ["reset after the headers", { kind: "reset", at: "headers" }, "the connection broke"],
  ["reset in the body", { kind: "reset", at: "body" }, "the connection broke"],
  ["closed before an answer", { kind: "close", at: "request" }, "the connection broke"],
  ["closed after the headers", { kind: "close", at: "headers" }, "the connection broke"],
  ["closed in the body", { kind: "close", at: "body" }, "the connection broke"],
  ["408", { kind: "status", status: 408 }, "HTTP 408 (request time-out)"],
  ["429", { kind: "status", status: 429, headers: { "retry-after": "1" } }, "HTTP 429 (too many requests)"],
  ["500", { kind: "status", status: 500 }, "HTTP 500 (internal error)"],
  ["502 in HTML", { kind: "status", status: 502, body: html }, "HTTP 502 (bad gateway) and said “Gateway”"],
  ["503", { kind: "status", status: 503 }, "HTTP 503 (unavailable)"],
  ["504 without a body", { kind: "status", status: 504, body: "" }, "HTTP 504 (gateway time-out)"],
  ["599", { kind: "status", status: 599 }, "HTTP 599"],
  ["200 in HTML", { kind: "garbage", body: html, contentType: "text/html" }, "the answer was not JSON"],
  ["truncated JSON", { kind: "truncate", keepBytes: 40 }, "the answer was not JSON"],
  ["nothing", { kind: "garbage", body: "" }, "the answer was not JSON"],
  ["null", { kind: "garbage", body: "null" }, "the answer had an unexpected form"],
  ["a text", { kind: "garbage", body: '"completed"' }, "the answer had an unexpected form"],
  ["a number", { kind: "garbage", body: "42" }, "the answer had an unexpected form"],
  ["an empty list", { kind: "garbage", body: "[]" }, "the answer had an unexpected form"],
  ["a list of texts", { kind: "garbage", body: '["completed"]' }, "the answer had an unexpected form"],
  ["an empty object", { kind: "garbage", body: "{}" }, "the answer named no status"],
  ["a status that is no text", { kind: "garbage", body: '{"status":true}' }, "the answer named no status"],
  ["a status that is blank", { kind: "garbage", body: '[{"status":" "}]' }, "the answer named no status"],
  ["204 without a body", { kind: "garbage", status: 204, body: "" }, "the answer was not JSON"],
  ["a redirect", { kind: "redirect", to: "/sign-in" }, "HTTP 302 (redirect, not followed)"],
  ["a stray 400", { kind: "status", status: 400 }, "HTTP 400 (bad request)"],
  ["a stray 401", { kind: "status", status: 401 }, "HTTP 401 (the token was not accepted)"],
  ["a stray 403", { kind: "status", status: 403 }, "HTTP 403 (not allowed)"],
  ["a stray 409", { kind: "status", status: 409 }, "HTTP 409"],
  ["a stray 410", { kind: "status", status: 410 }, "HTTP 410"],
  ["a stray 423", { kind: "status", status: 423 }, "HTTP 423"],
  ["a stray 425", { kind: "status", status: 425 }, "HTTP 425"],
  ["a stray 499", { kind: "status", status: 499 }, "HTTP 499"],
];

/** What a success is followed by: the question whether anything speaks against it. */
const CONFIRMED = ["GET list", "GET status"] as const;

function withoutRepeats(list: readonly string[]): readonly string[] {
  return list.filter((text, at) => text !== list[at - 1]);
}

function inOrder(acts: readonly FaultAct[]): readonly Fault[] {
  return acts.map((act, at) => ({ on: "operation", nth: at + 1, act }));
}

test(`waits out whatever may pass: ${PASSING.map(([name]) => name).join(", ")}`, async () => {
  const { run, asked, emulator } = await startScenario({ offers, faults: inOrder(PASSING.map(([, act]) => act)) });
  const result = await run({ ...WAITING_FAST, pollIntervalSeconds: "0.5" }, { timeFactor: 30 });
  const faults = PASSING.map(([, , text]) => text);
  const lines = result.log.split("\n").filter((line) => line.includes("No usable answer, still waiting: "));
  const told = lines.map((line) => faults.find((text) => line.includes(text)) ?? line);
  // The same trouble again is no news.
  expect(withoutRepeats(told)).toEqual(withoutRepeats(faults));
  const questions = Array(PASSING.length + 1).fill("GET operation");
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", ...questions, ...CONFIRMED]);
  expect(emulator.goLives).toHaveLength(1);
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "contoso/contoso-vm is live" }]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test.each(["headers", "body"] as const)("gives a question up whose %s stall, and asks again", async (at) => {
  const { run, asked } = await startScenario({ offers, faults: inOrder([{ kind: "stall", at }]) });
  const result = await run(WAITING_FAST, { timeFactor });
  expect(result.log).toMatch(/still waiting: GET .*: no complete answer came in time/);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation", "GET operation", ...CONFIRMED]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test("waits for an operation that cannot be read for a while after it was accepted", async () => {
  const { run } = await startScenario({ offers, behaviour: { operationLagMs: 300 } });
  const result = await run(WAITING_FAST, { timeFactor });
  expect(result.log).toContain("HTTP 404 (not found)");
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

/** Two minutes of the step's clock in a second. */
const FASTER = 120;

const REFUSALS = [
  [400, "HTTP 400 (bad request)"],
  [401, "HTTP 401 (the token was not accepted)"],
  [403, "HTTP 403 (not allowed)"],
] as const;

// All at once, because each takes its two minutes.
test("gives up after two minutes of a 400, a 401 or a 403: the operation is out of sight", () =>
  Promise.all(REFUSALS.map(expectOutOfSight)));

async function expectOutOfSight([status, text]: (typeof REFUSALS)[number]): Promise<void> {
  const { run, asked, emulator } = await startScenario({
    offers,
    clock: createFastClock(FASTER),
    faults: [{ on: "operation", act: { kind: "status", status } }],
  });
  const result = await run(WAITING_FAST, { timeFactor: FASTER });
  const location = result.outputs["operationLocation"];
  const questions = emulator.requests.filter(({ route }) => route === "operation");
  expect(questions.length).toBeGreaterThan(2);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", ...questions.map(() => "GET operation")]);
  const lastedMs = Number(questions.at(-1)?.atMs) - Number(questions[0]?.atMs);
  expect(lastedMs).toBeGreaterThan(115_000);
  expect(lastedMs).toBeLessThan(180_000);
  expect(result.log).toMatch(/No usable answer, still waiting: GET /);
  expect(annotations(result)).toMatchObject([
    { level: "error", title: "The go-live of contoso/contoso-vm can no longer be observed" },
  ]);
  expect(texts(result, "error")[0]).toMatch(/^“The emulator was told/);
  expect(texts(result, "error")[0]).toContain(text);
  expect(texts(result, "error")[0]).toContain("It may still run.");
  expect(texts(result, "error")[0]).toContain(`\`operationLocation: ${location}\` and \`wait: true\``);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown" } });
}

/** From the second question on, the operation is gone. */
const GONE: readonly Fault[] = Array.from({ length: 1_000 }, (_, at) => ({
  on: "operation",
  nth: at + 2,
  act: { kind: "status", status: 404 },
}));

test("follows the list when an operation that was seen is not there for two minutes", async () => {
  const { run, asked } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 150_000 } }],
    clock: createFastClock(FASTER),
    faults: GONE,
  });
  const result = await run(WAITING_FAST, { timeFactor: FASTER });
  expect(asked().slice(0, 6)).toEqual([
    "GET list",
    "GET status",
    "POST goLive",
    "GET operation",
    "GET operation",
    "GET operation",
  ]);
  expect(asked().slice(-5)).toEqual(["GET operation", ...CONFIRMED, ...CONFIRMED]);
  expect(result.log).toContain("HTTP 404 (not found)");
  const told = "The operation is not at its address (HTTP 404). Its entry in the offer's list is followed instead.";
  expect(result.log.split(told)).toHaveLength(2);
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "contoso/contoso-vm is live" }]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test("gives up an operation that was seen when neither it nor its entry in the list is there", async () => {
  const { run, asked } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity, listedFromNth: 100 } }],
    clock: createFastClock(FASTER),
    faults: GONE,
  });
  const result = await run(WAITING_FAST, { timeFactor: FASTER });
  expect(asked().slice(-3)).toEqual(["GET operation", "GET list", "GET status"]);
  expect(asked().filter((one) => one === "GET list")).toHaveLength(2);
  expect(texts(result, "error")[0]).toMatch(
    /HTTP 404 .*\nIt may still run\. Last seen \d+ min \d+ s ago: running, 0 of 4 steps done/,
  );
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown" } });
});
