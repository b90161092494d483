import type { Clock } from "../clock.ts";
import type { Environment } from "../environment.ts";
import type { ProxySettings } from "../http/proxy.ts";
import type { OpenTransport, Transport } from "../http/transport.ts";
import { inLowerCase } from "../text/ascii-case.ts";
import { isObject, type JsonObject, readText } from "../text/json.ts";
import { withinLimit } from "../time-limit.ts";
import type { Review, Reviewer } from "./approval.ts";
import { ApprovalError, type UnreadableReason } from "./approval-error.ts";
import { loadToolkit } from "./toolkit.ts";

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

type Octokit = ReturnType<Awaited<ReturnType<typeof loadToolkit>>["getOctokit"]>;

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
  if (!/^[\x21-\x7e]+$/.test(token)) throw new ApprovalError({ kind: "noSuchToken" });
  if (!/^https?:$/.test(URL.parse(run.apiUrl)?.protocol ?? "")) throw unreachable("GITHUB_API_URL is not a URL");
  const { getOctokit } = await loadToolkit();
  const limit = { clock, signal, limitMs: READ_LIMIT_MS, giveUp: unreachable };
  const { send, close } = openTransport(proxy);
  try {
    return await withinLimit(limit, (stop) => {
      const request = { fetch: fetchThrough(send, stop), log: SILENT };
      const octokit = getOctokit(token, { baseUrl: run.apiUrl.replace(/\/+$/, ""), request });
      return readPages(run, octokit);
    });
  } catch (error) {
    throw error instanceof ApprovalError ? error : new ApprovalError({ kind: readReason(error) }, error);
  } finally {
    await close();
  }
}

/**
 * Octokit's own paging takes a 409 for an empty page, and any body for a list. A gateway may lose the header that tells
 * of a next page, and a server may keep pages of any size: so the list ends with an empty page, or with the same page
 * again, at a server that keeps no pages.
 */
async function readPages(run: WorkflowRun, octokit: Octokit): Promise<readonly Review[]> {
  const about = { owner: run.owner, repo: run.repository, run_id: run.runId, per_page: PAGE_SIZE };
  const reviews: Review[] = [];
  let before: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const pageRequest = { ...about, page };
    const { data, headers } = await octokit.rest.actions.getReviewsForRun(pageRequest);
    const entries: unknown = data;
    if (!Array.isArray(entries) || !entries.every(isObject)) throw unreachable("no list");
    const text = JSON.stringify(entries);
    const isLast = entries.length === 0 || (text === before && entries.length < PAGE_SIZE);
    if (isLast && !namesNextPage(headers.link ?? "")) return reviews;
    reviews.push(...entries.map(readReview));
    before = text;
  }
  throw unreachable("the list has no end");
}

/** The form in which octokit asks, over the transport of everybody: its proxies, its limits, and no redirect. */
function fetchThrough(send: Transport, signal: AbortSignal) {
  return async (
    url: string,
    { headers }: { readonly headers: Readonly<Record<string, string>> },
  ): Promise<Response> => {
    const answer = await send({ method: "GET", url: new URL(url), headers, wantsBody: () => true, signal });
    const { status } = answer;
    // Octokit knows no such answer, and neither does anybody else.
    if (status < 200 || status > 599) throw unreachable(`HTTP ${status}`);
    const hasNoBody = [204, 205, 304].includes(status);
    const fields = Object.entries(answer.headers).map(([name, values]): [string, string] => [name, values.join(", ")]);
    return new Response(hasNoBody ? null : answer.body(), { status, headers: fields });
  };
}

/** Octokit would write a server's words to the log, where the runner reads commands. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } as const;

/** Whether a `Link` header names a next page: RFC 8288, section 3. Relations know no case, and may share one text. */
function namesNextPage(value: string): boolean {
  const relations = [...value.matchAll(/;\s*rel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,]+))/gi)];
  const words = relations.flatMap(([, ...forms]) => forms.join(" ").toLowerCase().split(/\s+/));
  return words.includes("next");
}

function unreachable(why: string): ApprovalError {
  return new ApprovalError({ kind: "unreachable" }, new Error(why));
}

function readReview(review: JsonObject): Review {
  return {
    environments: readNames(review["environments"]),
    state: readWhole(review["state"]),
    reviewer: readReviewer(review["user"]),
    comment: readText(review["comment"]) ?? "",
  };
}

/** An entry that is none, or has no name, may be about any environment. */
function readNames(environments: unknown): readonly string[] {
  if (!Array.isArray(environments)) return [];
  return environments.map((entry: unknown) => (isObject(entry) ? readWhole(entry["name"]) : ""));
}

/** A text as it is: blanks around a name or a word make it another. */
function readWhole(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The account that stands in for those that no longer exist: https://github.com/ghost */
const DELETED = "ghost";

/** GitHub calls people `User`, and says so; an app has a login that ends with `[bot]`. */
function readReviewer(user: unknown): Reviewer | undefined {
  const login = isObject(user) ? readText(user["login"]) : undefined;
  if (!isObject(user) || login === undefined) return undefined;
  const name = inLowerCase(login);
  return { login, isPerson: user["type"] === "User" && !name.endsWith("[bot]") && name !== DELETED };
}

function readReason(error: unknown): UnreadableReason {
  const status = Error.isError(error) && "status" in error ? error.status : undefined;
  if (status === 404) return "noRoute";
  if (status === 401) return "badToken";
  // A limit on requests also answers 403, and passes.
  return status === 403 && !isRateLimit(error) ? "notAllowed" : "unreachable";
}

/** GitHub's primary limit says so in a header, the secondary one in `Retry-After` or its text. */
function isRateLimit(error: unknown): boolean {
  if (!Error.isError(error)) return false;
  const response = "response" in error && isObject(error.response) ? error.response : {};
  const headers = isObject(response["headers"]) ? response["headers"] : {};
  const isSpent = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined;
  return isSpent || /rate limit/i.test(error.message);
}
