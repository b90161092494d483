import type { Approval } from "../approval/approval.ts";
import type { Exchange } from "../bearer/bearer-client.ts";
import type { RequestError } from "../bearer/request-error.ts";
import type { Cancellation } from "../go-live/cancel.ts";
import type { GoLiveEvent } from "../go-live/events.ts";
import type { Followed } from "../go-live/outcome.ts";
import type { AccessToken } from "../identity/credential.ts";
import type { Service } from "../marketplace/apis.ts";
import type { Denied, FoundApi } from "../serving-api/find.ts";
import type { RunPage } from "../runner/run-page.ts";
import type { Runner } from "../runner/runner.ts";
import { STATE } from "../runner/step-state.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";
import { clockText } from "../text/time-text.ts";
import { approvalOutputs } from "./approval-text.ts";
import { type Asked, conclude } from "./conclusion.ts";
import { type Ending, hasFailed, isOver, type LastKnown, operationOf, previewOf, statusOf, wasLive } from "./ending.ts";
import { requestLine } from "./explanation.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { listingUrl } from "./listing.ts";
import { planLines } from "./plan-text.ts";
import { previewLinks } from "./preview.ts";
import { createProgress } from "./progress.ts";
import type { Plan, Report, Search } from "./report.ts";
import { createRunRecord } from "./run-record.ts";
import { deniedText, foundLine } from "./serving-text.ts";
import { givenTokenLine, signedInLine } from "./token-text.ts";
import { writeConclusion, writePlace, writeReport } from "./writer.ts";

export interface ReporterOptions {
  readonly runner: Runner;
  readonly now: () => number;
  readonly page: RunPage;
}

/** Writes what happens, as it happens, to where people and later steps read it; the step begins when it is made. */
export interface Reporter {
  /** Says what is about to be done, as soon as that is known. */
  begin(plan: Plan): void;
  /** Says that an API does not serve the offer. */
  denied(denied: Denied): void;
  /** Says which API was found to serve the offer, and why; the plan is that one's from now on. */
  found(found: FoundApi, service: Service): void;
  observe(event: GoLiveEvent): void;
  exchanged(exchange: Exchange): void;
  /** Says which token is about to be used, where one was handed in. */
  usingToken(): void;
  signedIn(token: AccessToken, origin: string): void;
  approved(approval: Approval): void;
  /** Says that the go-live is about to be cancelled. */
  cancelling(): void;
  /** Why it is asked once more. */
  cancellingAgain(error: RequestError): void;
  /**
   * The last word; with what became of the wish to have the go-live cancelled, where the run was. Returns the exit code.
   */
  conclude(ending: Ending, cancellation?: Cancellation): Promise<0 | 1>;
}

/** Of a step that ends before its inputs are read. */
const NO_PLAN = { offer: undefined, goal: "live", timeoutMs: 0, approval: { isRequired: false } } as const;

/** A reporter over the runner. */
export function createReporter({ runner, now, page }: ReporterOptions): Reporter {
  const startMs = now();
  const record = createRunRecord();
  const setOutput = onceEach(runner);
  let plan: Plan | undefined;
  let progress = createProgress(undefined, "live", now);
  let search: Search = { wasMade: false, denied: [], typeWord: undefined };
  const signedInAt = new Set<string>();
  const log = (line: Harmless): void => runner.log(ours`${clockText(now() - startMs)}  ${line}`);
  const readListing = (isKnownLive = false): string | undefined => {
    if (plan === undefined) return undefined;
    const { operation } = record.read();
    const hasGoneLive = plan.goal === "live" && record.lastKnown().status === "succeeded";
    return listingUrl(plan.offer, operation?.liveLinks ?? [], isKnownLive || hasGoneLive);
  };
  const readAsked = (): Asked | undefined => {
    if (plan === undefined || plan.api === "toBeFound") return undefined;
    return { api: plan.api, hasAnswered: record.hasAnswered(plan.api.name), denied: search.denied };
  };
  const writeKnown = (): void => {
    setOutput("status", record.lastKnown().status);
    setOutput("listingUrl", readListing());
    const { submissionId, previewLinks: links } = record.read();
    setOutput("submissionId", submissionId);
    setOutput("previewUrl", previewLinks(links, submissionId)[0]?.url);
  };
  const reportOf = (
    ending: Ending,
    cancellation: Cancellation | undefined,
    known: LastKnown,
    nowMs: number,
  ): Report => {
    const { previewLinks: links, ...read } = record.read();
    const found = previewOf(ending) ?? { ...read, previewLinks: links };
    return {
      ...{ ending, cancellation, plan, search, page, startMs, nowMs },
      status: statusOf(ending, known),
      conclusion: conclude(ending, {
        ...(plan ?? NO_PLAN),
        asked: readAsked(),
        startMs,
        nowMs,
        cancellation,
        known,
      }),
      followed: operationOf(ending, known),
      listing: readListing(wasLive(ending, plan?.goal ?? "live")),
      ...read,
      submissionId: found.submissionId,
      version: found.version,
      preview: previewLinks(found.previewLinks ?? [], found.submissionId),
    };
  };
  return {
    begin(given) {
      plan = given;
      search = { ...search, wasMade: plan.api === "toBeFound" };
      if (plan.api !== "toBeFound") runner.setOutput("api", plan.api.name);
      progress = createProgress(plan.offer, plan.goal, now);
      writeKnown();
      for (const line of planLines(plan)) log(line);
    },
    denied(given) {
      search = { ...search, denied: [...search.denied, given] };
      log(ours`${deniedText(given)}.`);
    },
    found(found, service) {
      if (plan !== undefined) plan = { ...plan, ...service };
      search = { ...search, typeWord: found.typeWord };
      runner.setOutput("api", service.api.name);
      log(foundLine(found));
    },
    observe(event) {
      // What must outlive a kill comes first.
      if (event.kind === "sending") runner.saveState(STATE.sent, "true");
      if (event.kind === "following") writeFollowed(event.followed, runner);
      record.observe(event, now());
      writeKnown();
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
      const who = harmlessLine(approvedBy.join(", "));
      log(ours`Environment ${inQuotes(environment, 100)} was approved in this run by ${who}.`);
    },
    usingToken() {
      // A token that the action gets itself is told of when it is there.
      if (plan?.signIn.kind === "token") log(givenTokenLine(plan.signIn.token, now()));
    },
    signedIn(token, origin) {
      // Where several APIs are asked, each has a sign-in of its own.
      const where = search.wasMade ? origin : undefined;
      log(signedInLine(token, !signedInAt.has(origin), where));
      signedInAt.add(origin);
    },
    cancelling() {
      record.cancelling();
      const { start } = GOAL_TEXTS[plan?.goal ?? "live"];
      log(ours`The run was cancelled: the service is to cancel the ${start}, if it still runs (onCancel: cancel).`);
    },
    cancellingAgain(error) {
      log(ours`Could not ask to cancel: ${requestLine(error, plan?.offer)}. Trying again.`);
    },
    async conclude(ending, cancellation) {
      const nowMs = now();
      // What was not asked for is left to the post phase to say once more.
      if (cancellation?.kind === "asked" && cancellation.answer !== "impossible") {
        runner.saveState(STATE.cancelAsked, cancellation.answer);
      }
      const known = record.lastKnown();
      record.end(statusOf(ending, known));
      setOutput("status", record.lastKnown().status);
      if (isOver(ending)) runner.saveState(STATE.concluded, ending.kind);
      // What it says is shown, but never written as its status: it was not believed.
      if (ending.kind === "contradicted") record.show(ending.operation, nowMs);
      const report = reportOf(ending, cancellation, known, nowMs);
      setOutput("listingUrl", report.listing);
      writeConclusion(report, runner);
      try {
        await writeReport(report, runner);
      } catch (error) {
        // How it ended has been said; a report that cannot be made must not turn that around.
        log(harmlessLine(`The report could not be made: ${String(error)}`));
      }
      return hasFailed(ending) ? 1 : 0;
    },
  };
}

/** Writes an output only when it says something new. */
function onceEach({ setOutput }: Runner): (name: string, value: string | undefined) => void {
  const written = new Map<string, string>();
  return (name, value) => {
    if (value === undefined || written.get(name) === value) return;
    written.set(name, value);
    setOutput(name, value);
  };
}

function writeFollowed(followed: Followed, runner: Runner): void {
  writePlace(followed, runner);
  // Before the location: an operation of which nobody knows whose it is must not be cancelled.
  runner.saveState(STATE.origin, followed.origin);
  runner.saveState(STATE.location, followed.reference.location.href);
}
