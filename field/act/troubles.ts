import { deepEqual, match } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/bundle.ts";
import type { Check } from "../trial.ts";
import { type JourneyPlan, travel } from "./journey.ts";
import { checkMasks, goLivesOf, textsOf } from "./promises.ts";
import { actionSteps } from "./steps.ts";

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
    sentence: "a release pipeline that finds a go-live at work is red, and sends nothing",
    file: "release-pipeline.yml",
    product: { state: "goingLive", push: { durationMs: 600_000 } },
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

/** Pieces of work: the examples, where something happens to the offer or to a job. */
export function troubles(act: string, check: Check): readonly (() => Promise<void>)[] {
  return [
    ...EXAMPLES_THAT_FAIL.map((plan) => () => runFailing(act, plan, check)),
    () => runBlind(act, check),
    () => runBlocked(act, check),
  ];
}

async function runFailing(act: string, plan: FailingExample, check: Check): Promise<void> {
  const { sentence, file, product, goLives, reached } = plan;
  await check(sentence, () =>
    travel({ act, text: example(file), product }, (journey) => {
      const [{ exitCode, entries, log } = { exitCode: 0, entries: [], log: "" }] = journey.runs;
      deepEqual({ exitCode }, { exitCode: 1 }, log);
      deepEqual(goLivesOf(journey.world).length, goLives, log);
      const jobs = entries.filter(({ command }) => command === "summary").map(({ jobID }) => jobID);
      deepEqual([...new Set(jobs)], reached, log);
      checkMasks(journey);
    }),
  );
}

async function runBlind(act: string, check: Check): Promise<void> {
  await check("a go-live that could not be seen in between is told by the last job, and is green when it is live", () =>
    travel(
      { act, text: example("start-now-check-later.yml"), durationMs: 1, unknown: ["marketplace-next-day"] },
      ({ runs, world }) => {
        const [{ exitCode, entries, log } = { exitCode: 1, entries: [], log: "" }] = runs;
        deepEqual({ exitCode }, { exitCode: 0 }, log);
        const statuses = actionSteps(entries).map(({ result }) => result.status);
        deepEqual(statuses, ["running", "unknown", "unknown", "succeeded"], log);
        deepEqual(goLivesOf(world).length, 1);
      },
    ),
  );
}

async function runBlocked(act: string, check: Check): Promise<void> {
  const text = example("scheduled-check.yml").replace("requireApproval: true", "$&\n          api: cloudPartnerPortal");
  const steps = [{ id: "certification", stepName: "Certification <!here>", blockedFrom: 0, blockedUntil: 0.9 }];
  await check("people are told once that a step waits for them, and once of the end", () =>
    travel({ act, text, durationMs: 6_000, goLive: { steps } }, (journey) => {
      const log = journey.runs.map((run) => run.log).join("\n");
      const [first, ...others] = textsOf(journey);
      deepEqual(first, "contoso-vm waits for people: Certification &lt;!here&gt;", log);
      deepEqual(others.length, 1, log);
      match(others[0] ?? "", /^The go-live of contoso\/contoso-vm succeeded/, log);
      deepEqual(journey.variables, {}, log);
    }),
  );
}

function example(file: string): string {
  return readFileSync(join(ROOT, "examples", file), "utf8");
}
