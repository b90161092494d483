import type { GoLiveEvent } from "../events.ts";
import type { Approval } from "../github/approval.ts";
import type { Exchange } from "../http/bearer-client.ts";
import type { AccessToken } from "../identity/credential.ts";
import { type Followed, type Outcome, wasInterrupted } from "../outcome.ts";
import type { Status } from "../operation.ts";
import type { Runner } from "../runner.ts";
import { conclude, type ConclusionContext } from "./conclusion.ts";
import { clockText } from "./duration.ts";
import { harmlessLine } from "./harmless.ts";
import { createProgress } from "./progress.ts";
import { signedInLine } from "./token-text.ts";
import { summaryMarkdown } from "./summary.ts";

export interface ReporterOptions extends Omit<ConclusionContext, "nowMs"> {
  readonly runner: Runner;
  readonly now: () => number;
}

/** Writes what happens, as it happens, to where people and later steps read it. */
export interface Reporter {
  observe(event: GoLiveEvent): void;
  exchanged(exchange: Exchange): void;
  signedIn(token: AccessToken): void;
  approved(approval: Approval): void;
  conclude(outcome: Outcome): Promise<void>;
}

/** The names of the state that the main phase leaves for the post phase. */
export const STATE = { phase: "phase", sent: "sent", location: "operationLocation", concluded: "concluded" } as const;

/** A reporter over the runner. */
export function createReporter(options: ReporterOptions): Reporter {
  const { runner, now, startMs } = options;
  const progress = createProgress(options.offer, now);
  const log = (line: string): void => runner.log(`${clockText(now() - startMs)}  ${line}`);
  let signIns = 0;
  let writtenStatus: Status | undefined;
  const writeStatus = (status: Status): void => {
    if (status === writtenStatus) return;
    writtenStatus = status;
    runner.setOutput("status", status);
  };
  return {
    observe(event) {
      // What must outlive a kill comes first.
      if (event.kind === "sending") runner.saveState(STATE.sent, "true");
      if (event.kind === "following") writeFollowed(runner, event.followed);
      if (event.kind === "following" && event.followed.origin !== "watched") writeStatus("running");
      if (event.kind === "observed") writeStatus(event.operation.status);
      const note = progress(event);
      for (const line of note.lines) log(line);
      for (const { title, text } of note.warnings) runner.annotate("warning", title, text);
    },
    exchanged({ method, url, outcome, durationMs, requestId }) {
      const id = requestId === undefined ? "" : `, request id ${requestId}`;
      runner.debug(harmlessLine(`${method} ${url}: ${outcome} in ${Math.round(durationMs)} ms${id}`));
    },
    approved({ environment, approvedBy, comments }) {
      runner.setOutput("approvedBy", approvedBy.join(","));
      runner.setOutput("approvalComment", comments.join("\n"));
      log(
        `Environment “${harmlessLine(environment, 100)}” was approved in this run by ${harmlessLine(approvedBy.join(", "))}.`,
      );
    },
    signedIn(token) {
      log(signedInLine(token, signIns === 0));
      signIns += 1;
    },
    async conclude(outcome) {
      writeStatus(outcome.status);
      if (!wasInterrupted(outcome)) runner.saveState(STATE.concluded, outcome.kind);
      const conclusion = conclude(outcome, { ...options, nowMs: now() });
      runner.annotate(conclusion.level, conclusion.title, conclusion.sentences.join("\n"));
      await runner.summarize(summaryMarkdown(outcome, conclusion));
    },
  };
}

function writeFollowed(runner: Runner, { reference }: Followed): void {
  runner.setOutput("operationLocation", reference.location.href);
  runner.setOutput("operationId", reference.id);
  runner.saveState(STATE.location, reference.location.href);
}
