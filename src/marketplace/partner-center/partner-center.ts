import { type BearerAnswer, type BearerClient, jsonOrNothing } from "../../bearer/bearer-client.ts";
import { answerOrError, isMissing, isRequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError, type AnswerName } from "../../http/errors.ts";
import type { Catalog } from "../catalog.ts";
import type { Marketplace, Offer, OperationAnswer, Readiness, Standing } from "../marketplace.ts";
import type { Fault, Operation, Step } from "../operation.ts";
import { readWholeList, type WholeList } from "../whole-list.ts";
import { type Entry, readEntry, readEntryList, stateOf, toSubmission } from "./entry.ts";
import { readReports, readValidations } from "./failure.ts";
import { readSubmissionId, type SubmissionId, submissionOf } from "../submission-id.ts";
import { ROOT, submissionAt, submissionPath, submissionReference } from "./location.ts";
import { otherType } from "./product.ts";
import { createProductSearch, type FoundProduct } from "./product-search.ts";
import { decideReadiness } from "./standing.ts";
import { readAcceptance, readStartFailure, wantsBody } from "./start-answer.ts";
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

/** What stands for a body that cannot be had; no body of the service is that. */
const UNREAD = Symbol("unread");
const READ_LIMIT_MS = 60_000;
const START_LIMIT_MS = 120_000;

/** The Partner Center submission API: https://learn.microsoft.com/partner-center/marketplace-offers/submission-api-onboard */
export function createPartnerCenter(options: PartnerCenterOptions): Marketplace & Catalog {
  const service = createService(options);
  const { endpoint } = options;
  const toListed = (entry: Entry) => toSubmission(entry, (id) => submissionReference(id, endpoint));
  let wasTurnedAway = false;
  return {
    list: service.list,
    async look(signal) {
      const product = await service.product(signal);
      if ("kind" in product) return standing(product);
      const list = await service.entries(product.guid, signal);
      const wanted = submissionOf(options.submissionId, product.guid);
      const live = otherType(product) ?? decideReadiness(list.entries, toListed, wanted);
      const submissions = list.entries.map(toListed);
      return { ...standing(live, { submissions, serviceTimeMs: list.serviceTimeMs }), ...uncheckedOf(product) };
    },
    async start(_goal, candidate, signal) {
      const submission = readSubmissionId(candidate.submissionId ?? "");
      if (submission === undefined) throw new Error(`no submission to start: ${candidate.submissionId}`);
      try {
        return readAcceptance(await service.promote(submission, signal), submission, endpoint);
      } catch (error) {
        if (!isRequestError(error)) throw error;
        const answer = readStartFailure(error, wasTurnedAway);
        wasTurnedAway ||= error instanceof ServiceError && error.status === 401;
        return answer;
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
  return {
    submissions: [],
    serviceTimeMs: undefined,
    ...list,
    readiness: { live, preview: { kind: "cannotPublish" } },
    objection: undefined,
  };
}

function uncheckedOf({ unchecked }: FoundProduct): Pick<Standing, "uncheckedProduct"> {
  return unchecked === undefined ? {} : { uncheckedProduct: unchecked };
}

/** The requests of this API, each of which is one function. */
function createService({ client, endpoint, offer, productId }: PartnerCenterOptions) {
  const at = (path: string): URL => new URL(ROOT + path, endpoint.origin);
  const get = (url: URL, signal: AbortSignal): Promise<BearerAnswer> =>
    client({ method: "GET", url, limitMs: READ_LIMIT_MS, signal });
  /** Those that were seen on their way: one of them that waits for the publisher again has been sent back. */
  const moved = new Set<string>();
  /** Those that this run has sent, or has seen as more than a preview that is ready: they may be go-lives. */
  const begun = new Set<string>();
  const products = createProductSearch({ endpoint, offer, productId, get });

  async function entries(guid: string, signal: AbortSignal): Promise<WholeList<Entry>> {
    const list = await readWholeList({
      url: at(`/products/${guid}/submissions`),
      ask: (url) => get(url, signal),
      read: (body) => readEntryList(body, guid),
      stateOf: ({ submission, word }) => `${submission.number} ${word}`,
      linkBase: endpoint,
    });
    list.entries.forEach(noteMove);
    return list;
  }

  function noteMove({ phase, submission }: Entry): void {
    if (phase === "goesLive") moved.add(submission.number);
  }

  /** "Promote a preview submission to live". */
  function promote(submission: SubmissionId, signal: AbortSignal): Promise<BearerAnswer> {
    begun.add(submission.number);
    const url = at(`${submissionPath(submission)}/promote`);
    const limits = { limitMs: START_LIMIT_MS, wantsBody, renewsToken: "nextTime" } as const;
    return client({ method: "POST", url, body: "{}", ...limits, signal });
  }

  /** How a go-live stands: its submission alone says it; the details of the workflow are words beside. */
  async function follow(submission: SubmissionId, signal: AbortSignal): Promise<OperationAnswer> {
    const answer = await get(at(submissionPath(submission)), signal);
    await expectOffer(submission, answer, signal);
    const entry = readEntry(answer.json(), submission.product);
    if (entry === undefined) throw new AnswerError(answer, "wrongShape");
    if (entry.submission.number !== submission.number) throw new AnswerError(answer, "otherOperation");
    noteMove(entry);
    if (entry.phase !== "ready") begun.add(submission.number);
    const { retryAfterMs } = answer;
    const isBack = entry.phase === "ready" && moved.has(submission.number);
    // A preview that only stands there is no go-live that somebody has started.
    if (entry.phase === "ready" && !isBack && !begun.has(submission.number)) throw new AnswerError(answer, "notBegun");
    const state = isBack ? { ...stateOf(entry), status: "failed" as const } : stateOf(entry);
    const steps = entry.phase === "ready" && !isBack ? [] : await liveSteps(submission, signal);
    // The submission is its own entry of the list.
    const listed = entry.phase === "live" ? { isListedLive: true as const } : {};
    const nothing = { messages: [], steps, liveLinks: [], ...listed };
    if (state.status !== "failed" && state.status !== "canceled")
      return { operation: { ...state, ...nothing }, retryAfterMs };
    const fault = await findFault(entry, isBack, signal);
    return { operation: { ...state, ...nothing, fault } satisfies Operation, retryAfterMs };
  }

  /** Another offer's submission would be announced under this one's name. */
  async function expectOffer(submission: SubmissionId, answer: AnswerName, signal: AbortSignal): Promise<void> {
    if (!(await products.isOwn(submission.product, signal))) throw new AnswerError(answer, "otherOffer");
  }

  async function liveSteps(submission: SubmissionId, signal: AbortSignal): Promise<readonly Step[]> {
    const details = await bodyAt(`${submissionPath(submission)}/workflowdetails`, signal);
    return readLiveSteps(details);
  }

  /** The reasons in the order in which the service may have them; often it has none. */
  async function findFault({ submission, failureReason }: Entry, isBack: boolean, signal: AbortSignal): Promise<Fault> {
    const path = submissionPath(submission);
    const back = isBack ? ["It was on its way and waits for the publisher again: withdrawn, or failed."] : [];
    const own = failureReason === undefined ? [] : [failureReason];
    const validations = await bodyAt(`${path}/validations`, signal);
    const reports = await bodyAt(`${path}/reports`, signal);
    const reasons = [...back, ...own, ...readValidations(validations), ...readReports(reports)];
    if (reasons.length > 0) return { text: reasons.map(asSentence).join(" ") };
    const isUnread = validations === UNREAD || reports === UNREAD;
    return { text: isUnread ? "The reason could not be read." : "The service gives no reason." };
  }

  /** The body of an answer that is nice to have: undefined when the service has none, `UNREAD` when it cannot be had. */
  async function bodyAt(path: string, signal: AbortSignal): Promise<unknown> {
    const answer = await answerOrError(get(at(path), signal));
    if (answer instanceof Error) return isMissing(answer) ? undefined : UNREAD;
    return jsonOrNothing(answer) ?? UNREAD;
  }

  return { product: products.find, list: products.list, entries, promote, follow };
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
