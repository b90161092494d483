import { expect, test } from "@jest/globals";
import type { Fault, OperationPlan, StepPlan } from "../../emulator/emulator.ts";
import { annotations, soon, startScenario, texts, WAITING } from "../harness/scenario.ts";

function offersWith(goLive: OperationPlan) {
  return [{ publisherId: "contoso", offerId: "contoso-vm", goLive }];
}

const BLOCKED: StepPlan = {
  id: "displaycertify",
  stepName: "Certification",
  blockedUntil: 1,
  messages: [
    { level: "error", messageHtml: "<p>No image for plan <b>standard</b> &amp; co.</p>" },
    { level: "information", messageHtml: "Certification began." },
  ],
};

test("warns of a blocked step at once and once, and goes on with the operation", async () => {
  const step = { id: "displaycertify", stepName: "Certification", messages: BLOCKED.messages };
  const states = ["blocked", "Blocked", "blocked", "inProgress"].map((word) => ({
    status: "running",
    steps: [{ ...step, status: word }],
  }));
  const faults = states.map((body, at): Fault => ({
    on: "operation",
    nth: at + 1,
    act: { kind: "garbage", body: JSON.stringify(body) },
  }));
  const { run, asked } = await startScenario({ offers: offersWith({ durationMs: 0 }), faults });
  const result = await run(WAITING);
  expect(annotations(result).map(({ level, title }) => [level, title])).toEqual([
    ["warning", "Step “Certification” is blocked"],
    ["notice", "contoso/contoso-vm is live"],
  ]);
  expect(texts(result, "warning")).toEqual([
    "No image for plan standard & co. The go-live is not over: mend this in Partner Center, or wait if it is Microsoft's turn.",
  ]);
  // The warning follows the first answer and its messages.
  const lines = result.log.split("\n").filter((line) => !/^::debug::|^\d:\d\d:\d\d {4}/.test(line));
  const first = lines.findIndex((line) => line.includes("running, 0 of 1 steps done, at “Certification” (blocked"));
  expect(first).toBeGreaterThan(0);
  expect(lines[first + 1]).toMatch(/^::warning /);
  const questions = Array(states.length + 1).fill("GET operation");
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", ...questions, "GET list", "GET status"]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test("warns while the step is blocked, not only at the end", async () => {
  const { begin, emulator } = await startScenario({ offers: offersWith({ durationMs: Infinity, steps: [BLOCKED] }) });
  const step = begin(WAITING);
  expect(await soon(() => step.soFar().log.includes("::warning "))).toBe(true);
  expect(step.process.exitCode).toBeNull();
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("running");
});

const FAILING_STEPS: readonly StepPlan[] = [
  {
    id: "displaycertify",
    stepName: "Certification",
    messages: [
      { level: "warning", messageHtml: "The logo is <i>small</i>." },
      {
        level: "error",
        messageHtml: '<ul><li>Port 22 is open.</li><li>See <a href="https://aka.ms/vm">the rules</a></li></ul>',
      },
      { level: "error", messageHtml: "Swap space &lt; 1&nbsp;GB" },
    ],
  },
  { id: "displayprovision", stepName: "Provisioning", messages: [{ level: "error", messageHtml: "Quota<br>used up" }] },
];

const REASONS = [
  "Step “Certification”: * Port 22 is open. * See the rules (https://aka.ms/vm)",
  "Step “Certification”: Swap space < 1 GB",
  "Step “Provisioning”: Quota used up",
];

test("fails with the error of a failed operation and every error message of its steps, as plain text", async () => {
  const error = { code: "CertificationFailed", message: "The offer did not pass." };
  const { run, asked } = await startScenario({
    offers: offersWith({ durationMs: 0, outcome: "failed", error, steps: FAILING_STEPS }),
  });
  const result = await run(WAITING);
  expect(annotations(result)).toMatchObject([
    { level: "warning", title: "Step “Certification” warns", text: "The logo is small." },
    { level: "error", title: "The go-live of contoso/contoso-vm failed" },
  ]);
  expect(texts(result, "error")[0]?.split("\n")).toEqual([
    "The offer did not pass. (CertificationFailed)",
    ...REASONS,
    "Step “Provisioning”: The offer did not pass.",
    "Mend this in Partner Center, publish to preview again, then run this job again.",
    `Operation: ${result.outputs["operationLocation"]}`,
  ]);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation"]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "failed" } });
  expect(result.summary).toContain("## ❌ Not live&#58; the go&#45;live of contoso&#47;contoso&#45;vm failed");
  expect(result.summary).toContain("Step &#8220;Certification&#8221;&#58; Swap space &#60; 1 GB");
});

test("fails when the operation was canceled, with the error and what its steps say", async () => {
  const steps = [
    { id: "live", stepName: "Live", status: "canceled", messages: [{ level: "error", messageHtml: "<b>Stopped</b>" }] },
  ];
  const body = JSON.stringify([{ status: "canceled", steps, error: { code: "Canceled", message: "<p>By Ada</p>" } }]);
  const { run } = await startScenario({ faults: [{ on: "operation", act: { kind: "garbage", body } }] });
  const result = await run(WAITING);
  expect(annotations(result)).toMatchObject([
    { level: "error", title: "The go-live of contoso/contoso-vm was canceled" },
  ]);
  expect(texts(result, "error")[0]?.split("\n")).toEqual([
    "Somebody canceled it in Partner Center or through the API.",
    "By Ada (Canceled)",
    "Step “Live”: Stopped",
    "The offer is not live with this change. To start another go-live, run this job again.",
    `Operation: ${result.outputs["operationLocation"]}`,
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "canceled" } });
});

test.each([
  ["an error that is a text", { status: "failed", error: "<p>Not &amp; never</p>" }, "Not & never"],
  ["messages of its own", { status: "failed", messages: [{ level: "Error", messageHtml: "<p>Own</p>" }] }, "Own"],
  ["nothing but its status", { status: "failed" }, "The service gives no reason."],
])("fails with the reason of a failed operation that has %s", async (_what, body, reason) => {
  const act = { kind: "garbage", body: JSON.stringify(body) } as const;
  const { run } = await startScenario({ faults: [{ on: "operation", act }] });
  const result = await run(WAITING);
  expect(texts(result, "error")[0]?.split("\n")[0]).toBe(reason);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "failed" } });
});

test("names a step that failed without a message", async () => {
  const steps = [{ id: "live", stepName: "Live", status: "Rejected" }];
  const act = { kind: "garbage", body: JSON.stringify({ status: "failed", steps }) } as const;
  const { run } = await startScenario({ faults: [{ on: "operation", act }] });
  const result = await run(WAITING);
  expect(texts(result, "error")[0]).toContain("Step “Live” ended as “Rejected” without a message.");
});
