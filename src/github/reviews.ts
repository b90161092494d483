import type { Clock } from "../clock.ts";
import type { Environment } from "../environment.ts";
import { AnswerError, NetworkError } from "../http/errors.ts";
import type { ProxySettings } from "../http/proxy.ts";
import type { Answer, OpenTransport, Request } from "../http/transport.ts";
import { isObject, type JsonObject, parseJson, readObjects, readText } from "../json.ts";
import { withinLimit } from "../time-limit.ts";
import type { Review, Reviewer } from "./approval.ts";
import { ApprovalError, type UnreadableReason } from "./approval-error.ts";

/** The run whose reviews are read, as the runner names it in the environment. */
export interface WorkflowRun {
  readonly owner: string;
  readonly repository: string;
  readonly runId: number;
  readonly apiUrl: string;
}

export interface ReadReviewsOptions {
  readonly token: string;
  readonly openTransport: (proxy: ProxySettings) => OpenTransport;
  readonly proxy: ProxySettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Time limit of one read, all its pages together. */
const READ_LIMIT_MS = 30_000;
const PAGE_SIZE = 100;
/** More reviews than these are not believed: an approval or a rejection must not hide behind them. */
const MOST_PAGES = 50;

/** The run that this job belongs to. Throws an {@link ApprovalError} outside of a workflow. */
export function readWorkflowRun(environment: Environment): WorkflowRun {
  const [owner, repository] = (environment["GITHUB_REPOSITORY"] ?? "").split("/");
  const runId = Number(environment["GITHUB_RUN_ID"]);
  if (!owner || !repository || !Number.isSafeInteger(runId) || runId <= 0) throw new ApprovalError({ kind: "noRun" });
  return { owner, repository, runId, apiUrl: environment["GITHUB_API_URL"] || "https://api.github.com" };
}

/**
 * The reviews of a run, every page of them: https://docs.github.com/rest/actions/workflow-runs. Only the API that the
 * run names is asked: neither a redirect nor a link leads elsewhere. Throws an {@link ApprovalError} when they cannot be
 * read, or not in time; anything else is a bug.
 */
export async function readReviews(run: WorkflowRun, options: ReadReviewsOptions): Promise<readonly Review[]> {
  const { token, openTransport, proxy, clock, signal } = options;
  if (token === "") throw new ApprovalError({ kind: "noToken" });
  if (!/^[\x21-\x7e]+$/.test(token)) throw new ApprovalError({ kind: "badToken" });
  const limit = { clock, signal, limitMs: READ_LIMIT_MS, giveUp: unreachable };
  const { send, close } = openTransport(proxy);
  try {
    return await withinLimit(limit, (stop) => readPages(run, (url) => send(question(url, token, stop))));
  } catch (error) {
    const isUnanswered = error instanceof NetworkError || error instanceof AnswerError;
    throw isUnanswered ? new ApprovalError({ kind: "unreachable" }, error) : error;
  } finally {
    await close();
  }
}

async function readPages(run: WorkflowRun, ask: (url: URL) => Promise<Answer>): Promise<readonly Review[]> {
  const reviews: Review[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await ask(pageUrl(run, page));
    if (answer.status < 200 || answer.status > 299) throw new ApprovalError({ kind: readReason(answer) });
    const entries = parseJson(answer.body());
    if (!Array.isArray(entries) || !entries.every(isObject)) throw unreachable("no list");
    reviews.push(...entries.map(readReview));
    // A gateway may lose the header; a full page may always be followed by another.
    if (entries.length < PAGE_SIZE && !namesNextPage(answer.headers["link"] ?? [])) return reviews;
  }
  throw unreachable("the list has no end");
}

function pageUrl({ owner, repository, runId, apiUrl }: WorkflowRun, page: number): URL {
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repository)}/actions/runs/${runId}/approvals`;
  const url = URL.parse(`${apiUrl.replace(/\/+$/, "")}${path}?per_page=${PAGE_SIZE}&page=${page}`);
  if (url === null || !/^https?:$/.test(url.protocol)) throw unreachable("GITHUB_API_URL is not a URL");
  return url;
}

function question(url: URL, token: string, signal: AbortSignal): Request {
  return {
    method: "GET",
    url,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `token ${token}`,
      "user-agent": "azure-marketplace-go-live",
    },
    wantsBody: () => true,
    signal,
  };
}

/** Whether a `Link` header names a next page: RFC 8288, section 3. Relations know no case, and may share one text. */
function namesNextPage(values: readonly string[]): boolean {
  const relations = values.flatMap((value) => [
    ...value.matchAll(/;\s*rel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,]+))/gi),
  ]);
  const words = relations.flatMap(([, ...forms]) => forms.join(" ").toLowerCase().split(/\s+/));
  return words.includes("next");
}

function unreachable(why: string): ApprovalError {
  return new ApprovalError({ kind: "unreachable" }, new Error(why));
}

function readReview(review: JsonObject): Review {
  const environments = readObjects(review["environments"]).map((entry) => readText(entry["name"]) ?? "");
  return {
    environments,
    state: readText(review["state"]) ?? "",
    reviewer: readReviewer(review["user"]),
    comment: readText(review["comment"]) ?? "",
  };
}

/** GitHub calls people `User`; an app has a login that ends with `[bot]`. */
function readReviewer(user: unknown): Reviewer | undefined {
  const login = isObject(user) ? readText(user["login"]) : undefined;
  if (!isObject(user) || login === undefined) return undefined;
  const type = readText(user["type"]) ?? "User";
  return { login, isPerson: type === "User" && !login.endsWith("[bot]") };
}

function readReason(answer: Answer): UnreadableReason {
  if (answer.status === 404) return "noRoute";
  if (answer.status === 401) return "badToken";
  // A limit on requests also answers 403, and passes.
  return answer.status === 403 && !isRateLimit(answer) ? "notAllowed" : "unreachable";
}

/** GitHub's primary limit says so in a header, the secondary one in `Retry-After` or its text. */
function isRateLimit({ headers, body }: Answer): boolean {
  const isSpent = headers["x-ratelimit-remaining"]?.[0] === "0" || headers["retry-after"] !== undefined;
  return isSpent || /rate limit/i.test(body());
}
