import { expect, test } from "@jest/globals";
import type { Behaviour, Fault } from "../../emulator/emulator.ts";
import type { Schedule } from "./schedule.ts";
import { inThread } from "./thread.ts";

const LOST: Fault = { on: "goLive", nth: 1, carriedOut: true, act: { kind: "reset", at: "request" } };
const TIMED_OUT: Fault = { on: "goLive", nth: 1, carriedOut: true, act: { kind: "stall", at: "headers" } };

/** Beyond what the model assumes: the go-live was accepted, but the list shows it later than the action looks. */
function lagging(behaviour: Partial<Behaviour> & { readonly listLagMs: number }, faults: readonly Fault[]): Schedule {
  return {
    inputs: { wait: true, timeoutMinutes: 5, pollIntervalSeconds: 10, ifRunning: "attach", watched: undefined },
    offer: { state: "readyForGoLive", goLive: { durationMs: 600_000 }, running: {}, history: [] },
    behaviour,
    faults,
    cut: undefined,
    hasBrokenSummary: false,
    chance: 1,
  };
}

const LAGS = [
  ["conflict", 25_000, "found a moment later", LOST, "deadline", "running"],
  ["conflict", 3_600_000, "not found at all", LOST, "unclear", "unknown"],
  ["badRequest", 3_600_000, "not found at all", LOST, "unclear", "unknown"],
  ["conflict", 3_600_000, "not found after a time-out either", TIMED_OUT, "unclear", "unknown"],
] as const;

test.each(LAGS)(
  "when the service refuses a second go-live (%s) and the list lags for %d ms, there is one go-live, %s",
  async (secondGoLive, listLagMs, _, fault, ending, status) => {
    const result = await inThread("run", lagging({ secondGoLive, listLagMs }, [fault]));
    expect(result.asked.filter((request) => request === "POST goLive")).toHaveLength(2);
    expect(result.accepted).toBe(1);
    // Never "nothing was started": a refusal may be about the sending before.
    expect(result).toMatchObject({ ending, exitCode: 1, outputs: { status } });
  },
  30_000,
);

test("a 202 without a location is taken for what it is: nothing more is sent, however long the list lags", async () => {
  const behaviour = { location: "none", secondGoLive: "accepted", listLagMs: 3_600_000 } as const;
  const result = await inThread("run", lagging(behaviour, []));
  expect(result.asked.filter((request) => request === "POST goLive")).toHaveLength(1);
  expect(result).toMatchObject({ accepted: 1, ending: "unclear", exitCode: 1, outputs: { status: "unknown" } });
  expect(result.lastWord).toContain("Look in Partner Center whether the offer is going live.");
}, 30_000);
