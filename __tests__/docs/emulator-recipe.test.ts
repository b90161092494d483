import { expect, test } from "@jest/globals";
import { readCommandLine } from "../../emulator/shell/cli-options.ts";
import { startEmulator } from "../../emulator/emulator.ts";
import { runStep } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { isOurs, jobsOf, type Step, WORKFLOWS } from "./workflow.ts";

const TIME_FACTOR = 60;

/** The jobs that start an emulator and run the action against it. */
const jobs = WORKFLOWS.flatMap((workflow) =>
  jobsOf(workflow).flatMap(({ steps }) => {
    const words = steps.flatMap(({ run }) => /npm run emulator -- (.*) &/.exec(run ?? "")?.[1] ?? [])[0];
    return words === undefined ? [] : [{ file: workflow.file, words: words.split(" "), steps }];
  }),
);

test("there is such a recipe, on its page too", () => {
  expect(jobs.map(({ file }) => file)).toEqual(
    expect.arrayContaining(["examples/try-the-emulator.yml", "docs/recipes.md", ".github/workflows/test.yml"]),
  );
});

test.each(jobs)("the job with an emulator in $file ends well", async ({ words, steps }) => {
  const step = steps.find(isOurs);
  const commandLine = readCommandLine(words);
  if (step?.with === undefined || commandLine.kind !== "start") throw new Error("The recipe has no such step.");
  expect(step.with["endpoint"]).toBe(`http://127.0.0.1:${commandLine.options.port}`);
  const startMs = Date.now();
  const now = (): number => startMs + (Date.now() - startMs) * TIME_FACTOR;
  const clock = { now, sleep: () => Promise.resolve() };
  const emulator = await startEmulator({ ...commandLine.options, port: 0, clock });
  closeAfterTest(() => emulator.close());
  const result = await runStep({ with: { ...textsOf(step), endpoint: emulator.url }, timeFactor: TIME_FACTOR });
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect(emulator.goLives).toHaveLength(1);
});

/** The inputs of a step as the runner hands them over. */
function textsOf(step: Step): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, String(value)]));
}
