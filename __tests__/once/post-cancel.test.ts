import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { annotations, soon, startScenario } from "../harness/scenario.ts";

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }] as const;

const KILLED = [
  { when: "while it waits", faults: [], sends: "GET operation", says: "The go-live of contoso/contoso-vm is at http" },
  {
    when: "before the answer came",
    faults: [{ on: "goLive", carriedOut: true, act: { kind: "stall", at: "headers" } }],
    sends: "POST goLive",
    says: "A go-live of contoso/contoso-vm may have been sent, and no answer is known",
  },
] as const satisfies readonly {
  readonly when: string;
  readonly faults: readonly Fault[];
  readonly [key: string]: unknown;
}[];

test.each(KILLED)("cancels the go-live of a step that was killed $when", async ({ faults, sends, says }) => {
  const { emulator, begin, run, asked } = await startScenario({ offers, faults, behaviour: { cancelMs: 0 } });
  const step = begin({ wait: "true", onCancel: "cancel", pollIntervalSeconds: "0.02" });
  expect(await soon(() => asked().includes(sends))).toBe(true);
  step.process.kill("SIGKILL");
  const { state } = await step.result;
  const result = await run({ onCancel: "cancel" }, { state });
  expect(asked().at(-1)).toBe("POST cancel");
  expect(asked().filter((one) => one === "POST goLive")).toHaveLength(1);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("canceled");
  expect(annotations(result)).toEqual([
    expect.objectContaining({ title: "Cancel asked for", text: expect.stringContaining(says) }),
  ]);
});

/** Windows has no signals: there a runner ends a step as SIGKILL does. */
const SIGNALS: readonly NodeJS.Signals[] = process.platform === "win32" ? [] : ["SIGINT"];
const ASKED_NEXT = "the service is asked to cancel it (`onCancel: cancel`)";
const CANCELLED = [
  {
    when: "while it waits",
    wait: "true",
    act: { kind: "delay", durationMs: 0 },
    sends: "GET operation",
    says: ASKED_NEXT,
  },
  {
    when: "just before it was accepted",
    wait: "false",
    act: { kind: "delay", durationMs: 150 },
    sends: "POST goLive",
    says: ASKED_NEXT,
  },
  {
    when: "and was never answered",
    wait: "true",
    act: { kind: "stall", at: "headers" },
    sends: "POST goLive",
    says: "Nobody can tell whether",
  },
] as const;

for (const signal of SIGNALS) {
  test.each(CANCELLED)(
    `cancels the go-live of a run that was cancelled (${signal}) $when`,
    async ({ wait, act, sends, says }) => {
      const inputs = { wait, onCancel: "cancel", pollIntervalSeconds: "0.02" };
      const faults = [{ on: "goLive", carriedOut: true, act }] as const;
      const { emulator, begin, run, asked } = await startScenario({ offers, faults, behaviour: { cancelMs: 0 } });
      const step = begin(inputs, act.kind === "stall" ? { timeFactor: 5 } : {});
      expect(await soon(() => asked().includes(sends))).toBe(true);
      step.process.kill(signal);
      const main = await step.result;
      expect(main.exitCode).toBe(1);
      expect(annotations(main)).toEqual([expect.objectContaining({ text: expect.stringContaining(says) })]);
      const post = await run(inputs, { state: main.state });
      expect(asked().at(-1)).toBe("POST cancel");
      expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("canceled");
      expect(annotations(post)).toEqual([expect.objectContaining({ title: "Cancel asked for" })]);
    },
  );
}
