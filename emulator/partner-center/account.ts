import { DelayedEffects, type Moment } from "../wire/delayed-effects.ts";
import type { Behaviour } from "./behaviour.ts";
import { Numbering } from "./numbering.ts";
import type { ProductPlan } from "./plan.ts";
import { type Product, openProduct } from "./product.ts";
import { type Submission, type Turns, goLiveTurns, isUnderWay, redirect, stageAt, turnTo } from "./submission.ts";
import type { Stage } from "./vocabulary.ts";

/** A promote that the service accepted from a client; `atMs` in milliseconds since the epoch, by the service's clock. */
export interface AcceptedPromote {
  readonly submissionId: string;
  readonly productId: string;
  readonly offerId: string;
  readonly atMs: number;
}

/** Why a promote is refused. */
export type PromoteRefusal = "alreadyRunning" | "alreadyLive" | "notReady";

/** One submission of a product. */
export interface Address {
  readonly product: Product;
  readonly submission: Submission;
}

/** The products of a Partner Center account and their submissions. Nothing moves by itself: each call says what time it is. */
export class Account {
  readonly products: readonly Product[];
  readonly effects = new DelayedEffects();
  readonly #behaviour: Behaviour;
  readonly #numbering = new Numbering();
  readonly #promotes: AcceptedPromote[] = [];

  constructor(plans: readonly ProductPlan[], behaviour: Behaviour, nowMs: number) {
    this.products = plans.map((plan) => openProduct(plan, nowMs, this.#numbering));
    this.#behaviour = behaviour;
  }

  /** The promotes accepted since the start, oldest first. */
  get promotes(): readonly AcceptedPromote[] {
    return [...this.#promotes];
  }

  /** The product of that offer, in whatever case; by default the first. */
  findOffer(offerId: string | undefined): Product | undefined {
    if (offerId === undefined) return this.products[0];
    return this.products.find(({ plan }) => plan.offerId.toLowerCase() === offerId.toLowerCase());
  }

  /**
   * The submission of that id, whosever it is.
   * @throws RangeError when there is no such submission.
   */
  get(submissionId: string): Address {
    const address = this.products
      .flatMap((product) => product.submissions.map((submission) => ({ product, submission })))
      .find(({ submission }) => submission.id === submissionId);
    if (address === undefined) throw new RangeError(`The emulator has no submission "${submissionId}".`);
    return address;
  }

  /** Starts a go-live at the moment's effect; or says why not. */
  requestPromote(address: Address, moment: Moment): "accepted" | PromoteRefusal {
    const answer = this.#refuse(address, moment.nowMs) ?? "accepted";
    this.effects.take(moment, () => {
      const current = this.get(address.submission.id);
      if (this.#refuse(current, moment.effectAtMs) !== undefined) return;
      const { id: submissionId } = current.submission;
      const { id: productId, plan } = current.product;
      this.#promotes.push({ submissionId, productId, offerId: plan.offerId, atMs: moment.effectAtMs });
      replace(current.product, startGoLive(current.submission, moment.effectAtMs));
    });
    return answer;
  }

  /** Takes a publish to preview back at the moment's effect; or says that it is too late. */
  requestDelete({ submission: { id } }: Address, moment: Moment): "deleted" | "tooLate" {
    const answer = isDeletable(this.get(id).submission, moment.nowMs) ? "deleted" : "tooLate";
    this.effects.take(moment, () => {
      if (isDeletable(this.get(id).submission, moment.effectAtMs)) this.move(id, "absent", moment.effectAtMs);
    });
    return answer;
  }

  /**
   * Moves a submission at that time, as Microsoft or the publisher would; what was planned for it after that is off.
   * @throws RangeError when there is no such submission.
   */
  move(submissionId: string, stage: Stage, atMs: number): void {
    const { product, submission } = this.get(submissionId);
    replace(product, redirect(submission, [turnTo(stage, atMs, submission.plan.failure)]));
  }

  /** Starts a go-live that no client asked for. */
  promoteOther(submissionId: string, atMs: number): void {
    const { product, submission } = this.get(submissionId);
    replace(product, startGoLive(submission, atMs));
  }

  /** Adds a submission that no client asked for. */
  publishOther({ submissions, plan }: Product, turns: Turns): void {
    const id = this.#numbering.nextSubmissionId();
    submissions.push({ id, plan: {}, goLive: plan.goLive ?? {}, turns, known: 0, queuedUntilMs: -Infinity });
  }

  #refuse({ product, submission }: Address, atMs: number): PromoteRefusal | undefined {
    if (this.#behaviour.secondPromote === "accepted") return undefined;
    if (product.submissions.some((each) => isBusy(each, atMs))) return "alreadyRunning";
    const stage = stageAt(submission, atMs);
    if (stage === "ready") return undefined;
    return stage === "live" ? "alreadyLive" : "notReady";
  }
}

function startGoLive(submission: Submission, atMs: number): Submission {
  const turns = goLiveTurns(submission.goLive, atMs);
  return { ...redirect(submission, turns), queuedUntilMs: turns[0].atMs };
}

/** Whether a go-live runs, or was accepted and does not show yet. */
function isBusy(submission: Submission, atMs: number): boolean {
  return isUnderWay(stageAt(submission, atMs)) || atMs < submission.queuedUntilMs;
}

/** Until the preview stands. */
function isDeletable(submission: Submission, atMs: number): boolean {
  const stage = stageAt(submission, atMs);
  return stage === "assembling" || stage === "invalid" || stage === "submitted";
}

function replace({ submissions }: Product, changed: Submission): void {
  submissions[submissions.findIndex(({ id }) => id === changed.id)] = changed;
}
