import type { Fault } from "../../emulator/emulator.ts";
import type { FaultAct } from "../../emulator/wire/fault.ts";
import { type Api } from "../clients/client.ts";
import { type ClientWorld, type ClientWorldPlan, OFFER } from "../clients/world.ts";
import type { Truth } from "./last-word.ts";

/** How go-lives go, whichever API they are asked of. */
export interface GoLivePlan {
  /** By the clock of the world, in milliseconds. */
  readonly durationMs: number;
  readonly outcome: Exclude<Truth, "running">;
}

/** What goes wrong with one kind of request, counted from 1. */
export interface WireFault {
  readonly on: "start" | "poll";
  readonly carriedOut: boolean;
  readonly act: FaultAct;
}

/** One API as the comparison sees it. */
export interface Service {
  /** A world whose service takes every go-live, lets them go so, and errs so from the start. */
  readonly options: (plan: GoLivePlan, fault?: WireFault) => ClientWorldPlan;
  /** Lets the service err from now on. */
  readonly err: (world: ClientWorld, fault: WireFault) => void;
  /** How each go-live stands that was accepted, in that order. */
  readonly accepted: (world: ClientWorld) => readonly Truth[];
}

/** Each API. That a second go-live is taken leaves it to the client that there is none. */
export const SERVICES = {
  cloudPartnerPortal: {
    options: (goLive, fault) => ({
      emulator: {
        offers: [{ ...OFFER, goLive }],
        behaviour: { secondGoLive: "accepted" },
        faults: faultsOf(fault, "goLive", "operation"),
      },
    }),
    err: ({ emulator }, fault) => emulator.setFaults(faultsOf(fault, "goLive", "operation")),
    accepted: ({ emulator }) => emulator.goLives.map(({ id }) => truthOf(emulator.operationStatus(id))),
  },
  productIngestion: {
    options: ({ durationMs, outcome }, fault) => ({
      emulator: {
        productIngestion: {
          products: [
            {
              offerId: OFFER.offerId,
              push: { durationMs, outcome: outcome === "canceled" ? "cancelled" : outcome },
            },
          ],
          behaviour: { secondPush: "accepted" },
          faults: faultsOf(fault, "configure", "job"),
        },
      },
    }),
    err: ({ emulator }, fault) => emulator.productIngestion.setFaults(faultsOf(fault, "configure", "job")),
    accepted: ({ emulator: { productIngestion } }) =>
      productIngestion.pushes().map(({ jobId }) => truthOf(productIngestion.jobState(jobId))),
  },
  partnerCenter: {
    options: ({ durationMs, outcome }, fault) => ({
      emulator: {
        partnerCenter: {
          products: [
            {
              offerId: OFFER.offerId,
              alias: OFFER.offerId,
              goLive: { durationMs, outcome: outcome === "succeeded" ? "live" : outcome },
            },
          ],
          behaviour: { secondPromote: "accepted" },
          faults: faultsOf(fault, "promote", "submission"),
        },
      },
    }),
    err: ({ emulator }, fault) => emulator.partnerCenter.setFaults(faultsOf(fault, "promote", "submission")),
    accepted: ({ emulator: { partnerCenter } }) =>
      partnerCenter.promotes().map(({ submissionId }) => truthOf(partnerCenter.stageOf(submissionId))),
  },
} as const satisfies Record<Api, Service>;

function faultsOf<Route extends string>(
  fault: WireFault | undefined,
  start: Route,
  poll: Route,
): readonly (Omit<Fault, "on"> & { readonly on: Route })[] {
  if (fault === undefined) return [];
  return [{ on: fault.on === "start" ? start : poll, nth: 1, carriedOut: fault.carriedOut, act: fault.act }];
}

/** The word of one for all words of the services. */
function truthOf(state: string): Truth {
  if (state === "succeeded" || state === "live") return "succeeded";
  if (state === "canceled" || state === "cancelled") return "canceled";
  return state.startsWith("failed") ? "failed" : "running";
}
