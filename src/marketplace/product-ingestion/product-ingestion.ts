import type { BearerAnswer, BearerClient, BearerRequest } from "../../bearer/bearer-client.ts";
import { answerOrError, isRequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, type AnswerName } from "../../http/errors.ts";
import type { CancelAnswer, Marketplace, Offer, OperationAnswer, Readiness, Standing } from "../marketplace.ts";
import { hasEnded, type Operation } from "../operation.ts";
import { type WholeList, readWholeList } from "../whole-list.ts";
import { type Entry, readEntryList, toSubmission } from "./entry.ts";
import { readJob } from "./job.ts";
import { placeAt, ROOT, submissionReference } from "./location.ts";
import { readSubmissionId, type SubmissionId, submissionOf, submissionText } from "../submission-id.ts";
import { chooseProduct, isServedElsewhere, mayBe, type NoProduct, type Product, readProducts } from "./product.ts";
import { readAcceptance, readStartFailure } from "./start-answer.ts";
import { decideReadiness } from "./standing.ts";
import type { Versions } from "./versions.ts";

export interface ProductIngestionOptions {
  /** Of Microsoft Graph. */
  readonly endpoint: URL;
  readonly versions: Versions;
  readonly offer: Offer;
  /** The product's GUID, where the offer cannot be looked up. */
  readonly productId: string | undefined;
  /** The number of the preview that is to go live, or its whole id; undefined: the only one that is ready. */
  readonly submissionId: string | undefined;
  readonly client: BearerClient;
}

/** The service is slow: reads took up to twenty seconds, and a push is worth the wait. */
const READ_LIMIT_MS = 60_000;
const START_LIMIT_MS = 120_000;
/** What a list in parts is asked on with. */
const TOKEN_NAME = "continuationToken";
const SCHEMAS = "https://schema.mp.microsoft.com/schema";

/** The Product Ingestion API: https://learn.microsoft.com/partner-center/marketplace-offers/product-ingestion-api */
export function createProductIngestion(options: ProductIngestionOptions): Marketplace {
  const service = createService(options);
  const { endpoint } = options;
  const locate = (submission: SubmissionId) => submissionReference(submission, endpoint);
  const toListed = (entry: Entry) => toSubmission(entry, locate);
  return {
    async look(signal) {
      const product = await service.product(signal);
      if ("kind" in product) return standing(product);
      if (isServedElsewhere(product.type ?? "")) return standing({ kind: "otherType", type: product.type ?? "" });
      const list = await service.entries(product, signal);
      const wanted = submissionOf(options.submissionId, product.guid);
      return standing(decideReadiness(list.entries, toListed, wanted), {
        submissions: list.entries.map(toListed),
        serviceTimeMs: list.serviceTimeMs,
      });
    },
    async start(_goal, { submissionId }, signal) {
      const submission = readSubmissionId(submissionId ?? "");
      if (submission === undefined) throw new Error(`no submission to start: ${submissionId}`);
      try {
        return readAcceptance(await service.push(submission, signal), submission, endpoint);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        return readStartFailure(error);
      }
    },
    async operation({ location }, signal) {
      const place = placeAt(location);
      if (place === undefined) throw new Error(`no operation of this API: ${location.pathname}`);
      return place.kind === "submission"
        ? service.followSubmission(place.submission, signal)
        : service.followJob(place.jobId, place.submission, signal);
    },
    async cancel({ location }, signal) {
      const place = placeAt(location);
      return place?.kind === "job" ? service.cancel(place.jobId, signal) : "impossible";
    },
  };
}

function standing(live: Readiness, list?: Pick<Standing, "submissions" | "serviceTimeMs">): Standing {
  return {
    submissions: [],
    serviceTimeMs: undefined,
    ...list,
    readiness: { live, preview: live },
    objection: undefined,
  };
}

/** The requests of this API, each of which is one function. */
function createService(options: ProductIngestionOptions) {
  const { client, endpoint, versions, offer } = options;
  const at = (path: string, version: string): URL => withVersion(new URL(ROOT + path, endpoint.origin), version);
  const get = (url: URL, version: string, signal: AbortSignal): Promise<BearerAnswer> =>
    client({ method: "GET", url: withVersion(url, version), limitMs: READ_LIMIT_MS, signal });
  const post = (request: Pick<BearerRequest, "url" | "body" | "signal" | "limitMs">): Promise<BearerAnswer> =>
    client({ method: "POST", renewsToken: true, ...request });
  let found: Product | undefined;

  /** The product, or why there is none to look at. A product does not change, so once is enough. */
  async function product(signal: AbortSignal): Promise<Product | NoProduct> {
    if (found !== undefined) return found;
    const named = options.productId?.toLowerCase();
    const list = await answerOrError(listProducts(signal));
    if (list instanceof Error && named === undefined) throw list;
    // The product is named because its offer may not be found; what is found must not be another one.
    const products = list instanceof Error ? [] : list.entries;
    const chosen = chooseProduct(products, named);
    if (!("kind" in chosen)) found = chosen;
    return chosen;
  }

  function listProducts(signal: AbortSignal): Promise<WholeList<Product>> {
    const url = at("/product", versions.product);
    url.searchParams.set("externalId", offer.offerId);
    const read = (body: unknown): readonly Product[] | undefined => readProducts(body, offer.offerId);
    const ask = (next: URL): Promise<BearerAnswer> => get(next, versions.product, signal);
    return readWholeList({ url, ask, read, stateOf: ({ guid }) => guid, tokenName: TOKEN_NAME });
  }

  function entries({ guid }: Pick<Product, "guid">, signal: AbortSignal): Promise<WholeList<Entry>> {
    return readWholeList({
      url: at(`/submission/${guid}`, versions.submission),
      ask: (url) => get(url, versions.submission, signal),
      read: (body) => readEntryList(body, guid),
      stateOf: ({ submission, target, state }) => `${target} ${submissionText(submission)} ${state.statusWord}`,
      tokenName: TOKEN_NAME,
    });
  }

  /** Exactly these members and no other: with `lifecycleState` the same request takes the product off the marketplace. */
  function push(submission: SubmissionId, signal: AbortSignal): Promise<BearerAnswer> {
    const resource = {
      $schema: `${SCHEMAS}/submission/${versions.submission}`,
      id: submissionText(submission),
      product: `product/${submission.product}`,
      target: { targetType: "live" },
    };
    const body = JSON.stringify({ $schema: `${SCHEMAS}/configure/${versions.submission}`, resources: [resource] });
    return post({ url: at("/configure", versions.submission), body, limitMs: START_LIMIT_MS, signal });
  }

  /** How a job stands; one that has succeeded is over only when its submission is live. */
  async function followJob(
    jobId: string,
    submission: SubmissionId | undefined,
    signal: AbortSignal,
  ): Promise<OperationAnswer> {
    const answer = await get(at(`/configure/${jobId}/status`, versions.submission), versions.submission, signal);
    const operation = readJob(answer.json());
    if (operation === undefined) throw new AnswerError(answer, "noStatus");
    const { retryAfterMs } = answer;
    if (submission === undefined) return { operation, retryAfterMs };
    await expectOffer(submission, answer, signal);
    if (operation.status !== "succeeded") return { operation, retryAfterMs };
    const { found: entry } = await findLive(submission, signal);
    // What contradicts the job's end is no end of its own.
    const isOver = entry === undefined || hasEnded(entry.state.status);
    const seen = isOver ? { ...operation, ...listedLive(entry) } : { ...operation, ...entry.state };
    return { operation: seen, retryAfterMs };
  }

  /** How a push stands of which no job is known: as its submission is listed among what is live, or goes live. */
  async function followSubmission(submission: SubmissionId, signal: AbortSignal): Promise<OperationAnswer> {
    const { answer, found: entry } = await findLive(submission, signal);
    await expectOffer(submission, answer, signal);
    if (entry === undefined) throw new AnswerError(answer, "notListed");
    const nothing = { messages: [], steps: [], liveLinks: [] };
    return { operation: { ...entry.state, ...nothing, ...listedLive(entry) }, retryAfterMs: undefined };
  }

  async function findLive({ product: guid, number }: SubmissionId, signal: AbortSignal) {
    const { entries: all, answer } = await entries({ guid }, signal);
    return { answer, found: all.find(({ target, submission }) => target === "live" && submission.number === number) };
  }

  /** Another offer's submission would be announced under this one's name. */
  async function expectOffer(submission: SubmissionId, answer: AnswerName, signal: AbortSignal): Promise<void> {
    if (!mayBe(await product(signal), submission.product)) throw new AnswerError(answer, "otherOffer");
  }

  /** "Cannot cancel job, job has already completed." is a 400 like any other. */
  async function cancel(jobId: string, signal: AbortSignal): Promise<CancelAnswer> {
    try {
      const url = at(`/configure/${jobId}/cancel`, versions.submission);
      // No longer than a question: it may be asked again, and whoever cancels has little time.
      const answer = await post({ url, limitMs: READ_LIMIT_MS, signal });
      return readCancel(answer);
    } catch (error) {
      const isLate =
        error instanceof ServiceError && error.status === 400 && /already completed/i.test(error.serviceText ?? "");
      if (isLate) return "tooLate";
      throw error;
    }
  }

  return { product, entries, push, followJob, followSubmission, cancel };
}

function listedLive(entry: Entry | undefined): Pick<Operation, "isListedLive"> {
  return entry?.state.status === "succeeded" ? { isListedLive: true } : {};
}

/** Done if the job says so; every other success is the service's word that it took the wish. */
function readCancel(answer: BearerAnswer): CancelAnswer {
  try {
    return readJob(answer.json())?.status === "canceled" ? "done" : "underWay";
  } catch (error) {
    if (error instanceof AnswerError) return "underWay";
    throw error;
  }
}

/** The URL with exactly one `$version`, in place of whichever it carries itself. */
function withVersion(location: URL, version: string): URL {
  const url = new URL(location);
  for (const name of [...url.searchParams.keys()]) if (name.toLowerCase() === "$version") url.searchParams.delete(name);
  // Written out, for the reference does so, and a server may not take `%24` for it.
  url.search = `${url.search === "" ? "?" : `${url.search}&`}$version=${version}`;
  return url;
}
