import type { EntryBehaviour } from "./entry-behaviour.ts";
import { type Job, alwaysVisible, endLagMs, isActiveAt, isCarriedOut, stateAt } from "./job.ts";
import type { JobPlan, ProductPlan, ProductState } from "./plan.ts";
import { firstResources, type WrittenResource } from "./resources.ts";
import type { JobTarget } from "./vocabulary.ts";

/** One product and its jobs, oldest first. Its submissions are what its publishes to preview made. */
export interface Product {
  readonly plan: ProductPlan;
  /** A GUID, in lower case. */
  readonly id: string;
  readonly jobs: Job[];
  /** From when on a preview was withdrawn, by its number. */
  readonly withdrawnAtMs: Map<string, number>;
  /** What it consists of, as it was written, oldest first. */
  readonly resources: WrittenResource[];
}

/** Names what the emulator makes. */
export interface Names {
  readonly jobId: () => string;
  readonly submissionNumber: () => string;
}

/** What a product starts with. */
export interface Start {
  /** In milliseconds since the epoch. */
  readonly nowMs: number;
  readonly names: Names;
  readonly behaviour: EntryBehaviour;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The product as it is when the emulator starts. */
export function openProduct(plan: ProductPlan, id: string, start: Start): Product {
  const opening = new Opening(plan, start);
  if (plan.wasLive === true) opening.addLive();
  opening.addState(plan.state ?? "ready");
  const resources = [...firstResources(id.toLowerCase())];
  return { plan, id: id.toLowerCase(), jobs: opening.jobs, withdrawnAtMs: new Map(), resources };
}

/** Makes the jobs that came before the start, or run since then. */
class Opening {
  readonly jobs: Job[] = [];
  readonly #plan: ProductPlan;
  readonly #start: Start;

  constructor(plan: ProductPlan, start: Start) {
    this.#plan = plan;
    this.#start = start;
  }

  addLive(): void {
    this.#addDone("live", this.#addDone("preview", this.#start.names.submissionNumber(), 3 * dayMs), 2 * dayMs);
  }

  addState(state: ProductState): void {
    const { push = {}, publish = {} } = this.#plan;
    switch (state) {
      case "neverPublished":
        return;
      case "publishing":
        this.#addRunning("preview", this.#start.names.submissionNumber(), publish);
        return;
      case "ready":
        this.#addPreview();
        return;
      case "twoReady":
        this.#addPreview();
        this.#addPreview(true);
        return;
      case "publishFailed":
        this.#addDone("preview", this.#start.names.submissionNumber(), dayMs, { ...publish, outcome: "failed" });
        return;
      case "goingLive":
        this.#addRunning("live", this.#addPreview(), push);
        return;
      case "goLiveFailed":
        this.#addDone("live", this.#addPreview(), hourMs, { ...push, outcome: "failed" });
        return;
      case "live":
        this.#addDone("live", this.#addPreview(), hourMs);
    }
  }

  #addPreview(isBeside = false): string {
    return this.#addDone("preview", this.#start.names.submissionNumber(), dayMs, {}, isBeside);
  }

  /** A job that ended so long before the start. */
  #addDone(target: JobTarget, number: string, endedAgoMs: number, plan: JobPlan = {}, isBeside = false): string {
    const durationMs = plan.durationMs === undefined || plan.durationMs === Infinity ? hourMs : plan.durationMs;
    const startsAtMs = this.#start.nowMs - endedAgoMs - durationMs;
    return this.#add(target, number, {
      plan: { ...plan, durationMs },
      startsAtMs,
      isBeside,
      visibility: alwaysVisible,
    });
  }

  /** A job that begins with the emulator, and has been known long since. */
  #addRunning(target: JobTarget, number: string, plan: JobPlan): string {
    const visibility = { ...alwaysVisible, endLagMs: endLagMs(target, this.#start.behaviour) };
    return this.#add(target, number, { plan, startsAtMs: this.#start.nowMs, isBeside: false, visibility });
  }

  #add(target: JobTarget, number: string, about: Pick<Job, "plan" | "startsAtMs" | "isBeside" | "visibility">): string {
    this.jobs.push({
      id: this.#start.names.jobId(),
      target,
      number,
      isClients: false,
      lifecycleState: "generallyAvailable",
      acceptedAtMs: Math.min(about.startsAtMs, this.#start.nowMs - hourMs),
      cancelledAtMs: Infinity,
      ...about,
    });
    return number;
  }
}

/** The jobs of one kind that did or do what they were asked for, oldest first. */
export function jobsOf(product: Product, target: JobTarget): readonly Job[] {
  return product.jobs.filter((job) => job.target === target && isCarriedOut(job));
}

/** Whether something of the product runs. */
export function isBusyAt(product: Product, nowMs: number): boolean {
  return product.jobs.some((job) => isCarriedOut(job) && isActiveAt(job, nowMs));
}

/** The number of what is truly live, if anything is: a push can also take the product off the marketplace. */
export function liveNumberAt(product: Product, nowMs: number): string | undefined {
  const last = jobsOf(product, "live").findLast((job) => stateAt(job, nowMs) === "succeeded");
  return last?.lifecycleState === "deprecated" ? undefined : last?.number;
}

/** The newest publish to preview whose preview was not withdrawn. */
export function newestPreview(product: Product, nowMs: number): Job | undefined {
  return jobsOf(product, "preview").findLast(({ number }) => nowMs < (product.withdrawnAtMs.get(number) ?? Infinity));
}

/** How the service writes the id of a submission. */
export function submissionId(product: Product, number: string): string {
  return `submission/${product.id}/${number}`;
}
