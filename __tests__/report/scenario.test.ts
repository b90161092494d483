import { expect, test } from "@jest/globals";
import type { EmulatorOptions } from "../../emulator/emulator.ts";
import { readLog, shownLog } from "../../emulator/step/runner-log.ts";
import { annotations, soon, startScenario, WAITING, WAITING_FAST } from "../harness/scenario.ts";
import { brokenRows, strangeLines } from "../harness/summary-form.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const LISTING = "https://azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm";
const RUN = { GITHUB_REPOSITORY: "contoso/release", GITHUB_RUN_ID: "4711" } as const;

const blocked: EmulatorOptions = {
  offers: [
    {
      ...OFFER,
      goLive: {
        durationMs: 300,
        steps: [
          {
            id: "displaycertify",
            stepName: "Certification",
            blockedFrom: 0,
            blockedUntil: 0.7,
            messages: [
              { messageHtml: "Sign <b>off</b>.", level: "error" },
              { messageHtml: "Old kernel.", level: "warning", atShare: 0.8 },
            ],
          },
        ],
      },
    },
  ],
};

test("tells a whole wait: plan, lines, one warning for each thing, a notice when live, and groups", async () => {
  const { run } = await startScenario(blocked);
  const result = await run(WAITING, { environment: RUN });
  expect(result.exitCode).toBe(0);
  expect(annotations(result).map(({ level, title }) => `${level}: ${title}`)).toEqual([
    "warning: Step “Certification” is blocked",
    "warning: Step “Certification” warns",
    "notice: contoso/contoso-vm is live",
  ]);
  const lines = shownLog(result.log);
  expect(lines[0]).toMatch(/^0:00:00 {2}Plan: make contoso\/contoso-vm go live, once\./);
  expect(lines.filter((line) => line.startsWith("▼"))).toEqual(["▼ Steps", "▼ Facts"]);
  expect(lines.filter((line) => / {6}(?:error|warning): /.test(line)).map((line) => line.slice(13))).toEqual([
    "error: Sign off.",
    "warning: Old kernel.",
  ]);
  const groups = readLog(result.log).commands.filter(({ name }) => name.endsWith("group"));
  expect(groups.map(({ name }) => name)).toEqual(["group", "endgroup", "group", "endgroup"]);
  expect(result.summary).toContain("## ✅ Live");
  expect(result.summary).toContain(
    "| run | https&#58;&#47;&#47;github&#46;com&#47;contoso&#47;release&#47;actions&#47;runs&#47;4711 |",
  );
  expect(strangeLines(result.summary)).toEqual([]);
  expect(brokenRows(result.summary)).toEqual([]);
  expect(result.outputs).toMatchObject({ listingUrl: LISTING, status: "succeeded" });
  expect(Number(result.outputs["durationSeconds"])).toBeLessThan(30);
  expect(JSON.parse(result.outputs["result"] ?? "")).toMatchObject({
    status: "succeeded",
    steps: [{ name: "Certification" }],
  });
});

test("writes every request to the debug log: method, address, status, time and request id, no body", async () => {
  const { run, emulator } = await startScenario();
  const { log } = await run({}, { environment: { RUNNER_DEBUG: "1" } });
  const debug = readLog(log).commands.flatMap(({ name, message }) => (name === "debug" ? [message] : []));
  const id = "[0-9a-f-]{36}";
  const root = `${emulator.url}/api/publishers/contoso/offers/contoso-vm`;
  expect(debug.filter((line) => line.includes("request id"))).toEqual([
    expect.stringMatching(new RegExp(`^GET ${root}/submissions/: 200 in \\d+ ms, request id ${id}$`)),
    expect.stringMatching(new RegExp(`^GET ${root}/status: 200 in \\d+ ms, request id ${id}$`)),
    expect.stringMatching(new RegExp(`^POST ${root}/golive: 202 in \\d+ ms, request id ${id}$`)),
  ]);
});

test("leaves how it stands to a step that is killed, and no listing that may not be there", async () => {
  const { begin } = await startScenario({ offers: [{ ...OFFER, goLive: { durationMs: Infinity } }] });
  const step = begin(WAITING);
  expect(await soon(() => step.soFar().outputs["status"] === "running")).toBe(true);
  step.process.kill("SIGKILL");
  const { outputs } = await step.result;
  expect(outputs).toMatchObject({ status: "running" });
  expect(outputs).not.toHaveProperty("listingUrl");
  expect(outputs).not.toHaveProperty("result");
});

test.each<[string, EmulatorOptions, Readonly<Record<string, string>>, string, string]>([
  ["a refusal", { faults: [{ on: "goLive", act: { kind: "status", status: 400 } }] }, {}, "rejected", "notStarted"],
  ["unusable inputs", {}, { wait: "perhaps" }, "rejected", "badInputs"],
  [
    "a deadline",
    { offers: [{ ...OFFER, goLive: { durationMs: Infinity } }] },
    { ...WAITING_FAST, timeoutMinutes: "0.5" },
    "running",
    "deadline",
  ],
])("leaves a summary and all outputs after %s, and one error", async (_what, options, inputs, status, ending) => {
  const { run } = await startScenario(options);
  const result = await run(inputs, { timeFactor: 60 });
  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({ status, durationSeconds: expect.stringMatching(/^\d+$/) });
  expect(JSON.parse(result.outputs["result"] ?? "")).toMatchObject({ version: 1, status, ending });
  expect(annotations(result).filter(({ level }) => level === "error")).toHaveLength(1);
  expect(annotations(result).every(({ title }) => title !== "")).toBe(true);
  expect(strangeLines(result.summary)).toEqual([]);
  expect(result.summary).toMatch(/^## (?:❌|⏳) Not live/);
});

test("leaves a summary and all outputs when the run is cancelled", async () => {
  const { begin, asked } = await startScenario({ offers: [{ ...OFFER, goLive: { durationMs: Infinity } }] });
  const step = begin(WAITING);
  expect(await soon(() => asked().includes("GET operation"))).toBe(true);
  step.process.kill("SIGINT");
  const result = await step.result;
  expect(JSON.parse(result.outputs["result"] ?? "")).toMatchObject({ status: "running", ending: "interrupted" });
  expect(result.summary).toContain("## ⏳ Not live yet");
  expect(result.summary).toContain("```yaml");
});
