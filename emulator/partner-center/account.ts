import { DelayedEffects, type Moment } from "../wire/delayed-effects.ts";
import type { Behaviour } from "./behaviour.ts";
import { Numbering } from "./numbering.ts";
import type { ProductPlan } from "./plan.ts";
import { type Product, openProduct } from "./product.ts";
import { type Submission, goLiveTurns, isUnderWay, redirect, stageAt, turnTo } from "./submission.ts";
import type { Stage } from "./vocabulary.ts";

/** A promote the service accepted; `atMs` in milliseconds since the epoch, by the service's clock. */
export interface AcceptedGoLive {
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

/** The products of all accounts and their submissions. Nothing moves by itself: each call says what time it is. */
export class Account {
  readonly products: readonly Product[];
  readonly #behaviour: Behaviour;
  readonly #goLives: AcceptedGoLive[] = [];
  readonly #delayedEffects = new DelayedEffects();

  constructor(plans: readonly ProductPlan[], behaviour: Behaviour, nowMs: number) {
    const numbering = new Numbering();
    this.products = plans.map((plan) => openProduct(plan, nowMs, numbering));
    this.#behaviour = behaviour;
  }

  /** Lets the delayed effects happen that are due by now, each at its own time. */
  settle(nowMs: number): void {
    this.#delayedEffects.settle(nowMs);
  }

  /** The promotes accepted since the start, oldest first. */
  get goLives(): readonly AcceptedGoLive[] {
    return this.#goLives;
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

  /** Starts a go-live; or says why not. */
  requestPromote(address: Address, { nowMs, effectAtMs }: Moment): "accepted" | PromoteRefusal {
    const answer = this.#refuse(address, nowMs) ?? "accepted";
    this.#delayedEffects.take({ nowMs, effectAtMs }, () => {
      const current = this.get(address.submission.id);
      if (this.#refuse(current, effectAtMs) === undefined) this.#startGoLive(current, effectAtMs);
    });
    return answer;
  }

  /** Takes a publish to preview back; or says that it is too late. */
  requestDelete({ submission }: Address, { nowMs, effectAtMs }: Moment): "deleted" | "tooLate" {
    const isTooLate = (atMs: number): boolean => !isDeletable(this.get(submission.id).submission, atMs);
    const answer = isTooLate(nowMs) ? "tooLate" : "deleted";
    this.#delayedEffects.take({ nowMs, effectAtMs }, () => {
      if (!isTooLate(effectAtMs)) remove(this.get(submission.id), effectAtMs);
    });
    return answer;
  }

  /**
   * Moves a submission, as Microsoft or the publisher would, now; what was planned for it is off.
   * @throws RangeError when there is no such submission.
   */
  move(submissionId: string, stage: Stage, nowMs: number): void {
    const address = this.get(submissionId);
    const turn = turnTo(stage, nowMs, address.submission.plan.failure);
    replace(address.product, redirect(address.submission, [turn]));
  }

  #refuse({ product, submission }: Address, atMs: number): PromoteRefusal | undefined {
    if (this.#behaviour.secondPromote === "accepted") return undefined;
    if (product.submissions.some((each) => isBusy(each, atMs))) return "alreadyRunning";
    const stage = stageAt(submission, atMs);
    if (stage === "ready") return undefined;
    return stage === "live" ? "alreadyLive" : "notReady";
  }

  #startGoLive({ product, submission }: Address, atMs: number): void {
    const { offerId } = product.plan;
    this.#goLives.push({ submissionId: submission.id, productId: product.id, offerId, atMs });
    replace(product, redirect(submission, goLiveTurns(submission.goLive, atMs)));
  }
}

/** Whether a go-live runs, or was accepted and does not show yet. */
function isBusy(submission: Submission, atMs: number): boolean {
  return isUnderWay(stageAt(submission, atMs)) || atMs < submission.settledFromMs;
}

/** Until the preview stands. */
function isDeletable(submission: Submission, atMs: number): boolean {
  const stage = stageAt(submission, atMs);
  return stage === "assembling" || stage === "invalid" || stage === "submitted";
}

function remove({ product, submission }: Address, atMs: number): void {
  replace(product, redirect(submission, [{ atMs, stage: "absent" }]));
}

function replace({ submissions }: Product, changed: Submission): void {
  submissions[submissions.findIndex(({ id }) => id === changed.id)] = changed;
}
