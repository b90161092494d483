import type { Behaviour, Fault } from "../../emulator/emulator.ts";
import { hasBlindList } from "./behaviour-arbitrary.ts";
import { nthId, openBench, slotsOf, type Trial } from "./bench.ts";
import { endingOf } from "./ending.ts";
import type { ModelParts } from "./model.ts";
import { unless } from "./promise.ts";
import { type Schedule, scheduleArbitrary } from "./schedule.ts";
import { secrecy, story } from "./told.ts";
import { TOKEN } from "./token.ts";

const MOST_SENDINGS = 3;
/** Longer than anybody looks for what was sent. */
const UNSEEN_MS = 400_000;
const ENDS = ["completed", "stepWaits", "statusWaits", "offerWaits"] as const;

/**
 * The same schedules for a publish to preview: what goes wrong with a go-live goes wrong with it. Of the service is assumed
 * besides that, where only the offer's status shows a publish, it does not end meanwhile: then the offer waits as before.
 */
export const publishSchedules = scheduleArbitrary.map((schedule): Schedule => {
  const { offer, behaviour, faults, chance } = schedule;
  const publish = hasBlindList(behaviour) ? { ...offer.goLive, durationMs: UNSEEN_MS } : offer.goLive;
  return {
    ...schedule,
    target: "preview",
    inputs: { ...schedule.inputs, pin: undefined },
    offer: { ...offer, publish, publishes: [] },
    faults: faults.map((fault): Fault => (fault.on === "goLive" ? { ...fault, on: "publish" } : fault)),
    behaviour: {
      ...behaviour,
      ...(behaviour.listEntries === undefined ? {} : { listEntries: asStaging(behaviour.listEntries) }),
      secondPublish: behaviour.secondGoLive ?? "conflict",
      publishAtEnd: ENDS[chance % ENDS.length] ?? "completed",
    },
  };
});

/** What is odd about the entry of what a run starts. */
function asStaging({ production }: Behaviour["listEntries"]): Behaviour["listEntries"] {
  return production === undefined ? {} : { staging: production };
}

/** A run that was to publish, through the Cloud Partner Portal API. */
export const publishParts: ModelParts<Schedule, Trial> = {
  schedules: publishSchedules,
  openBench,
  endingOf,
  brokenPromises: (schedule, trial) => [
    ...sending(schedule, trial),
    ...truth(schedule, trial),
    ...cancelling(schedule, trial),
    ...story(trial, schedule),
    ...secrecy(trial, TOKEN),
    ...unless(trial.sleepers === 0, `${trial.sleepers} timers were left behind`),
  ],
};

const KNOWN_REQUESTS: ReadonlySet<string> = new Set([
  "GET list",
  "GET status",
  "GET operation",
  "POST publish",
  "POST cancel",
]);

/** At most one publish, and never a go-live. */
function sending({ inputs, offer }: Schedule, trial: Trial): readonly string[] {
  const { asked, accepted, publishedIds, sentAtMs, runningId } = trial;
  const sendings = asked.filter((request) => request === "POST publish").length;
  const endsAtMs = runningId === undefined ? 0 : (offer.running.durationMs ?? 0);
  return [
    ...unless(
      asked.every((request) => KNOWN_REQUESTS.has(request)),
      "something else was asked",
    ),
    ...unless(accepted === 0, "a publish has made something go live"),
    ...unless(publishedIds.length <= 1, `${publishedIds.length} publishes were accepted`),
    ...unless(sendings <= MOST_SENDINGS, `the publish was sent ${sendings} times`),
    ...unless(inputs.watched === undefined || sendings === 0, "a run that only watches has sent a publish"),
    ...unless(sentAtMs === undefined || sentAtMs >= endsAtMs, "a publish was sent while another was running"),
  ];
}

/** What is said of the publish is so; a success, only while its preview truly waits to go live. */
function truth({ inputs, offer, behaviour }: Schedule, trial: Trial): readonly string[] {
  const { runner, publishedIds, followedId, offerState, runningId } = trial;
  // Of an earlier publish, which is only watched, the offer's status is believed that its preview waits still.
  const isToldToWait =
    inputs.watched !== undefined && offerState === "live" && behaviour.statusAfterSuccess === "waiting";
  const { status = "" } = runner.outputs;
  const isPublish =
    followedId !== undefined &&
    (publishedIds.includes(followedId) ||
      slotsOf(offer).some((slot, index) => slot === "staging" && nthId(index + 1) === followedId));
  const isEnd = ["succeeded", "failed", "canceled"].includes(status);
  const hasJoined = inputs.watched === undefined && followedId !== undefined && followedId === runningId;
  const origin = runner.states["origin"] ?? "";
  return [
    ...unless(!isEnd || status === trial.truth, `status is ${status}, in truth ${trial.truth}`),
    ...unless(status !== "succeeded" || isPublish, "succeeded, though what was followed is no publish"),
    ...unless(
      status !== "succeeded" || offerState === "readyForGoLive" || isToldToWait,
      `succeeded, though in truth the offer is ${offerState}`,
    ),
    ...unless(status !== "rejected" || publishedIds.length === 0, "rejected, though a publish was accepted"),
    ...unless(
      origin !== "adopted" || inputs.ifRunning === "attach" || !hasJoined,
      "a running publish was followed against `ifRunning: fail`",
    ),
  ];
}

/** Only what this run has started is cancelled, and only when it is to be. */
function cancelling({ inputs }: Schedule, { asked, runner, cancelledAtMs }: Trial): readonly string[] {
  const cancels = asked.filter((request) => request === "POST cancel").length;
  const origin = runner.states["origin"] ?? "";
  const isMeant = inputs.onCancel === "cancel" && cancelledAtMs !== undefined && inputs.watched === undefined;
  return [
    ...unless(cancels === 0 || isMeant, "cancelled, though nobody asked for it"),
    ...unless(cancels === 0 || ["started", "found"].includes(origin), `cancelled somebody else's (${origin})`),
  ];
}
