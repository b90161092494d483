import type { Answer } from "../wire/answer.ts";
import type { Moment } from "../wire/delayed-effects.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import { admit } from "./access.ts";
import type { CallerRequest, ProductRequest, Service } from "./center-request.ts";
import { errorAnswer, textAnswer } from "./error.ts";
import { answerProduct, answerProducts, sees } from "./product-answer.ts";
import { typeOf } from "./product-body.ts";
import type { Product } from "./product.ts";
import { answerDelete, answerPromote } from "./promote-answer.ts";
import type { RouteMatch } from "./route-table.ts";
import {
  answerReports,
  answerSubmission,
  answerSubmissions,
  answerValidations,
  answerWorkflowDetails,
} from "./submission-answer.ts";

/** The types that go live through another API: here they can only be read. */
const promotedElsewhere: ReadonlySet<string> = new Set([
  "AzureThirdPartyVirtualMachine",
  "AzureContainer",
  "SoftwareAsAService",
]);

/** The service's true answer to a request, which takes effect at the moment's `effectAtMs`. */
export function answerRequest(service: Service, request: ArrivedRequest, match: RouteMatch, moment: Moment): Answer {
  const admission = admit(service.access, service.behaviour, request, match, moment.nowMs);
  if ("refusal" in admission) return admission.refusal;
  const asked: CallerRequest = { service, request, moment, caller: admission.caller };
  if (match.route === "products") return answerProducts(asked);
  const product = service.account.products.find((each) => each.id === match.productId && sees(asked.caller, each));
  if (product === undefined) return notFound(service, `There is no product '${match.productId}'.`);
  return answerForProduct({ ...asked, product }, match);
}

function answerForProduct(asked: ProductRequest, match: RouteMatch): Answer {
  if (match.route === "product") return answerProduct(asked);
  if (!isApplicable(asked.product, match)) {
    return textAnswer(400, "The API you have called is not applicable for this product");
  }
  if (match.route === "submissions") return answerSubmissions(asked);
  const submission = asked.product.submissions.find(({ id }) => id === match.submissionId);
  if (submission === undefined) return notFound(asked.service, `There is no submission '${match.submissionId}'.`);
  const about = { ...asked, submission };
  switch (match.route) {
    case "submission":
      return answerSubmission(about);
    case "workflowDetails":
      return answerWorkflowDetails(about);
    case "validations":
      return answerValidations(about);
    case "reports":
      return answerReports(about);
    case "promote":
      return answerPromote(about);
    case "delete":
      return answerDelete(about);
    case "products":
    case "unknown":
      return notFound(asked.service, "There is no such resource.");
  }
}

function isApplicable(product: Product, { route }: RouteMatch): boolean {
  const isChange = route === "promote" || route === "delete";
  if (isChange && promotedElsewhere.has(typeOf(product))) return false;
  return product.plan.isModularPublishing ?? true;
}

function notFound({ behaviour }: Service, message: string): Answer {
  return errorAnswer(behaviour.errorShape, { status: 404, message });
}
