import { expect, test } from "@jest/globals";
import type { EmulatorOptions, Fault } from "../../emulator/emulator.ts";
import { annotations, type Scenario, startScenario, TOKEN } from "../harness/scenario.ts";

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }] as const;
const PATH = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";
const goingLive: Pick<EmulatorOptions, "offers"> = {
  offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running: { durationMs: Infinity } }],
};

/** What a main phase leaves that died while it waited, and one that died before an answer came. */
function leftBehind({ emulator }: Scenario): Readonly<Record<string, string>> {
  return { phase: "main", sent: "true", origin: "started", operationLocation: emulator.url + PATH };
}
const leftWithoutAnswer = { phase: "main", sent: "true" } as const;

async function startGoingLive(faults: readonly Fault[] = []): Promise<Scenario & { readonly where: string }> {
  const scenario = await startScenario({ ...goingLive, faults });
  return { ...scenario, where: `The go-live of contoso/contoso-vm is at ${scenario.emulator.url}${PATH}` };
}

test("leaves the go-live running by default, asks nothing and says where it is", async () => {
  const scenario = await startGoingLive();
  const result = await scenario.run({}, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual([]);
  expect(annotations(result)).toEqual([
    {
      level: "notice",
      title: "The go-live was left as it is",
      text: `${scenario.where} It was left as it is (\`onCancel: leave\`).`,
    },
  ]);
  expect(result).toMatchObject({ exitCode: 0, outputs: {} });
});

test("asks the service to cancel with onCancel: cancel, and says what it answered", async () => {
  const scenario = await startGoingLive();
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual(["GET operation", "POST cancel"]);
  expect(scenario.emulator.requests[1]).toMatchObject({
    path: "/api/publishers/contoso/offers/contoso-vm/cancel?api-version=2017-10-31",
    answer: 202,
    headers: expect.objectContaining({ authorization: `Bearer ${TOKEN}`, "content-length": "0" }),
    body: "",
  });
  expect(annotations(result)).toEqual([
    {
      level: "notice",
      title: "The service was asked to cancel the go-live",
      text: `The service was asked to cancel the go-live. It took the wish: it takes 1 to 3 minutes until the go-live is canceled; check in Partner Center, for it also answers so when nothing runs. ${scenario.where}`,
    },
  ]);
  // What the step itself has written there may say that the service could not be asked.
  expect(result.summary).toMatch(
    /^## ⏳ At the end of the job&#58; The service was asked to cancel the go&#45;live\n\nThe service was asked to cancel/,
  );
  expect(result.exitCode).toBe(0);
});

test("tells a 200 from a 202", async () => {
  const scenario = await startGoingLive([{ on: "cancel", act: { kind: "status", status: 200, body: "" } }]);
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(annotations(result)).toEqual([
    expect.objectContaining({
      level: "notice",
      text: expect.stringContaining(
        "The service was asked to cancel the go-live. It says that this is done; check in Partner Center",
      ),
    }),
  ]);
  expect(result.exitCode).toBe(0);
});

test.each([
  [403, "not allowed"],
  [404, "not found"],
])("takes a %d for the last word on the cancel, and says that the go-live may still run", async (status, meaning) => {
  const scenario = await startGoingLive([{ on: "cancel", act: { kind: "status", status } }]);
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual(["GET operation", "POST cancel"]);
  const [annotation] = annotations(result);
  expect(annotation).toMatchObject({ level: "error", title: "The go-live may still run" });
  expect(annotation?.text).toContain(`“The emulator was told to answer ${status}.” [HTTP ${status} (${meaning})`);
  expect(annotation?.text).toContain(`\nCancel it in Partner Center. ${scenario.where}`);
  expect(result.exitCode).toBe(1);
});

const PASSING = [
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a 503", act: { kind: "status", status: 503 } },
  { what: "a 429 with Retry-After", act: { kind: "status", status: 429, headers: { "retry-after": "20" } } },
  { what: "silence", act: { kind: "stall", at: "headers" } },
] as const satisfies readonly { readonly what: string; readonly act: Fault["act"] }[];

test.each(PASSING)("asks to cancel again after $what", async ({ act }) => {
  const scenario = await startGoingLive([{ on: "cancel", nth: 1, act }]);
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario), timeFactor: 60 });
  expect(scenario.asked()).toEqual(["GET operation", "POST cancel", "POST cancel"]);
  expect(result.log).toMatch(/Could not ask to cancel: .*\. Trying again\./);
  expect(annotations(result)).toEqual([
    expect.objectContaining({ level: "notice", title: "The service was asked to cancel the go-live" }),
  ]);
  expect(result.exitCode).toBe(0);
});

test.each(PASSING.filter(({ act }) => act.kind !== "stall"))(
  "gives up to cancel after some tries that all end in $what",
  async ({ act }) => {
    const scenario = await startGoingLive([{ on: "cancel", act }]);
    const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario), timeFactor: 60 });
    expect(scenario.asked()).toEqual(["GET operation", ...Array<string>(4).fill("POST cancel")]);
    expect(annotations(result)).toEqual([
      expect.objectContaining({
        level: "error",
        title: "The go-live may still run",
        text: expect.stringContaining(scenario.where),
      }),
    ]);
    expect(result.exitCode).toBe(1);
  },
);

const MAYBE =
  "A go-live of contoso/contoso-vm may have been sent, and no answer is known: look in Partner Center whether it runs.";

test.each([
  { onCancel: "leave", level: "notice", says: `${MAYBE} It was left as it is (\`onCancel: leave\`).` },
  {
    onCancel: "cancel",
    level: "warning",
    says: `The service was not asked to cancel: nobody can tell whether a go-live that runs is the one of this run. ${MAYBE}`,
  },
])(
  "asks nothing, but says what is known, of a go-live whose answer never came (onCancel: $onCancel)",
  async ({ onCancel, level, says }) => {
    const scenario = await startGoingLive();
    const result = await scenario.run({ onCancel }, { state: leftWithoutAnswer });
    expect(scenario.asked()).toEqual([]);
    expect(annotations(result)).toEqual([expect.objectContaining({ level, text: says })]);
    expect(result.exitCode).toBe(0);
  },
);

test.each(["adopted", "watched", "", "stolen"])(
  "cancels nothing that this run did not start: the step has left %j",
  async (origin) => {
    const scenario = await startGoingLive();
    const state = { ...leftBehind(scenario), origin };
    const result = await scenario.run({ onCancel: "cancel" }, { state });
    expect(scenario.asked()).toEqual([]);
    expect(annotations(result)).toEqual([
      {
        level: "notice",
        title: "The service was not asked to cancel",
        text: `The go-live was left as it is: this run did not start it. ${scenario.where}`,
      },
    ]);
    expect(result.exitCode).toBe(0);
  },
);

test("cancels nothing that has ended in the meantime, and says how", async () => {
  const ended = { state: "goingLive", running: { durationMs: 0, outcome: "failed" } } as const;
  const scenario = await startScenario({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", ...ended }] });
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual(["GET operation"]);
  expect(annotations(result)).toEqual([
    {
      level: "notice",
      title: "Nothing was left to cancel",
      text: `The service was not asked to cancel: the go-live had ended before (failed). The go-live of contoso/contoso-vm is at ${scenario.emulator.url}${PATH}`,
    },
  ]);
});

test.each([403, 404, 503])("asks to cancel all the same when a look at it is answered with %d", async (status) => {
  const scenario = await startGoingLive([{ on: "operation", act: { kind: "status", status } }]);
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual(["GET operation", "POST cancel"]);
  expect(annotations(result)).toEqual([
    expect.objectContaining({ title: "The service was asked to cancel the go-live" }),
  ]);
});

test("sends the documented form after a 400, once", async () => {
  const scenario = await startGoingLive([{ on: "cancel", nth: 1, act: { kind: "status", status: 400 } }]);
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual(["GET operation", "POST cancel", "POST cancel"]);
  expect(scenario.emulator.requests.slice(1).map(({ body }) => body)).toEqual([
    "",
    '{"metadata":{"notification-emails":""}}',
  ]);
  expect(annotations(result)).toEqual([
    expect.objectContaining({ title: "The service was asked to cancel the go-live" }),
  ]);
});

test("takes a second 400 for the last word on the cancel", async () => {
  const scenario = await startGoingLive([{ on: "cancel", act: { kind: "status", status: 400 } }]);
  const result = await scenario.run({ onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual(["GET operation", "POST cancel", "POST cancel"]);
  expect(annotations(result)).toEqual([
    expect.objectContaining({
      level: "error",
      title: "The go-live may still run",
      text: expect.stringContaining("HTTP 400"),
    }),
  ]);
  expect(result.exitCode).toBe(1);
});

test.each(["leave", "cancel"])("does nothing where the step has asked to cancel (onCancel: %s)", async (onCancel) => {
  const scenario = await startGoingLive();
  const result = await scenario.run({ onCancel }, { state: { ...leftBehind(scenario), cancelAsked: "202" } });
  expect(scenario.asked()).toEqual([]);
  expect(annotations(result)).toEqual([]);
  expect(result.log).toContain("this step has asked the service to cancel the go-live");
  expect(result.exitCode).toBe(0);
});

test.each(["leave", "cancel"])("does nothing when nothing was sent (onCancel: %s)", async (onCancel) => {
  const scenario = await startGoingLive();
  const result = await scenario.run({ onCancel }, { state: { phase: "main" } });
  expect(scenario.asked()).toEqual([]);
  expect(annotations(result)).toEqual([]);
  expect(result.log).toContain("Nothing was sent before the run was cancelled.");
  expect(result.exitCode).toBe(0);
});

test.each(["leave", "cancel"])("does nothing when the main phase had concluded (onCancel: %s)", async (onCancel) => {
  const { run, asked, emulator } = await startScenario({ offers });
  const { state } = await run({ onCancel });
  const result = await run({ onCancel }, { state });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("running");
  expect(result.log).toContain("Nothing is left to do: this step has said how it ended.");
  expect(result.exitCode).toBe(0);
});

test("does nothing after inputs that could not be used", async () => {
  const { run, asked } = await startScenario();
  const { state, exitCode } = await run({ publisherId: "" });
  expect(exitCode).toBe(1);
  const result = await run({ publisherId: "", onCancel: "cancel" }, { state });
  expect(asked()).toEqual([]);
  expect(result.log).toContain("Nothing was sent before the run was cancelled.");
});

test("says where the go-live is when the inputs cannot be read any more", async () => {
  const scenario = await startGoingLive();
  const result = await scenario.run({ token: "", onCancel: "cancel" }, { state: leftBehind(scenario) });
  expect(scenario.asked()).toEqual([]);
  expect(annotations(result)).toEqual([
    {
      level: "warning",
      title: "The service was not asked to cancel",
      text: `${scenario.where} The inputs cannot be read any more.`,
    },
  ]);
});
