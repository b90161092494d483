import { expect, test } from "@jest/globals";
import type { GitHubReview } from "../../emulator/github/api.ts";
import { texts } from "../harness/scenario.ts";
import { startApprovalScenario, startGitHub } from "./approval-scenario.ts";
import { passGate } from "./gate.ts";

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
  // Any page may be followed by another: only an empty one is the end.
  { count: 98, pages: 2 },
  { count: 99, pages: 2 },
  { count: 100, pages: 3 },
  { count: 230, pages: 4 },
])("finds the approval behind $count other reviews", async ({ count, pages }) => {
  const reviews = [...many(count, "staging"), last("approved")];
  const github = await startGitHub({ gitHub: { reviews } });
  expect(await passGate(github, { named: "production" })).toMatchObject({ approvedBy: ["anna"] });
  expect(github.gitHub.requests.map(({ path }) => path.split("?")[1])).toEqual(
    Array.from({ length: pages }, (_, index) => `per_page=100&page=${index + 1}`),
  );
});

test("no rejection hides on a later page", async () => {
  const reviews = [...many(200, "production"), last("rejected")];
  const { run, asked } = await startApprovalScenario({ gitHub: { reviews } });
  const result = await run({ environment: "production" });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")[0]).toContain("The environment “production” was rejected in this run by “anna”");
});

test("a page that is missing makes the list no list", async () => {
  const reviews = [...many(100, "production"), last("rejected")];
  const faults = [{ nth: [2, 4, 6, 8], act: { kind: "status", status: 409, body: "{}" } }] as const;
  const github = await startGitHub({ gitHub: { reviews, faults } });
  await expect(passGate(github, { named: "production" })).rejects.toMatchObject({ problem: { kind: "unreachable" } });
  expect(github.gitHub.requests).toHaveLength(8);
});

test("a list without an end is given up", async () => {
  const link = '<https://elsewhere.example/x>; rel="next"';
  const faults = [{ act: { kind: "headers", set: { link } } }] as const;
  const github = await startGitHub({ gitHub: { reviews: [last("approved")], faults } });
  await expect(passGate(github, { named: "production" })).rejects.toMatchObject({ problem: { kind: "unreachable" } });
  // 50 pages at each of 4 tries, all of them from where the job's own GitHub is.
  expect(github.gitHub.requests).toHaveLength(200);
});

test("a GitHub Enterprise Server is asked at its own address", async () => {
  const { run, gitHub } = await startApprovalScenario({
    gitHub: { reviews: [last("approved")], basePath: "/api/v3", owner: "fabrikam", repository: "offers", runId: 7 },
  });
  expect(await run()).toMatchObject({ exitCode: 0, outputs: { approvedBy: "anna" } });
  expect(gitHub.requests.map(({ path }) => path)).toEqual([
    "/api/v3/repos/fabrikam/offers/actions/runs/7/approvals?per_page=100&page=1",
    "/api/v3/repos/fabrikam/offers/actions/runs/7/approvals?per_page=100&page=2",
  ]);
});

/** The next page is elsewhere, where everybody approves. */
const LINKS = [
  `<{elsewhere}>; rel="next"`,
  `<{elsewhere}>; REL=Next`,
  `<{elsewhere}>;rel = 'NEXT'`,
  `<{elsewhere}>; rel=next`,
  `<{elsewhere}>; title="x"; rel="last Next"`,
  `<x>; rel=prev, <{elsewhere}>; rel=next; type=x`,
] as const;

test.each(LINKS)("reads the next page that %s tells of, and reads it here", async (form) => {
  const elsewhere = await startGitHub({ gitHub: { reviews: [last("approved")] } });
  const link = form.replace("{elsewhere}", `${elsewhere.gitHub.url}/page`);
  const faults = [{ nth: 1, act: { kind: "headers", set: { link } } }] as const;
  const github = await startGitHub({ gitHub: { reviews: [last("approved")], faults } });
  await passGate(github, { named: "production" });
  expect(github.gitHub.requests.map(({ path }) => path.split("&")[1])).toEqual(["page=1", "page=2"]);
  expect(elsewhere.gitHub.requests).toEqual([]);
});

test.each([`<x>; rel="prev"`, `<x>; rel="nextish"`, `<x>; title="next"`, `<next>; rel=last`, "next", ""])(
  "%j tells of no next page",
  async (link) => {
    const faults = [{ act: { kind: "headers", set: { link } } }] as const;
    const github = await startGitHub({ gitHub: { reviews: [last("approved")], faults } });
    await passGate(github, { named: "production" });
    expect(github.gitHub.requests).toHaveLength(2);
  },
);

test.each([1, 7, 30])("no rejection hides behind a page of %d reviews that tells of no next one", async (pageSize) => {
  const reviews = [last("approved"), ...many(30, "staging"), last("rejected")];
  const faults = [{ act: { kind: "headers", remove: ["link"] } }] as const;
  const github = await startGitHub({ gitHub: { reviews, pageSize, faults } });
  await expect(passGate(github, { named: "production" })).rejects.toMatchObject({ problem: { kind: "rejected" } });
});

test("a server that keeps no pages, and answers each with the whole list, has told all of it", async () => {
  const reviews = [last("approved"), ...many(30, "staging")];
  const github = await startGitHub({ gitHub: { reviews, pageSize: "all" } });
  expect(await passGate(github, { named: "production" })).toMatchObject({ approvedBy: ["anna"] });
  expect(github.gitHub.requests).toHaveLength(2);
});

test("no rejection hides behind a full page whose header was lost", async () => {
  const reviews = [last("approved"), ...many(99, "staging"), last("rejected")];
  const faults = [{ act: { kind: "headers", remove: ["link"] } }] as const;
  const github = await startGitHub({ gitHub: { reviews, faults } });
  await expect(passGate(github, { named: "production" })).rejects.toMatchObject({ problem: { kind: "rejected" } });
  expect(github.gitHub.requests).toHaveLength(3);
});
