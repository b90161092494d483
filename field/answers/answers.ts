import { startEmulator } from "../../emulator/emulator.ts";
import { trial } from "../trial.ts";
import { runOnce } from "./bench.ts";
import { type Api, APIS } from "./truth.ts";

/** So many answers of each API are others than the service gave. */
const ANSWERS = { usual: 500, thorough: 20_000 } as const;

/** The action, told other things than the service said; the services are those that have a description. */
export const answersTrial = trial({
  name: "answers",
  about: "the action under answers that lack something, are of another kind, or break off",
  prepare: ({ effort }) => Promise.resolve(ANSWERS[effort]),
  async run(answers, check) {
    for (const api of APIS) {
      await check(`${answers} odd answers of ${api}: no crash, no false end, no second start`, () => ask(api, answers));
    }
  },
});

/** Rejects with the first run that has broken the promise, and the number that makes it happen again. */
async function ask(api: Api, answers: number): Promise<void> {
  const emulator = await startEmulator();
  const unhandled: string[] = [];
  const note = (reason: unknown): void => void unhandled.push(String(reason));
  process.on("unhandledRejection", note);
  try {
    for (let seed = 1, count = 0; count < answers; seed += 1) {
      const { mutations, broken, texts } = await runOnce(api, seed, emulator);
      const problems = [...broken, ...unhandled];
      if (problems.length > 0) throw new Error([`Run ${seed}:`, ...problems, "", ...texts].join("\n"));
      count += mutations;
      // Who is never asked anything proves nothing.
      if (seed > 10 * answers) throw new Error(`Only ${count} answers in ${seed} runs.`);
    }
  } finally {
    process.off("unhandledRejection", note);
    await emulator.close();
  }
}
