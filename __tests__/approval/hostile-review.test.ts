import { expect, test } from "@jest/globals";
import { readLog } from "../../emulator/runner-log.ts";
import { startApprovalScenario } from "./approval-scenario.ts";

const BAIT = "x\n::set-env name=BAIT::1\n##[add-path]/bait\r::error::bait\u001b[31m";

test("nothing that a reviewer or GitHub writes takes effect in the log", async () => {
  const deprecation = { deprecation: "true", sunset: "x ##[error]bait" };
  const { run, asked } = await startApprovalScenario({
    gitHub: {
      reviews: [
        { environments: [`production${BAIT}`], state: "approved", user: { login: `anna${BAIT}` }, comment: BAIT },
      ],
      faults: [{ act: { kind: "headers", set: deprecation } }],
    },
  });
  const result = await run();
  expect(asked()).toEqual(["GET list", "POST goLive"]);
  const { commands } = readLog(result.log);
  // Other clients write to the log that the route is deprecated, in the server's words.
  const ours = new Set(["add-mask", "debug", "endgroup", "group", "notice"]);
  expect(commands.filter(({ name }) => !ours.has(name))).toEqual([]);
  expect(result.log).not.toContain("deprecated");
  expect(result.summary).not.toMatch(/##\[|^::/m);
  // What a later step reads is the comment as it was written.
  expect(result.outputs["approvalComment"]).toBe(BAIT);
  expect(result.exitCode).toBe(0);
});

test("nothing that GitHub writes takes effect in a refusal", async () => {
  const { run, asked } = await startApprovalScenario({
    gitHub: {
      reviews: [{ environments: [`production${BAIT}`], state: "rejected", user: { login: `anna${BAIT}` } }],
    },
  });
  const result = await run();
  expect(asked()).toEqual([]);
  const { commands } = readLog(result.log);
  expect(commands.filter(({ name }) => name === "error")).toHaveLength(1);
  expect(commands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(["set-env"]));
  expect(commands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(["add-path"]));
  expect(result.exitCode).toBe(1);
});
