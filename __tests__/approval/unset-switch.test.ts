import { expect, test } from "@jest/globals";
import { annotations, startScenario } from "../harness/scenario.ts";

test.each(["requireApproval", "dryRun"])("sends nothing when `%s` is a variable that is not set", async (name) => {
  for (const empty of ["", "  "]) {
    const { run, asked } = await startScenario();
    const result = await run({ [name]: empty });
    expect(asked()).toEqual([]);
    expect(annotations(result)).toEqual([
      {
        level: "error",
        title: "An input is not usable",
        text: expect.stringContaining(`\`${name}\`: it is empty, which would turn it off without a word.`),
      },
    ]);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  }
});

test("goes live when both are left out, in a workflow and by hand", async () => {
  for (const plan of [{}, { hasDefaults: false }] as const) {
    const { run, asked } = await startScenario();
    expect(await run({}, plan)).toMatchObject({ exitCode: 0, outputs: { status: "running" } });
    expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  }
});
