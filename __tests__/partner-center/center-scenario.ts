import type { ProductPlan } from "../../emulator/partner-center/plan.ts";
import {
  type PartnerCenter,
  type PartnerCenterOptions,
  startPartnerCenter,
} from "../../emulator/partner-center/partner-center.ts";
import type { RunningStep, StepPlan, StepResult } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { checkRequests } from "../harness/leak-check.ts";
import { beginStep, endStep } from "../harness/scenario.ts";
import { PRODUCT } from "./submission.ts";

export { FIRST, PRODUCT, SECOND } from "./submission.ts";

export const ROOT = "/v1.0/ingestion";

/** The whole id of the submission of that number. */
export function idOf(number: string): string {
  return `submission/${PRODUCT}/${number}`;
}

/** The questions of a look, and what follows it. */
export const LOOK = ["GET products", "GET submissions"] as const;
export const POST = "POST promote";

/** A token as Entra makes them, in form, for that resource. It opens nothing. */
export function tokenFor(audience: string): string {
  const parts = [
    JSON.stringify({ alg: "RS256", typ: "JWT" }),
    JSON.stringify({ aud: audience, appid: "scenario-app" }),
    "a signature that nobody checks, long enough to be found",
  ];
  return parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
}

export const CENTER_TOKEN = tokenFor("https://api.partner.microsoft.com");

/** A clock that runs so fast that minutes of pauses pass in a moment, for the step and the service. */
export const FAST = { timeFactor: 100 } as const;
/** The same for ten minutes of looks. */
export const FASTEST = { timeFactor: 500 } as const;

/** A service that lives as fast as such a step. */
export function fast({ timeFactor }: { readonly timeFactor: number } = FAST): Pick<PartnerCenterOptions, "clock"> {
  return { clock: createFastClock(timeFactor) };
}

/** Inputs of a step that waits. */
export const WAITING = { wait: "true", pollIntervalSeconds: "20", timeoutMinutes: "120" } as const;
export const DRY = { dryRun: "true" } as const;
/** A go-live, or a stay, without an end. */
export const FOREVER = { durationMs: Infinity } as const;

/** One product: contoso-app, ready to go live but for what is said of it. */
export function product(plan: Partial<ProductPlan> = {}): Pick<PartnerCenterOptions, "products"> {
  return { products: [{ offerId: "contoso-app", ...plan }] };
}

/** The service and the steps that run against it; everything ends with the test. */
export interface CenterScenario {
  readonly service: PartnerCenter;
  /** Runs the committed bundle as a step; `inputs` are added to publisherId, offerId, api, token and endpoint. */
  readonly run: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => Promise<StepResult>;
  /** The same in a process of its own, still running. */
  readonly begin: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => RunningStep;
  /** What was asked, in order, such as `GET products`, `POST promote`, `GET submission`. */
  readonly asked: () => readonly string[];
  /** What changes something, in order. */
  readonly sent: () => readonly string[];
  /** The address of the submission of that number. */
  readonly addressOf: (number: string) => string;
}

/** Starts the service, which takes {@link CENTER_TOKEN}. */
export async function startCenter(options: PartnerCenterOptions = {}): Promise<CenterScenario> {
  const service = await startPartnerCenter({ tokens: { [CENTER_TOKEN]: {} }, ...options });
  closeAfterTest(() => service.close());
  const planOf = (inputs: StepPlan["with"] = {}, plan: Partial<StepPlan> = {}): StepPlan => {
    const ids = { publisherId: "contoso", offerId: "contoso-app", api: "partnerCenter" };
    return { ...plan, with: { ...ids, token: CENTER_TOKEN, endpoint: service.url, ...inputs } };
  };
  const asked = (): readonly string[] => service.requests.map(({ method, route }) => `${method} ${route}`);
  return {
    service,
    begin: (inputs, plan) => beginStep(planOf(inputs, plan)),
    async run(inputs, plan) {
      const stepPlan = planOf(inputs, plan);
      const result = await endStep(stepPlan);
      checkRequests(service.requests, [stepPlan.with["token"] ?? ""]);
      if (service.deletes().length > 0) throw new Error("A DELETE was sent.");
      return result;
    },
    asked,
    sent: () => asked().filter((each) => !each.startsWith("GET ")),
    addressOf: (number) => `${service.endpoint}/products/${PRODUCT}/submissions/${number}`,
  };
}

/** The output `result` as a later step reads it. */
export function resultOf({ outputs }: Pick<StepResult, "outputs">) {
  const result: { readonly ending: string; readonly reasons: readonly string[]; readonly operation: unknown } =
    JSON.parse(outputs["result"] ?? "{}");
  return result;
}

/** A summary as people read it: without the references that keep it harmless. */
export function readable({ summary }: Pick<StepResult, "summary">): string {
  return summary.replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)));
}
