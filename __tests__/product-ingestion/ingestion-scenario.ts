import {
  type ProductIngestion,
  type ProductIngestionOptions,
  startProductIngestion,
} from "../../emulator/product-ingestion/product-ingestion.ts";
import type { ProductPlan } from "../../emulator/product-ingestion/plan.ts";
import type { RunningStep, StepPlan, StepResult } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { checkRequests } from "../harness/leak-check.ts";
import { beginStep, endStep } from "../harness/scenario.ts";

export { FIRST, PRODUCT, SECOND, THIRD } from "./submission.ts";

export const ROOT = "/rp/product-ingestion";

/** The questions of a look, and what follows it. */
export const LOOK = ["GET product", "GET submissions"] as const;
export const POST = "POST configure";

/** A token as Entra makes them, in form, for that resource and with these claims. It opens nothing. */
export function tokenFor(audience: string, claims: object = {}): string {
  const parts = [
    JSON.stringify({ alg: "RS256", typ: "JWT" }),
    JSON.stringify({ aud: audience, appid: "scenario-app", ...claims }),
    "a signature that nobody checks, long enough to be found",
  ];
  return parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
}

export const GRAPH_TOKEN = tokenFor("https://graph.microsoft.com");

/** A clock that runs so fast that minutes of pauses pass in a moment, for the step and the service. */
export const FAST = { timeFactor: 100 } as const;
/** The same for ten minutes of looks. */
export const FASTEST = { timeFactor: 500 } as const;

/** A service that lives as fast as such a step. */
export function fast({ timeFactor }: { readonly timeFactor: number } = FAST): Pick<ProductIngestionOptions, "clock"> {
  return { clock: createFastClock(timeFactor) };
}

/** Inputs of a step that waits. */
export const WAITING = { wait: "true", pollIntervalSeconds: "20", timeoutMinutes: "60" } as const;

/** One product: contoso-vm, ready to go live but for what is said of it. */
export function product(plan: Partial<ProductPlan> = {}): Pick<ProductIngestionOptions, "products"> {
  return { products: [{ offerId: "contoso-vm", ...plan }] };
}

/** The service and the steps that run against it; everything ends with the test. */
export interface IngestionScenario {
  readonly service: ProductIngestion;
  /** Runs the committed bundle as a step; `inputs` are added to publisherId, offerId, api, token and endpoint. */
  readonly run: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => Promise<StepResult>;
  /** The same in a process of its own, still running. */
  readonly begin: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => RunningStep;
  /** What was asked, in order, such as `GET product`, `POST configure`, `GET job`. */
  readonly asked: () => readonly string[];
  /** What changes something, in order. */
  readonly sent: () => readonly string[];
}

/** Takes nothing but what the reference describes. */
export const STRICT = { bodyCheck: "strict", versionCheck: "required" } as const;

/** Starts the service, which takes {@link GRAPH_TOKEN}, and is strict unless told otherwise. */
export async function startIngestion(options: ProductIngestionOptions = {}): Promise<IngestionScenario> {
  const behaviour = { ...STRICT, ...options.behaviour };
  const service = await startProductIngestion({ tokens: { [GRAPH_TOKEN]: {} }, ...options, behaviour });
  closeAfterTest(() => service.close());
  const planOf = (inputs: StepPlan["with"] = {}, plan: Partial<StepPlan> = {}): StepPlan => {
    const ids = { publisherId: "contoso", offerId: "contoso-vm", api: "productIngestion" };
    return { ...plan, with: { ...ids, token: GRAPH_TOKEN, endpoint: service.url, ...inputs } };
  };
  const asked = (): readonly string[] => service.requests.map(({ method, route }) => `${method} ${route}`);
  return {
    service,
    begin: (inputs, plan) => beginStep(planOf(inputs, plan)),
    async run(inputs, plan) {
      const stepPlan = planOf(inputs, plan);
      const result = await endStep(stepPlan);
      checkRequests(service.requests, [stepPlan.with["token"] ?? ""]);
      return result;
    },
    asked,
    sent: () => asked().filter((each) => each.startsWith("POST ")),
  };
}

/** The output `result` as a later step reads it. */
export function resultOf({ outputs }: Pick<StepResult, "outputs">) {
  const result: { readonly ending: string; readonly reasons: readonly string[]; readonly operation: unknown } =
    JSON.parse(outputs["result"] ?? "{}");
  return result;
}

/** A list without what is said twice in a row. */
export function withoutRepeats<T>(list: readonly T[]): readonly T[] {
  return list.filter((each, at) => each !== list[at - 1]);
}
