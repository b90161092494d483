import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { startScenario, texts, WAITING } from "../harness/scenario.ts";

/** An offer whose go-live is over in no time, so that the list and the status say so too. */
const DONE = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 0 } }] as const;

function told(body: unknown, nth?: number): Fault {
  const act = { kind: "garbage", status: 200, body: typeof body === "string" ? body : JSON.stringify(body) } as const;
  return { on: "operation", act, ...(nth === undefined ? {} : { nth }) };
}

test("a message that the HTML parser trips over is read without its tags, and the wait goes on", async () => {
  const messages = [{ level: "warning", messageHtml: '<ol type="I" start="10000"><li>Mend the logo.</li></ol>' }];
  const { run, asked } = await startScenario({
    offers: DONE,
    faults: [told({ status: "running", messages }, 1), told({ status: "completed" })],
  });
  const result = await run(WAITING);
  expect(asked().filter((one) => one === "GET operation")).toHaveLength(2);
  expect(texts(result, "warning")).toEqual(["Mend the logo."]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test.each<[string, object, RegExp]>([
  [
    "as a list",
    { error: [{ code: "BadPlan", message: "Plan a." }, { message: "Plan b." }] },
    /^Plan a\. Plan b\. \(BadPlan\)\n/,
  ],
  [
    "in its details",
    { error: { code: "Bad", message: "Not valid.", details: [{ message: "The <b>logo</b> is too small." }] } },
    /^Not valid\. The logo is too small\. \(Bad\)\n/,
  ],
  [
    "deep within",
    { error: { innererror: { innererror: { code: "Cause", message: "The cause." } } } },
    /^The cause\. \(Cause\)\n/,
  ],
  [
    "on a step",
    { steps: [{ stepName: "Certification", status: "failed", error: { details: [{ message: "No price." }] } }] },
    /^Step “Certification”: No price\./,
  ],
])("the reason of a failure is told when it stands %s", async (_where, body, says) => {
  const { run } = await startScenario({ faults: [told({ status: "failed", ...body })] });
  const result = await run(WAITING);
  expect(texts(result, "error")).toEqual([expect.stringMatching(says)]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "failed" } });
});

test("the reasons of a refusal are told, when they are a list, too", async () => {
  const body = JSON.stringify({ error: [{ message: "No preview." }, { details: [{ message: "No sign-off." }] }] });
  const { run } = await startScenario({ faults: [{ on: "goLive", act: { kind: "status", status: 422, body } }] });
  const result = await run();
  expect(texts(result, "error")).toEqual([expect.stringContaining("“No preview. No sign-off.”")]);
});

test.each(["steps", "messages", "liveLinks"])("of 4 MiB of empty %s the status counts", async (name) => {
  const many = (status: string): string => `{"status":"${status}","${name}":[${"{},".repeat(1_390_000)}{}]}`;
  const faults = [told(many("running"), 1), told(many("completed"))];
  const { run } = await startScenario({ offers: DONE, faults });
  const result = await run(WAITING);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test("of a list of 4 MiB nobody can say whether a go-live runs, so none is sent", async () => {
  const old = '{"id":"1","slot":"production","submissionState":"completed"}';
  const body = `[${`${old},`.repeat(60_000)}${old.replace("completed", "running")}]`;
  const { run, asked } = await startScenario({ faults: [{ on: "list", act: { kind: "garbage", body } }] });
  const result = await run({}, { timeFactor: 60 });
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
