import type { Cancellation } from "../go-live/cancel.ts";
import type { DryRunFinding } from "../go-live/dry-run.ts";
import type { GoLiveEvent } from "../go-live/events.ts";
import type { Approval } from "../approval/approval.ts";
import type { Exchange } from "../bearer/bearer-client.ts";
import type { RequestError } from "../bearer/request-error.ts";
import type { AccessToken } from "../identity/credential.ts";
import { type Followed, type Outcome, wasInterrupted } from "../go-live/outcome.ts";
import type { Runner } from "../runner/runner.ts";
import { STATE } from "../runner/step-state.ts";
import type { RunPage } from "../runner/run-page.ts";
import { approvalOutputs } from "./approval-text.ts";
import { conclude, conclusionText } from "./conclusion.ts";
import { reportDryRun } from "./dry-run-text.ts";
import { clockText, wholeSeconds } from "../text/time-text.ts";
import { requestReason } from "./explanation.ts";
import { readFacts } from "./facts.ts";
import { harmlessLine, inQuotes } from "../text/harmless.ts";
import type { LastKnown } from "./last-known.ts";
import { planLines } from "./plan-text.ts";
import { createProgress } from "./progress.ts";
import type { Plan, Report } from "./report.ts";
import { resultJson } from "./result.ts";
import { createRunRecord } from "./run-record.ts";
import { stepLines } from "./step-text.ts";
import { signedInLine } from "./token-text.ts";
import { summaryMarkdown } from "./summary.ts";

export interface ReporterOptions {
  readonly runner: Runner;
  readonly now: () => number;
  readonly plan: Plan;
  readonly page: RunPage;
  readonly startMs: number;
}

/** Writes what happens, as it happens, to where people and later steps read it. */
export interface Reporter {
  /** Says what is about to be done. */
  begin(): void;
  observe(event: GoLiveEvent): void;
  exchanged(exchange: Exchange): void;
  signedIn(token: AccessToken): void;
  approved(approval: Approval): void;
  /** Says that the go-live is about to be cancelled. */
  cancelling(): void;
  /** Why it is asked once more. */
  cancellingAgain(error: RequestError): void;
  /** The last word; with what became of the wish to have the go-live cancelled, where the run was. */
  conclude(outcome: Outcome, cancellation?: Cancellation): Promise<void>;
  /** The last word of a dry run. */
  concludeDryRun(finding: DryRunFinding): Promise<void>;
  /** What has been written by now, for an end that nobody planned. */
  lastKnown(): LastKnown;
}

/** A reporter over the runner. */
export function createReporter(options: ReporterOptions): Reporter {
  const { runner, now, plan, startMs } = options;
  const progress = createProgress(plan.offer, now);
  const record = createRunRecord(plan.offer);
  const log = (line: string): void => runner.log(`${clockText(now() - startMs)}  ${line}`);
  let signIns = 0;
  let known: LastKnown = {
    ...{ offer: plan.offer, listing: "", status: undefined, wasSent: false, followed: undefined },
  };
  const know = (news: Partial<LastKnown>): void => {
    const { listing, status } = known;
    known = { ...known, ...news };
    if (known.status !== undefined && known.status !== status) runner.setOutput("status", known.status);
    if (known.listing !== listing) runner.setOutput("listingUrl", known.listing);
  };
  return {
    begin() {
      know({ listing: record.read().listing });
      for (const line of planLines(plan, now())) log(line);
    },
    observe(event) {
      // What must outlive a kill comes first.
      if (event.kind === "sending") {
        runner.saveState(STATE.sent, "true");
        know({ wasSent: true });
      }
      if (event.kind === "following") {
        writeFollowed(runner, event.followed);
        know({ followed: event.followed });
        if (event.followed.origin !== "watched") know({ status: "running" });
      }
      if (event.kind === "observed") know({ status: event.operation.status });
      record.observe(event, now());
      if (event.kind === "observed") know({ listing: record.read().listing });
      const note = progress(event);
      for (const line of note.lines) log(line);
      for (const { title, text } of note.warnings) runner.annotate("warning", title, text);
    },
    exchanged(exchange) {
      record.exchanged(exchange);
      const { method, url, outcome, durationMs, requestId } = exchange;
      const id = requestId === undefined ? "" : `, request id ${requestId}`;
      runner.debug(harmlessLine(`${method} ${url}: ${outcome} in ${Math.round(durationMs)} ms${id}`));
    },
    approved(approval) {
      record.approved(approval);
      const { environment, approvedBy } = approval;
      for (const [name, value] of Object.entries(approvalOutputs(approval))) runner.setOutput(name, value);
      log(
        `Environment ${inQuotes(environment, 100)} was approved in this run by ${harmlessLine(approvedBy.join(", "))}.`,
      );
    },
    signedIn(token) {
      log(signedInLine(token, signIns === 0));
      signIns += 1;
    },
    cancelling() {
      record.cancelling();
      log("The run was cancelled: the service is to cancel the go-live, if it still runs (`onCancel: cancel`).");
    },
    cancellingAgain(error) {
      log(`Could not ask to cancel: ${requestReason(error, plan.offer)}. Trying again.`);
    },
    async conclude(outcome, cancellation) {
      if (cancellation?.kind === "asked") runner.saveState(STATE.cancelAsked, cancellation.answer);
      know({ status: outcome.status });
      if (!wasInterrupted(outcome)) runner.saveState(STATE.concluded, outcome.kind);
      const nowMs = now();
      // What it says is shown, but never written as its status: it was not believed.
      if (outcome.kind === "contradicted") record.show(outcome.operation, nowMs);
      const conclusion = conclude(outcome, { ...plan, startMs, nowMs, cancellation });
      runner.annotate(conclusion.level, conclusion.title, conclusionText(conclusion));
      try {
        const { page } = options;
        const end = { outcome, conclusion, ...(cancellation === undefined ? {} : { cancellation }) };
        await writeReport({ ...end, plan, page, startMs, nowMs, ...record.read() }, runner);
      } catch (error) {
        // How it ended has been said; a report that cannot be made must not turn that around.
        log(harmlessLine(`The report could not be made: ${String(error)}`));
      }
    },
    lastKnown: () => known,
    concludeDryRun(finding) {
      const { page } = options;
      return reportDryRun({ finding, offer: plan.offer, page, startMs, nowMs: now(), ...record.read() }, runner);
    },
  };
}

async function writeReport(report: Report, runner: Runner): Promise<void> {
  runner.setOutput("durationSeconds", String(wholeSeconds(report.startMs, report.nowMs)));
  runner.setOutput("result", resultJson(report));
  const { operation, timeline } = report;
  if (operation !== undefined) runner.group("Steps", stepLines(operation, timeline));
  runner.group(
    "Facts",
    readFacts(report).map(([name, value]) => harmlessLine(`${name}: ${value}`)),
  );
  await runner.summarize(summaryMarkdown(report));
}

function writeFollowed(runner: Runner, { reference, origin }: Followed): void {
  runner.setOutput("operationLocation", reference.location.href);
  runner.setOutput("operationId", reference.id);
  // Before the location: an operation of which nobody knows whose it is must not be cancelled.
  runner.saveState(STATE.origin, origin);
  runner.saveState(STATE.location, reference.location.href);
}
