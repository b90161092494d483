import { DelayedEffects, type Moment } from "../wire/delayed-effects.ts";
import { countedGuid } from "../wire/guid.ts";
import type { Behaviour } from "./behaviour.ts";
import { type Job, endLagMs, isActiveAt, isCarriedOut } from "./job.ts";
import type { AcceptedJob, ProductPlan } from "./plan.ts";
import { type Product, newestPreview, openProduct, submissionId } from "./product.ts";
import { type JobOrder, type OrderRefusal, orderRefusals, refuseOrder } from "./order.ts";
import { type Resource, resourcesAt } from "./resources.ts";
import type { JobTarget } from "./vocabulary.ts";

/** Why a job cannot be cancelled. */
export type CancelRefusal = "ended" | "farAlong";

/** The products of a Partner Center account and their jobs. Nothing moves by itself: each call says what time it is. */
export class Account {
  readonly products: readonly Product[];
  readonly effects = new DelayedEffects();
  readonly #behaviour: Behaviour;
  #jobCount = 0;
  #submissionCount = 0;

  constructor(plans: readonly ProductPlan[], behaviour: Behaviour, nowMs: number) {
    this.#behaviour = behaviour;
    const names = { jobId: () => this.#nextJobId(), submissionNumber: () => this.#nextNumber() };
    this.products = plans.map((plan, index) =>
      openProduct(plan, plan.productId ?? countedGuid("product", index + 1), {
        nowMs,
        names,
        behaviour,
      }),
    );
  }

  /** The product of that offer, in whatever case; by default the first. */
  findOffer(offerId: string | undefined): Product | undefined {
    if (offerId === undefined) return this.products[0];
    return this.products.find(({ plan }) => plan.offerId.toLowerCase() === offerId.toLowerCase());
  }

  /** The product with that GUID, in whatever case. */
  findProduct(id: string): Product | undefined {
    return this.products.find((product) => product.id === id.toLowerCase());
  }

  /** The job with that id, in whatever case, and its product. */
  findJob(id: string): { readonly product: Product; readonly job: Job } | undefined {
    for (const product of this.products) {
      const job = product.jobs.find((each) => each.id === id.toLowerCase());
      if (job !== undefined) return { product, job };
    }
    return undefined;
  }

  /** The jobs that clients asked for and that do what they were asked for, in the order of their acceptance. */
  acceptedJobs(target: JobTarget): readonly AcceptedJob[] {
    return this.products
      .flatMap((product) => product.jobs.map((job) => ({ product, job })))
      .filter(({ job }) => job.isClients && isCarriedOut(job) && job.target === target)
      .toSorted((one, other) => one.job.acceptedAtMs - other.job.acceptedAtMs)
      .map(({ product, job }) => ({
        jobId: job.id,
        offerId: product.plan.offerId,
        productId: product.id,
        submissionId: submissionId(product, job.number),
        lifecycleState: job.lifecycleState,
        target: job.target,
        atMs: job.acceptedAtMs,
      }));
  }

  /** Starts a job at the moment's effect, or says why not. The job that is answered is what it would be by then. */
  request(product: Product, order: JobOrder, moment: Moment): Job | OrderRefusal {
    const refusal = refuseOrder(product, order, moment.nowMs, this.#behaviour);
    const isAccepted = refusal === undefined || this.#behaviour.refusedBy === "job";
    if (!isAccepted) return refusal;
    const number = order.target === "live" ? (order.number ?? "0") : this.#nextNumber();
    const named = { ...order, number, id: this.#nextJobId(), isClients: true };
    this.effects.take(moment, () => {
      const later = refuseOrder(product, order, moment.effectAtMs, this.#behaviour);
      if (later === undefined || refusal !== undefined)
        product.jobs.push(this.#jobOf(product, named, moment.effectAtMs, later));
    });
    return this.#jobOf(product, named, moment.nowMs, refusal);
  }

  /** Writes a resource of the draft anew, at the moment's effect, by a job that has ended at once; it has to be there. */
  write(product: Product, resource: Resource, moment: Moment): Job | "unknownResource" {
    if (resourcesAt(product.resources, Infinity).every(({ id }) => id !== resource.id)) return "unknownResource";
    const order = { target: "draft", number: "0", lifecycleState: "generallyAvailable" } as const;
    const named = { ...order, id: this.#nextJobId(), isClients: true };
    const jobAt = (atMs: number): Job => ({ ...this.#jobOf(product, named, atMs, undefined), plan: { durationMs: 0 } });
    this.effects.take(moment, () => {
      product.resources.push({ resource, writtenAtMs: moment.effectAtMs });
      product.jobs.push(jobAt(moment.effectAtMs));
    });
    return jobAt(moment.nowMs);
  }

  /** Asks for a job to be cancelled, at the moment's effect; or says why it cannot. */
  requestCancel(product: Product, job: Job, moment: Moment): "accepted" | CancelRefusal {
    if (!isActiveAt(job, moment.nowMs)) return "ended";
    if (moment.nowMs >= job.startsAtMs + this.#behaviour.cancelWithinMs) return "farAlong";
    this.effects.take(moment, () => this.#cancel(product, job.id, moment.effectAtMs + this.#behaviour.cancelMs));
    return "accepted";
  }

  /** What somebody in Partner Center does: publishes, as one that is ready at once or not. */
  publishOther(product: Product, nowMs: number, isReady: boolean): void {
    const number = this.#nextNumber();
    const order = { target: "preview", number, lifecycleState: "generallyAvailable" } as const;
    const job = this.#jobOf(product, { ...order, id: this.#nextJobId(), isClients: false }, nowMs, undefined);
    product.jobs.push(isReady ? { ...job, startsAtMs: nowMs, plan: { durationMs: 0 } } : job);
  }

  /** The same: pushes the newest preview, if that can be. */
  pushOther(product: Product, nowMs: number): void {
    const number = newestPreview(product, nowMs)?.number ?? "0";
    const order = { target: "live", number, lifecycleState: "generallyAvailable" } as const;
    if (refuseOrder(product, order, nowMs, this.#behaviour) !== undefined) return;
    product.jobs.push(this.#jobOf(product, { ...order, id: this.#nextJobId(), isClients: false }, nowMs, undefined));
  }

  /** The same: takes the newest preview away. */
  withdrawPreview(product: Product, nowMs: number): void {
    const number = newestPreview(product, nowMs)?.number;
    if (number !== undefined) product.withdrawnAtMs.set(number, nowMs);
  }

  /** The same: cancels what runs, at once. */
  cancelActive(product: Product, nowMs: number): void {
    for (const job of product.jobs) if (isActiveAt(job, nowMs)) this.#cancel(product, job.id, nowMs);
  }

  #cancel(product: Product, jobId: string, atMs: number): void {
    const index = product.jobs.findIndex(({ id }) => id === jobId);
    const job = product.jobs[index];
    if (job !== undefined) product.jobs[index] = { ...job, cancelledAtMs: Math.min(job.cancelledAtMs, atMs) };
  }

  #jobOf(
    product: Product,
    order: JobOrder & Pick<Job, "id" | "number" | "isClients">,
    atMs: number,
    refusal: OrderRefusal | undefined,
  ): Job {
    const behaviour = this.#behaviour;
    const plan = (order.target === "live" ? product.plan.push : product.plan.publish) ?? {};
    const refused = refusal === undefined ? {} : { refusal: orderRefusals[refusal].message };
    return {
      ...order,
      ...refused,
      plan: refusal === undefined ? plan : { durationMs: 0, outcome: "failed" },
      acceptedAtMs: atMs,
      startsAtMs: atMs + behaviour.notStartedMs,
      visibility: {
        readableAtMs: atMs + behaviour.jobLagMs,
        lostAtMs: atMs + behaviour.jobLostAfterMs,
        listedAtMs: atMs + behaviour.submissionsLagMs + (order.target === "live" ? behaviour.acceptanceShowsMs : 0),
        endLagMs: endLagMs(order.target, behaviour),
      },
      cancelledAtMs: Infinity,
      isBeside: false,
    };
  }

  #nextJobId(): string {
    this.#jobCount += 1;
    return countedGuid("job", this.#jobCount);
  }

  /** Too long for a double, as the service's are. */
  #nextNumber(): string {
    this.#submissionCount += 1;
    return String(1_152_921_505_690_000_000n + 111n * BigInt(this.#submissionCount));
  }
}
