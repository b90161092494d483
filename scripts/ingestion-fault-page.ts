import {
  INGESTION_REQUESTS,
  ingestionLines,
  type IngestionRequest,
} from "../__tests__/faults/product-ingestion/fault-table.ts";
import { type FaultSection, faultSection } from "./fault-section.ts";

/** What each table is about. */
const SECTIONS = {
  product: {
    title: "Looking the product up (`GET product`)",
    text: "The first question: which product has this `offerId`. It changes nothing, so it is asked again. With `productId` it is not asked.",
  },
  submissions: {
    title: "Looking before anything is sent (`GET submissions`)",
    text: "The second question: what of the product is in preview, what is live, and whether anything runs.",
  },
  configure: {
    title: "Starting the go-live (`POST configure`)",
    text: "This is the only request that starts anything. “Carried out” means that the service started the go-live although its answer went wrong. The service of these tests takes every go-live it is sent, so that only the action keeps a second one from being started. The token is one that was handed in; where the action signs in itself, a 401 is answered once with a new one.",
  },
  job: {
    title: "Watching the job (`GET job`)",
    text: "With `wait: true`. Whatever goes wrong here, the go-live goes on at Microsoft, and nothing is sent again. The `GET submissions` at the end of a line ask whether what was pushed is live.",
  },
  cancel: {
    title: "Cancelling after a cancelled run (`POST cancel`)",
    text: "With `onCancel: cancel`, sent by the step itself; the runs below are those of the post phase, which sends it where the step could not, and writes no output `status`. It looks once whether the go-live still runs (`GET job`), and that it is this offer's (`GET product`). “Carried out” means that the service cancelled the go-live although its answer went wrong.",
  },
} as const satisfies Record<IngestionRequest, FaultSection>;

const INTRODUCTION = `# When something goes wrong: the Product Ingestion API

[The page of the Cloud Partner Portal API](faults.md) says what this action promises and how to read the tables. This one
is made in the same way, from the table that the tests run, and says what is different here: this API names a preview by
its submission, gives each push a job, and has no list of jobs. So **nothing is ever sent again after an unclear answer**.

## What is sent, and when

- **Look first.** The product is looked up by \`offerId\`, and its submissions are read, every page of them, before
  anything is sent. A go-live that runs is followed instead of starting another (or the step fails, with
  \`ifRunning: fail\`).
- **Only what is ready.** Exactly one preview must be ready, or the one that \`submissionId\` names, and nothing may run.
  Of two that are ready none is guessed. What was looked at is what is sent, by its id, and never another in its place.
- **Yes.** A 2xx that names a job. Any other 2xx and a 303 are the service's word too that it took the push.
- **No.** A 4xx other than 408 and 429 is final if it carries the service's own error; a 401 always is, and so is a
  redirect other than 303, for it is not followed. After a 409, a 423 or words such as “In Progress” the submissions are read for 15 s,
  because another go-live may be the reason.
- **Not sent.** After a 429, or when no connection could be made, nothing was started. After the pause that a 429 asks for
  the submissions are read, and the same preview is sent again only if it is still the one that is ready: three times at
  the most, within 15 minutes.
- **Unclear.** Everything else: a connection that broke, a time-out (120 s), a 408, a 5xx, a gateway's page, a 2xx without
  a job. The submissions are read for 10 minutes. If they show the very preview going live or live, which they did not
  before, it is taken for ours and followed without its job. Otherwise, also while another submission goes live, the
  step ends as \`unknown\`.
- **Pauses** are those of the other API; once a go-live has been watched for three minutes, it is asked after no more
  than once a minute. A question may take 60 s. Answers over 4 MiB are cut off.
- **One origin.** The token goes to \`endpoint\` only: no redirect, no next page and no resource on another host is asked.

## What is believed

- **A success is checked.** The job must have succeeded, and the submission must be listed as live. While it is not, or
  is listed as failed, both are asked again for a good 3 minutes; then the step fails with \`status\` \`unknown\` and tells
  both sides.
- **A job that is not found** (404, 410) is asked for again. After some minutes, 5 at the most, the submission is followed
  beside it, and its end is the end; of a failure it tells no reason.
- **One refusal is not the last word** while watching: it must stay for 2 minutes, in three answers alike.
- **A word that nobody knows** means that it still runs. It warns, and only a known word ends a wait.

## What cannot be promised

- **A push that shows later than 10 minutes after an unclear answer.** This run ends as \`unknown\`. A later run looks
  anew; if the submissions still do not show it, it sends the preview again, and only the service can refuse it.
- **Somebody else in the same minutes.** After an unclear answer, the same preview going live is taken for this run's own,
  whoever pushed it. It has no job that is known, so it is never cancelled.
- **Two runs at the same moment** both see nothing and both send. Give the job a
  [concurrency group](https://docs.github.com/actions/using-jobs/using-concurrency) of the offer's name.
- **A cancel** needs the job. What the job has done by then stays as it is.
`;

/** The page about faults of the Product Ingestion API in Markdown, made from the table that the tests run. */
export function ingestionFaultPage(): string {
  const sections = INGESTION_REQUESTS.flatMap((request) => faultSection(SECTIONS[request], ingestionLines(request)));
  return [INTRODUCTION, "## Fault by fault", "", ...sections].join("\n");
}
