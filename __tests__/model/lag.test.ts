import { expect, test } from "@jest/globals";
import type { Behaviour, Fault } from "../../emulator/emulator.ts";
import type { Schedule } from "./schedule.ts";
import { inThread } from "./thread.ts";

const LOST: Fault = { on: "goLive", nth: 1, carriedOut: true, act: { kind: "reset", at: "request" } };
const TIMED_OUT: Fault = { on: "goLive", nth: 1, carriedOut: true, act: { kind: "stall", at: "headers" } };

const MINUTES_3 = 180_000;
const HOUR = 3_600_000;

/** Around what the model assumes: the go-live was accepted, but list or status show it late, or later than anybody looks. */
function lagging(behaviour: Partial<Behaviour>, faults: readonly Fault[]): Schedule {
  return {
    inputs: {
      wait: true,
      timeoutMinutes: 5,
      pollIntervalSeconds: 10,
      ifRunning: "attach",
      onCancel: "leave",
      watched: undefined,
    },
    offer: { state: "readyForGoLive", goLive: { durationMs: 1_200_000 }, running: {}, publish: {}, history: [] },
    behaviour: { secondGoLive: "accepted", ...behaviour },
    faults,
    cut: undefined,
    hasBrokenSummary: false,
    chance: 1,
  };
}

const FOUND = { ending: "deadline", outputs: { status: "running" } } as const;
const OPEN = { ending: "unclear", outputs: { status: "unknown" } } as const;

const LAGS = [
  { name: "the list shows it after 25 s", lags: { listLagMs: 25_000, statusLagMs: HOUR }, fault: LOST, end: FOUND },
  {
    name: "the list shows it after three minutes",
    lags: { listLagMs: MINUTES_3, statusLagMs: HOUR },
    fault: LOST,
    end: FOUND,
  },
  {
    name: "it was given up and the list shows it three minutes later",
    lags: { listLagMs: MINUTES_3 + 30_000, statusLagMs: HOUR },
    fault: TIMED_OUT,
    end: FOUND,
  },
  {
    name: "only the status shows it, after three minutes",
    lags: { listLagMs: HOUR, statusLagMs: MINUTES_3 },
    fault: LOST,
    end: OPEN,
  },
  {
    name: "it was given up and only the status shows it, three minutes later",
    lags: { listLagMs: HOUR, statusLagMs: MINUTES_3 + 30_000 },
    fault: TIMED_OUT,
    end: OPEN,
  },
];

test.each(LAGS)(
  "sends once after a lost answer when $name",
  async ({ lags, fault, end }) => {
    const result = await inThread("run", lagging(lags, [fault]));
    expect(result.asked.filter((request) => request === "POST goLive")).toHaveLength(1);
    expect(result).toMatchObject({ ...end, accepted: 1, exitCode: 1 });
  },
  30_000,
);

test.each(["conflict", "badRequest"] as const)(
  "says that it is unknown when neither list nor status show it and the service refuses a second one (%s)",
  async (secondGoLive) => {
    const result = await inThread("run", lagging({ secondGoLive, listLagMs: HOUR, statusLagMs: HOUR }, [LOST]));
    expect(result.asked.filter((request) => request === "POST goLive")).toHaveLength(2);
    // Never "nothing was started": a refusal may be about the sending before.
    expect(result).toMatchObject({ ...OPEN, accepted: 1, exitCode: 1 });
  },
  30_000,
);

test.each([200, 201, 202, 204, 303] as const)(
  "takes a %i without a location for what it is: nothing more is sent, however long list and status lag",
  async (acceptedStatus) => {
    const behaviour = { acceptedStatus, location: "none", listLagMs: HOUR, statusLagMs: HOUR } as const;
    const result = await inThread("run", lagging(behaviour, []));
    expect(result.asked.filter((request) => request === "POST goLive")).toHaveLength(1);
    expect(result).toMatchObject({ ...OPEN, accepted: 1, exitCode: 1 });
    expect(result.lastWord).toContain("Look in Partner Center whether the offer is going live.");
  },
  30_000,
);
