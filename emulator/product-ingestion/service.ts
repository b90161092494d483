import type { Answer } from "../wire/answer.ts";
import { admit } from "./access.ts";
import type { Asked } from "./asked.ts";
import { answerConfigure } from "./configure-answer.ts";
import { answerCancel, answerJob } from "./job-answer.ts";
import { answerProduct } from "./product-answer.ts";
import { refuse } from "./refusal.ts";
import { answerSubmission, answerSubmissions } from "./submission-answer.ts";
import { answerTree } from "./tree-answer.ts";

/** The service's true answer to a request, which takes effect at the moment's `effectAtMs`. */
export function answerRequest(asked: Asked): Answer {
  const { service, request, match, moment, ids } = asked;
  const { rules, behaviour } = service;
  const admission = admit({ rules, behaviour, request, match, ids, nowMs: moment.nowMs });
  if ("refused" in admission) return admission.refused;
  const admitted = { ...asked, token: admission };
  switch (match.route) {
    case "product":
      return answerProduct(admitted);
    case "resourceTree":
      return answerTree(admitted);
    case "submissions":
      return answerSubmissions(admitted);
    case "submission":
      return answerSubmission(admitted);
    case "configure":
      return answerConfigure(admitted);
    case "job":
      return answerJob(admitted);
    case "cancel":
      return answerCancel(admitted);
    case "unknown":
      return refuse(404, "notFound", "There is no such resource.");
  }
}
