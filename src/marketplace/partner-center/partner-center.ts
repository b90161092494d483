import type { BearerAnswer, BearerClient } from "../../bearer/bearer-client.ts";
import { answerOrError, isMissing, isRequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, type AnswerName } from "../../http/errors.ts";
import { isSameText } from "../../text/ascii-case.ts";
import type { Marketplace, Offer, OperationAnswer, Readiness, Standing } from "../marketplace.ts";
import type { Fault, Operation, Step } from "../operation.ts";
import { readWholeList, type WholeList } from "../whole-list.ts";
import { type Entry, readEntry, readEntryList, stateOf, toSubmission } from "./entry.ts";
import { readReports, readValidations } from "./failure.ts";
import { readSubmissionId, type SubmissionId, submissionOf } from "../submission-id.ts";
import { ROOT, submissionAt, submissionPath, submissionReference } from "./location.ts";
import { type Product, readProduct, readProducts } from "./product.ts";
import { decideReadiness } from "./standing.ts";
import { readAcceptance, readStartFailure } from "./start-answer.ts";
import { readLiveSteps } from "./workflow.ts";

export interface PartnerCenterOptions {
  readonly endpoint: URL;
  readonly offer: Offer;
  /** The product's GUID, where the offer cannot be looked up. */
  readonly productId: string | undefined;
  /** The number of the submission that is to go live, or its whole id; undefined: the only one that is ready. */
  readonly submissionId: string | undefined;
  readonly client: BearerClient;
}

const READ_LIMIT_MS = 60_000;
const START_LIMIT_MS = 120_000;
/** The type of the products that this API publishes from end to end, as its filter names it. */
const APPLICATION = "AzureApplication";

/** The Partner Center submission API: https://learn.microsoft.com/partner-center/marketplace-offers/submission-api-onboard */
export function createPartnerCenter(options: PartnerCenterOptions): Marketplace {
  const service = createService(options);
  const { endpoint } = options;
  const toListed = (entry: Entry) => toSubmission(entry, (id) => submissionReference(id, endpoint));
  return {
    async look(signal) {
      const product = await service.product(signal);
      if ("kind" in product) return standing(product);
      const list = await service.entries(product.guid, signal);
      const live = decideReadiness(list.entries, toListed, submissionOf(options.submissionId, product.guid));
      return standing(live, { submissions: list.entries.map(toListed), serviceTimeMs: list.serviceTimeMs });
    },
    async start(_goal, candidate, signal) {
      const submission = readSubmissionId(candidate.submissionId ?? "");
      if (submission === undefined) throw new Error(`no submission to start: ${candidate.submissionId}`);
      try {
        return readAcceptance(await service.promote(submission, signal), submission, endpoint);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        return readStartFailure(error);
      }
    },
    operation({ location }, signal) {
      const submission = submissionAt(location);
      if (submission === undefined) throw new Error(`no submission of this API: ${location.pathname}`);
      return service.follow(submission, signal);
    },
    // Neither before nor after a promote does this API know how to take one back.
    cancel: () => Promise.resolve("impossible"),
  };
}

function standing(live: Readiness, list?: Pick<Standing, "submissions" | "serviceTimeMs">): Standing {
  return { submissions: [], serviceTimeMs: undefined, ...list, readiness: { live }, objection: undefined };
}

/** Why there is no product to look at. */
interface NoProduct {
  readonly kind: "noSuchOffer" | "needsProductId";
}

/** The requests of this API, each of which is one function. */
function createService({ client, endpoint, offer, productId }: PartnerCenterOptions) {
  const at = (path: string): URL => new URL(ROOT + path, endpoint.origin);
  const get = (url: URL, signal: AbortSignal): Promise<BearerAnswer> =>
    client({ method: "GET", url, limitMs: READ_LIMIT_MS, signal });
  /** Those that were seen on their way: one of them that waits for the publisher again has been sent back. */
  const moved = new Set<string>();
  let found: Pick<Product, "guid"> | undefined;

  /** The product, or why there is none. A product does not change, so once is enough. */
  async function product(signal: AbortSignal): Promise<Pick<Product, "guid"> | NoProduct> {
    found ??= productId === undefined ? undefined : await checkedProduct(productId, signal);
    if (found !== undefined) return found;
    const list = await findProducts(signal);
    if (list === "needsProductId") return { kind: list };
    found = list.entries.find(({ offerId }) => isSameText(offerId ?? "", offer.offerId));
    return found ?? { kind: "noSuchOffer" };
  }

  /** The product that the inputs name. Its route may be down while submissions answer; another offer's is refused. */
  async function checkedProduct(guid: string, signal: AbortSignal): Promise<Pick<Product, "guid">> {
    const answer = await answerOrError(get(at(`/products/${guid}`), signal));
    const own = answer instanceof Error ? undefined : readProduct(bodyOf(answer));
    const isOther = own?.offerId !== undefined && !isSameText(own.offerId, offer.offerId);
    if (!(answer instanceof Error) && isOther) throw new AnswerError(answer, "otherOperation");
    return { guid: guid.toLowerCase() };
  }

  /** Never without a filter; with the type in it, unless the service refuses just that. */
  async function findProducts(signal: AbortSignal): Promise<WholeList<Product> | "needsProductId"> {
    const byId = `ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq '${offer.offerId}')`;
    try {
      return await listProducts(`resourceType eq '${APPLICATION}' and ${byId}`, signal);
    } catch (error) {
      if (!isFilterRefused(error)) throw error;
    }
    try {
      return await listProducts(byId, signal);
    } catch (error) {
      if (isFilterRefused(error)) return "needsProductId";
      throw error;
    }
  }

  function listProducts(filter: string, signal: AbortSignal): Promise<WholeList<Product>> {
    const url = at("/products");
    url.searchParams.set("$filter", filter);
    return readWholeList({
      url,
      ask: (next) => get(next, signal),
      read: readProducts,
      stateOf: ({ guid }) => guid,
      linkBase: endpoint,
      isEnd: isMissing,
    });
  }

  function entries(guid: string, signal: AbortSignal): Promise<WholeList<Entry>> {
    return readWholeList({
      url: at(`/products/${guid}/submissions`),
      ask: (url) => get(url, signal),
      read: (body) => readEntryList(body, guid),
      stateOf: ({ submission, word }) => `${submission.number} ${word}`,
      linkBase: endpoint,
    });
  }

  /** "Promote a preview submission to live". */
  function promote(submission: SubmissionId, signal: AbortSignal): Promise<BearerAnswer> {
    const url = at(`${submissionPath(submission)}/promote`);
    return client({ method: "POST", url, body: "{}", limitMs: START_LIMIT_MS, wantsBody: isRefusal, signal });
  }

  /** How a go-live stands: its submission alone says it; the details of the workflow are words beside. */
  async function follow(submission: SubmissionId, signal: AbortSignal): Promise<OperationAnswer> {
    const answer = await get(at(submissionPath(submission)), signal);
    await expectOffer(submission, answer, signal);
    const entry = readEntry(answer.json(), submission.product);
    if (entry === undefined) throw new AnswerError(answer, "wrongShape");
    if (entry.submission.number !== submission.number) throw new AnswerError(answer, "otherOperation");
    if (entry.phase === "goesLive") moved.add(submission.number);
    const { retryAfterMs } = answer;
    const isBack = entry.phase === "ready" && moved.has(submission.number);
    const state = isBack ? { ...stateOf(entry), status: "failed" as const } : stateOf(entry);
    const steps = entry.phase === "ready" && !isBack ? [] : await liveSteps(submission, signal);
    const nothing = { messages: [], steps, liveLinks: [] };
    if (state.status !== "failed") return { operation: { ...state, ...nothing }, retryAfterMs };
    const fault = await findFault(entry, isBack, signal);
    return { operation: { ...state, ...nothing, fault } satisfies Operation, retryAfterMs };
  }

  /** Another offer's submission would be announced under this one's name. */
  async function expectOffer(submission: SubmissionId, answer: AnswerName, signal: AbortSignal): Promise<void> {
    const own = await product(signal);
    if ("kind" in own || own.guid !== submission.product) throw new AnswerError(answer, "otherOperation");
  }

  async function liveSteps(submission: SubmissionId, signal: AbortSignal): Promise<readonly Step[]> {
    return readLiveSteps(await bodyAt(`${submissionPath(submission)}/workflowdetails`, signal));
  }

  /** The reasons in the order in which the service may have them; often it has none. */
  async function findFault({ submission, failureReason }: Entry, isBack: boolean, signal: AbortSignal): Promise<Fault> {
    const path = submissionPath(submission);
    const back = isBack ? ["It was on its way and waits for the publisher again: withdrawn, or failed."] : [];
    const own = failureReason === undefined ? [] : [failureReason];
    const validations = readValidations(await bodyAt(`${path}/validations`, signal));
    const reports = readReports(await bodyAt(`${path}/reports`, signal));
    const text = [...back, ...own, ...validations, ...reports].join(" ");
    return { text: text === "" ? "The service gives no reason." : text };
  }

  /** The body of an answer that is nice to have; undefined when it cannot be had. */
  async function bodyAt(path: string, signal: AbortSignal): Promise<unknown> {
    const answer = await answerOrError(get(at(path), signal));
    return answer instanceof Error ? undefined : bodyOf(answer);
  }

  return { product, entries, promote, follow };
}

/** What was accepted counts whatever its body says. */
function isRefusal(status: number): boolean {
  return status >= 300;
}

function bodyOf(answer: BearerAnswer): unknown {
  try {
    return answer.json();
  } catch (error) {
    if (isRequestError(error)) return undefined;
    throw error;
  }
}

/** "ICH50400 - Unable to complete request": the server refuses a filter that it fills in itself. */
function isFilterRefused(error: unknown): boolean {
  return (
    error instanceof ServiceError && error.status === 400 && `${error.code} ${error.serviceText}`.includes("ICH50400")
  );
}
