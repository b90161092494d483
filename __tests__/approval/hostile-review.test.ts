import { expect, test } from "@jest/globals";
import { readLog } from "../../emulator/step/runner-log.ts";
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
  const result = await run({ environment: `production${BAIT}` });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  const { commands } = readLog(result.log);
  // Other clients write to the log that the route is deprecated, in the server's words.
  const ours = new Set(["add-mask", "debug", "endgroup", "group", "notice"]);
  expect(commands.filter(({ name }) => !ours.has(name))).toEqual([]);
  expect(result.log).not.toContain("deprecated");
  expect(result.summary).not.toMatch(/##\[|^::/m);
  // What a later step reads, and may write to its log, is one line without a command.
  expect(result.outputs["approvalComment"]).toBe("x ::set-env name=BAIT::1 ## [add-path]/bait ::error::bait");
  expect(result.outputs["approvedBy"]).toMatch(/^anna[\w.\ufffd-]+$/);
  expect(result.exitCode).toBe(0);
});

test("nothing that GitHub writes takes effect in a refusal", async () => {
  const { run, asked } = await startApprovalScenario({
    gitHub: {
      reviews: [{ environments: [`production${BAIT}`], state: "rejected", user: { login: `anna${BAIT}` } }],
    },
  });
  const result = await run({ environment: `production${BAIT}` });
  expect(asked()).toEqual([]);
  const { commands } = readLog(result.log);
  expect(commands.filter(({ name }) => name === "error")).toHaveLength(1);
  expect(commands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(["set-env"]));
  expect(commands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(["add-path"]));
  expect(result.exitCode).toBe(1);
});

test("neither a flood of reviews nor a long text makes an output large, and no login is two", async () => {
  const flood = Array.from({ length: 400 }, (_, index) => ({
    environments: ["production"],
    state: "approved",
    user: { login: `reviewer-${index}${"y".repeat(200)}` },
    comment: `${index}: ${"x\n".repeat(10_000)}`,
  }));
  const odd = { environments: ["production"], state: "approved", user: { login: "anna,ben $(id)`" }, comment: "Go." };
  const { run } = await startApprovalScenario({ gitHub: { reviews: [odd, ...flood] } });
  const { outputs } = await run();
  const logins = outputs["approvedBy"]?.split(",") ?? [];
  expect(logins).toHaveLength(50);
  expect(logins[0]).toBe("anna\ufffdben\ufffd\ufffd\ufffdid\ufffd\ufffd");
  expect(logins.every((login) => /^[\w.\ufffd-]{1,100}$/.test(login))).toBe(true);
  const comments = outputs["approvalComment"]?.split("\n") ?? [];
  expect(comments).toHaveLength(10);
  expect(comments.slice(0, 2)).toEqual(["Go.", expect.stringMatching(/^0: x x x/)]);
  expect(comments.slice(1).map((comment) => comment.length)).toEqual(Array<number>(9).fill(1_000));
});
