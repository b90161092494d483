import { expect, test } from "@jest/globals";
import type { GitHubApiFault } from "../../emulator/github/api.ts";
import { annotations, soon, texts } from "../harness/scenario.ts";
import { startApprovalScenario } from "./approval-scenario.ts";

const APPROVED = [{ environments: ["production"], state: "approved", user: { login: "anna" } }] as const;
/** Fast enough for the pauses of 14 s; slow enough that what works is well within its limits. */
const FAST = { timeFactor: 40 } as const;
/** For a GitHub that never answers: nothing has to be fast enough. */
const FASTEST = { timeFactor: 200 } as const;

test("asks GitHub again after a fault that may pass, and goes live once approved", async () => {
  const faults: readonly GitHubApiFault[] = [
    { nth: 1, act: { kind: "reset", at: "body" } },
    { nth: 2, act: { kind: "status", status: 503, body: "{}" } },
    { nth: 3, act: { kind: "garbage", body: "<html>", contentType: "text/html" } },
  ];
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews: APPROVED, faults } });
  const result = await run({}, FAST);
  // Three that went wrong, the list, and the empty page behind it.
  expect(gitHub.requests).toHaveLength(5);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { approvedBy: "anna" } });
});

test("sends nothing when GitHub answers nothing but that its rate limit is spent", async () => {
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews: APPROVED, rateLimit: 0 } });
  const result = await run({}, FAST);
  expect(gitHub.requests.map(({ answer }) => answer)).toEqual([403, 403, 403, 403]);
  expect(asked()).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(
      "GitHub could not be asked for the reviews of this run.\nGitHub may be down, or limits the requests. Run this job again in a while.",
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("does not believe a limit that is none: a 403 is final, and so is what it echoes", async () => {
  const faults: readonly GitHubApiFault[] = [
    {
      act: {
        kind: "status",
        status: 403,
        body: '{"message":"Resource not accessible: ghs_emulatorTokenOfTheJob\\n::error::x"}',
      },
    },
  ];
  const { run, asked, gitHub } = await startApprovalScenario({ gitHub: { reviews: APPROVED, faults } });
  const result = await run();
  expect(gitHub.requests).toHaveLength(1);
  expect(asked()).toEqual([]);
  expect(annotations(result)).toHaveLength(1);
  expect(texts(result, "error")[0]).toContain("Give the job `permissions: actions: read`.");
});

test.each(["headers", "body"] as const)("waits 30 s at most for one answer whose %s do not come", async (at) => {
  const { run, asked, gitHub } = await startApprovalScenario({
    gitHub: { reviews: APPROVED, faults: [{ nth: 1, act: { kind: "stall", at } }] },
  });
  const startMs = Date.now();
  const result = await run({}, { timeFactor: 60 });
  // 30 s and a pause of 1 s.
  expect(Date.now() - startMs).toBeGreaterThan(31_000 / 60);
  expect(gitHub.requests.map(({ answer }) => answer)).toEqual(["stalled", 200, 200]);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(result.exitCode).toBe(0);
});

test("gives a GitHub up that never answers, and ends", async () => {
  const { run, asked, gitHub } = await startApprovalScenario({
    gitHub: { reviews: APPROVED, faults: [{ act: { kind: "stall", at: "headers" } }] },
  });
  const result = await run({}, FASTEST);
  expect(gitHub.requests).toHaveLength(4);
  expect(asked()).toEqual([]);
  expect(texts(result, "error")[0]).toContain("GitHub could not be asked for the reviews of this run.");
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test.each([
  { what: "the reviews", faults: [{ act: { kind: "stall", at: "headers" } }], oidcFaults: [] },
  { what: "half of the reviews", faults: [{ act: { kind: "stall", at: "body" } }], oidcFaults: [] },
  { what: "the ID token", faults: [], oidcFaults: [{ act: { kind: "stall", at: "headers" } }] },
] as const)("a cancelled run ends at once while GitHub owes $what", async ({ faults, oidcFaults }) => {
  const { begin, asked, gitHub, oidc } = await startApprovalScenario({
    gitHub: { reviews: APPROVED, faults },
    oidc: { faults: oidcFaults },
  });
  const step = begin();
  const owing = faults.length > 0 ? gitHub : oidc;
  expect(await soon(() => (owing?.requests.length ?? 0) === 1)).toBe(true);
  const startMs = Date.now();
  step.process.kill("SIGINT");
  const result = await step.result;
  expect(Date.now() - startMs).toBeLessThan(2_000);
  expect(asked()).toEqual([]);
  expect(texts(result, "error")[0]).toContain("The run was cancelled");
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
