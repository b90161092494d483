import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import type { OperationReference, Standing } from "../marketplace.ts";
import type { Entry } from "./preview.ts";
import { readWholeList } from "../whole-list.ts";
import { readSubmissions } from "./body.ts";

export interface SubmissionListOptions {
  /** The address of the list, and so of its first part; the others are at its path or below. */
  readonly url: URL;
  /** Asks for one part; the address may lack the api-version. */
  readonly ask: (url: URL) => Promise<BearerAnswer>;
  readonly locate: (id: string) => OperationReference;
}

/** All the operations of an offer, and the moment they were listed. */
export interface SubmissionList extends Pick<Standing, "serviceTimeMs"> {
  readonly submissions: readonly Entry[];
}

/** All the operations of an offer. Throws an `AnswerError` when the list cannot be read to its end. */
export async function readSubmissionList(options: SubmissionListOptions): Promise<SubmissionList> {
  const { url, ask, locate } = options;
  const { entries, serviceTimeMs } = await readWholeList({
    url,
    ask,
    read: (body) => readSubmissions(body, locate),
    stateOf: ({ reference, changedAtMs, statusWord }) => `${reference.key} ${changedAtMs} ${statusWord}`,
  });
  return { submissions: entries, serviceTimeMs };
}
