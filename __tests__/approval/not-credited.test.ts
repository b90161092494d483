import { expect, test } from "@jest/globals";
import { annotations } from "../harness/scenario.ts";
import { startApprovalScenario } from "./approval-scenario.ts";

const APPROVED = [
  { environments: ["production"], state: "approved", user: { login: "mona" }, comment: "Ship it." },
] as const;

test("the approval is not credited to a go-live that was already running", async () => {
  const { run, asked, emulator } = await startApprovalScenario({ gitHub: { reviews: APPROVED } });
  // The first step's go-live is the one that the second finds.
  expect(await run()).toMatchObject({ exitCode: 0 });
  const own = await run();
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET list"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(own.summary.split("\n")[0]).toContain("&#40;not started by this step&#41;");
  expect(own.summary).toContain("**Approved in this run** by mona");
  expect(own.summary).toContain("but this step did not start the go-live above");
  expect(own.summary).not.toContain("**Approved by**");
  expect(annotations(own)).toEqual([
    {
      level: "notice",
      title: "The go-live is under way",
      text: expect.stringContaining(
        "This step did not start that go-live. The approval that it checked is not counted as one of that go-live.",
      ),
    },
  ]);
  expect(JSON.parse(own.outputs["result"] ?? "")).toMatchObject({
    operation: { origin: "adopted", startedByThisStep: false },
    approval: { approvedBy: ["mona"] },
  });
});

test("the approval of the step that started the go-live is", async () => {
  const { run } = await startApprovalScenario({ gitHub: { reviews: APPROVED } });
  const { summary, outputs } = await run();
  expect(summary).toContain("**Approved by** mona");
  expect(summary).not.toContain("did not start");
  expect(JSON.parse(outputs["result"] ?? "")).toMatchObject({ operation: { startedByThisStep: true } });
});

test("nor to one that `operationLocation` names", async () => {
  const { run, asked } = await startApprovalScenario({ gitHub: { reviews: APPROVED } });
  const { outputs } = await run();
  const watched = await run({ operationLocation: outputs["operationLocation"] ?? "" });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET list", "GET operation"]);
  expect(watched.summary).toContain("**Approved in this run** by mona");
  expect(watched.summary).not.toContain("**Approved by**");
  expect(JSON.parse(watched.outputs["result"] ?? "")).toMatchObject({
    operation: { origin: "watched", startedByThisStep: false },
  });
});
