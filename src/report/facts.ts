import { isoText } from "../text/time-text.ts";
import { offerName } from "../marketplace/offer-name.ts";
import { GOAL_NAMES } from "../marketplace/goal.ts";
import { versionText } from "../marketplace/apis.ts";
import { failedRequest, failedRequestId, failedSignIn } from "./ending.ts";
import type { Report } from "./report.ts";

/** What support, or a later run, may need to know: by a name of ours a value that may be anybody's, so untrusted. */
export function readFacts(report: Report) {
  const { ending, status, followed, plan, page, requestIds, startMs, nowMs, timeline } = report;
  const reference = followed?.reference;
  const api = plan === undefined || plan.api === "toBeFound" ? undefined : plan.api;
  const failed = failedRequest(ending);
  const lookedMs = timeline.lastMs();
  const facts = [
    ["ready", ending.kind === "dryRun" ? String(ending.finding.kind === "ready") : undefined],
    ["status", status],
    ["ending", ending.kind],
    ["offer", plan === undefined ? undefined : offerName(plan.offer)],
    ["target", plan?.goal],
    ["api", api?.name],
    ["apiChosenBy", api?.by],
    ["offer type", report.search.typeWord],
    ["submissionId", report.submissionId],
    ["publishingVersion", numberText(report.version?.publishingVersion)],
    ["offerVersion", numberText(report.version?.offerVersion)],
    ["operationLocation", reference?.location.href],
    ["operationId", reference?.id],
    [`request id of the ${GOAL_NAMES[plan?.goal ?? "live"]}`, requestIds.goLive],
    ["request that failed", failed === undefined ? undefined : `${failed.method} ${failed.url}`],
    ["ids of the sign-in", failedSignIn(ending)],
    ["request id of the failure", failedRequestId(ending)],
    ["last request id", requestIds.last],
    ["started", isoText(startMs)],
    ["last seen", lookedMs === undefined ? undefined : isoText(lookedMs)],
    ["ended", isoText(nowMs)],
    ["endpoint", plan?.endpoint?.href],
    ["apiVersion", api === undefined ? undefined : versionText(api.name, plan?.apiVersion ?? "")],
    ["action", page.uses],
    ["run", page.url],
    ["attempt", page.attempt === undefined ? undefined : String(page.attempt)],
  ] as const satisfies readonly (readonly [name: string, value: string | undefined])[];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function numberText(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
