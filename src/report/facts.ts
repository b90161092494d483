import { isoText } from "../text/time-text.ts";
import { followed } from "../go-live/outcome.ts";
import { failedRequestId, type Report } from "./report.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** A name of ours, and a value that may be anybody's: untrusted. */
export type Fact = readonly [name: string, value: string];

/** What support, or a later run, may need to know. */
export function readFacts(report: Report): readonly Fact[] {
  const { outcome, plan, page, requestIds, startMs, nowMs, timeline } = report;
  const reference = followed(outcome)?.reference;
  const lookedMs = timeline.lastMs();
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["status", outcome.status],
    ["ending", outcome.kind],
    ["offer", offerName(plan.offer)],
    ["operationLocation", reference?.location.href],
    ["operationId", reference?.id],
    ["request id of the go-live", requestIds.goLive],
    ["request id of the failure", failedRequestId(outcome)],
    ["last request id", requestIds.last],
    ["started", isoText(startMs)],
    ["last seen", lookedMs === undefined ? undefined : isoText(lookedMs)],
    ["ended", isoText(nowMs)],
    ["endpoint", plan.endpoint.href],
    ["apiVersion", plan.apiVersion],
    ["action", page.uses],
    ["run", page.url],
    ["attempt", page.attempt === undefined ? undefined : String(page.attempt)],
  ];
  return facts.flatMap(([name, value]): readonly Fact[] => (value === undefined ? [] : [[name, value]]));
}
