import { expect, test } from "@jest/globals";
import type { GitHubReview } from "../../emulator/github-api.ts";
import { texts } from "../harness/scenario.ts";
import { startApprovalScenario } from "./approval-scenario.ts";

const many = (count: number, environment: string): readonly GitHubReview[] =>
  Array.from({ length: count }, (_, index) => ({
    environments: [environment],
    state: "approved",
    user: { login: `reviewer-${index}` },
  }));
const last = (state: GitHubReview["state"]): GitHubReview => ({
  environments: ["production"],
  state,
  user: { login: "anna" },
});

test.each([
  { count: 99, pages: 1 },
  { count: 100, pages: 2 },
  { count: 230, pages: 3 },
])("finds the approval behind $count other reviews", async ({ count, pages }) => {
  const reviews = [...many(count, "staging"), last("approved")];
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews } });
  const result = await run({ environment: "production" });
  expect(gitHub.requests.map(({ path }) => path.split("?")[1])).toEqual(
    Array.from({ length: pages }, (_, index) => `per_page=100&page=${index + 1}`),
  );
  expect(asked()).toEqual(["GET list", "POST goLive"]);
  expect(result.outputs).toMatchObject({ approvedBy: "anna" });
});

test("no rejection hides on a later page", async () => {
  const reviews = [...many(200, "production"), last("rejected")];
  const { run, asked } = await startApprovalScenario({ gitHub: { reviews } });
  const result = await run({ environment: "production" });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")[0]).toContain("the environment “production” was rejected in this run by “anna”");
});

test("a page that is missing makes the list no list", async () => {
  const reviews = [...many(100, "production"), last("rejected")];
  const faults = [{ nth: [2, 4, 6, 8], act: { kind: "status", status: 409, body: "{}" } }] as const;
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews, faults } });
  const result = await run({ environment: "production" }, { timeFactor: 40 });
  expect(gitHub.requests).toHaveLength(8);
  expect(asked()).toEqual([]);
  expect(texts(result, "error")[0]).toContain("GitHub could not be asked for the reviews of this run");
});

test("a list without an end is given up", async () => {
  const link = '<https://elsewhere.example/x>; rel="next"';
  const faults = [{ act: { kind: "headers", set: { link } } }] as const;
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews: [last("approved")], faults } });
  const result = await run({}, { timeFactor: 40 });
  // 50 pages at each of 4 tries, all of them from where the job's own GitHub is.
  expect(gitHub.requests).toHaveLength(200);
  expect(asked()).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("a GitHub Enterprise Server is asked at its own address", async () => {
  const { run, gitHub } = await startApprovalScenario({
    gitHub: { reviews: [last("approved")], basePath: "/api/v3", owner: "fabrikam", repository: "offers", runId: 7 },
  });
  expect(await run()).toMatchObject({ exitCode: 0, outputs: { approvedBy: "anna" } });
  expect(gitHub.requests.map(({ path }) => path)).toEqual([
    "/api/v3/repos/fabrikam/offers/actions/runs/7/approvals?per_page=100&page=1",
  ]);
});
