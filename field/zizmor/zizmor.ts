import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/bundle.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { trial } from "../trial.ts";
import { shownWorkflows } from "../workflows.ts";
import { mustRun } from "../workshop/command.ts";

/** Asks no server, so what only GitHub knows (such as the advisories of an action) is not looked at. */
const WORDS = ["--offline", "--no-progress", "--quiet"] as const;

const POLICY = join(import.meta.dirname, "policy.yml");

/** Workflows and the action's metadata, looked through for what an attacker could use: https://docs.zizmor.sh. */
export const zizmorTrial = trial({
  name: "zizmor",
  about: "an audit of every workflow and of action.yml",
  prepare: (workshop) => workshop.pythonPrograms(import.meta.dirname),
  async run(programs, check) {
    const zizmor = join(programs, "zizmor");
    await check("zizmor has nothing against action.yml and the workflows of this repository", async () => {
      const files = globSync(".github/workflows/*.yml", { cwd: ROOT });
      await mustRun(zizmor, [...WORDS, "--config", POLICY, "action.yml", ...files], { cwd: ROOT });
    });
    await check("zizmor has nothing against the workflows that people are shown", () =>
      inTemporaryFolder(async (folder) => {
        const files = shownWorkflows().map(({ file, text }) => {
          writeFileSync(join(folder, file), text);
          return file;
        });
        await mustRun(zizmor, [...WORDS, "--config", POLICY, ...files], { cwd: folder });
      }),
    );
  },
});
