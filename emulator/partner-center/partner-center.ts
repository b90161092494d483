import type { TokenPlan } from "../wire/bearer.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import type { Fault as WireFault } from "../wire/fault.ts";
import type { RecordedRequest as WireRequest } from "../wire/journal.ts";
import { startService } from "../wire/reception.ts";
import type { AcceptedPromote } from "./account.ts";
import { type Behaviour, resolveBehaviour } from "./behaviour.ts";
import type { Happening, ProductPlan } from "./plan.ts";
import { newestIn } from "./product.ts";
import { basePath } from "./route-table.ts";
import { type SessionOptions, Session } from "./session.ts";
import { stageAt } from "./submission.ts";
import type { Route, Stage } from "./vocabulary.ts";

export type { AcceptedPromote } from "./account.ts";
export type { Behaviour } from "./behaviour.ts";
export { type ErrorShape, type Problem, errorAnswer, errorShapes } from "./error.ts";
export type {
  FailurePlan,
  GoLivePlan,
  Happening,
  HappeningTime,
  LaterStage,
  ProductPlan,
  ProductState,
  ReportPlan,
  SubmissionPlan,
  ValidationPlan,
} from "./plan.ts";
export type { GoLiveOutcome, ProductType, Route, Stage } from "./vocabulary.ts";

/** One thing that goes wrong on the wire of the Partner Center submission API. */
export type Fault = WireFault<Route>;

/** One request that the Partner Center submission API got. */
export type RecordedRequest = WireRequest<Route>;

/** The resource that tokens for this API are for. */
export const partnerCenterAudience = "https://api.partner.microsoft.com";

/** How to start the Partner Center submission API. Everything has a default. */
export interface PartnerCenterOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default: the wall clock. */
  readonly clock?: EmulatorClock;
  /** Key and certificate in PEM, for HTTPS. Default: HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What each token is good for, by its text. Default: `emulator-token` is good for everything. */
  readonly tokens?: Readonly<Record<string, TokenPlan>>;
  /** Asked for a token that is not in `tokens`, such as one that Entra's stand-in made; undefined: 401. */
  readonly tokenCheck?: (token: string) => TokenPlan | undefined;
  /** What a token that can be read has to be for, beside this service's own origin. Default {@link partnerCenterAudience}. */
  readonly audiences?: readonly string[];
  /** Default: the offer `contoso-app`, an Azure application that is ready to go live. */
  readonly products?: readonly ProductPlan[];
  readonly behaviour?: Partial<Behaviour>;
  /** What somebody else does in Partner Center. Default nothing. */
  readonly happenings?: readonly Happening[];
  readonly faults?: readonly Fault[];
  /** Called when it is decided what a request is answered, before it is. */
  readonly onAnswer?: (request: RecordedRequest) => void;
}

/** What a reset can change. */
export type PartnerCenterReset = Omit<PartnerCenterOptions, "port" | "host" | "tls">;

/** The Partner Center submission API, listening. What is said of its state is true, whatever it answers. */
export interface PartnerCenter {
  /** Without a slash at its end, such as `http://127.0.0.1:8789`: what stands for `https://api.partner.microsoft.com`. */
  readonly url: string;
  /** What stands for `https://api.partner.microsoft.com/v1.0/ingestion`. */
  readonly endpoint: string;
  /** The requests since the start or reset, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The promotes that clients asked for and that took effect, in that order. */
  promotes(): readonly AcceptedPromote[];
  /** The requests whose method is DELETE, whatever they asked for and were answered, in order of arrival. */
  deletes(): readonly RecordedRequest[];
  /**
   * Where a submission truly stands now.
   * @throws RangeError when there is no such submission.
   */
  stageOf(submissionId: string): Stage;
  /** The id of the newest submission of that offer (default: the first product's) that truly is live now. */
  liveSubmission(offerId?: string): string | undefined;
  /** The id of the newest submission of that offer that truly waits for the publisher now. */
  previewSubmission(offerId?: string): string | undefined;
  /**
   * Moves a submission, as Microsoft or the publisher would, now; what was planned for it is off.
   * @throws RangeError when there is no such submission.
   */
  move(submissionId: string, stage: Stage): void;
  /**
   * Replaces the faults and counts requests from 1 again.
   * @throws TypeError or RangeError when a fault has a header or status that Node would not send.
   */
  setFaults(faults: readonly Fault[]): void;
  /**
   * Begins again on the same port: state, journal and counters. Options left out are those of the start. Requests that
   * still wait for their answer are cut off.
   */
  reset(options?: PartnerCenterReset): void;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

const defaultProducts: readonly ProductPlan[] = [{ offerId: "contoso-app" }];

/** Starts the service. Rejects when it cannot listen there. */
export async function startPartnerCenter(options: PartnerCenterOptions = {}): Promise<PartnerCenter> {
  let session = new Session(resolve(options));
  const { port = 0, host = "127.0.0.1", tls } = options;
  const service = await startService({ port, host, tls }, session.reception);

  function newest(stage: Stage, offerId: string | undefined): string | undefined {
    const product = session.account.findOffer(offerId);
    return product === undefined ? undefined : newestIn(product, [stage], session.reception.serviceTimeMs)?.id;
  }

  return {
    url: service.url,
    endpoint: `${service.url}${basePath}`,
    get requests() {
      return session.reception.requests;
    },
    promotes: () => session.account.promotes,
    deletes: () => session.reception.requests.filter(({ method }) => method === "DELETE"),
    stageOf: (id) => stageAt(session.account.get(id).submission, session.reception.serviceTimeMs),
    liveSubmission: (offerId) => newest("live", offerId),
    previewSubmission: (offerId) => newest("ready", offerId),
    move: (submissionId, stage) => session.account.move(submissionId, stage, session.reception.serviceTimeMs),
    setFaults: (faults) => session.reception.setFaults(faults),
    reset(changes = {}) {
      session = new Session(resolve({ ...options, ...changes }));
      service.replace(session.reception);
    },
    close: () => service.close(),
  };
}

function resolve(options: PartnerCenterOptions): SessionOptions {
  return {
    clock: options.clock ?? realClock,
    tokens: new Map(Object.entries(options.tokens ?? { "emulator-token": {} })),
    tokenCheck: options.tokenCheck ?? (() => undefined),
    audiences: options.audiences ?? [partnerCenterAudience],
    products: options.products ?? defaultProducts,
    behaviour: resolveBehaviour(options.behaviour),
    happenings: options.happenings ?? [],
    faults: options.faults ?? [],
    onAnswer: options.onAnswer ?? (() => undefined),
  };
}
