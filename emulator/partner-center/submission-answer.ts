import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { queryOf } from "../wire/request.ts";
import type { Behaviour } from "./behaviour.ts";
import type { ProductRequest, SubmissionRequest } from "./center-request.ts";
import { errorAnswer } from "./error.ts";
import { reportBodies, validationBodies } from "./failure-body.ts";
import { pageOf, readMark, skipParameter } from "./page.ts";
import { lostPage } from "./product-answer.ts";
import { submissionPath } from "./route-table.ts";
import { type SubmissionBody, submissionBody } from "./submission-body.ts";
import { type PresentTurn, type Submission, isUnderWay, presentAt } from "./submission.ts";
import { oddWorkflow, workflowBodies } from "./workflow.ts";

/** The answer to `GET …/submissions`. */
export function answerSubmissions(asked: ProductRequest): Answer {
  const { behaviour } = asked.service;
  const token = queryOf(asked.request.target).get(skipParameter);
  const mark = token === null ? { page: 0, filter: "" } : readMark(token);
  const shownAtMs = asked.moment.nowMs - behaviour.submissionsLagMs - behaviour.listLagMs;
  const entries = arrange(asked.product.submissions, behaviour).flatMap((each) => entriesOf(each, shownAtMs, asked));
  const paged = behaviour.pagedLists === "products" ? { ...behaviour, paging: "none" as const } : behaviour;
  const page = mark === undefined ? undefined : pageOf(entries, mark, asked.request, paged);
  return page === undefined ? errorAnswer(behaviour.errorShape, lostPage) : jsonAnswer(200, page);
}

/** The answer to `GET …/submissions/{id}`. */
export function answerSubmission(asked: SubmissionRequest): Answer {
  const turn = shownTurn(asked);
  if (turn === undefined) return missing(asked);
  return jsonAnswer(200, bodyOf(asked.submission, turn, asked));
}

/** The answer to `GET …/submissions/{id}/workflowdetails`. */
export function answerWorkflowDetails(asked: SubmissionRequest): Answer {
  const { service, submission, moment } = asked;
  const turn = shownTurn(asked);
  if (turn === undefined || isHidden(turn, service.behaviour)) return missing(asked);
  switch (service.behaviour.workflowDetails) {
    case "empty":
      return jsonAnswer(200, { value: [] });
    case "odd":
      return jsonAnswer(200, { value: oddWorkflow });
    case "halves":
    case "notFound":
    case "notFoundOnceReady": {
      const shownAtMs = moment.nowMs - service.behaviour.submissionsLagMs;
      const value = turn.stage === "invalid" ? [] : workflowBodies(submission, shownAtMs, service.behaviour);
      return jsonAnswer(200, { value });
    }
  }
}

/** The answer to `GET …/submissions/{id}/validations`. */
export function answerValidations(asked: SubmissionRequest): Answer {
  const turn = shownTurn(asked);
  return turn === undefined ? missing(asked) : jsonAnswer(200, { value: validationBodies(turn.failure) });
}

/** The answer to `GET …/submissions/{id}/reports`. */
export function answerReports(asked: SubmissionRequest): Answer {
  const turn = shownTurn(asked);
  return turn === undefined ? missing(asked) : jsonAnswer(200, { value: reportBodies(turn.failure, turn.atMs) });
}

/** The refusal of a request for a submission that is not there. */
export function missing({ service, submission }: SubmissionRequest): Answer {
  const message = `There is no submission '${submission.id}'.`;
  return errorAnswer(service.behaviour.errorShape, { status: 404, message });
}

function shownTurn(asked: SubmissionRequest): PresentTurn | undefined {
  return shownAt(asked.submission, asked.moment.nowMs - asked.service.behaviour.submissionsLagMs, asked);
}

function shownAt(submission: Submission, atMs: number, { service, product }: ProductRequest): PresentTurn | undefined {
  const turn = presentAt(submission, atMs);
  const isFormer = turn?.stage === "live" && product.submissions.some((each) => isLiveSince(turn, each, atMs));
  return isFormer && service.behaviour.formerLive === "goes" ? undefined : turn;
}

function isLiveSince(former: PresentTurn, submission: Submission, atMs: number): boolean {
  const turn = presentAt(submission, atMs);
  return turn?.stage === "live" && turn.atMs > former.atMs;
}

function entriesOf(submission: Submission, atMs: number, asked: ProductRequest): readonly SubmissionBody[] {
  const turn = shownAt(submission, atMs, asked);
  if (turn === undefined) return [];
  const own = bodyOf(submission, turn, asked);
  const isBeside = asked.service.behaviour.promotedEntries === "previewBeside" && isUnderWay(turn.stage);
  return isBeside ? [bodyOf(submission, { ...turn, stage: "ready" }, asked), own] : [own];
}

function bodyOf(submission: Submission, turn: PresentTurn, { service, product }: ProductRequest): SubmissionBody {
  return submissionBody(submission, turn, service.behaviour, submissionPath(product.id, submission.id));
}

function arrange(submissions: readonly Submission[], { listOrder }: Behaviour): readonly Submission[] {
  switch (listOrder) {
    case "oldestFirst":
      return submissions;
    case "newestFirst":
      return submissions.toReversed();
    case "scattered":
      return [1, 0].flatMap((rest) => submissions.filter((_, index) => index % 2 === rest));
  }
}

function isHidden({ stage }: PresentTurn, { workflowDetails }: Behaviour): boolean {
  if (workflowDetails !== "notFoundOnceReady") return workflowDetails === "notFound";
  return stage !== "assembling" && stage !== "invalid" && stage !== "submitted";
}
