import { type Answer, jsonAnswer } from "../wire/answer.ts";
import type { CancelRefusal } from "./account.ts";
import { type AdmittedRequest, isVisible } from "./asked.ts";
import { type Job, isActiveAt } from "./job.ts";
import { jobBody } from "./job-body.ts";
import type { Product } from "./product.ts";
import { refuse } from "./refusal.ts";

/** A job that can be read. */
interface FoundJob {
  readonly product: Product;
  readonly job: Job;
}

const cancelTexts = {
  ended: "Cannot cancel job, job has already completed.",
  farAlong: "Cannot cancel job, job has progressed too far.",
} as const satisfies Record<CancelRefusal, string>;

/** The answer to `GET configure/<job>/status`. */
export function answerJob(asked: AdmittedRequest): Answer {
  const found = findJob(asked);
  return "job" in found ? jobAnswer(asked, found) : found;
}

/** The answer to `POST configure/<job>/cancel`, whose body is not read. */
export function answerCancel(asked: AdmittedRequest): Answer {
  const { account } = asked.service;
  const found = findJob(asked);
  if (!("job" in found)) return found;
  const result = account.requestCancel(found.product, found.job, asked.moment);
  if (result !== "accepted") return refuse(400, "badRequest", cancelTexts[result]);
  return jobAnswer(asked, account.findJob(found.job.id) ?? found);
}

function findJob(asked: AdmittedRequest): FoundJob | Answer {
  const { account, behaviour } = asked.service;
  const { nowMs } = asked.moment;
  const found = account.findJob(asked.match.jobId);
  const isThere = found !== undefined && isVisible(asked, found.product) && nowMs >= found.job.visibility.readableAtMs;
  if (!isThere) return refuse(404, "notFound", `There is no job '${asked.match.jobId}'.`);
  if (nowMs < found.job.visibility.lostAtMs) return found;
  return refuse(behaviour.jobLostStatus, "notFound", `There is no job '${asked.match.jobId}' any more.`);
}

function jobAnswer({ moment: { nowMs }, service: { behaviour } }: AdmittedRequest, { product, job }: FoundJob): Answer {
  const { pollRetryAfter } = behaviour;
  const isWaiting = pollRetryAfter !== undefined && isActiveAt(job, nowMs);
  return jsonAnswer(200, jobBody(product, job, nowMs, behaviour), isWaiting ? { "retry-after": pollRetryAfter } : {});
}
