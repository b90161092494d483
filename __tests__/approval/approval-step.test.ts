import { expect, test } from "@jest/globals";
import { ApprovalError } from "../../src/approval/approval-error.ts";
import { readWorkflowRun } from "../../src/approval/reviews.ts";
import { annotations, TOKEN } from "../harness/scenario.ts";
import { startApprovalScenario } from "./approval-scenario.ts";
import { gitHubFor, inputsFor } from "./decision-run.ts";
import { DECISION_TABLE } from "./decision-table.ts";
import type { DecisionCase, Passed, Refused } from "./decision-case.ts";

const ROWS = DECISION_TABLE.filter((row) => row.isRepresentative === true);

test.each(ROWS.filter(({ expected }) => "approvedBy" in expected))("goes live when $title", async (row) => {
  const { run, asked, emulator } = await startApprovalScenario(gitHubFor(row));
  const result = await run(inputsFor(row));
  const { approvedBy, comment = "" } = row.expected as Passed;
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result.outputs).toMatchObject({ approvedBy, approvalComment: comment, status: "running" });
  expect(result.log).toMatch(/^\S+ {2}Environment “production” was approved in this run by /m);
  expect(result.exitCode).toBe(0);
});

test.each(ROWS.filter(({ expected }) => "problem" in expected))(
  "refuses before anything is sent when $title",
  async (row) => {
    const { run, asked, gitHub, oidc } = await startApprovalScenario(gitHubFor(row));
    const result = await run(inputsFor(row));
    const { reason, remedy } = row.expected as Refused;
    expect(asked()).toEqual([]);
    expect(annotations(result)).toEqual([
      {
        level: "error",
        title: "No go-live of contoso/contoso-vm was started",
        text: expect.stringMatching(new RegExp(RegExp.escape(reason), "i")),
      },
    ]);
    expect(annotations(result)[0]?.text).toContain(remedy);
    expect(result.outputs["status"]).toBe("rejected");
    expect(result.outputs).not.toHaveProperty("approvedBy");
    expect(result.summary).toContain("❌");
    expect(result.exitCode).toBe(1);
    expect(gitHub.requests.map(({ answer }) => answer)).toEqual(
      row.token !== undefined || isAboutTheEnvironment(row) ? [] : answersTo(row),
    );
    expect(oidc?.requests.length ?? 0).toBe(row.claim === undefined ? 0 : 1);
  },
);

/** A list is read until a page is empty. */
function answersTo({ hasRoute, actions, reviews }: DecisionCase): readonly number[] {
  if (hasRoute === false) return [404];
  if (actions === "none") return [403];
  return reviews.length === 0 ? [200] : [200, 200];
}

/** Where it is not known which environment is meant, no reviews are read. */
function isAboutTheEnvironment({ expected }: DecisionCase): boolean {
  return "problem" in expected && expected.problem.endsWith("Environment");
}

test("the reviews are asked for with `githubToken` only, and the marketplace with `token` only", async () => {
  const row = ROWS[0];
  if (row === undefined) throw new Error("no row");
  const { run, gitHub, emulator } = await startApprovalScenario(gitHubFor(row));
  const githubToken = "ghs_emulatorTokenOfTheJob";
  const result = await run({ ...inputsFor(row), githubToken });
  expect(gitHub.requests.map(({ path, headers }) => [path, headers["authorization"]])).toEqual([
    ["/repos/contoso/marketplace/actions/runs/19283746501/approvals?per_page=100&page=1", `token ${githubToken}`],
    ["/repos/contoso/marketplace/actions/runs/19283746501/approvals?per_page=100&page=2", `token ${githubToken}`],
  ]);
  expect(new Set(emulator.requests.map(({ headers }) => headers["authorization"]))).toEqual(
    new Set([`Bearer ${TOKEN}`]),
  );
  expect(result.log).toContain(`::add-mask::${githubToken}`);
});

test("asks GitHub for nothing unless an approval is required", async () => {
  const { run, asked, gitHub, oidc } = await startApprovalScenario({ oidc: {} });
  const result = await run({ requireApproval: "false" });
  expect([gitHub.requests, oidc?.requests]).toEqual([[], []]);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(result.outputs).not.toHaveProperty("approvedBy");
  expect(result.exitCode).toBe(0);
});

test.each([
  { GITHUB_REPOSITORY: "contoso/marketplace", GITHUB_RUN_ID: "" },
  { GITHUB_REPOSITORY: "contoso/marketplace", GITHUB_RUN_ID: "12a" },
  { GITHUB_REPOSITORY: "contoso/marketplace", GITHUB_RUN_ID: "-1" },
  { GITHUB_REPOSITORY: "contoso/marketplace", GITHUB_RUN_ID: "1.5" },
  { GITHUB_REPOSITORY: "", GITHUB_RUN_ID: "7" },
  { GITHUB_REPOSITORY: "contoso", GITHUB_RUN_ID: "7" },
  { GITHUB_REPOSITORY: "/marketplace", GITHUB_RUN_ID: "7" },
  {},
])("knows no run from %j", (environment) => {
  expect(() => readWorkflowRun(environment)).toThrow(ApprovalError);
});

test("asks the public GitHub unless the runner names another", () => {
  expect(readWorkflowRun({ GITHUB_REPOSITORY: "contoso/marketplace", GITHUB_RUN_ID: "7" })).toEqual({
    owner: "contoso",
    repository: "marketplace",
    runId: 7,
    apiUrl: "https://api.github.com",
  });
});

test("refuses outside of a workflow run", async () => {
  const { run, asked, gitHub } = await startApprovalScenario();
  const result = await run({}, { environment: { GITHUB_RUN_ID: "" } });
  expect([asked(), gitHub.requests]).toEqual([[], []]);
  expect(annotations(result)[0]?.text).toContain(
    "`requireApproval` works inside a workflow run only (GITHUB_REPOSITORY and GITHUB_RUN_ID are not set)",
  );
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
