import { expect, test } from "@jest/globals";
import type { GoLiveEvent } from "../../src/go-live/events.ts";
import { NetworkError } from "../../src/http/errors.ts";
import type { Operation } from "../../src/marketplace/operation.ts";
import type { Origin } from "../../src/go-live/outcome.ts";
import { createProgress, type ProgressNote } from "../../src/report/progress.ts";
import { createVirtualClock, type VirtualClock } from "../harness/virtual-clock.ts";
import { followed, LOCATION, message, operation, step } from "../harness/operation.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const MINUTE_MS = 60_000;
const error = new NetworkError({ method: "GET", url: "https://service.example/api/x" }, "reset", true);
const RESET = "GET https://service.example/api/x: the connection broke";

interface Listening {
  readonly clock: VirtualClock;
  readonly tell: (event: GoLiveEvent) => ProgressNote;
  readonly see: (parts?: Partial<Operation>) => ProgressNote;
}

function listen(): Listening {
  const clock = createVirtualClock(1_000_000);
  const tell = createProgress(OFFER, "live", clock.now);
  return { clock, tell, see: (parts) => tell({ kind: "observed", operation: operation(parts), waitedMs: 0 }) };
}

const submission = {
  id: "7\n::error::x",
  status: "running",
  statusWord: "running",
  isKnownWord: true,
  isGoLive: false,
  changedAtMs: undefined,
  reference: followed().reference,
} as const;

test.each<[GoLiveEvent, readonly string[]]>([
  [
    { kind: "previewRuns", submission },
    [
      "A publish to preview of this offer is running (7 ::error::x). It is no go-live; the service decides whether it takes one now.",
    ],
  ],
  [{ kind: "sending", sendings: 1, candidate: { submissionId: undefined } }, ["Sending the go-live."]],
  [
    { kind: "sending", sendings: 2, candidate: { submissionId: undefined } },
    ["Sending the go-live again (sending 2)."],
  ],
  [
    { kind: "unclearSending", error, wasAccepted: false, forMs: 185_000 },
    [
      `No clear answer to the go-live: ${RESET}.`,
      "It may have been started all the same: looking for it in the list of the offer's operations, for 3 min 5 s.",
    ],
  ],
  [
    { kind: "unclearSending", error, wasAccepted: true, forMs: 185_000 },
    [
      `No clear answer to the go-live: ${RESET}.`,
      "The service took it without saying where it is: looking for it in the list of the offer's operations. It is not sent again.",
    ],
  ],
  [
    { kind: "sendingAgain", error, pauseMs: 10_000, isInferred: false },
    [`The go-live did not get through: ${RESET}. Next try in 10 s.`],
  ],
  [
    { kind: "sendingAgain", error, pauseMs: 10_000, isInferred: true },
    [
      "The list shows no go-live, and the offer still waits for one: so nothing seems to have been started. Sending again in 10 s.",
    ],
  ],
  [
    { kind: "notSentAgain", readiness: { kind: "unknownWord", word: "running\n::error::x" } },
    [
      "The list shows no go-live, but the service says “running ::error::x” of the offer, a word that this action does not know: it is not sent again.",
    ],
  ],
  [
    { kind: "notSentAgain", readiness: { kind: "notTold", error } },
    [
      `The list shows no go-live, but whether the offer still waits for one could not be read (${RESET}): it is not sent again.`,
    ],
  ],
  [
    {
      kind: "notSentAgain",
      readiness: { kind: "ready", candidate: { submissionId: "8" }, preview: undefined },
    },
    [
      "The list shows no go-live, but another preview stands now than the one that was looked at: it is not sent again.",
    ],
  ],
  [
    {
      kind: "notSentAgain",
      readiness: { kind: "ready", candidate: { submissionId: undefined }, preview: undefined },
    },
    [
      "The list shows no go-live, but another preview may stand now than the one that was looked at: it is not sent again.",
    ],
  ],
  [
    { kind: "busy" },
    [
      "The offer is at work, and nothing tells at what: it may be a go-live that is not listed yet. Looking again, for three minutes at the most.",
    ],
  ],
  [
    { kind: "doubted", contradiction: { kind: "signOffWaits", stageWord: "running" } },
    [
      "The operation says that it succeeded, but the offer still waits for the publisher's sign-off, which a go-live gives (status “running”). Asking again, for three minutes at the most.",
    ],
  ],
  [
    { kind: "followingList" },
    ["The operation is not at its address (HTTP 404). Its entry in the offer's list is followed instead."],
  ],
  [
    { kind: "pauseAsked", askedMs: 7_200_000, pauseMs: 600_000 },
    ["The service asks to be left alone for 2 h; it is asked again in 10 min."],
  ],
  [{ kind: "pauseAsked", askedMs: 90_000, pauseMs: 90_000 }, ["The service asks to be left alone for 1 min 30 s."]],
  [{ kind: "retrying", error, pauseMs: 90_000 }, [`No answer to a question: ${RESET}. Next try in 1 min 30 s.`]],
  [
    { kind: "mayBeEarlier", operation: operation() },
    [
      "This address is shared by all operations of the offer, and shows one that has ended; the list of operations shows no go-live that ended so. Asking again.",
    ],
  ],
  [{ kind: "unanswered", error }, [`No usable answer, still waiting: ${RESET}.`]],
])("tells what happens: %j", (event, lines) => {
  expect(listen().tell(event)).toEqual({ lines, warnings: [] });
});

test.each<[Origin, string]>([
  ["started", "The go-live was accepted."],
  [
    "found",
    "The list of the offer's operations shows a go-live that was not there before the sending: this run takes it for its own.",
  ],
  [
    "doubtful",
    "There is a go-live of this offer that was not there before, and nobody can tell whether it is the one that was sent: no other is sent, this run follows that one.",
  ],
  ["adopted", "A go-live of this offer is already running: no other is started, this run follows that one."],
  ["watched", "Nothing is sent: this run follows the operation that operationLocation names."],
])("tells how it came to an operation that was %s, and where it is", (origin, first) => {
  expect(listen().tell({ kind: "following", followed: followed(origin) })).toEqual({
    lines: [first, `Operation: ${LOCATION}`],
    warnings: [],
  });
});

test("tells how an operation stands when that changes", () => {
  const { clock, see } = listen();
  expect(see().lines).toEqual(["running"]);
  clock.pass(MINUTE_MS);
  expect(see().lines).toEqual([]);
  const steps = [step({ name: "Live", progressPercentage: 10 })];
  expect(see({ steps }).lines).toEqual(["[#---------] running, 0 of 1 steps done, at “Live” (running 10 %)"]);
  expect(see({ steps }).lines).toEqual([]);
  expect(see().lines).toEqual(["running"]);
});

test("tells it again before ten minutes have passed without a line, so that nobody thinks that the wait hangs", () => {
  const { clock, see, tell } = listen();
  see();
  clock.pass(9 * MINUTE_MS - 1);
  expect(see().lines).toEqual([]);
  expect(tell({ kind: "waiting" }).lines).toEqual([]);
  clock.pass(1);
  expect(see().lines).toEqual(["running"]);
  clock.pass(9 * MINUTE_MS - 1);
  expect(tell({ kind: "waiting" }).lines).toEqual([]);
  expect(see({ status: "notStarted" }).lines).toEqual(["not started"]);
  clock.pass(9 * MINUTE_MS - 1);
  expect(see({ status: "notStarted" }).lines).toEqual([]);
  clock.pass(1);
  expect(tell({ kind: "waiting" }).lines).toEqual(["not started"]);
  expect(see({ status: "notStarted" }).lines).toEqual([]);
});

test("gives a sign of life even before the first look", () => {
  const { clock, tell } = listen();
  clock.pass(9 * MINUTE_MS);
  expect(tell({ kind: "waiting" }).lines).toEqual(["Still waiting for the first look."]);
});

test("makes a line for a percentage alone after 30 s at the earliest, and ever more seldom", () => {
  const { clock, see } = listen();
  const at = (progressPercentage: number): number =>
    see({ steps: [step({ name: "Live", progressPercentage })] }).lines.length;
  expect(at(1)).toBe(1);
  clock.pass(29_999);
  expect(at(2)).toBe(0);
  clock.pass(1);
  expect(at(2)).toBe(1);
  clock.pass(30_000);
  expect(at(2)).toBe(0);
  clock.pass(59 * MINUTE_MS);
  expect(at(3)).toBe(1);
  clock.pass(3 * MINUTE_MS - 1);
  expect(at(4)).toBe(0);
  clock.pass(12_000);
  expect(at(4)).toBe(1);
});

test("tells another step, state or estimate at once", () => {
  const { see } = listen();
  const live = step({ name: "Live", progressPercentage: 10 });
  expect(see({ steps: [live] }).lines).toHaveLength(1);
  expect(see({ steps: [{ ...live, progressPercentage: 20 }] }).lines).toEqual([]);
  expect(see({ steps: [{ ...live, status: "waiting" }] }).lines).toEqual([
    "[#---------] running, 0 of 1 steps done, at “Live” (waiting 10 %)",
  ]);
  expect(see({ steps: [{ ...live, status: "waiting", estimate: "< 1 day" }] }).lines).toHaveLength(1);
});

test("says the service's estimate of a step once, and again when it is another", () => {
  const { clock, see } = listen();
  const at = (progressPercentage: number, estimate: string): readonly string[] => {
    clock.pass(20 * MINUTE_MS);
    return see({ steps: [step({ name: "Live", progressPercentage, estimate })] }).lines;
  };
  const line = "[----------] running, 0 of 1 steps done, at “Live” (running";
  expect(at(1, "~2-5 days")).toEqual([`${line} 1 %, estimated ~2-5 days)`]);
  expect(at(2, "~2-5 days")).toEqual([`${line} 2 %)`]);
  expect(at(3, "< 1 day")).toEqual([`${line} 3 %, estimated < 1 day)`]);
});

test("tells the same trouble once, and again after a while or when an answer came in between", () => {
  const { clock, see, tell } = listen();
  const count = (): number => tell({ kind: "unanswered", error }).lines.length;
  expect([count(), count()]).toEqual([1, 0]);
  clock.pass(30_000);
  expect([count(), count()]).toEqual([1, 0]);
  see();
  expect([count(), count()]).toEqual([1, 0]);
});

test("warns of each unknown word once, wherever it was met, and harmlessly", () => {
  const { see, tell } = listen();
  const baking = { statusWord: "ba\nking", isKnownWord: false };
  expect(see(baking)).toEqual({
    lines: ["running"],
    warnings: [
      {
        title: "The service uses an unknown word",
        text: "The service calls the go-live “ba king”, a word that this action does not know. It is taken as still running; only a known word ends the wait.",
      },
    ],
  });
  expect(see(baking).warnings).toEqual([]);
  expect(tell({ kind: "unknownListWord", word: "ba\nking" })).toEqual({ lines: [], warnings: [] });
  expect(tell({ kind: "unknownListWord", word: "frying" })).toMatchObject({
    lines: [],
    warnings: [{ title: "The service uses an unknown word" }],
  });
  expect(see({ ...baking, statusWord: "frying" }).warnings).toEqual([]);
  expect(see({ ...baking, statusWord: "x".repeat(200) }).warnings[0]?.text).toContain(`“${"x".repeat(99)}…”`);
});

test("says nothing of a known word", () => {
  expect(listen().see({ statusWord: "running" }).warnings).toEqual([]);
});

test("warns at once of a blocked step, once for every reason", () => {
  const { see } = listen();
  const blocked = step({ name: "Certi\nfication", status: "blocked", messages: [message("error", "Sign off.")] });
  const END = "The go-live is not over: mend this in Partner Center, or wait if it is Microsoft's turn.";
  expect(see({ steps: [step(), blocked] }).warnings).toEqual([
    { title: "Step “Certi fication” is blocked", text: `Sign off. ${END}` },
  ]);
  expect(see({ steps: [step(), blocked] }).warnings).toEqual([]);
  expect(see({ steps: [{ ...blocked, messages: [message("error", "Pay.")] }] }).warnings).toEqual([
    { title: "Step “Certi fication” is blocked", text: `Pay. ${END}` },
  ]);
  expect(see({ steps: [blocked, { ...blocked, id: "live" }, { ...blocked, name: "Other" }] }).warnings).toHaveLength(2);
  expect(see({ steps: [{ ...blocked, messages: [] }] }).warnings[0]?.text).toBe(`The service gives no reason. ${END}`);
});

test("does not warn of an error of a step that waits or runs", () => {
  const { see } = listen();
  const messages = [message("error", "x"), message("information", "y")];
  expect(see({ steps: [step({ status: "waiting", messages }), step({ messages })] }).warnings).toEqual([]);
});
