import { type FaultedRequest, faultLines } from "../__tests__/faults/fault-table.ts";
import { type FaultSection, faultSection } from "./fault-section.ts";

/** What each table is about. */
const SECTIONS = {
  look: {
    title: "Looking before anything is sent (`GET list`, `GET status`)",
    text: "The action reads the offer's operations and its status first. Questions change nothing, so they are asked again; a go-live is sent only when the answers show that none runs and that a preview waits for the sign-off. Where no other request is named, the fault is one of `GET list`.",
  },
  start: {
    title: "Starting the go-live (`POST goLive`)",
    text: "This is the only request that starts anything. “Carried out” means that the service started the go-live although its answer went wrong. The service of these tests takes every go-live it is sent, so that only the action keeps a second one from being started.",
  },
  poll: {
    title: "Watching the operation (`GET operation`)",
    text: "With `wait: true`. Whatever goes wrong here, the go-live goes on at Microsoft, and nothing is sent again. The `GET list` and `GET status` at the end of a line ask whether anything contradicts the success.",
  },
  end: {
    title: "Believing the end (`GET list`, `GET status`)",
    text: "With `wait: true`. An operation that says it has succeeded is held against the offer's operations and the offer's status before the step says that the offer is live.",
  },
  glance: {
    title: "Looking once at an operation (`GET operation`)",
    text: "With `operationLocation` and without `wait`: nothing is ever started. The go-live that the location names runs.",
  },
  cancel: {
    title: "Cancelling after a cancelled run (`POST cancel`)",
    text: "With `onCancel: cancel`, sent by the step itself; the runs below are those of the post phase, which sends it where the step could not, and writes no output `status`. It looks once whether the go-live still runs, and asks only then, or when the look cannot be had. “Carried out” means that the service cancelled the go-live although its answer went wrong.",
  },
} as const satisfies Record<FaultedRequest, FaultSection>;

const INTRODUCTION = `# When something goes wrong

A go-live is public and cannot be taken back. So this action starts one at the most when the network, the service or the
runner misbehave, and says how it stands, or that nobody can tell. Where a second one could still come from is
said under [what cannot be promised](#what-cannot-be-promised). It is about the Cloud Partner Portal API; the Product
Ingestion API has [a page of its own](faults-product-ingestion.md).

This page is made from the table that the tests run: every line of it is a run of the action against an emulated
service. The requests beside each fault are all that were sent, in this order. “Once” means that the fault hits the
first request of its kind only, “always” that it hits every one; “×n” stands for as many as time allows, and what stands
in brackets is repeated as a whole.

## What is sent, and when

- **Look first.** The offer's operations and its status are read before anything is sent. A go-live that runs is followed
  instead of starting another (or the step fails, with \`ifRunning: fail\`). If one of the two cannot be read, nothing is
  sent.
- **Only what is ready.** A go-live is sent only while a preview waits for the publisher's sign-off. Otherwise the step
  ends as \`rejected\`, with the reason that a \`dryRun\` gives. An offer whose status says that it is at work, though its
  list does not show at what, may have a go-live that is not listed yet: both are read again for a good 3 minutes, and
  the go-live is followed once it is listed.
- **The whole list.** Every part of the list is read, 50 parts and 10,000 operations at the most. While an answer says
  that there is more in a way that cannot be followed, nothing is sent.
- **Yes.** A success with a location of this offer's operation starts the watch, even when the connection breaks after
  its headers. Every other success (200, 201, 202, 204 …) and a 303 are the service's word too that it took the go-live:
  it is looked for, and **never sent again**.
- **No.** A 4xx other than 408 and 429 is a refusal and final, and so is a redirect other than 303, for it is not
  followed. After a 400 or 409 the operations are read again, because it may mean that a go-live runs already.
- **Not sent.** After a 429, or when no connection could be made, nothing was started: the go-live is sent again after a
  pause.
- **Unclear.** After a connection that broke, a time-out (30 s), a 408 or a 5xx, the go-live may have been started. It is
  looked for in the offer's operations, eleven times over a good 3 minutes, because the list may lag. One that is new
  since the sending, by the service's own clock, is taken for ours and followed. The go-live is sent again only if the
  last look speaks for it **twice**: the list shows none, **and** the offer's status still waits for the publisher's
  sign-off, which a go-live would have given. Otherwise the step ends as \`unknown\`.
- **Three sendings at the most**, all of them within 15 minutes.
- **Pauses** grow, and are as long as \`Retry-After\` asks (seconds or a date; anything else is ignored). While nothing
  is started, a pause that ends more than 15 minutes after the start gives up. While watching, a pause is cut to 10
  minutes, and the log says what the service asked for.
- **One origin.** The token goes to \`endpoint\` only. Redirects are not followed. A location is asked only in the forms
  of the reference, on the same origin and for the same offer. Answers over 4 MiB are cut off.

## What is believed

- **One refusal is not the last word.** A 4xx while watching, such as 403 or 410, may come from a gateway. It ends the
  watch only if it stays for 2 minutes, in three answers alike; a single look (\`operationLocation\` without \`wait\`) asks
  three times within 10 s. The go-live itself goes on either way.
- **A location that finds nothing.** After 5 minutes of 404 at the latest, the list is read, and what it says of the go-live
  counts.
- **A success is checked.** The offer's operations and its status are read once more. If they say otherwise, all three
  are asked again for a good 3 minutes, and so are those two while they cannot be read. If they still say otherwise, the
  step fails with \`status\` \`unknown\` and tells both sides. What cannot be read then, or is refused, contradicts
  nothing, but of what \`operationLocation\` names something must say that it is a go-live: its entry in the list, its
  step \`live\`, or a link to what is live.
- **A shared location**, which some offers have for all their operations, may show the success of the preview. An end
  there counts only if the list shows that the go-live ended so.
- **A publish to preview is no go-live.** An \`operationLocation\` that the list calls one is refused.

## When the runner misbehaves

- **The run is cancelled:** the wait stops at once, the step fails and says where the operation is. A go-live that is
  just being sent gets 3 s to be answered. With \`onCancel: leave\` the go-live goes on at Microsoft; with
  \`onCancel: cancel\` the step asks the service within 5 s to cancel it, if this run has started it, and says what was
  answered; the post phase of a cancelled job asks only where the step could not (last table).
- **The step is killed:** outputs and state are written the moment they are known, before any waiting, so the post phase
  of a cancelled job still says where the operation is, or that a go-live was sent and its answer never came. The
  post phase never starts anything.
- **The job is run again:** it looks first, and follows the go-live that the run before it has started. That the offer's
  status shows it is enough to keep the run from sending another while the list does not show it yet.

## What cannot be promised

- **A list and a status that both lag for more than 3 minutes after an unclear answer.** A service that took a go-live,
  lost the answer, and for all that time neither lists it nor stops waiting for the sign-off, gets it a second time.
  Nothing that it shows tells this from a go-live that never arrived. Then only the service itself can refuse the second
  one; by its reference, an offer has one running operation at a time. For the same reason \`rejected\` after three
  unclear sendings means that operations and status showed no go-live until then.
- **Somebody else in the same minutes.** After an unclear answer, a go-live that another starts while this run looks
  for its own, or one that the list shows only then and that changed since the sending, is taken for its own: followed,
  and cancelled, if this run is cancelled and is to have that cancelled. Of two that are new neither is.
- **A list and a status that both do not show an earlier run's go-live yet.** One of the two is enough; what neither
  shows at the first look cannot be followed, and only the service can refuse another.
- **Two runs at the same moment.** Both look, both see nothing, both send, and again only the service can refuse one.
  Give the job a [concurrency group](https://docs.github.com/actions/using-jobs/using-concurrency) of the offer's name.
- **\`unknown\` is meant so.** When the operations cannot be read, or do not show a go-live that the service took, the
  step fails with \`status\` \`unknown\` and nothing more is sent. The same holds for a success that the service itself
  contradicts. Look in Partner Center.
`;

/** The page about faults in Markdown, made from the table that the tests run. */
export function faultPage(): string {
  const requests = Object.keys(SECTIONS) as FaultedRequest[];
  const sections = requests.flatMap((request) => faultSection(SECTIONS[request], faultLines(request)));
  return [INTRODUCTION, "## Fault by fault", "", ...sections].join("\n");
}
