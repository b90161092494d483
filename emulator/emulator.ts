import { type Behaviour, resolveBehaviour } from "./cloud-partner-portal/behaviour.ts";
import type { AcceptedGoLive, AcceptedPublish } from "./cloud-partner-portal/marketplace.ts";
import type { OfferPlan, OfferState } from "./cloud-partner-portal/plan.ts";
import { type SessionOptions, Session } from "./cloud-partner-portal/session.ts";
import type { OperationStatus, Route } from "./cloud-partner-portal/vocabulary.ts";
import { type PartnerCenter, type PartnerCenterOptions, startPartnerCenter } from "./partner-center/partner-center.ts";
import {
  type ProductIngestion,
  type ProductIngestionOptions,
  startProductIngestion,
} from "./product-ingestion/product-ingestion.ts";
import type { TokenPlan } from "./wire/bearer.ts";
import { type EmulatorClock, realClock } from "./wire/clock.ts";
import type { Fault as WireFault } from "./wire/fault.ts";
import type { RecordedRequest as WireRequest } from "./wire/journal.ts";
import { startService } from "./wire/reception.ts";

export type { Behaviour } from "./cloud-partner-portal/behaviour.ts";
export type { AcceptedGoLive } from "./cloud-partner-portal/marketplace.ts";
export type {
  EndedSubmissionPlan,
  ErrorPlan,
  ListingPlan,
  OfferPlan,
  OfferState,
  OperationPlan,
  PublishPlan,
  StepMessagePlan,
  StepPlan,
} from "./cloud-partner-portal/plan.ts";
export type { EndedStatus, OperationStatus, Route, Slot } from "./cloud-partner-portal/vocabulary.ts";
export type { PartnerCenter, PartnerCenterOptions } from "./partner-center/partner-center.ts";
export type { ProductIngestion, ProductIngestionOptions } from "./product-ingestion/product-ingestion.ts";
export type { TokenPlan } from "./wire/bearer.ts";
export type { EmulatorClock } from "./wire/clock.ts";
export type { BreakingPoint, FaultAct } from "./wire/fault.ts";
export type { RequestAnswer } from "./wire/journal.ts";

/** One thing that goes wrong on the wire of the Cloud Partner Portal API. */
export type Fault = WireFault<Route>;

/** One request that the Cloud Partner Portal API got. */
export type RecordedRequest = WireRequest<Route>;

/**
 * How to start the marketplace's services. Everything has a default. What is not said to be all's is the Cloud Partner
 * Portal API's.
 */
export interface EmulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** All's. Default `127.0.0.1`. */
  readonly host?: string;
  /** All's. Default: the wall clock. */
  readonly clock?: EmulatorClock;
  /** All's key and certificate in PEM, for HTTPS. Default: HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** All's: what each token is good for, by its text. Default: `emulator-token` is good for everything. */
  readonly tokens?: Readonly<Record<string, TokenPlan>>;
  /** All's: asked for a token that is not in `tokens`, such as one that Entra's stand-in made; undefined: 401. */
  readonly tokenCheck?: (token: string) => TokenPlan | undefined;
  /** Default: the offer `contoso-vm` of the publisher `contoso`, ready to go live. */
  readonly offers?: readonly OfferPlan[];
  readonly behaviour?: Partial<Behaviour>;
  readonly faults?: readonly Fault[];
  /** The api-versions the service takes. Default: 2017-10-31 only. */
  readonly apiVersions?: readonly string[];
  /** Called when it is decided what a request is answered, before it is. */
  readonly onAnswer?: (request: RecordedRequest) => void;
  /**
   * The Product Ingestion API's own; what it has of all's goes before that. Its port is by default the one after
   * `port`, or any free one where there is none.
   */
  readonly productIngestion?: ProductIngestionOptions;
  /** The Partner Center submission API's own, likewise; its port is by default the second one after `port`. */
  readonly partnerCenter?: PartnerCenterOptions;
}

/** What a reset can change. */
export type ResetOptions = Omit<EmulatorOptions, "port" | "host" | "tls">;

/** The marketplace's services, listening. What is not said to be all's is the Cloud Partner Portal API's. */
export interface Emulator {
  /** Without a slash at its end, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** The requests since the start or reset, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The go-lives accepted since the start or reset, in that order. */
  readonly goLives: readonly AcceptedGoLive[];
  /** The publishes to preview accepted since the start or reset, in that order. */
  readonly publishes: readonly AcceptedPublish[];
  /** The Product Ingestion API, at a url of its own. */
  readonly productIngestion: ProductIngestion;
  /** The Partner Center submission API, at a url of its own. */
  readonly partnerCenter: PartnerCenter;
  /**
   * The true status of an operation now, whatever the service says.
   * @throws RangeError when there is no such operation.
   */
  operationStatus(id: string): OperationStatus;
  /** How far the offer of that publisher has truly come; undefined when there is none. */
  offerState(publisherId: string, offerId: string): OfferState | undefined;
  /**
   * Replaces the faults and counts requests from 1 again.
   * @throws TypeError or RangeError when a fault has a header or status that Node would not send.
   */
  setFaults(faults: readonly Fault[]): void;
  /**
   * All begin again on the same ports: state, journal and counters. Options left out are those of the start. Requests
   * that still wait for their answer are cut off.
   */
  reset(options?: ResetOptions): void;
  /** All stop listening and destroy all open connections. */
  close(): Promise<void>;
}

const defaultOffers: readonly OfferPlan[] = [{ publisherId: "contoso", offerId: "contoso-vm" }];

/** Starts the marketplace's services. Rejects when one cannot listen there. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  let session = new Session(resolve(options));
  const { port = 0, host = "127.0.0.1", tls } = options;
  const service = await startService({ port, host, tls }, session.reception);
  const started: { readonly close: () => Promise<void> }[] = [service];
  const beside = async <T extends { readonly close: () => Promise<void> }>(starting: Promise<T>): Promise<T> => {
    try {
      const other = await starting;
      started.push(other);
      return other;
    } catch (error) {
      await Promise.all(started.map((each) => each.close()));
      throw error;
    }
  };
  const productIngestion = await beside(startProductIngestion(ingestionOptions(options)));
  const partnerCenter = await beside(startPartnerCenter(centerOptions(options)));
  return {
    url: service.url,
    productIngestion,
    partnerCenter,
    get requests() {
      return session.reception.requests;
    },
    get goLives() {
      return session.goLives;
    },
    get publishes() {
      return session.publishes;
    },
    operationStatus: (id) => session.operationStatus(id),
    offerState: (publisherId, offerId) => session.offerState(publisherId, offerId),
    setFaults: (faults) => session.reception.setFaults(faults),
    reset(changes = {}) {
      session = new Session(resolve({ ...options, ...changes }));
      service.replace(session.reception);
      productIngestion.reset(ingestionOptions({ ...options, ...changes }));
      partnerCenter.reset(centerOptions({ ...options, ...changes }));
    },
    async close() {
      await Promise.all(started.map((each) => each.close()));
    },
  };
}

function resolve(options: EmulatorOptions): SessionOptions {
  return {
    clock: options.clock ?? realClock,
    tokens: new Map(Object.entries(options.tokens ?? { "emulator-token": {} })),
    tokenCheck: options.tokenCheck ?? (() => undefined),
    offers: options.offers ?? defaultOffers,
    behaviour: resolveBehaviour(options.behaviour),
    faults: options.faults ?? [],
    apiVersions: options.apiVersions ?? ["2017-10-31"],
    onAnswer: options.onAnswer ?? (() => undefined),
  };
}

/** What all have in common, and what is the Product Ingestion API's own. */
function ingestionOptions(options: EmulatorOptions): ProductIngestionOptions {
  return { ...commonOptions(options, 1), ...options.productIngestion };
}

/** The same of the Partner Center submission API. */
function centerOptions(options: EmulatorOptions): PartnerCenterOptions {
  return { ...commonOptions(options, 2), ...options.partnerCenter };
}

/** What all have in common; the port is so many after the first one's. */
function commonOptions({ port = 0, host, tls, clock, tokens, tokenCheck }: EmulatorOptions, nth: number) {
  return {
    port: port === 0 || port + nth > 65_535 ? 0 : port + nth,
    ...(host === undefined ? {} : { host }),
    ...(tls === undefined ? {} : { tls }),
    ...(clock === undefined ? {} : { clock }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(tokenCheck === undefined ? {} : { tokenCheck }),
  };
}
