import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { answerOrError, isGone, isMissing } from "../../bearer/request-error.ts";
import { AnswerError } from "../../http/errors.ts";
import type { OperationAnswer } from "../marketplace.ts";
import { hasEnded, type Operation } from "../operation.ts";
import { submissionText } from "../submission-id.ts";
import type { Entry } from "./entry.ts";
import { readJob } from "./job.ts";
import type { Publish } from "./location.ts";

/** What is asked to follow a publish to preview. */
export interface PublishQuestions {
  readonly job: (jobId: string, signal: AbortSignal) => Promise<BearerAnswer>;
  /** All the submissions of the product. */
  readonly entries: (signal: AbortSignal) => Promise<readonly Entry[]>;
}

/** One look at a publish. */
export type FollowPublish = (
  jobId: string,
  publish: Publish,
  questions: PublishQuestions,
  signal: AbortSignal,
) => Promise<OperationAnswer>;

const NOTHING_ELSE = { messages: [], steps: [], liveLinks: [] } as const;

/** Follows publishes by their jobs, and by the preview once a job is gone; one that has succeeded is over only when the preview that it has made is ready. */
export function createPublishFollower(): FollowPublish {
  /** The numbers of the previews that are being made, by their jobs. */
  const made = new Map<string, string>();
  return async (jobId, publish, questions, signal) => {
    const answer = await answerOrError(questions.job(jobId, signal));
    if (answer instanceof Error) {
      const number = isMissing(answer) || isGone(answer) ? made.get(jobId) : undefined;
      const entry = number === undefined ? undefined : findMade(await questions.entries(signal), publish, number);
      if (entry === undefined) throw answer;
      return { operation: withEntry({ ...entry.state, ...NOTHING_ELSE }, entry), retryAfterMs: undefined };
    }
    const operation = readJob(answer.json());
    if (operation === undefined) throw new AnswerError(answer, "noStatus");
    const { retryAfterMs } = answer;
    if (operation.status === "failed" || operation.status === "canceled") return { operation, retryAfterMs };
    if (operation.status !== "succeeded") {
      // While it runs, nothing else does: later on, another preview may have taken the place of its own.
      const entries = made.has(jobId) ? [] : await answerOrError(questions.entries(signal));
      const entry = entries instanceof Error ? undefined : findMade(entries, publish, undefined);
      if (entry !== undefined && !hasEnded(entry.state.status)) made.set(jobId, entry.submission.number);
      return { operation, retryAfterMs };
    }
    const entry = findMade(await questions.entries(signal), publish, made.get(jobId));
    return { operation: entry === undefined ? operation : withEntry(operation, entry), retryAfterMs };
  };
}

/** The only preview that was not there before; where its number is known, none but that. */
function findMade(entries: readonly Entry[], { before }: Publish, number: string | undefined): Entry | undefined {
  const fresh = entries.filter(({ target, submission }) => target === "preview" && !before.includes(submission.number));
  const fitting = fresh.filter(({ submission }) => number === undefined || submission.number === number);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What contradicts the job's end is no end of its own. */
function withEntry(operation: Operation, entry: Entry): Operation {
  return hasEnded(entry.state.status)
    ? { ...operation, ...listedIn(entry), ...madeId(entry) }
    : { ...operation, ...entry.state };
}

/** The preview that an entry is. */
export function madeId({ submission }: Entry): Pick<Operation, "submissionId"> {
  return { submissionId: submissionText(submission) };
}

/** Whether the list itself shows that it has been reached. */
export function listedIn(entry: Entry | undefined): Pick<Operation, "isListedLive"> {
  return entry?.state.status === "succeeded" ? { isListedLive: true } : {};
}
