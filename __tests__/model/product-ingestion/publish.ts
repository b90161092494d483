import { isObject, parseJson } from "../../../src/text/json.ts";
import { endingOf } from "../ending.ts";
import type { ModelParts } from "../model.ts";
import { unless } from "../promise.ts";
import { secrecy, story } from "../told.ts";
import { GRAPH_TOKEN } from "../token.ts";
import { openBench, type RunTrial, type Trial } from "./bench.ts";
import { cancelling, mayLie, once, time } from "./promise.ts";
import { type Schedule, scheduleArbitrary } from "./schedule.ts";

/** The same schedules for a publish to preview: what goes wrong with a push goes wrong with it. */
const publishSchedules = scheduleArbitrary.map((schedule): Schedule => ({
  ...schedule,
  target: "preview",
  inputs: { ...schedule.inputs, pinned: undefined },
  product: { ...schedule.product, publish: schedule.product.push },
}));

/** Runs that were to publish, through the Product Ingestion API. */
export const publishParts: ModelParts<Schedule, Trial> = {
  schedules: publishSchedules,
  openBench,
  endingOf,
  brokenPromises: (schedule, trial) => [
    ...once(trial, schedule),
    ...trial.runs.flatMap((run) => [...sending(run, schedule), ...truth(run, schedule, trial)]),
    ...trial.runs.flatMap((run) => [...cancelling(run, schedule, trial), ...time(run, schedule)]),
    ...trial.runs.flatMap((run) => [...story(run, schedule), ...secrecy(run, GRAPH_TOKEN)]),
    ...unless(trial.sleepers === 0, `${trial.sleepers} timers were left behind`),
  ],
};

/** What turns a request away at the door. */
const TURNED_AWAY: ReadonlySet<unknown> = new Set([401, 429]);

/** Nothing is sent that changes anything but the publish of the whole draft. */
function sending({ requests, lookedAt }: RunTrial, { inputs }: Schedule): readonly string[] {
  const sent = requests.filter(({ route }) => route === "configure");
  return [
    ...unless(
      sent.slice(0, -1).every(({ answer }) => TURNED_AWAY.has(answer)),
      "the publish was sent again after an answer that did not turn it away",
    ),
    ...unless(inputs.watched === undefined || sent.length === 0, "a run that only watches has sent a publish"),
    ...unless(
      sent.every(({ body }) => isPublish(body)),
      `something else was sent: ${sent.map(({ body }) => body).join(" ")}`,
    ),
    ...unless(sent.length === 0 || lookedAt.running.size === 0, "sent, though the look had shown a push that runs"),
  ];
}

function isPublish(text: string): boolean {
  const body = parseJson(text, (each) => each);
  const resources = isObject(body) ? body["resources"] : undefined;
  const [resource, ...others]: readonly unknown[] = Array.isArray(resources) ? resources : [];
  if (!isObject(resource) || others.length > 0) return false;
  const isNamed = Object.keys(resource).toSorted().join() === "$schema,product,target";
  return isNamed && JSON.stringify(resource["target"]) === '{"targetType":"preview"}';
}

/** What is said of the publish is so; a success, only if its preview was truly made, and stands as far as lists show. */
function truth(run: RunTrial, schedule: Schedule, { runs }: Trial): readonly string[] {
  const { runner, accepted, isMade, isNewest, jobState } = run;
  const { status = "", operationId } = runner.outputs;
  const { happenings, behaviour, inputs } = schedule;
  const origin = runner.states["origin"] ?? "";
  const [own] = accepted;
  // Of two runs that sent at the same moment nobody knows whose it was.
  const isOwn = runs.length === 1 || runs.every((other) => other === run || other.accepted.length === 0);
  const isAlone = runs.length === 1 && happenings.length === 0 && (behaviour.submissionsLagMs ?? 0) === 0;
  const isSuccess = status === "succeeded";
  const isUnsuccessful = status === "failed" || status === "canceled";
  const isOwnJob = isOwn && own !== undefined && origin === "started";
  return [
    ...unless(!isSuccess || isMade, "succeeded, though in truth its preview was not made"),
    ...unless(!isSuccess || !isAlone || isNewest, "succeeded, though in truth another preview stands"),
    ...unless(
      // One that was replaced before anybody saw it being made cannot be told from the one in its place.
      !isSuccess || !isOwnJob || happenings.length > 0 || runner.outputs["submissionId"] === own.submissionId,
      "succeeded with another preview than its own",
    ),
    ...unless(status !== "rejected" || own === undefined || !isOwn, "rejected, though a publish was accepted"),
    ...unless(!isOwnJob || operationId?.toLowerCase() === own.jobId, "what is followed as started is another job"),
    ...unless(
      !isUnsuccessful || mayLie(schedule) || jobState === undefined || ["failed", "cancelled"].includes(jobState),
      `${status}, though in truth the job is ${jobState}`,
    ),
    ...unless(
      inputs.ifRunning === "attach" || !["adopted", "doubtful"].includes(origin),
      "followed against `ifRunning: fail`",
    ),
  ];
}
