import { deepEqual, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, trial } from "../trial.ts";
import { type ShownWorkflow, shownWorkflows } from "../workflows.ts";
import { travel } from "./journey.ts";
import { checkMasks, checkPromises, goLivesOf, textsOf } from "./promises.ts";
import { handings, linesOf } from "./steps.ts";
import { troubles } from "./troubles.ts";

/** Go-lives that have to run for longer than usual, so that a later job still meets them, in milliseconds. */
const DURATIONS_MS: Readonly<Record<string, number>> = { "start-now-check-later.yml": 8_000 };

/** The workflows that people are shown, run by a runner that nobody here wrote: https://nektosact.com. */
export const actTrial = trial({
  name: "act",
  about: "every workflow of the examples and the README on a real runner, against the emulators",
  prepare: (workshop) => workshop.goProgram(import.meta.dirname, "github.com/nektos/act"),
  async run(act, check) {
    // Most of a run is waiting, but each has programs to start.
    const work = [
      ...shownWorkflows().map((workflow) => () => runShown(act, workflow, check)),
      ...troubles(act, check),
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
      deepEqual(textsOf(journey).length, text.includes("MESSAGE_WEBHOOK") ? 1 : 0, "People were told other news.");
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
