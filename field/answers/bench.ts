import { createModelClock } from "../../__tests__/model/model-clock.ts";
import { createRecordingRunner, type RecordingRunner } from "../../__tests__/model/recording-runner.ts";
import { createCancel, DAY_MS, openTransport, randomFrom, settle, START_MS } from "../../__tests__/model/setting.ts";
import type { Emulator, EmulatorClock } from "../../emulator/emulator.ts";
import { main } from "../../src/main.ts";
import type { World } from "../../src/world.ts";
import { mutatedAnswer, type Random } from "./mutation.ts";
import { type Api, type TrueEnd, TRUTHS } from "./truth.ts";

/** What came of a run that was told other things than the service said. */
export interface Run {
  /** How many answers were others. */
  readonly mutations: number;
  /** What it has broken of the promise, in a sentence each; empty when it has kept it. */
  readonly broken: readonly string[];
  readonly texts: readonly string[];
}

/** So many answers in a hundred are others. */
const SHARE = 0.35;
const DURATIONS_MS = [0, 20_000, 90_000, 400_000] as const;
const OUTCOMES = ["succeeded", "succeeded", "failed", "canceled"] as const;
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

/** What it may say of an end: where a submission is asked instead of its job, one that was canceled is a failure. */
const ENDS: Readonly<Record<string, TrueEnd>> = { succeeded: "live", failed: "notLive", canceled: "notLive" };

/** Runs the action once in this process, on a clock of its own; all that happens follows from the seed. */
export async function runOnce(api: Api, seed: number, emulator: Emulator): Promise<Run> {
  const truth = TRUTHS[api];
  const random = randomFrom(seed * 2_654_435_761);
  for (let turns = 5; turns > 0; turns -= 1) random();
  const clock = createModelClock(START_MS, 30 * DAY_MS);
  reset(emulator, clock.service, random);
  const inputs = { ...OFFER, api, token: "emulator-token", endpoint: truth.endpoint(emulator) };
  const waiting = { wait: "true", timeoutMinutes: "20", pollIntervalSeconds: "60", operationLocation: "none" };
  const defaults = { submissionId: "ready", ifRunning: "attach", onCancel: "leave" };
  const runner = createRecordingRunner({ ...inputs, ...waiting, ...defaults }, false, () => {});
  let mutations = 0;
  const cancel = createCancel(undefined, clock);
  const truly = openTransport(clock, cancel, {});
  const world = {
    runner,
    environment: {},
    clock: clock.action,
    random,
    signal: cancel.signal,
    openTransport(proxy) {
      const { send, close } = truly(proxy);
      return {
        close,
        async send(request) {
          const answer = await send(request);
          if (random() >= SHARE) return answer;
          mutations += 1;
          return mutatedAnswer(answer, random);
        },
      };
    },
  } satisfies World;
  const exitCode = await Promise.race([main(world), clock.hang]);
  await settle();
  return { mutations, broken: brokenPromises(api, exitCode, runner, emulator), texts: runner.texts };
}

function reset(emulator: Emulator, clock: EmulatorClock, random: Random): void {
  const durationMs = DURATIONS_MS[Math.floor(random() * DURATIONS_MS.length)] ?? 0;
  const outcome = OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? "succeeded";
  emulator.reset({
    clock,
    offers: [{ ...OFFER, goLive: { durationMs, outcome } }],
    productIngestion: {
      products: [
        { offerId: OFFER.offerId, push: { durationMs, outcome: outcome === "canceled" ? "cancelled" : outcome } },
      ],
    },
    partnerCenter: {
      products: [
        { offerId: OFFER.offerId, goLive: { durationMs, outcome: outcome === "succeeded" ? "live" : outcome } },
      ],
    },
  });
}

function brokenPromises(api: Api, exitCode: number, runner: RecordingRunner, emulator: Emulator): readonly string[] {
  const truth = TRUTHS[api];
  const { status = "(none)" } = runner.outputs;
  const [accepted, sent] = [truth.accepted(emulator), truth.sent(emulator)];
  const isEnd = status in ENDS;
  const title = runner.annotations.at(-1)?.title ?? "(none)";
  return [
    ...unless(title !== "A bug in this action", "it crashed"),
    ...unless(accepted <= 1, `${accepted} go-lives were accepted`),
    ...unless(sent <= truth.mostSent, `a go-live was sent ${sent} times`),
    ...unless(!isEnd || ENDS[status] === truth.end(emulator), `it says ${status}, in truth ${truth.end(emulator)}`),
    ...unless(status !== "rejected" || accepted === 0, "it says that nothing was started, but it was"),
    ...unless((exitCode === 0) === (status === "succeeded"), `it ends with ${exitCode} and ${status}`),
  ];
}

function unless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem];
}
