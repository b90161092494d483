import { expect, test } from "@jest/globals";
import { type GitHubApi, gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import { closeAfterTest } from "../harness/closing.ts";

const PATH = "/repos/contoso/marketplace/actions/runs/19283746501/approvals";
const REVIEW = {
  environments: ["production"],
  state: "approved",
  user: { login: "anna" },
  comment: "Ship it.",
} as const;

async function start(options: Parameters<typeof startGitHubApi>[0] = {}): Promise<GitHubApi> {
  const gitHub = await startGitHubApi(options);
  closeAfterTest(() => gitHub.close());
  return gitHub;
}

function ask({ url }: GitHubApi, path = PATH, token: string = gitHubToken): Promise<Response> {
  return fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
}

test("answers the reviews of the run as GitHub does", async () => {
  const gitHub = await start({ reviews: [REVIEW, { environments: ["a b"], state: "pending", user: null }] });
  const answer = await ask(gitHub);
  expect(answer.headers.get("link")).toBeNull();
  expect(await answer.json()).toMatchObject([
    {
      state: "approved",
      comment: "Ship it.",
      environments: [{ name: "production", html_url: expect.stringMatching(/environments_filter=production$/) }],
      user: { login: "anna", type: "User" },
    },
    { state: "pending", comment: "", environments: [{ name: "a b" }], user: null },
  ]);
});

test.each([
  { what: "an unknown token", options: { tokens: {} }, status: 401, message: "Bad credentials" },
  {
    what: "a token without `actions: read`",
    options: { tokens: { [gitHubToken]: "none" } },
    status: 403,
    message: "Resource not accessible by integration",
  },
  { what: "a server without the route", options: { hasRoute: false }, status: 404, message: "Not Found" },
  { what: "another run", options: { runId: 7 }, status: 404, message: "Not Found" },
  { what: "another repository", options: { repository: "offers" }, status: 404, message: "Not Found" },
  {
    what: "a spent rate limit",
    options: { rateLimit: 0 },
    status: 403,
    message: "API rate limit exceeded for installation ID 20117.",
  },
] as const)("refuses $what with $status", async ({ options, status, message }) => {
  const answer = await ask(await start({ reviews: [REVIEW], ...options }));
  expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ message })]);
});

test("pages through the reviews by `page` and `per_page`, 30 unless told and 100 at the most", async () => {
  const gitHub = await start({ reviews: Array.from({ length: 130 }, () => REVIEW) });
  const read = async (query: string): Promise<readonly unknown[]> => {
    const answer = await ask(gitHub, `${PATH}${query}`);
    const entries: unknown = await answer.json();
    const relations = (answer.headers.get("link") ?? "").match(/page=\d+>; rel="\w+"/g);
    return [Array.isArray(entries) && entries.length, relations];
  };
  expect(await read("")).toEqual([30, ['page=2>; rel="next"', 'page=5>; rel="last"']]);
  expect(await read("?per_page=500")).toEqual([100, ['page=2>; rel="next"', 'page=2>; rel="last"']]);
  expect(await read("?per_page=100&page=2")).toEqual([30, ['page=1>; rel="prev"', 'page=1>; rel="first"']]);
  expect(await read("?per_page=100&page=3")).toEqual([0, ['page=2>; rel="prev"', 'page=1>; rel="first"']]);
});

test("counts the rate limit down, and its faults come as planned", async () => {
  const gitHub = await start({ rateLimit: 2, faults: [{ nth: 1, act: { kind: "status", status: 502, body: "bad" } }] });
  expect((await ask(gitHub)).status).toBe(502);
  expect((await ask(gitHub)).headers.get("x-ratelimit-remaining")).toBe("0");
  expect((await ask(gitHub)).status).toBe(403);
  expect(gitHub.requests.map(({ route, answer }) => [route, answer])).toEqual([
    ["approvals", 502],
    ["approvals", 200],
    ["approvals", 403],
  ]);
});

test("plays reviews that GitHub does not give: another word, and no list of environments", async () => {
  const gitHub = await start({ reviews: [{ ...REVIEW, state: "REJECTED", environments: null }], runAttempt: 3 });
  const [review] = (await (await ask(gitHub)).json()) as readonly object[];
  expect(review).toMatchObject({ state: "REJECTED", user: { login: "anna" } });
  expect(review).not.toHaveProperty("environments");
  expect(gitHub.environment.GITHUB_RUN_ATTEMPT).toBe("3");
});
