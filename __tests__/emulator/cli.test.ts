import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { type Behaviour, resolveBehaviour } from "../../emulator/cloud-partner-portal/behaviour.ts";
import type { BehaviourOption } from "../../emulator/shell/behaviour-option.ts";
import { centerOptions } from "../../emulator/partner-center/behaviour-options.ts";
import { behaviourOptions } from "../../emulator/shell/behaviour-options.ts";
import { centerPlanOptions } from "../../emulator/shell/center-plan.ts";
import { readCommandLine } from "../../emulator/shell/cli-options.ts";
import { greeting, requestLine } from "../../emulator/shell/cli-text.ts";
import { ingestionOptions } from "../../emulator/shell/ingestion-options.ts";
import { ingestionPlanOptions } from "../../emulator/shell/ingestion-plan.ts";
import { UsageError } from "../../emulator/shell/usage-error.ts";

const goLivePath = "/api/publishers/contoso/offers/contoso-vm/golive?api-version=2017-10-31";

function run(...words: readonly string[]) {
  const child = spawn(process.execPath, ["emulator/cli.ts", ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const printed = { out: "", error: "" };
  child.stdout.on("data", (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed.error += chunk.toString()));
  const printedSoFar = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(printed.out);
      if (match !== null) return match;
      await once(child.stdout, "data");
    }
  };
  return { child, printed, printedSoFar, ended: once(child, "close") };
}

function optionsOf(...words: readonly string[]) {
  const command = readCommandLine(words);
  if (command.kind === "help") throw new Error("The command line asks for help.");
  return command.options;
}

const faultsOf = (...texts: readonly string[]) => optionsOf(...texts.flatMap((text) => ["--fault", text])).faults;

test("it listens, shows how to reach it, logs each request and ends cleanly with SIGINT", async () => {
  const { child, printed, printedSoFar, ended } = run("--port", "0", "--fault", "goLive:1=status:503");
  const [, ingestionUrl] = await printedSoFar(/Ingestion API listens on (http:\S+) [^]*curl .*\n/);
  const [, url] = await printedSoFar(/listens on (http:\S+) /);
  await printedSoFar(/endpoint: http[^]*curl .*\n/);
  const init = { method: "POST", headers: { authorization: "Bearer emulator-token" } };
  expect((await fetch(`${url}${goLivePath}`, init)).status).toBe(503);
  expect((await fetch(`${url}${goLivePath}`, init)).status).toBe(202);
  await printedSoFar(/202\n/);
  const question = `${ingestionUrl}/rp/product-ingestion/product?externalId=contoso-vm&$version=2022-07-01`;
  const answer = await fetch(question, { headers: init.headers });
  expect(await answer.json()).toMatchObject({ value: [{ identity: { externalId: "contoso-vm" } }] });
  await printedSoFar(/200\n/);
  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(printed.out.split("\n").slice(-4)).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} POST \/api\/\S+ -> 503 \(fault: status\)$/),
    expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} POST \/api\/\S+ -> 202$/),
    expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} GET \/rp\/product-ingestion\/product\S+ -> 200$/),
    "",
  ]);
  expect(printed.error).toBe("");
});

test("--help says what there is and ends with 0", async () => {
  const { printed, ended } = run("--help");
  expect(await ended).toEqual([0, null]);
  const named = ["port", "publisher", "offer", "token", "state", "duration", "outcome", "fault", "help"];
  const ingestion = [
    ...[...Object.keys(ingestionOptions), ...Object.keys(ingestionPlanOptions)],
    ...[...Object.keys(centerOptions), ...Object.keys(centerPlanOptions)],
  ];
  for (const option of [...named, ...Object.keys(behaviourOptions), ...ingestion])
    expect(printed.out).toContain(`\n  --${option} `);
  for (const line of printed.out.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
});

test("the value that --help calls an option's default changes nothing", () => {
  const usual = Object.values<BehaviourOption<Partial<Behaviour>>>(behaviourOptions).filter(
    (option) => option.usual !== undefined,
  );
  for (const option of usual) {
    expect(resolveBehaviour(option.read(option.usual ?? "", "--option"))).toEqual(resolveBehaviour());
  }
});

test("a bad option is one line and exit code 2", async () => {
  const { printed, ended } = run("--duration", "soon");
  expect(await ended).toEqual([2, null]);
  expect(printed).toEqual({
    out: "",
    error: '--duration is a duration such as 500ms, 30s, 5m, 2h, 1d or never, not "soon". See --help.\n',
  });
});

test("a port in use is one line and exit code 2", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? String(address.port) : "";
  const { printed, ended } = run("--port", port);
  expect(await ended).toEqual([2, null]);
  expect(printed.error).toMatch(
    /^The emulator cannot listen there \(.*EADDRINUSE.*\); choose another --port, --ingestion-port, --center-port or --entra-port\. See --help\.\n$/,
  );
  server.close();
});

test("the options become those of the emulator", () => {
  const whereAndWho = ["--port", "80", "--publisher", "fabrikam", "--offer", "vm", "--token", "secret"];
  const goLive = ["--state", "goingLive", "--duration", "1.5h", "--outcome", "failed"];
  const spelling = ["--location", "none", "--body", "array", "--second-go-live", "accepted", "--retry-after", "5"];
  const lags = ["--list-lag", "1m", "--operation-lag", "2s", "--not-started", "250ms"];
  expect(optionsOf(...whereAndWho, ...goLive, ...spelling, ...lags)).toEqual({
    port: 80,
    tokens: { secret: {} },
    offers: [
      {
        publisherId: "fabrikam",
        offerId: "vm",
        state: "goingLive",
        goLive: { durationMs: 5_400_000, outcome: "failed" },
        publish: { durationMs: 5_400_000, outcome: "failed" },
      },
    ],
    behaviour: {
      location: "none",
      body: "array",
      secondGoLive: "accepted",
      listLagMs: 60_000,
      operationLagMs: 2_000,
      notStartedMs: 250,
      pollRetryAfter: "5",
    },
    faults: [],
    productIngestion: expect.objectContaining({ behaviour: {}, happenings: [], faults: [] }),
    partnerCenter: expect.objectContaining({ behaviour: {}, happenings: [], faults: [] }),
  });
  expect(optionsOf().behaviour).toEqual({});
  expect(optionsOf("--duration", "never").offers?.[0]?.goLive?.durationMs).toBe(Infinity);
});

test.each([
  [["--accepted-status", "204"], { acceptedStatus: 204 }],
  [["--location", "otherOffer"], { location: "otherOffer" }],
  [["--cancel-body", "required"], { cancelBody: "required" }],
  [["--cancel-status", "200"], { cancelStatus: 200 }],
  [["--cancel-lag", "3m"], { cancelMs: 180_000 }],
  [["--done-word", "complete"], { words: { succeeded: "complete" } }],
  [["--operation-id", "other"], { operationId: "other" }],
  [["--live-step-at-end", "notStarted"], { liveStepAtEnd: "notStarted" }],
  [["--operation-lag", "never"], { operationLagMs: Infinity }],
  [["--shared-shows-preview", "never"], { sharedShowsPreviewMs: Infinity }],
  [["--status-lag", "150s"], { statusLagMs: 150_000 }],
  [["--offer-status", "migrated"], { offerStatus: "migrated" }],
  [
    ["--status-after-success", "waiting", "--status-after-success-for", "10s"],
    { statusAfterSuccess: "waiting", statusAfterSuccessMs: 10_000 },
  ],
  [["--list-state-lag", "40s"], { listStateLagMs: 40_000 }],
  [["--slot-lag", "20s"], { slotLagMs: 20_000 }],
  [["--list-filters", "both"], { listFilters: "both" }],
  [["--list-order", "oldestFirst"], { listOrder: "oldestFirst" }],
  [["--list-paging", "@odata.nextLink", "--list-page-size", "2"], { listPaging: "@odata.nextLink", listPageSize: 2 }],
  [["--list-links", "relative", "--list-links-to", "samePage"], { listLinks: "relative", listLinksTo: "samePage" }],
  [["--list-link-origin", "https://pages.example"], { listLinkOrigin: "https://pages.example" }],
  [["--list-status", "206"], { listPartial: true }],
  [
    ["--list-go-live", '{"slot":null,"submissionType":"publish"}'],
    { listEntries: { production: { slot: undefined, submissionType: "publish" } } },
  ],
  [["--list-entry-form", "full"], { listEntryForm: "full" }],
  [["--list-id-case", "alternating"], { listIdCase: "alternating" }],
  [["--list-changed-time", "unzoned"], { listChangedTime: "unzoned" }],
  [["--request-ids", "correlationOnly"], { requestIds: "correlationOnly" }],
  [["--clock-offset", "3h"], { clockOffsetMs: 10_800_000 }],
  [["--clock-offset=-20m"], { clockOffsetMs: -1_200_000 }],
])("%j changes how the service behaves", (words, behaviour) => {
  expect(optionsOf(...words).behaviour).toStrictEqual(behaviour);
});

test.each([
  ["goLive:1=reset", { on: "goLive", nth: [1], act: { kind: "reset", at: "request" } }],
  ["goLive:1=reset+carriedOut", { on: "goLive", nth: [1], carriedOut: true, act: { kind: "reset", at: "request" } }],
  ["operation:2,3=close:body", { on: "operation", nth: [2, 3], act: { kind: "close", at: "body" } }],
  ["list=stall", { on: "list", act: { kind: "stall", at: "headers" } }],
  ["any=status:503", { on: "any", act: { kind: "status", status: 503 } }],
  ["status=delay:5s", { on: "status", act: { kind: "delay", durationMs: 5_000 } }],
  ["operation=garbage:a:b=c", { on: "operation", act: { kind: "garbage", body: "a:b=c" } }],
  ["operation=truncate:10", { on: "operation", act: { kind: "truncate", keepBytes: 10 } }],
  ["list=huge:1000", { on: "list", act: { kind: "huge", bytes: 1_000 } }],
  ["cancel=redirect:https://x.example/", { on: "cancel", act: { kind: "redirect", to: "https://x.example/" } }],
  [
    "list=raw:HTTP/1.1 200 OK\\r\\n\\x00\\xfF\\q",
    { on: "list", act: { kind: "raw", bytes: "HTTP/1.1 200 OK\r\n\u0000\u00ff\\q" } },
  ],
  ["goLive=interim", { on: "goLive", act: { kind: "interim", statuses: [100] } }],
  ["goLive=interim:100,103", { on: "goLive", act: { kind: "interim", statuses: [100, 103] } }],
  ["any=packed", { on: "any", act: { kind: "packed", encoding: "gzip" } }],
  ["any=packed:br", { on: "any", act: { kind: "packed", encoding: "br" } }],
])("the fault %s is understood", (text, fault) => {
  expect(faultsOf(text)).toEqual([fault]);
});

test.each([
  { on: "goLive", nth: [1], carriedOutAfterMs: 5_000, act: { kind: "reset", at: "headers" } },
  { on: "any", carriedOut: false, act: { kind: "headers", set: { location: "/" }, remove: ["date"] } },
  { on: "list", act: { kind: "status", status: 500, headers: { a: "b" }, body: "x" } },
  { on: "list", act: { kind: "garbage", body: "x", status: 500, contentType: "text/plain" } },
  { on: "list", act: { kind: "redirect", to: "/", status: 301 } },
  { on: "list", act: { kind: "packed", encoding: "gzip", bytes: 1_000 } },
])("the fault %j is understood", (fault) => {
  expect(faultsOf(JSON.stringify(fault))).toEqual([fault]);
});

test.each([
  ["goLive", '--fault is JSON or such as "goLive:1=reset", not "goLive".'],
  [
    "golive=reset",
    'The route of a fault is one of goLive, publish, operation, list, status, cancel, publishers, offers, offer, saveOffer, unknown, any, not "golive".',
  ],
  ["list=reset:end", 'at is one of request, headers, body, not "end".'],
  ["list=status", "status is a whole number, not left out."],
  ["list=status:abc", "status is a whole number, not null."],
  ["list=status:12", "A fault's status is a whole number from 200 to 999, not 12."],
  ['{"on":"list","act":{"kind":"headers","set":{"a":"\\n"}}}', 'Invalid character in header content ["a"]'],
  ["list=delay:x", 'The delay of a fault is a duration such as 500ms, 30s, 5m, 2h, 1d or never, not "x".'],
  ["list=constructor", /^The kind of a fault is one of status, reset, .*, not "constructor"\.$/],
  ["{", "--fault is not valid JSON: {"],
  ['{"on":"list"}', "The act of a fault is an object, not left out."],
  ['{"on":"list","act":{"kind":"stall","at":"headers","for":1}}', 'A stall fault has no "for"; it has at.'],
  ['{"on":"list","often":1,"act":{}}', /^A fault has no "often"; it has on, nth, /],
  ['{"on":"list","act":{"kind":"headers","set":{"a":1}}}', "a in set is a text, not 1."],
  ['{"on":"list","carriedOut":1,"act":{"kind":"stall","at":"body"}}', "carriedOut is true or false, not 1."],
])("the fault %s is refused", (text, message) => {
  expect(() => faultsOf(text)).toThrow(message);
  expect(() => faultsOf(text)).toThrow(UsageError);
});

test.each([
  [["--nothing"], /^Unknown option '--nothing'/],
  [["golive"], /^Unexpected argument 'golive'/],
  [["--port", "70000"], '--port is a number from 0 (any free port) to 65535, not "70000".'],
  [["--outcome", "done"], '--outcome is one of succeeded, failed, canceled, not "done".'],
  [["--accepted-status", "500"], '--accepted-status is one of 202, 200, 201, 204, 303, not "500".'],
  [["--list-page-size", "0"], '--list-page-size is a whole number of 1 or more, not "0".'],
  [["--list-lag", "-1s"], /^Option '--list-lag' argument is ambiguous/],
  [["--list-lag=-1s"], '--list-lag is a duration such as 500ms, 30s, 5m, 2h, 1d or never, not "-1s".'],
  [["--list-go-live", "{"], "--list-go-live is not valid JSON: {"],
  [["--list-go-live", "[]"], "--list-go-live is an object, not []."],
  [["--retry-after", "5\n"], '--retry-after is a text of printable ASCII characters, not "5\\n".'],
])("the words %j are refused", (words, message) => {
  expect(() => readCommandLine(words)).toThrow(message);
  expect(() => readCommandLine(words)).toThrow(UsageError);
});

test("what is printed can be pasted", () => {
  const productIngestion = { url: "http://127.0.0.1:8788", endpoint: "http://127.0.0.1:8788/rp/product-ingestion" };
  const partnerCenter = { url: "http://127.0.0.1:8789", endpoint: "http://127.0.0.1:8789/v1.0/ingestion" };
  const addresses = { url: "http://127.0.0.1:8787", productIngestion, partnerCenter };
  const text = greeting(addresses, { publisherId: "contoso", offerId: "contoso-vm", token: "abc" });
  expect(text).toContain("      endpoint: http://127.0.0.1:8787\n");
  const headers = "-H 'Content-Length: 0' -H 'Authorization: Bearer abc'";
  expect(text).toContain(`  curl -i -X POST ${headers} 'http://127.0.0.1:8787${goLivePath}'\n`);
  const question = "product?externalId=contoso-vm&$version=2022-07-01";
  expect(text).toContain("The Product Ingestion API listens on http://127.0.0.1:8788 and takes the same token:\n");
  expect(text).toContain(`  curl -i -H 'Authorization: Bearer abc' '${productIngestion.endpoint}/${question}'\n`);
  expect(text).toContain(
    "The Partner Center submission API listens on http://127.0.0.1:8789 and takes the same token:\n",
  );
  const [, centerQuestion = ""] = /'(http:\/\/127\.0\.0\.1:8789[^']*)'/.exec(text) ?? [];
  expect(new URL(centerQuestion).searchParams.get("$filter")).toBe(
    "ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'contoso-vm')",
  );
});

test("a request is one line", () => {
  const asked = { atMs: 1_000, method: "GET", path: "/x", route: "unknown", headers: {}, body: "" } as const;
  expect(requestLine({ ...asked, answer: 404 })).toBe("00:00:01.000 GET /x -> 404");
  expect(requestLine({ ...asked, answer: "stalled", fault: "stall" })).toBe(
    "00:00:01.000 GET /x -> stalled (fault: stall)",
  );
});
