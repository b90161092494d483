import { deepEqual, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/bundle.ts";
import { type Check, trial } from "../trial.ts";
import type { World } from "../world/world.ts";
import { type ShownWorkflow, shownWorkflows } from "../workflows.ts";
import { type Journey, type JourneyPlan, travel } from "./journey.ts";
import { actionSteps, handings, linesOf } from "./steps.ts";

/** Go-lives that have to run for longer than usual, so that a later job still meets them, in milliseconds. */
const DURATIONS_MS: Readonly<Record<string, number>> = { "start-now-check-later.yml": 8_000 };

/** What must not be green in an example: nothing that happens to an offer lets a run end well that has released nothing. */
const EXAMPLES_THAT_FAIL = [
  {
    sentence: "a release pipeline whose publish to preview fails is red, and nobody is asked to approve it",
    file: "release-pipeline.yml",
    product: { publish: { durationMs: 1_000, outcome: "failed" } },
    goLives: 0,
    reached: ["preview"],
  },
  {
    sentence: "a release pipeline whose go-live fails is red",
    file: "release-pipeline.yml",
    product: { publish: { durationMs: 1_000 }, push: { durationMs: 1_000, outcome: "failed" } },
    goLives: 1,
    reached: ["preview", "start", "live"],
  },
  {
    sentence: "a go-live that was left alone and has failed a day later is told by the last job, and is red",
    file: "start-now-check-later.yml",
    product: { push: { durationMs: 1, outcome: "failed" } },
    goLives: 1,
    reached: ["start", "next-day", "live"],
  },
] as const satisfies readonly FailingExample[];

interface FailingExample {
  readonly sentence: string;
  readonly file: string;
  readonly product: NonNullable<JourneyPlan["product"]>;
  readonly goLives: number;
  /** The jobs that run, in order; the others are skipped. */
  readonly reached: readonly string[];
}

/** The workflows that people are shown, run by a runner that nobody here wrote: https://nektosact.com. */
export const actTrial = trial({
  name: "act",
  about: "every workflow of the examples and the README on a real runner, against the emulators",
  prepare: (workshop) => workshop.goProgram(import.meta.dirname, "github.com/nektos/act"),
  async run(act, check) {
    // Most of a run is waiting, but each has programs to start.
    const work = [
      ...shownWorkflows().map((workflow) => () => runShown(act, workflow, check)),
      ...EXAMPLES_THAT_FAIL.map((plan) => () => runFailing(act, plan, check)),
      () => runRefused(act, check),
      () => runCancelled(act, check),
    ];
    await Promise.all([worker(work), worker(work), worker(work)]);
  },
});

/** Does what is left of the work, piece by piece. */
async function worker(work: (() => Promise<void>)[]): Promise<void> {
  for (let next = work.shift(); next !== undefined; next = work.shift()) await next();
}

async function runShown(act: string, { place, file, text }: ShownWorkflow, check: Check): Promise<void> {
  const durationMs = DURATIONS_MS[file];
  await check(`${place} does what it says`, () =>
    travel({ act, text, ...(durationMs === undefined ? {} : { durationMs }) }, (journey) => {
      for (const run of journey.runs) deepEqual({ exitCode: run.exitCode }, { exitCode: 0 }, run.log);
      checkPromises(journey);
      for (const { entries, log } of journey.runs) {
        for (const { job, variable, value } of handings(text, entries)) {
          const isHanded = linesOf(entries, job).some((line) => line.includes(value));
          ok(isHanded, `The job ${job} was not handed ${variable}=${value}.\n${log}`);
        }
      }
      deepEqual(journey.variables, {}, "A variable was left.");
    }),
  );
}

/** What holds of every workflow: one go-live an offer and no other, the truth about each, a page, and no secret. */
function checkPromises({ runs, world }: Journey): void {
  const steps = runs.flatMap(({ entries }) => actionSteps(entries));
  const log = runs.map((run) => run.log).join("\n");
  ok(steps.length > 0, `No step of the action has run.\n${log}`);
  for (const { summary, result } of steps) {
    match(summary, /^## /, "A step wrote no summary.");
    ok(!["unknown", "rejected", "failed"].includes(result.status), log);
  }
  // What a workflow's own emulator was told to do is not the world's.
  const pushing = steps.filter(({ result }) => result.target !== "preview");
  const operations = pushing.flatMap(({ result: { operation } }) => operation ?? []);
  const started = operations.flatMap(({ id, location, startedByThisStep }) =>
    startedByThisStep && location.startsWith("https:") ? [id] : [],
  );
  const goLives = goLivesOf(world);
  deepEqual(goLives.map(({ id }) => id).toSorted(), started.toSorted(), "Other go-lives than told.");
  const offers = goLives.map(({ offerId }) => offerId);
  deepEqual(offers, [...new Set(offers)], "An offer went live twice.");
  checkMasks({ runs, world });
}

/** What each service truly took, whichever the action found for the offer; a cancel or an end does not take it off. */
function goLivesOf({ emulator }: World): readonly { readonly id: string; readonly offerId: string }[] {
  const { goLives, productIngestion, partnerCenter } = emulator;
  return [
    ...goLives,
    ...productIngestion.pushes().map(({ jobId, offerId }) => ({ id: jobId, offerId })),
    ...partnerCenter.promotes().map(({ submissionId, offerId }) => ({ id: submissionId, offerId })),
  ];
}

function checkMasks({ runs, world }: Pick<Journey, "runs" | "world">): void {
  // What asks the runner to hide a secret has to name it.
  const shown = runs.flatMap(({ entries }) => entries.filter(({ command }) => command !== "add-mask"));
  const text = shown.map((entry) => JSON.stringify(entry)).join("\n");
  for (const secret of world.secrets()) ok(!text.includes(secret), `A secret shows in the log: ${secret}`);
}

async function runFailing(act: string, example: FailingExample, check: Check): Promise<void> {
  const { sentence, file, product, goLives, reached } = example;
  const text = readFileSync(join(ROOT, "examples", file), "utf8");
  await check(sentence, () =>
    travel({ act, text, product }, (journey) => {
      const [{ exitCode, entries, log } = { exitCode: 0, entries: [], log: "" }] = journey.runs;
      deepEqual({ exitCode }, { exitCode: 1 }, log);
      deepEqual(goLivesOf(journey.world).length, goLives, log);
      const jobs = entries.filter(({ command }) => command === "summary").map(({ jobID }) => jobID);
      deepEqual([...new Set(jobs)], reached, log);
      checkMasks(journey);
    }),
  );
}

async function runRefused(act: string, check: Check): Promise<void> {
  await check("a go-live that is refused fails its job, and what comes after knows why", () =>
    travel({ act, text: ownWorkflow("refused.yml") }, ({ runs, world }) => {
      const [{ exitCode, entries, log } = { exitCode: 0, entries: [], log: "" }] = runs;
      deepEqual({ exitCode }, { exitCode: 1 }, log);
      const lines = new Set([...linesOf(entries, "go-live"), ...linesOf(entries, "after")].map((line) => line.trim()));
      for (const line of ["always - rejected", "failure - failure", "after - rejected - failure"]) {
        ok(lines.has(line), `There is no line “${line}”.\n${log}`);
      }
      ok(!lines.has("a step that must not run"), log);
      deepEqual(goLivesOf(world), []);
      checkMasks({ runs, world });
    }),
  );
}

async function runCancelled(act: string, check: Check): Promise<void> {
  await check("a cancelled run has its go-live cancelled by the post phase, and says so", () =>
    travel(
      { act, text: ownWorkflow("cancelled.yml"), durationMs: 600_000, cancelAt: "running, " },
      ({ runs, world }) => {
        const log = runs.map((run) => run.log).join("\n");
        deepEqual(world.emulator.goLives.length, 1, log);
        const cancels = world.emulator.requests.filter(({ route }) => route === "cancel");
        deepEqual(
          cancels.map(({ answer }) => answer),
          [202],
          log,
        );
        match(log, /The service was asked to cancel the go-live/);
        checkMasks({ runs, world });
      },
    ),
  );
}

function ownWorkflow(file: string): string {
  return readFileSync(join(import.meta.dirname, "workflows", file), "utf8");
}
