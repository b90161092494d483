import { expect, test } from "@jest/globals";
import type { EmulatorOptions, Fault } from "../../emulator/emulator.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { startBystander } from "../harness/bystander.ts";
import { checkRequests, checkResult } from "../harness/leak-check.ts";
import { startScenario, TOKEN, WAITING, WAITING_FAST, operationOutputs } from "../harness/scenario.ts";
import { expectHarmless } from "./harmless-check.ts";

const DEBUG = { environment: { RUNNER_DEBUG: "1" } } as const;
const [, PAYLOAD = "", SIGNATURE = ""] = TOKEN.split(".");

/** Ways to say the token back. Every scenario of the suite is searched for it, in any case and with nothing unseen in it. */
const ECHOES = {
  "as it is": TOKEN,
  "in upper case": TOKEN.toUpperCase(),
  "its payload alone": PAYLOAD,
  "its signature alone": SIGNATURE,
  "as a header": `authorization: Bearer ${TOKEN}`,
  "split by tags": [...TOKEN].join("<i></i>"),
  "as HTML references": [...TOKEN].map((character) => `&#${character.codePointAt(0)};`).join(""),
  "with zero-width spaces in it": [...TOKEN].join("\u200B"),
  "with soft hyphens as HTML in it": [...TOKEN].join("&shy;"),
  "with colours in it": `${TOKEN.slice(0, 40)}\u001B[31m${TOKEN.slice(40)}`,
  "with variation selectors in it": [...TOKEN].join("\uFE0F"),
  "with fillers and joiners in it": [...TOKEN].join("\u3164\u034F\u180B"),
  "less its last character": TOKEN.slice(0, -1),
  "less its beginning": TOKEN.slice(7),
  "sixteen characters of it": SIGNATURE.slice(20, 36),
  "behind a long text": `${"x".repeat(970)} ${TOKEN}`,
} as const;

/** JSON can write every character as an escape. */
function escaped(text: string): string {
  return [...text].map((character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join("");
}

function json(value: unknown, isEscaped: boolean): string {
  if (!isEscaped) return JSON.stringify(value);
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === "string" ? `<${each}>` : each)).replaceAll(
    /"<((?:[^"\\]|\\.)*)>"/g,
    (_text, quoted: string) => `"${escaped(JSON.parse(`"${quoted}"`) as string)}"`,
  );
}

async function run(
  options: EmulatorOptions,
  inputs: Readonly<Record<string, string>> = WAITING_FAST,
): Promise<StepResult> {
  const { run: runStep } = await startScenario(options);
  return runStep(inputs, { ...DEBUG, timeFactor: 60 });
}

const cases = [
  ...Object.entries(ECHOES).map(([how, echo]) => ({ how, echo, isEscaped: false })),
  { how: "in JSON escapes", echo: TOKEN, isEscaped: true },
  { how: "in JSON escapes with zero-width spaces", echo: ECHOES["with zero-width spaces in it"], isEscaped: true },
];

test.each(cases)("shows nothing of a token that every answer says back $how", async ({ echo, isEscaped }) => {
  const fault = json({ error: { code: echo, message: echo, details: [{ message: echo }] } }, isEscaped);
  const preview = json([{ id: echo, submissionState: "running", slot: "staging" }], isEscaped);
  const answer = (status: string): Fault["act"] => {
    const messages = [{ messageHtml: echo, level: "error" }];
    const step = { id: echo, stepName: echo, status: "blocked", estimatedTimeFrame: echo, messages };
    const body = json({ status, error: { code: echo, message: echo }, messages, steps: [step] }, isEscaped);
    return { kind: "garbage", status: 200, body };
  };
  const { run: runStep, asked } = await startScenario({
    faults: [
      { on: "list", nth: 1, act: { kind: "status", status: 503, body: fault } },
      { on: "list", nth: 2, act: { kind: "status", status: 502, body: `<html><title>${echo}</title></html>` } },
      { on: "list", nth: 3, act: { kind: "garbage", body: preview } },
      { on: "status", nth: 1, act: { kind: "status", status: 503, body: fault } },
      { on: "list", nth: 4, act: { kind: "garbage", body: preview } },
      { on: "goLive", nth: 1, act: { kind: "status", status: 429, body: echo } },
      { on: "goLive", nth: 2, carriedOut: true, act: { kind: "status", status: 500, body: echo } },
      { on: "operation", nth: 1, act: answer(echo) },
      { on: "operation", act: answer("failed") },
    ],
  });
  const result = await runStep(WAITING_FAST, { ...DEBUG, timeFactor: 60 });
  const looks = ["GET list", "GET list", "GET list", "GET status", "GET list", "GET status"];
  expect(asked()).toEqual([...looks, "POST goLive", "POST goLive", "GET list", "GET operation", "GET operation"]);
  expectHarmless(result);
  expect(result.outputs["status"]).toBe("failed");
  for (const text of [result.log, result.summary]) expect(text).toMatch(/\[secret\]|&#91;secret&#93;/);
});

test("shows nothing of a token that a refusal of the go-live says back", async () => {
  const body = json({ error: { code: TOKEN, message: PAYLOAD, details: [{ message: SIGNATURE }] } }, true);
  const result = await run({ faults: [{ on: "goLive", act: { kind: "status", status: 400, body } }] });
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
  expect(result.log).toContain(" [HTTP 400 (bad request), [secret]].");
  expect(result.summary).toContain("&#91;secret&#93;");
});

test("shows nothing of a token that is the word of a running go-live", async () => {
  const entry = { id: "7", submissionState: `${SIGNATURE} running`, slot: "production" };
  const result = await run({
    faults: [
      { on: "list", act: { kind: "garbage", body: JSON.stringify([entry]) } },
      { on: "operation", act: { kind: "garbage", status: 200, body: '{"status":"completed"}' } },
      { on: "status", act: { kind: "garbage", body: '{"status":"succeeded"}' } },
    ],
  });
  expect(result.log).toContain("The service calls the go-live “[secret] running”");
  expect(result.outputs).toMatchObject({ operationId: "7", status: "succeeded" });
});

test("takes a token for no id of a running go-live, and sends nothing beside it", async () => {
  const entry = { id: TOKEN, submissionState: "running", slot: "production" };
  const result = await run({ faults: [{ on: "list", act: { kind: "garbage", body: JSON.stringify([entry]) } }] });
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
});

test.each(["location", "operation-location"])("shows nothing of a token in the header %s", async (header) => {
  const bystander = await startBystander();
  const path = `/api/publishers/contoso/offers/contoso-vm/operations/${TOKEN}?x=${PAYLOAD}`;
  for (const origin of ["", bystander.url]) {
    const headers = { [header]: origin + path, "x-ms-request-id": TOKEN, "retry-after": TOKEN };
    const result = await run(
      { behaviour: { location: "none" }, faults: [{ on: "goLive", act: { kind: "headers", set: headers } }] },
      {},
    );
    expectHarmless(result);
    expect(result.outputs["status"]).toBe("running");
  }
  expect(bystander.requests).toEqual([]);
});

test("shows nothing of a token that comes back in every header of a refusal", async () => {
  const headers = {
    "x-ms-request-id": TOKEN,
    "retry-after": TOKEN,
    "www-authenticate": `Bearer ${TOKEN}`,
    location: TOKEN,
  };
  for (const on of ["list", "goLive"] as const) {
    const result = await run({ faults: [{ on, act: { kind: "status", status: 401, headers, body: TOKEN } }] });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain("request id of the failure: [secret]");
  }
});

test.each(["list", "goLive", "operation"] as const)(
  "tells another origin nothing, not even of a redirect that says the token back: %s",
  async (on) => {
    const bystander = await startBystander();
    const act = { kind: "redirect", to: `${bystander.url}/?${TOKEN}`, status: 307 } as const;
    const result = await run({ faults: [{ on, act }] }, WAITING);
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain("HTTP 307 (redirect, not followed)");
    expect(bystander.requests).toEqual([]);
  },
);

const CLEAN: StepResult = { exitCode: 0, log: `::add-mask::${TOKEN}\n`, outputs: {}, state: {}, summary: "" };

test.each<[string, Partial<StepResult>]>([
  ["the log", { log: `a ${TOKEN}` }],
  ["a debug line", { log: `::add-mask::x\n::debug::${PAYLOAD}` }],
  ["an output", { outputs: { operationId: SIGNATURE } }],
  ["the state", { state: { operationLocation: TOKEN.toUpperCase() } }],
  ["the summary, as references", { summary: [...PAYLOAD].map((each) => `&#${each.codePointAt(0)};`).join("") }],
  ["the log, with invisible characters in it", { log: [...SIGNATURE].join("\u200B") }],
  ["the log, in part", { log: SIGNATURE.slice(3, 19) }],
])("a token would be found in %s", (_where, leak) => {
  expect(checkResult(CLEAN, [TOKEN])).toBe(CLEAN);
  expect(() => checkResult({ ...CLEAN, ...leak }, [TOKEN])).toThrow("shows (a part of) the token");
});

test("a token would be found in a request, but for the header that it belongs into", () => {
  const request = { atMs: 0, method: "GET", path: "/", route: "list", headers: {}, body: "", answer: 200 } as const;
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect(() => checkRequests([{ ...request, headers }], [TOKEN])).not.toThrow();
  for (const leak of [{ path: `/?${TOKEN}` }, { headers: { cookie: PAYLOAD } }, { body: SIGNATURE }]) {
    expect(() => checkRequests([{ ...request, ...leak }], [TOKEN])).toThrow("shows (a part of) the token");
  }
});
