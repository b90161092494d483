import type { TokenPlan } from "../wire/bearer.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import type { Fault as WireFault } from "../wire/fault.ts";
import type { RecordedRequest as WireRequest } from "../wire/journal.ts";
import { startService } from "../wire/reception.ts";
import type { AcceptedGoLive } from "./account.ts";
import { type Behaviour, resolveBehaviour } from "./behaviour.ts";
import type { ProductPlan } from "./plan.ts";
import { type SessionOptions, Session } from "./session.ts";
import type { Route, Stage } from "./vocabulary.ts";

export type { AcceptedGoLive } from "./account.ts";
export type { Behaviour } from "./behaviour.ts";
export { type ErrorShape, type Problem, errorAnswer, errorShapes } from "./error.ts";
export type {
  FailurePlan,
  GoLivePlan,
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

/** How to start an emulator. Everything has a default. */
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
  readonly faults?: readonly Fault[];
  /** Called when it is decided what a request is answered, before it is. */
  readonly onAnswer?: (request: RecordedRequest) => void;
}

/** What a reset can change. */
export type PartnerCenterReset = Omit<PartnerCenterOptions, "port" | "host" | "tls">;

/** An emulator of the Partner Center submission API that listens. */
export interface PartnerCenter {
  /** Without a slash at its end, such as `http://127.0.0.1:8080`; the API is below `/v1.0/ingestion`. */
  readonly url: string;
  /** The requests since the start or reset, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The promotes accepted since the start or reset, in that order. */
  readonly goLives: readonly AcceptedGoLive[];
  /** The requests whose method is DELETE, whatever they asked for and were answered. */
  readonly deletes: readonly RecordedRequest[];
  /**
   * Where a submission truly stands now, whatever the service says.
   * @throws RangeError when there is no such submission.
   */
  stageOf(submissionId: string): Stage;
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

/** Starts an emulator. Rejects when it cannot listen there. */
export async function startPartnerCenter(options: PartnerCenterOptions = {}): Promise<PartnerCenter> {
  let session = new Session(resolve(options));
  const { port = 0, host = "127.0.0.1", tls } = options;
  const service = await startService({ port, host, tls }, session.reception);
  return {
    url: service.url,
    get requests() {
      return session.reception.requests;
    },
    get goLives() {
      return session.goLives;
    },
    get deletes() {
      return session.deletes;
    },
    stageOf: (submissionId) => session.stageOf(submissionId),
    move: (submissionId, stage) => session.move(submissionId, stage),
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
    faults: options.faults ?? [],
    onAnswer: options.onAnswer ?? (() => undefined),
  };
}
