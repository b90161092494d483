import { expect, test } from "@jest/globals";
import type { Behaviour, Fault } from "../../emulator/emulator.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { annotations, operationOutputs, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

/** Three minutes of the step's clock, and of the service's, in one and a half seconds. */
const timeFactor = 120;

/** It has succeeded when it is asked after for the first time. */
const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 0 } }] as const;

const BEGIN = ["GET list", "GET status", "POST goLive", "GET operation"] as const;
const CONFIRMED = ["GET list", "GET status"] as const;
const AGAIN = ["GET operation", ...CONFIRMED] as const;

function again(rounds: number): readonly string[] {
  return Array.from({ length: rounds }, () => AGAIN).flat();
}

const SIGN_OFF =
  "the offer still waits for the publisher's sign-off, which a go-live gives (status “waitingForPublisherReview”)";

const LASTING: readonly (readonly [what: string, behaviour: Partial<Behaviour>, text: string])[] = [
  ["the offer still waits for the publisher's sign-off", { statusAfterSuccess: "waiting" }, SIGN_OFF],
  [
    "its step that makes the offer live has failed",
    { liveStepAtEnd: "failed" },
    "its step “Live”, which makes the offer live, is “failed”",
  ],
  [
    "its step that makes the offer live has not begun",
    { liveStepAtEnd: "notStarted" },
    "its step “Live”, which makes the offer live, is “notStarted”",
  ],
  [
    "the list calls it a publish to preview",
    { listEntries: { production: { slot: "staging", submissionType: "publish" } } },
    "the list of the offer's operations calls it a publish to preview, which makes nothing live",
  ],
  [
    "the list says that it has failed",
    { listEntries: { production: { submissionState: "failed" } } },
    "the list of the offer's operations calls it “failed”",
  ],
];

// All at once, because each takes its three minutes.
test(`asks for three minutes, and then calls no success live, while ${LASTING.map(([what]) => what).join(", or ")}`, () =>
  Promise.all(LASTING.map(expectDoubt)));

async function expectDoubt([, behaviour, text]: (typeof LASTING)[number]): Promise<void> {
  const clock = createFastClock(timeFactor);
  const { run, asked, emulator } = await startScenario({ offers, behaviour, clock });
  const result = await run(WAITING_FAST, { timeFactor });
  const location = result.outputs["operationLocation"];
  expect(asked()).toEqual([...BEGIN, ...CONFIRMED, ...again(6)]);
  const times = emulator.requests.filter(({ route }) => route === "list").map(({ atMs }) => atMs);
  expect(Number(times.at(-1)) - Number(times[1])).toBeGreaterThan(180_000);
  const told = `The operation says that it succeeded, but ${text}. Asking again, for three minutes at the most.`;
  expect(result.log).toContain(told);
  expect(annotations(result)).toEqual([
    {
      level: "error",
      title: "Nobody can tell whether it is live",
      text: [
        `The operation of contoso/contoso-vm says “completed”, but ${text}.`,
        "Look in Partner Center whether the offer is live with this change.",
        `To follow it, run this action with \`operationLocation: ${location}\` and \`wait: true\`: that starts nothing.`,
      ].join("\n"),
    },
  ]);
  expect(result.summary).toMatch(/^## ⚠️ Live or not&#44; nobody can tell&#58; the service contradicts itself/);
  expect(result.summary).not.toContain("✅");
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown", operationId: emulator.goLives[0]?.id } });
  expect(JSON.parse(result.outputs["result"] ?? "")).toMatchObject({ status: "unknown", ending: "contradicted" });
}

test.each<[string, Partial<Behaviour>, string, readonly string[]]>([
  ["the offer's status", { statusAfterSuccess: "waiting", statusAfterSuccessMs: 20_000 }, SIGN_OFF, AGAIN],
  [
    "the list",
    { listStateLagMs: 20_000 },
    "the list of the offer's operations calls it “running”",
    // What the list shows to be running is enough to know.
    ["GET operation", "GET list"],
  ],
])("waits for %s to catch up with a success", async (_what, behaviour, text, doubted) => {
  const { run, asked } = await startScenario({
    offers: [{ ...offers[0], goLive: { durationMs: 30_000 } }],
    behaviour,
    clock: createFastClock(timeFactor),
  });
  const result = await run(WAITING_FAST, { timeFactor });
  const questions = asked().slice(asked().indexOf("GET list", 1) - 1);
  const rounds = (questions.length - AGAIN.length) / doubted.length;
  expect(rounds).toBeGreaterThanOrEqual(2);
  expect(rounds).toBeLessThan(6);
  expect(questions).toEqual([...Array.from({ length: rounds }, () => doubted).flat(), ...AGAIN]);
  expect(result.log.split(`but ${text}. Asking again`)).toHaveLength(2);
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "contoso/contoso-vm is live" }]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

const refused: Fault["act"] = { kind: "status", status: 403 };
const broken: Fault["act"] = { kind: "reset", at: "request" };
const nonsense: Fault["act"] = { kind: "garbage", body: '{"status":7}' };

test.each<[on: "list" | "status", how: string, act: Fault["act"], looks: number]>([
  ["list", "is refused", refused, 1],
  ["status", "is refused", refused, 1],
  // Seven looks, and a list that cannot be had is asked for four times in each.
  ["list", "breaks off every time", broken, 28],
  ["status", "breaks off every time", broken, 7],
  ["list", "is answered with nonsense", nonsense, 28],
  ["status", "is answered with nonsense", nonsense, 7],
])("takes a success as it is when the %s, which could contradict it, %s", async (on, _how, act, looks) => {
  const nth = Array.from({ length: 40 }, (_, at) => at + 2);
  const clock = createFastClock(timeFactor);
  const { run, asked } = await startScenario({ offers, faults: [{ on, nth, act }], clock });
  const result = await run(WAITING_FAST, { timeFactor });
  const look = on === "list" ? ["GET list"] : CONFIRMED;
  // A busy machine may let a list time out, which is then asked for again.
  const questions =
    on === "list" ? asked() : asked().filter((question, at, all) => !isListAgain(question, all[at - 1]));
  expect(questions).toEqual([...BEGIN, ...Array.from({ length: looks }, () => look).flat()]);
  expect(texts(result, "warning")).toEqual([]);
  expect(operationOutputs(result.outputs)).toMatchObject({ status: "succeeded" });
  expect(result.exitCode).toBe(0);
});

function isListAgain(question: string, before: string | undefined): boolean {
  return question === "GET list" && before === question;
}
