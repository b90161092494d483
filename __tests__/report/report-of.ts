import type { Outcome } from "../../src/go-live/outcome.ts";
import { conclude } from "../../src/report/conclusion.ts";
import { type Ending, operationOf, statusOf } from "../../src/report/ending.ts";
import type { Plan, Report } from "../../src/report/report.ts";
import { createTimeline } from "../../src/report/timeline.ts";
import { followed, operation } from "../harness/operation.ts";

/** What a usual step was to do. */
export const PLAN: Plan = {
  goal: "live",
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
  api: { name: "cloudPartnerPortal", by: "default" },
  approval: { isRequired: false },
  signIn: { kind: "token", token: "opaque" },
  wait: true,
  timeoutMs: 330 * 60_000,
  pollIntervalMs: 60_000,
  ifRunning: "attach",
  onCancel: "leave",
  onTimeout: "fail",
  dryRun: false,
  watchOnly: undefined,
  apiVersion: "2017-10-31",
  endpoint: new URL("https://cloudpartner.azure.com"),
  usual: {
    authorityHost: "https://login.microsoftonline.com",
    audience: "api://AzureADTokenExchange",
  },
};

/** When nothing of a go-live is known. */
export const NOTHING_KNOWN = { status: undefined, wasSent: false, followed: undefined } as const;

/** The report of a success of two hours, but for what is named. */
export function report(parts: Partial<Report> = {}): Report {
  const seen = operation({ status: "succeeded" });
  const success: Outcome = { ...followed(), kind: "ended", status: "succeeded", operation: seen };
  const ending: Ending = parts.ending ?? success;
  const { cancellation } = parts;
  const [startMs, nowMs] = [Date.UTC(2026, 10, 23, 16), Date.UTC(2026, 10, 23, 18)];
  return {
    ending,
    status: statusOf(ending, NOTHING_KNOWN),
    conclusion: conclude(ending, { ...PLAN, startMs, nowMs, cancellation, known: NOTHING_KNOWN }),
    plan: PLAN,
    search: { wasMade: false, denied: [], typeWord: undefined },
    page: {
      url: "https://github.com/contoso/release/actions/runs/7",
      id: "7",
      attempt: 2,
      uses: "contoso/azure-marketplace-go-live@v1",
    },
    startMs,
    nowMs,
    followed: operationOf(ending, NOTHING_KNOWN),
    operation: seen,
    submissionId: undefined,
    version: undefined,
    preview: [],
    listing: "https://azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm",
    approval: undefined,
    timeline: createTimeline(),
    requestIds: { goLive: undefined, last: undefined },
    ...parts,
  };
}
