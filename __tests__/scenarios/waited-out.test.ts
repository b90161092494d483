import { expect, test } from "@jest/globals";
import type { Fault, FaultAct } from "../../emulator/emulator.ts";
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
];

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
  expect(asked()).toEqual(["GET list", "POST goLive", ...Array(PASSING.length + 1).fill("GET operation")]);
  expect(emulator.goLives).toHaveLength(1);
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "contoso/contoso-vm is live" }]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test.each(["headers", "body"] as const)("gives a question up whose %s stall, and asks again", async (at) => {
  const { run, asked } = await startScenario({ offers, faults: inOrder([{ kind: "stall", at }]) });
  const result = await run(WAITING_FAST, { timeFactor });
  expect(result.log).toMatch(/still waiting: GET .*: no complete answer came in time/);
  expect(asked().filter((one) => one === "GET operation")).toHaveLength(2);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test("waits for an operation that cannot be read for a while after it was accepted", async () => {
  const { run } = await startScenario({ offers, behaviour: { operationLagMs: 300 } });
  const result = await run(WAITING_FAST, { timeFactor });
  expect(result.log).toContain("HTTP 404 (not found)");
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test.each([
  [400, "HTTP 400 (bad request)"],
  [401, "HTTP 401 (the token was not accepted)"],
  [403, "HTTP 403 (not allowed)"],
])("does not wait out a %d: the operation is out of sight", async (status, text) => {
  const { run, asked } = await startScenario({
    offers,
    faults: [{ on: "operation", act: { kind: "status", status } }],
  });
  const result = await run(WAITING_FAST, { timeFactor });
  const location = result.outputs["operationLocation"];
  expect(asked()).toEqual(["GET list", "POST goLive", "GET operation"]);
  expect(annotations(result)).toMatchObject([{ level: "error", title: "Go-live out of sight" }]);
  expect(texts(result, "error")[0]).toContain(`The go-live of contoso/contoso-vm can no longer be observed: GET `);
  expect(texts(result, "error")[0]).toContain(text);
  expect(texts(result, "error")[0]).toContain("It may still run.");
  expect(texts(result, "error")[0]).toContain(`\`operationLocation: ${location}\` and \`wait: true\``);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown" } });
});

test("does not wait out a 404 once the operation was seen", async () => {
  const faults: readonly Fault[] = [{ on: "operation", nth: 2, act: { kind: "status", status: 404 } }];
  const goLive = { durationMs: Infinity };
  const { run, asked } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive }],
    faults,
  });
  const result = await run(WAITING_FAST, { timeFactor });
  expect(asked()).toEqual(["GET list", "POST goLive", "GET operation", "GET operation"]);
  expect(texts(result, "error")[0]).toMatch(
    /HTTP 404 .*\nIt may still run\. Last seen \d+ s ago: running, 0 of 4 steps done/,
  );
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown" } });
});
