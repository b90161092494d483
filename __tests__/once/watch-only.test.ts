import { expect, test } from "@jest/globals";
import type { EmulatorOptions, OperationPlan } from "../../emulator/emulator.ts";
import { startBystander } from "../harness/bystander.ts";
import { annotations, startScenario, texts, WAITING, WAITING_FAST, operationOutputs } from "../harness/scenario.ts";

const ID = "56615b67-2185-49fe-80d2-000000000002";
const PATH = `/api/publishers/contoso/offers/contoso-vm/operations/${ID}`;

function goingLive(running: OperationPlan = { durationMs: Infinity }): Pick<EmulatorOptions, "offers"> {
  return { offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running }] };
}

const SPELLINGS = [
  { what: "absolute", location: `{url}${PATH}`, asks: `${PATH}?api-version=2017-10-31` },
  { what: "relative", location: PATH, asks: `${PATH}?api-version=2017-10-31` },
  { what: "with its api-version", location: `${PATH}?api-version=2017-10-31`, asks: `${PATH}?api-version=2017-10-31` },
  {
    what: "of an offer that was not migrated",
    location: "/api/operations/contoso$contoso-vm$2$preview?api-version=2017-10-31",
    asks: "/api/operations/contoso$contoso-vm$2$preview?api-version=2017-10-31",
  },
] as const;

test.each(SPELLINGS)(
  "asks once after an operation whose location is $what, and starts nothing",
  async ({ location, asks }) => {
    const { emulator, run, asked } = await startScenario(goingLive());
    const result = await run({ operationLocation: location.replace("{url}", emulator.url) });
    expect(asked()).toEqual(["GET list", "GET operation"]);
    expect(emulator.requests[1]?.path).toBe(asks);
    expect(result.log).toContain("Nothing is sent: this run follows the operation that operationLocation names.");
    expect(operationOutputs(result.outputs)).toEqual({
      operationLocation: location.startsWith("{url}") ? emulator.url + PATH : emulator.url + location,
      operationId: decodeURIComponent(location.split("?")[0]?.split("/").at(-1) ?? ""),
      status: "running",
    });
    expect(annotations(result)).toEqual([
      {
        level: "notice",
        title: "The go-live is under way",
        text: expect.stringMatching(
          /^The go-live of contoso\/contoso-vm is still under way \(running, 0 of 4 steps done, at “Certification” .*\)\.\nThis step did not start that go-live\.\nTo follow it, run this action with `operationLocation: http/,
        ),
      },
    ]);
    expect(result.exitCode).toBe(0);
  },
);

const ENDINGS = [
  { outcome: "succeeded", exitCode: 0, level: "notice", says: /^The go-live of contoso\/contoso-vm succeeded/ },
  {
    outcome: "failed",
    exitCode: 1,
    level: "error",
    says: /^The offer did not pass certification\. \(CertificationFailed\)\n(.*\n)*.* this one follows an operation and would find the same end again\./,
  },
  {
    outcome: "canceled",
    exitCode: 1,
    level: "error",
    says: /^Somebody canceled it/,
  },
] as const;

test.each(ENDINGS)(
  "says with one question that an operation has $outcome",
  async ({ outcome, exitCode, level, says }) => {
    const { run, asked } = await startScenario(goingLive({ durationMs: 0, outcome }));
    const result = await run({ operationLocation: PATH });
    expect(asked()).toEqual([
      "GET list",
      "GET status",
      "GET operation",
      ...(outcome === "succeeded" ? ["GET list", "GET status"] : []),
    ]);
    expect(texts(result, level)).toEqual([expect.stringMatching(says)]);
    expect(result.outputs).toMatchObject({ operationId: ID, status: outcome });
    expect(result.exitCode).toBe(exitCode);
  },
);

test.each(ENDINGS)("follows an operation until it has $outcome, and starts nothing", async (ending) => {
  const { outcome, exitCode, level, says } = ending;
  const running = { kind: "garbage", status: 200, body: '{"status":"running"}' } as const;
  const { run, asked } = await startScenario({
    ...goingLive({ durationMs: 0, outcome }),
    faults: [{ on: "operation", nth: [1, 2], act: running }],
  });
  const result = await run({ operationLocation: PATH, ...WAITING });
  const looks = Array<string>(3).fill("GET operation");
  expect(asked()).toEqual([
    "GET list",
    "GET status",
    ...looks,
    ...(outcome === "succeeded" ? ["GET list", "GET status"] : []),
  ]);
  expect(texts(result, level)).toEqual([expect.stringMatching(says)]);
  expect(result.outputs["status"]).toBe(outcome);
  expect(result.exitCode).toBe(exitCode);
});

test("asks again what was not answered, and gives up after some seconds", async () => {
  const { run, asked } = await startScenario({ faults: [{ on: "operation", act: { kind: "reset", at: "request" } }] });
  const result = await run({ operationLocation: PATH }, { timeFactor: 60 });
  expect(asked()).toEqual(["GET list", "GET status", ...Array<string>(4).fill("GET operation")]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(/^The connection broke.*\nThis step did not start that go-live\.\nIt may still run\./),
  ]);
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test.each(["true", "false"])("says that there is no such operation (wait: %s)", async (wait) => {
  const { run, asked } = await startScenario();
  const result = await run({ ...WAITING_FAST, operationLocation: PATH, wait }, { timeFactor: 150 });
  // The list is asked whether it knows the operation: before, and once it is certain that it is not at its address.
  const look = ["GET list", "GET status"];
  expect(asked().slice(0, 2)).toEqual(look);
  expect(asked().slice(-2)).toEqual(look);
  expect(asked().slice(2, -2).length).toBeGreaterThanOrEqual(3);
  expect(new Set(asked().slice(2, -2))).toEqual(new Set(["GET operation"]));
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /HTTP 404 \(not found\).*\nThis step did not start that go-live\.\nIt may still run\.\nCheck `publisherId` and `offerId`/,
    ),
  ]);
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test.each(["running", "succeeded"])("refuses a publish to preview that is %s: it makes nothing live", async (state) => {
  const { run, asked, emulator } = await startScenario({
    offers: [
      { publisherId: "contoso", offerId: "contoso-vm", state: state === "running" ? "publishing" : "readyForGoLive" },
    ],
  });
  const operationLocation = PATH.replace(ID, "56615b67-2185-49fe-80d2-000000000001".toUpperCase());
  const result = await run({ operationLocation, ...WAITING });
  expect(asked()).toEqual(["GET list", "GET status"]);
  expect(emulator.goLives).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^`operationLocation` names a publish to preview, which makes nothing live \(http.*\)\.\nPass the output `operationLocation` of the step that started the go-live\. To follow the publish, set `target: preview`\.$/,
    ),
  ]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});

/** `{here}` is the endpoint's host and port, `{there}` those of another server. */
const REFUSED = [
  { text: `http://{there}${PATH}`, fault: "is on another origin" },
  { text: `http://{here}@{there}${PATH}`, fault: "is on another origin" },
  { text: `http://user:word@{here}${PATH}`, fault: "carries a user name or password" },
  ...[
    "/api/",
    "/api/..%2foperations/1",
    PATH.replace("/offers/", "//offers/"),
    `http://{here}/${PATH}`,
    `/v2${PATH}`,
    `${PATH};v=2`,
    `${PATH}%zz`,
    `/api/x/..${PATH.slice("/api".length)}`,
    PATH.replace("/operations/", "%2foperations/"),
    PATH.replace(ID, "$(id)"),
  ].map((text) => ({ text, fault: "is not written as the address of an operation" }) as const),
  { text: PATH.replace("contoso-vm", "contoso-app"), fault: "names an operation of another offer" },
  { text: "/api/operations/fabrikam$contoso-vm$2$preview", fault: "names an operation of another offer" },
] as const;

test.each(REFUSED)(
  "refuses a location that is not as the service writes it before any request: $text",
  async ({ text, fault }) => {
    const bystander = await startBystander();
    const { emulator, run } = await startScenario(goingLive());
    const [here, there] = [new URL(emulator.url).host, new URL(bystander.url).host];
    const operationLocation = text.replaceAll("{here}", here).replaceAll("{there}", there);
    const result = await run({ operationLocation, wait: "true" });
    expect(texts(result, "error")).toEqual([
      expect.stringMatching(new RegExp(`^\`operationLocation\`: .*${fault}.*\\nNothing was sent\\.$`)),
    ]);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
    expect(Object.keys(operationOutputs(result.outputs))).toEqual(["status"]);
    expect(emulator.requests).toEqual([]);
    expect(bystander.requests).toEqual([]);
  },
);

test.each<[string, unknown]>([
  ["an object", { id: "56615b67-2185-49fe-80d2-000000000001", status: "completed" }],
  ["an array of one", [{ id: "56615b67-2185-49fe-80d2-000000000001", status: "completed" }]],
  ["one that names another offer", { publisherId: "contoso", offerId: "contoso-app", status: "completed" }],
])("an answer about another operation is not taken for the end of this one: %s", async (_what, body) => {
  const answer = { kind: "garbage", status: 200, body: JSON.stringify(body) } as const;
  const { run } = await startScenario({ ...goingLive(), faults: [{ on: "operation", nth: [1, 2], act: answer }] });
  const result = await run(
    { operationLocation: PATH, wait: "true", timeoutMinutes: "1", pollIntervalSeconds: "1" },
    { timeFactor: 60 },
  );
  expect(result.log).toContain("the answer was about another operation than the one asked for");
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "running" } });
});
