import type { EntraOptions } from "../../emulator/entra/entra.ts";
import type { GoLivePlan, WireFault } from "./service.ts";

/** Something that goes wrong, or not, while an offer goes live. */
export interface Trouble {
  /** As a row of the page. */
  readonly title: string;
  readonly plan?: Partial<GoLivePlan>;
  readonly fault?: WireFault;
  /** From the moment on that a go-live was accepted. */
  readonly laterFault?: WireFault;
  readonly entra?: EntraOptions;
  /** Whether a second run begins once the first has been accepted. */
  readonly isTwice?: boolean;
}

/** How a go-live goes unless a trouble says otherwise: five minutes, and it succeeds. */
export const USUAL: GoLivePlan = { durationMs: 300_000, outcome: "succeeded" };

const lost = (act: WireFault["act"]): WireFault => ({ on: "start", carriedOut: true, act });

/** All troubles, in the order of the page. */
export const TROUBLES: readonly Trouble[] = [
  { title: "Nothing goes wrong; the go-live succeeds" },
  { title: "The go-live fails", plan: { outcome: "failed" } },
  { title: "The go-live is cancelled by somebody else", plan: { outcome: "canceled" } },
  { title: "Accepted, and answered with 502", fault: lost({ kind: "status", status: 502 }) },
  { title: "Accepted, and the connection is reset", fault: lost({ kind: "reset", at: "request" }) },
  {
    title: "One 500 after the acceptance, to the first question how it goes on",
    laterFault: { on: "poll", carriedOut: false, act: { kind: "status", status: 500 } },
  },
  {
    title: "429 with `Retry-After`, and not accepted",
    fault: { on: "start", carriedOut: false, act: { kind: "status", status: 429, headers: { "retry-after": "30" } } },
  },
  {
    title: "The token expires while the go-live runs",
    plan: { durationMs: 1_200_000 },
    entra: { lifetimeSeconds: 420 },
  },
  { title: "Run twice, the second time while the first go-live runs", plan: { durationMs: 1_200_000 }, isTwice: true },
];
