import { type Answer, type Headers, jsonAnswer } from "../wire/answer.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import { type GitHubReview, reviewBody } from "./review.ts";
import type { IdentityFault } from "../wire/identity-fault.ts";
import { type IdentityRequest, startIdentityServer } from "../wire/identity-server.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";

export type { GitHubReview, GitHubUser } from "./review.ts";

export type GitHubApiRoute = "approvals" | "unknown";
export type GitHubApiFault = IdentityFault<GitHubApiRoute, never>;

/** What a token may read of the repository's actions; `none` is signed in, but has no such permission. */
export type ActionsPermission = "read" | "none";

/** How to start GitHub's API. Everything has a default. */
export interface GitHubApiOptions {
  readonly clock?: EmulatorClock;
  readonly port?: number;
  readonly host?: string;
  /** Key and certificate in PEM, for HTTPS. Default: HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default `contoso`. */
  readonly owner?: string;
  /** Default `marketplace`. */
  readonly repository?: string;
  /** Default 19283746501. */
  readonly runId?: number;
  /** The attempt of the run. Default 1. */
  readonly runAttempt?: number;
  /** The reviews of the run, in GitHub's order. Default none. */
  readonly reviews?: readonly GitHubReview[];
  /** The most reviews of a page, whatever is asked for; `all`: there are no pages. Default 100. */
  readonly pageSize?: number | "all";
  /** What each token may do, by its text. Default: `ghs_emulatorTokenOfTheJob` may read. */
  readonly tokens?: Readonly<Record<string, ActionsPermission>>;
  /** Whether the server knows the route; an old GitHub Enterprise Server does not. Default true. */
  readonly hasRoute?: boolean;
  /** So many requests are answered, later ones turned away until the hour is over. Default 1000. */
  readonly rateLimit?: number;
  /** In front of every path, such as `/api/v3` of a GitHub Enterprise Server. Default none. */
  readonly basePath?: string;
  readonly faults?: readonly GitHubApiFault[];
}

/** GitHub's API, as far as a job reads the reviews of its run there. */
export interface GitHubApi {
  /** Without a slash at its end. */
  readonly url: string;
  /** What the runner tells a job of its run. */
  readonly environment: {
    readonly GITHUB_API_URL: string;
    readonly GITHUB_SERVER_URL: string;
    readonly GITHUB_REPOSITORY: string;
    readonly GITHUB_RUN_ID: string;
    readonly GITHUB_RUN_ATTEMPT: string;
  };
  readonly requests: readonly IdentityRequest<GitHubApiRoute>[];
  setReviews(reviews: readonly GitHubReview[]): void;
  setFaults(faults: readonly GitHubApiFault[]): void;
  close(): Promise<void>;
}

/** The token that is good for everything, unless others are given. */
export const gitHubToken = "ghs_emulatorTokenOfTheJob";

const hourMs = 3_600_000;

/** Starts GitHub's API: https://docs.github.com/rest/actions/workflow-runs. */
export async function startGitHubApi(options: GitHubApiOptions = {}): Promise<GitHubApi> {
  const { clock = realClock, owner = "contoso", repository = "marketplace", runId = 19_283_746_501 } = options;
  const { runAttempt = 1 } = options;
  const { pageSize = 100 } = options;
  const { hasRoute = true, rateLimit = 1_000, basePath = "" } = options;
  const tokens = new Map(Object.entries(options.tokens ?? { [gitHubToken]: "read" }));
  const path = `${basePath}/repos/${owner}/${repository}/actions/runs/${runId}/approvals`;
  let reviews = options.reviews ?? [];
  let served = 0;

  const server = await startIdentityServer<GitHubApiRoute, never>({
    clock,
    port: options.port,
    host: options.host,
    tls: options.tls,
    faults: options.faults,
    mainRoute: "approvals",
    routeOf: ({ method, target }) => (method === "GET" && target.split("?")[0] === path ? "approvals" : "unknown"),
    answer(request, route) {
      served += 1;
      const limit = limitHeaders(rateLimit - served, rateLimit, clock.now());
      const answer = served > rateLimit ? spent() : answerTruly(request, route);
      return { ...answer, headers: { ...limit, ...answer.headers } };
    },
  });

  function answerTruly(request: ArrivedRequest, route: GitHubApiRoute): Answer {
    const permission = tokens.get((request.headers["authorization"] ?? "").replace(/^(token|bearer) /i, ""));
    if (permission === undefined) return problem(401, "Bad credentials");
    if (route === "unknown" || !hasRoute) return problem(404, "Not Found");
    if (permission === "none") return problem(403, "Resource not accessible by integration");
    if (pageSize === "all") return jsonAnswer(200, reviews.map(reviewBody));
    return pageOf(reviews, pageSize, request, `${server.url}${path}`);
  }

  return {
    url: server.url,
    environment: {
      GITHUB_API_URL: `${server.url}${basePath}`,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: `${owner}/${repository}`,
      GITHUB_RUN_ID: String(runId),
      GITHUB_RUN_ATTEMPT: String(runAttempt),
    },
    requests: server.requests,
    setReviews(next) {
      reviews = next;
    },
    setFaults: server.setFaults,
    close: server.close,
  };
}

/** One page of the list: 30 entries, or `per_page` up to `most`; the `Link` header leads on. */
function pageOf(reviews: readonly GitHubReview[], most: number, { target }: ArrivedRequest, url: string): Answer {
  const query = queryOf(target);
  const size = Math.min(most, readCount(query.get("per_page")) ?? 30);
  const page = readCount(query.get("page")) ?? 1;
  const last = Math.max(1, Math.ceil(reviews.length / size));
  const entries = reviews.slice((page - 1) * size, page * size).map(reviewBody);
  const link = (to: number, relation: string): string => `<${url}?per_page=${size}&page=${to}>; rel="${relation}"`;
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return jsonAnswer(200, entries, links.length === 0 ? {} : { link: links.join(", ") });
}

function readCount(text: string | null): number | undefined {
  const count = Number(text);
  return text !== null && Number.isInteger(count) && count > 0 ? count : undefined;
}

function problem(status: number, message: string): Answer {
  const documentation_url =
    "https://docs.github.com/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run";
  return jsonAnswer(status, { message, documentation_url, status: String(status) });
}

function spent(): Answer {
  return problem(403, "API rate limit exceeded for installation ID 20117.");
}

function limitHeaders(left: number, limit: number, nowMs: number): Headers {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, left)),
    "x-ratelimit-reset": String(Math.floor((nowMs + hourMs) / 1000)),
  };
}
