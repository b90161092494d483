import type { TokenPlan } from "../wire/bearer.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import type { Fault } from "../wire/fault.ts";
import type { RecordedRequest } from "../wire/journal.ts";
import { startService } from "../wire/reception.ts";
import { type Behaviour, resolveBehaviour } from "./behaviour.ts";
import { stateAt } from "./job.ts";
import type { AcceptedJob, Happening, ProductPlan } from "./plan.ts";
import { jobsOf, liveNumberAt, newestPreview, submissionId } from "./product.ts";
import { Session, type SessionOptions } from "./session.ts";
import type { JobState, JobTarget, Route } from "./vocabulary.ts";

/** How to start the Product Ingestion API. Everything has a default. */
export interface ProductIngestionOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Key and certificate in PEM, for HTTPS. Default: HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: the wall clock. */
  readonly clock?: EmulatorClock;
  /** What each token is good for, by its text. Default: `emulator-token` is good for everything. */
  readonly tokens?: Readonly<Record<string, TokenPlan>>;
  /** Asked for a token that is not in `tokens`, such as one that Entra's stand-in made; undefined: 401. */
  readonly tokenCheck?: (token: string) => TokenPlan | undefined;
  /**
   * What a token that is a readable JWT has to be for, beside the service's own origin; another is a 401. Default:
   * Graph, by its address and its id.
   */
  readonly audiences?: readonly string[];
  /** Default: the offer `contoso-vm`, whose preview is ready. */
  readonly products?: readonly ProductPlan[];
  readonly behaviour?: Partial<Behaviour>;
  /** What somebody else does in Partner Center. Default nothing. */
  readonly happenings?: readonly Happening[];
  readonly faults?: readonly Fault<Route>[];
  /** Called when it is decided what a request is answered, before it is. */
  readonly onAnswer?: (request: RecordedRequest<Route>) => void;
}

/** What a reset can change. */
export type ProductIngestionReset = Omit<ProductIngestionOptions, "port" | "host" | "tls">;

/** The Product Ingestion API, listening. What is said of its state is true, whatever it answers. */
export interface ProductIngestion {
  /** Without a slash at its end, such as `http://127.0.0.1:8788`: what stands for `https://graph.microsoft.com`. */
  readonly url: string;
  /** What stands for `https://graph.microsoft.com/rp/product-ingestion`. */
  readonly endpoint: string;
  /** The requests since the start or reset, in order of arrival. */
  readonly requests: readonly RecordedRequest<Route>[];
  /** The pushes to live that clients asked for and that took effect, in that order. */
  pushes(): readonly AcceptedJob[];
  /** The publishes to preview that clients asked for and that took effect, in that order. */
  publishes(): readonly AcceptedJob[];
  /**
   * The true state of a job now, whatever the service says.
   * @throws RangeError when there is no such job.
   */
  jobState(jobId: string): JobState;
  /** The submission of that offer (default: the first product's) that is truly live now, such as `submission/<guid>/<n>`. */
  liveSubmission(offerId?: string): string | undefined;
  /** Whether that submission, such as `submission/<guid>/<n>`, has truly gone live by now, be another live since. */
  hasGoneLive(submission: string): boolean;
  /** Whether a publish has truly made that submission by now, be another in its place since. */
  hasBeenMade(submission: string): boolean;
  /** The submission that is truly the newest preview of that offer, pushed or not. */
  previewSubmission(offerId?: string): string | undefined;
  /**
   * Replaces the faults and counts requests from 1 again.
   * @throws TypeError or RangeError when a fault has a header or status that Node would not send.
   */
  setFaults(faults: readonly Fault<Route>[]): void;
  /** Begins again on the same port. Options left out are those of the start. Requests that wait are cut off. */
  reset(options?: ProductIngestionReset): void;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** What a token for Graph says that it is for. */
const graphAudiences: readonly string[] = ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];

/** Starts the service. Rejects when it cannot listen there. */
export async function startProductIngestion(options: ProductIngestionOptions = {}): Promise<ProductIngestion> {
  let session = new Session(resolve(options));
  const { port = 0, host = "127.0.0.1", tls } = options;
  const service = await startService({ port, host, tls }, session.reception);
  const hasReached = (submission: string, target: JobTarget): boolean =>
    session.account.products.some((product) =>
      jobsOf(product, target).some(
        (job) =>
          submissionId(product, job.number) === submission.toLowerCase() &&
          stateAt(job, session.reception.serviceTimeMs) === "succeeded",
      ),
    );
  return {
    url: service.url,
    endpoint: `${service.url}/rp/product-ingestion`,
    get requests() {
      return session.reception.requests;
    },
    pushes: () => session.account.acceptedJobs("live"),
    publishes: () => session.account.acceptedJobs("preview"),
    jobState(jobId) {
      const found = session.account.findJob(jobId);
      if (found === undefined) throw new RangeError(`The emulator has no job "${jobId}".`);
      return stateAt(found.job, session.reception.serviceTimeMs);
    },
    liveSubmission(offerId) {
      const product = session.account.findOffer(offerId);
      const number = product === undefined ? undefined : liveNumberAt(product, session.reception.serviceTimeMs);
      return product === undefined || number === undefined ? undefined : submissionId(product, number);
    },
    hasGoneLive: (submission) => hasReached(submission, "live"),
    hasBeenMade: (submission) => hasReached(submission, "preview"),
    previewSubmission(offerId) {
      const product = session.account.findOffer(offerId);
      const preview = product === undefined ? undefined : newestPreview(product, session.reception.serviceTimeMs);
      return product === undefined || preview === undefined ? undefined : submissionId(product, preview.number);
    },
    setFaults: (faults) => session.reception.setFaults(faults),
    reset(changes = {}) {
      session = new Session(resolve({ ...options, ...changes }));
      service.replace(session.reception);
    },
    close: () => service.close(),
  };
}

function resolve(options: ProductIngestionOptions): SessionOptions {
  return {
    clock: options.clock ?? realClock,
    tokens: new Map(Object.entries(options.tokens ?? { "emulator-token": {} })),
    tokenCheck: options.tokenCheck ?? (() => undefined),
    audiences: options.audiences ?? graphAudiences,
    products: options.products ?? [{ offerId: "contoso-vm" }],
    behaviour: resolveBehaviour(options.behaviour),
    happenings: options.happenings ?? [],
    faults: options.faults ?? [],
    onAnswer: options.onAnswer ?? (() => undefined),
  };
}
