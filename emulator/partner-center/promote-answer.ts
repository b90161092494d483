import { type Answer, type Headers, jsonAnswer } from "../wire/answer.ts";
import type { PromoteRefusal } from "./account.ts";
import type { SubmissionRequest } from "./center-request.ts";
import { type Problem, errorAnswer, textAnswer } from "./error.ts";
import { submissionPath } from "./route-table.ts";
import { missing } from "./submission-answer.ts";
import { goLiveTurns, redirect, stageAt } from "./submission.ts";
import { workflowBodies } from "./workflow.ts";

const refusalTexts = {
  alreadyRunning: "The submission cannot be promoted: a go-live of this product is already in progress.",
  alreadyLive: "The submission cannot be promoted: it is in the store.",
  notReady: "The submission cannot be promoted: it is not ready to publish.",
} as const satisfies Record<PromoteRefusal, string>;

/** The answer to `POST …/submissions/{id}/promote`. */
export function answerPromote(asked: SubmissionRequest): Answer {
  const { service, product, submission, moment, request } = asked;
  const { behaviour, account } = service;
  if (stageAt(submission, moment.nowMs) === "absent") return missing(asked);
  const problem = bodyProblem(request.body, request.headers["content-type"]);
  if (problem !== undefined) return errorAnswer(behaviour.errorShape, problem);
  const answer = account.requestPromote({ product, submission }, moment);
  if (answer === "accepted") return acceptance(asked);
  const status = behaviour.secondPromote === "badRequest" ? 400 : 409;
  return errorAnswer(behaviour.errorShape, { status, message: refusalTexts[answer] });
}

/** The answer to `DELETE …/submissions/{id}`. */
export function answerDelete(asked: SubmissionRequest): Answer {
  const { service, product, submission, moment } = asked;
  if (stageAt(submission, moment.nowMs) === "absent") return missing(asked);
  const answer = service.account.requestDelete({ product, submission }, moment);
  if (answer === "deleted") return { status: 204, headers: {}, body: "" };
  const message = "The submission cannot be deleted: it is not in progress.";
  return errorAnswer(service.behaviour.errorShape, { status: 409, message });
}

/** Without a body, as documented, or with an empty object, as was seen. */
function bodyProblem(body: string, contentType = ""): Problem | undefined {
  if (body === "") return undefined;
  if (!/^application\/json\s*(?:;|$)/i.test(contentType)) {
    return { status: 415, message: `The body of a promote is application/json, not '${contentType}'.` };
  }
  return isEmptyObject(body) ? undefined : { status: 400, message: "The body of a promote is an empty object." };
}

function isEmptyObject(text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === "{}";
  } catch {
    return false;
  }
}

function acceptance({ service, product, submission, moment }: SubmissionRequest): Answer {
  const { acceptedStatus, acceptedBody, acceptedLocation } = service.behaviour;
  const path = submissionPath(product.id, submission.id);
  const headers: Headers = acceptedLocation === "submission" ? { location: path } : {};
  if (acceptedStatus === 204 || acceptedBody === "empty") return { status: acceptedStatus, headers, body: "" };
  if (acceptedBody === "text") return textAnswer(acceptedStatus, "Accepted", headers);
  const begun = redirect(submission, goLiveTurns({ ...submission.goLive, queuedMs: 0 }, moment.nowMs));
  const [, live] = workflowBodies(begun, moment.nowMs, service.behaviour);
  return jsonAnswer(acceptedStatus, live, headers);
}
