import type { BearerAnswer, BearerClient, BearerRequest } from "../../bearer/bearer-client.ts";
import { isRequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, type AnswerName } from "../../http/errors.ts";
import type { Catalog } from "../catalog.ts";
import type {
  CancelAnswer,
  Candidate,
  Goal,
  Marketplace,
  Offer,
  OperationAnswer,
  Readiness,
  Standing,
  StartAnswer,
} from "../marketplace.ts";
import { hasEnded } from "../operation.ts";
import { type WholeList, readWholeList } from "../whole-list.ts";
import { type Entry, readEntryList, toSubmission } from "./entry.ts";
import { readJob } from "./job.ts";
import {
  jobReference,
  placeAt,
  previewReference,
  type Publish,
  publishReference,
  ROOT,
  submissionReference,
} from "./location.ts";
import { publishBody, pushBody } from "./configure.ts";
import { createPublishFollower, listedIn, madeId } from "./publish.ts";
import { readSubmissionId, type SubmissionId, submissionOf, submissionText } from "../submission-id.ts";
import { isServedElsewhere, type Product, readProducts, toListing } from "./product.ts";
import { createProductSearch } from "./product-search.ts";
import { readAcceptance, readStartFailure } from "./start-answer.ts";
import { decidePublish, decideReadiness } from "./standing.ts";
import { type Versions, withVersion } from "./versions.ts";

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

/** The Product Ingestion API: https://learn.microsoft.com/partner-center/marketplace-offers/product-ingestion-api */
export function createProductIngestion(options: ProductIngestionOptions): Marketplace & Catalog {
  const service = createService(options);
  const { endpoint } = options;
  const locate = ({ submission, target }: Entry) =>
    target === "preview" ? previewReference(submission, endpoint) : submissionReference(submission, endpoint);
  const toListed = (entry: Entry) => toSubmission(entry, locate);
  const push = async ({ submissionId }: Candidate, signal: AbortSignal): Promise<StartAnswer> => {
    const submission = readSubmissionId(submissionId ?? "");
    if (submission === undefined) throw new Error(`no submission to start: ${submissionId}`);
    const answer = await service.push(submission, signal);
    return readAcceptance(answer, (jobId) => jobReference(jobId, submission, endpoint));
  };
  const publish = async ({ before }: Candidate, signal: AbortSignal): Promise<StartAnswer> => {
    const draftOf = await service.product(signal);
    if (before === undefined || "kind" in draftOf) throw new Error("no product to publish");
    const numbers = before.flatMap((id) => readSubmissionId(id)?.number ?? []);
    const what = { product: draftOf.guid, before: numbers };
    return readAcceptance(await service.publish(draftOf, signal), (jobId) => publishReference(jobId, what, endpoint));
  };
  return {
    list: async (signal) => toListing((await service.listProducts(signal)).entries),
    async look(signal) {
      const product = await service.product(signal);
      if ("kind" in product) return standing(product, product);
      const other = { kind: "otherType", type: product.type } as const;
      if (isServedElsewhere(other.type)) return standing(other, other);
      const list = await service.entries(product, signal);
      const wanted = submissionOf(options.submissionId, product.guid);
      const live = decideReadiness(list.entries, toListed, wanted);
      return standing(live, decidePublish(list.entries, toListed), {
        submissions: list.entries.map(toListed),
        serviceTimeMs: list.serviceTimeMs,
        ...(product.unchecked === undefined ? {} : { uncheckedProduct: product.unchecked }),
      });
    },
    async start(goal, candidate, signal) {
      try {
        return goal === "live" ? await push(candidate, signal) : await publish(candidate, signal);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        return readStartFailure(error);
      }
    },
    async operation({ location }, signal) {
      const place = placeAt(location);
      if (place === undefined) throw new Error(`no operation of this API: ${location.pathname}`);
      switch (place.kind) {
        case "job":
          return service.followJob(place.jobId, place.submission, signal);
        case "publish":
          return service.followPublish(place.jobId, place, signal);
        case "submission":
          return service.followSubmission(place.submission, "live", signal);
        case "preview":
          return service.followSubmission(place.submission, "preview", signal);
      }
    },
    async cancel({ location }, signal) {
      const place = placeAt(location);
      return place?.kind === "job" || place?.kind === "publish" ? service.cancel(place.jobId, signal) : "impossible";
    },
  };
}

function standing(
  live: Readiness,
  preview: Readiness,
  list?: Pick<Standing, "submissions" | "serviceTimeMs" | "uncheckedProduct">,
): Standing {
  return {
    submissions: [],
    serviceTimeMs: undefined,
    ...list,
    readiness: { live, preview },
    objection: undefined,
  };
}

/** The requests of this API, each of which is one function. */
function createService(options: ProductIngestionOptions) {
  const { client, endpoint, versions, offer, productId } = options;
  const at = (path: string, version: string): URL => withVersion(new URL(ROOT + path, endpoint.origin), version);
  const get = (url: URL, version: string, signal: AbortSignal): Promise<BearerAnswer> =>
    client({ method: "GET", url: withVersion(url, version), limitMs: READ_LIMIT_MS, signal });
  const post = (request: Pick<BearerRequest, "url" | "body" | "signal" | "limitMs">): Promise<BearerAnswer> =>
    client({ method: "POST", renewsToken: true, ...request });
  const follow = createPublishFollower();
  const { find: product, isOwn } = createProductSearch({ offer, productId, list: listProducts, tree });

  function listProducts(signal: AbortSignal): Promise<WholeList<Product>> {
    const url = at("/product", versions.product);
    url.searchParams.set("externalId", offer.offerId);
    const read = (body: unknown): readonly Product[] | undefined => readProducts(body, offer.offerId);
    const ask = (next: URL): Promise<BearerAnswer> => get(next, versions.product, signal);
    return readWholeList({ url, ask, read, stateOf: ({ guid }) => guid, tokenName: TOKEN_NAME });
  }

  function tree(guid: string, signal: AbortSignal): Promise<BearerAnswer> {
    return get(at(`/resource-tree/product/${guid}`, versions.submission), versions.submission, signal);
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

  function push(submission: SubmissionId, signal: AbortSignal): Promise<BearerAnswer> {
    return configure(pushBody(submission, versions.submission), signal);
  }

  function publish({ guid }: Pick<Product, "guid">, signal: AbortSignal): Promise<BearerAnswer> {
    return configure(publishBody(guid, versions.submission), signal);
  }

  function configure(body: string, signal: AbortSignal): Promise<BearerAnswer> {
    return post({ url: at("/configure", versions.submission), body, limitMs: START_LIMIT_MS, signal });
  }

  function askJob(jobId: string, signal: AbortSignal): Promise<BearerAnswer> {
    return get(at(`/configure/${jobId}/status`, versions.submission), versions.submission, signal);
  }

  async function followPublish(jobId: string, publishing: Publish, signal: AbortSignal): Promise<OperationAnswer> {
    const { product: guid } = publishing;
    const job = async (): Promise<BearerAnswer> => {
      const answer = await askJob(jobId, signal);
      await expectOffer({ product: guid }, answer, signal);
      return answer;
    };
    const listed = async (): Promise<readonly Entry[]> => (await entries({ guid }, signal)).entries;
    return follow(jobId, publishing, { job, entries: listed }, signal);
  }

  /** How a job stands; one that has succeeded is over only when its submission is live. */
  async function followJob(
    jobId: string,
    submission: SubmissionId | undefined,
    signal: AbortSignal,
  ): Promise<OperationAnswer> {
    const answer = await askJob(jobId, signal);
    const operation = readJob(answer.json());
    if (operation === undefined) throw new AnswerError(answer, "noStatus");
    const { retryAfterMs } = answer;
    if (submission === undefined) return { operation, retryAfterMs };
    await expectOffer(submission, answer, signal);
    if (operation.status !== "succeeded") return { operation, retryAfterMs };
    const { found: entry } = await findEntry(submission, "live", signal);
    // What contradicts the job's end is no end of its own.
    const isOver = entry === undefined || hasEnded(entry.state.status);
    const seen = isOver ? { ...operation, ...listedIn(entry) } : { ...operation, ...entry.state };
    return { operation: seen, retryAfterMs };
  }

  /** How a submission stands of which no job is known: as it is listed with that target. */
  async function followSubmission(submission: SubmissionId, goal: Goal, signal: AbortSignal): Promise<OperationAnswer> {
    const { answer, found: entry } = await findEntry(submission, goal, signal);
    await expectOffer(submission, answer, signal);
    if (entry === undefined) throw new AnswerError(answer, "notListed");
    const nothing = { messages: [], steps: [], liveLinks: [], ...(goal === "preview" ? madeId(entry) : {}) };
    return { operation: { ...entry.state, ...nothing, ...listedIn(entry) }, retryAfterMs: undefined };
  }

  async function findEntry({ product: guid, number }: SubmissionId, goal: Goal, signal: AbortSignal) {
    const { entries: all, answer } = await entries({ guid }, signal);
    return { answer, found: all.find(({ target, submission }) => target === goal && submission.number === number) };
  }

  /** Another offer's submission would be announced under this one's name. */
  async function expectOffer(
    { product: guid }: Pick<SubmissionId, "product">,
    answer: AnswerName,
    signal: AbortSignal,
  ): Promise<void> {
    if (!(await isOwn(guid, signal))) throw new AnswerError(answer, "otherOffer");
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

  return { product, listProducts, entries, push, publish, followJob, followPublish, followSubmission, cancel };
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
