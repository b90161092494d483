import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DescribedService, describedServices, readDescription, startDescribed } from "../descriptions.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { trial } from "../trial.ts";
import { runCommand } from "../workshop/command.ts";

/** What is asked of every answer. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
] as const;

/** So many requests an operation, besides those that try every rule of its description once. */
const EXAMPLES = { usual: "15", thorough: "1000" } as const;

/** The emulated services, held to their descriptions by requests that nobody thought of: https://schemathesis.io. */
export const schemathesisTrial = trial({
  name: "schemathesis",
  about: "thousands of odd requests to the emulated services, whose answers have to be as described",
  async prepare(workshop) {
    const programs = await workshop.pythonPrograms(import.meta.dirname);
    return { schemathesis: join(programs, "schemathesis"), examples: EXAMPLES[workshop.effort] };
  },
  async run(tools, check) {
    const asking = describedServices.map((service) =>
      check(`${service.title} answers as ${service.file} says, whatever is asked`, () => askOddly(tools, service)),
    );
    await Promise.all(asking);
  },
});

interface Tools {
  readonly schemathesis: string;
  readonly examples: string;
}

async function askOddly({ schemathesis, examples }: Tools, service: DescribedService): Promise<void> {
  const { emulator, names } = await startDescribed(service);
  try {
    await inTemporaryFolder(async (folder) => {
      const description = join(folder, "openapi.json");
      writeFileSync(description, JSON.stringify(readDescription(service, names)));
      const { exitCode, output } = await runCommand(
        schemathesis,
        [
          ...["run", description, "--url", service.base(emulator), "--header", "Authorization: Bearer emulator-token"],
          ...["--checks", CHECKS.join(","), "--max-examples", examples, "--seed", "19", "--no-shrink"],
          ...["--phases", "coverage,fuzzing", "--suppress-health-check", "all", "--warnings", "off"],
        ],
        { cwd: folder, limitMs: 3_600_000 },
      );
      if (exitCode !== 0) throw new Error(output);
    });
  } finally {
    await emulator.close();
  }
}
