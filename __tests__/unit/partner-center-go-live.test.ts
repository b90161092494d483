import { expect, test } from "@jest/globals";
import type { GoLiveEvent } from "../../src/go-live/events.ts";
import { goLive, type GoLiveOptions } from "../../src/go-live/go-live.ts";
import { isFailure, type Outcome } from "../../src/go-live/outcome.ts";
import { NetworkError } from "../../src/http/errors.ts";
import { APIS } from "../../src/marketplace/apis.ts";
import { submissionReference } from "../../src/marketplace/partner-center/location.ts";
import type { PartnerCenterOptions } from "../../src/marketplace/partner-center/partner-center.ts";
import {
  answering,
  createScriptedCenter,
  ENDPOINT,
  ID,
  listing,
  nameOf,
  NUMBER,
  OTHER_PRODUCT,
  serviceError,
  SUBMISSION,
  submissionBody,
} from "../harness/scripted-center.ts";
import type { ScriptedAnswer } from "../harness/scripted-client.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const START_MS = 1_000_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const READY = "Published ReadyToPublish Completed";
const RUNS = "Published Publishing Completed";
const LIVE = "Published InStore Completed";
const RESET = new NetworkError({ method: "POST", url: "x" }, "reset", true);
const THROTTLED = serviceError(429, { retryAfterMs: 7 * SECOND_MS });

/** How the service behaves at a time, in milliseconds since the start, and behind so many sendings. */
interface Service {
  /** The words of the submission that the step is about; undefined: it is gone. */
  readonly words: (nowMs: number, sendings: number) => string | undefined;
  /** What stands in the list beside it, such as `7 Published Publishing`. */
  readonly beside?: (nowMs: number, sendings: number) => readonly string[];
  readonly promote?: (sendings: number) => ScriptedAnswer;
  /** What the address of the submission answers instead. */
  readonly submission?: (nowMs: number) => ScriptedAnswer | undefined;
}

/** Lets a go-live take place in no time. */
async function play(
  { words, beside = () => [], promote = () => ({ body: {} }), submission = () => undefined }: Service,
  inputs: Partial<GoLiveOptions> & Partial<PartnerCenterOptions> = {},
) {
  const clock = createVirtualClock(START_MS);
  const events: GoLiveEvent[] = [];
  const times: string[] = [];
  const rest = answering({});
  let sendings = 0;
  const answer = (request: string, nowMs: number): ScriptedAnswer => {
    const own = words(nowMs, sendings);
    switch (nameOf(request)) {
      case "promote":
        return promote((sendings += 1));
      case "submissions":
        return listing(...beside(nowMs, sendings), ...(own === undefined ? [] : [`${NUMBER} ${own}`]));
      case "submission":
        return (
          submission(nowMs) ?? (own === undefined ? serviceError(404) : { body: submissionBody(`${NUMBER} ${own}`) })
        );
      default:
        return rest(request, 0);
    }
  };
  const { marketplace } = createScriptedCenter((request) => {
    const nowMs = clock.now() - START_MS;
    times.push(`${Math.round(nowMs / SECOND_MS)} ${nameOf(request)}`);
    return answer(request, nowMs);
  }, inputs);
  const outcome: Outcome = await goLive({
    ...{ marketplace, goal: "live", clock, signal: new AbortController().signal },
    offer: { publisherId: "contoso", offerId: "contoso-app" },
    observe: (event) => events.push(event),
    schedule: { longestPauseMs: 20 * SECOND_MS, pace: APIS.partnerCenter.pace, random: () => 0 },
    ...{ timeoutMs: 60 * MINUTE_MS, ifRunning: "attach", wait: true, watchOnly: undefined },
    ...inputs,
  });
  const asked = (name: string): readonly number[] =>
    times.filter((time) => time.endsWith(` ${name}`)).map((time) => Number(time.split(" ")[0]));
  return { outcome, asked, times, kinds: events.map(({ kind }) => kind), sendings };
}

/** An end in short: kind, status, and how the step came to it. */
function inShort({ kind, status, ...outcome }: Outcome): string {
  return "origin" in outcome ? `${kind} ${status} ${outcome.origin}` : `${kind} ${status}`;
}

/** Why nothing was started. */
function obstacle({ outcome }: { readonly outcome: Outcome }): unknown {
  return outcome.kind === "notStarted" && "obstacle" in outcome.error ? outcome.error.obstacle : undefined;
}

/** A submission that is on its way for so long once it was promoted, and then stands in those words. */
function until(endMs: number, end: string | undefined): Service["words"] {
  return (nowMs, sendings) => (sendings === 0 ? READY : nowMs < endMs ? RUNS : end);
}

test("follows a submission into the store, and asks at most once a minute after the first minutes", async () => {
  const { outcome, asked, sendings } = await play({ words: until(12 * MINUTE_MS, LIVE) });
  expect(inShort(outcome)).toBe("ended succeeded started");
  expect(sendings).toBe(1);
  const questions = asked("submission");
  const pauses = questions.slice(1).map((time, at) => time - (questions[at] ?? 0));
  expect(questions[0]).toBeLessThanOrEqual(2);
  const late = pauses.filter((_pause, at) => (questions[at] ?? 0) >= 180);
  expect(late.length).toBeGreaterThan(5);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(60);
  expect(Math.max(...pauses.slice(0, -late.length))).toBeLessThanOrEqual(20);
});

test.each([
  ["InProgress Publishing Completed"],
  ["PUBLISHED publishing completed"],
  ["Published Published Completed"],
  ["Published Publishing Running"],
  ["Published ReadyToPublish Running"],
  ["Published InStore Running"],
  ["Published Publishing"],
  ["Published Pondering Completed"],
])("takes the words %s for no end, and waits for the store", async (words) => {
  const endMs = 10 * MINUTE_MS;
  const { outcome, asked } = await play({
    words: (nowMs, sendings) => (sendings === 0 ? READY : nowMs < endMs ? words : LIVE),
  });
  expect(inShort(outcome)).toBe("ended succeeded started");
  expect(asked("submission").at(-1)).toBeGreaterThanOrEqual(600);
});

const MIDDLE_MS = 5 * MINUTE_MS;
const COURSE = until(MIDDLE_MS, LIVE);

test.each<readonly [string, Partial<Service>]>([
  ["a former version that stays live", { beside: () => ["1 Published InStore Completed"] }],
  ["a former version that goes", { beside: (nowMs) => (nowMs < MIDDLE_MS ? ["1 Published InStore Completed"] : []) }],
  [
    "an entry that still waits beside the one that goes live, and beside the one that is live",
    { beside: (_nowMs, sent) => (sent === 0 ? [] : [`${NUMBER} ${READY}`]) },
  ],
  [
    "a list that lags by minutes",
    {
      words: until(MIDDLE_MS + 2 * MINUTE_MS, LIVE),
      submission: (nowMs) => ({ body: submissionBody(`${NUMBER} ${COURSE(nowMs, 1)}`) }),
    },
  ],
  ["a new preview beside it", { beside: (_nowMs, sent) => (sent === 0 ? [] : ["7 InProgress Submitted Completed"]) }],
  [
    "one fault after the other",
    {
      submission: (nowMs) =>
        [serviceError(500), { body: {} }, serviceError(401), serviceError(404), { body: submissionBody(`7 ${LIVE}`) }][
          Math.floor(nowMs / (20 * SECOND_MS))
        ],
    },
  ],
])("follows to the store with %s", async (_what, service) => {
  const { outcome, sendings } = await play({ words: COURSE, ...service });
  expect([inShort(outcome), sendings]).toEqual(["ended succeeded started", 1]);
});

test("takes no other submission's answer for its own", async () => {
  const { outcome } = await play({
    words: until(Infinity, LIVE),
    submission: (nowMs) => (nowMs < 3 * MINUTE_MS ? { body: submissionBody(`7 ${LIVE}`) } : undefined),
  });
  expect(inShort(outcome)).toBe("deadline running started");
});

test.each([
  [LIVE, "ended succeeded found"],
  ["Published FailedInCertification Completed", "ended failed found"],
])("finds behind a lost answer what has ended by the time that anybody looks: %s", async (end, ending) => {
  const { outcome, sendings } = await play({
    words: (_nowMs, sent) => (sent === 0 ? READY : end),
    promote: () => RESET,
  });
  expect([inShort(outcome), sendings]).toEqual([ending, 1]);
});

test("says at the end of its time that what is pushed and not in the store yet goes on", async () => {
  const { outcome, sendings } = await play({
    words: (_nowMs, sent) => (sent === 0 ? READY : "Published Published Completed"),
  });
  expect(inShort(outcome)).toBe("deadline running started");
  expect(sendings).toBe(1);
});

test.each([1, 10, 14])("bears that nothing shows of an accepted promote for %i minutes", async (minutes) => {
  const shownMs = minutes * MINUTE_MS;
  const { outcome, sendings } = await play({
    words: (nowMs, sent) => (sent === 0 || nowMs < shownMs ? READY : nowMs < shownMs + 5 * MINUTE_MS ? RUNS : LIVE),
  });
  expect(inShort(outcome)).toBe("ended succeeded started");
  expect(sendings).toBe(1);
});

const WATCHED = submissionReference(SUBMISSION, ENDPOINT);

test.each(["fail", "leave"] as const)(
  "takes a preview that only stands ready for no go-live that the inputs name, and looks to the deadline (%s)",
  async (onTimeout) => {
    const { outcome, asked } = await play({ words: () => READY }, { watchOnly: WATCHED, onTimeout });
    expect(outcome).toMatchObject({ kind: "deadline", status: "unknown", error: { reason: "notBegun" } });
    expect(outcome).toMatchObject({ sighting: undefined });
    expect(isFailure(outcome)).toBe(true);
    expect(asked("submission").at(-1)).toBe(60 * 60);
  },
);

test("follows a go-live that the inputs name and that shows late, and leaves it once it was seen at work", async () => {
  const { outcome } = await play(
    { words: (nowMs) => (nowMs < 5 * MINUTE_MS ? READY : RUNS) },
    { watchOnly: WATCHED, onTimeout: "leave" },
  );
  expect(outcome).toMatchObject({ kind: "deadline", status: "running", isLeft: true });
});

test("says at once of a preview that only stands ready that no go-live of it shows", async () => {
  const { outcome } = await play({ words: () => READY }, { watchOnly: WATCHED, wait: false });
  expect(outcome).toMatchObject({ kind: "lost", status: "unknown", error: { reason: "notBegun" } });
});

test("leaves no go-live that was started and has not begun when the time is over", async () => {
  const { outcome } = await play({ words: () => READY }, { onTimeout: "leave", timeoutMs: 5 * MINUTE_MS });
  expect(outcome).toMatchObject({ kind: "deadline", status: "notStarted", origin: "started" });
  expect(isFailure(outcome)).toBe(true);
});

test("cannot tell what became of an accepted promote of which nothing shows for fifteen minutes", async () => {
  const { outcome, times, sendings } = await play({ words: () => READY });
  expect(outcome).toMatchObject({ kind: "contradicted", status: "unknown" });
  expect(sendings).toBe(1);
  const last = Number(times.at(-1)?.split(" ")[0]);
  expect(last).toBeGreaterThanOrEqual(15 * 60);
  expect(last).toBeLessThanOrEqual(20 * 60);
});

test.each([
  [READY, "ended failed started", /waits for the publisher again: withdrawn, or failed/],
  ["Published Failed Completed", "ended failed started", /The service gives no reason\./],
  ["InProgress Failed Completed", "ended failed started", /The service gives no reason\./],
  ["Published FailedInCertification Completed", "ended failed started", /The service gives no reason\./],
  ["Published ReadyToPublish Failed", "ended failed started", /The service gives no reason\./],
  ["Published Cancelled Completed", "ended canceled started", /The service gives no reason\./],
  ["Canceled ReadyToPublish Completed", "ended canceled started", /The service gives no reason\./],
])("reports a go-live that ends in the words %s: %s", async (end, ending, reason) => {
  const { outcome, sendings } = await play({ words: until(5 * MINUTE_MS, end) });
  expect(inShort(outcome)).toBe(ending);
  expect(outcome).toMatchObject({ operation: { fault: { text: expect.stringMatching(reason) } } });
  expect(sendings).toBe(1);
});

test("is lost when the submission is gone for good, and says that nobody can tell", async () => {
  const { outcome, sendings } = await play({ words: until(5 * MINUTE_MS, undefined) });
  expect(inShort(outcome)).toBe("lost unknown started");
  expect(sendings).toBe(1);
});

test("follows the list where the address of the submission answers 404", async () => {
  const { outcome, kinds } = await play({
    words: until(20 * MINUTE_MS, LIVE),
    submission: () => serviceError(404),
  });
  expect(inShort(outcome)).toBe("ended succeeded started");
  expect(kinds).toContain("followingList");
});

test("does not believe a submission that says it is live while the list shows it on its way", async () => {
  const { outcome, asked } = await play({
    words: until(Infinity, LIVE),
    submission: () => ({ body: submissionBody(`${NUMBER} ${LIVE}`) }),
  });
  expect(outcome).toMatchObject({ kind: "contradicted", status: "unknown" });
  // Some minutes of looks.
  expect(asked("submissions").at(-1)).toBeGreaterThanOrEqual(185);
});

test.each([
  ["a reset", RESET],
  ["a 302", serviceError(302)],
  ["a 408", serviceError(408)],
  ["a 503", serviceError(503)],
  ["a page", { body: undefined, headers: { "content-type": ["text/html"] } }],
] as const)(
  "never sends again what %s left open, but looks for ten minutes and follows what shows by then",
  async (_what, answer) => {
    const shown = await play({
      words: (nowMs, sent) => (sent === 0 || nowMs < 570_000 ? READY : nowMs < 15 * MINUTE_MS ? RUNS : LIVE),
      promote: () => answer,
    });
    expect(inShort(shown.outcome)).toBe("ended succeeded found");
    expect(shown.outcome).toMatchObject({ reference: submissionReference(SUBMISSION, ENDPOINT) });
    expect(shown.sendings).toBe(1);
    const never = await play({ words: () => READY, promote: () => answer });
    expect(never.outcome).toMatchObject({ kind: "unclear", status: "unknown" });
    expect(never.asked("submissions")).toEqual([
      ...[0, 1, 5, 15, 30],
      ...Array.from({ length: 10 }, (_each, at) => (at + 1) * 60),
    ]);
    expect(never.sendings).toBe(1);
  },
);

test.each([400, 403, 404, 405, 409, 422])(
  "takes a %i for a refusal unless the submission has moved by then, at once or a minute later",
  async (status) => {
    const promote = () => serviceError(status);
    const refused = await play({ words: () => READY, promote });
    expect(inShort(refused.outcome)).toBe("notStarted rejected");
    expect(refused.asked("submissions")).toEqual([0, 1, 60]);
    for (const movedMs of [0, 40 * SECOND_MS]) {
      const moved = await play({
        words: (nowMs, sent) => (sent === 0 || nowMs < movedMs ? READY : RUNS),
        ...{ promote, timeoutMs: 10 * MINUTE_MS },
      });
      expect(inShort(moved.outcome)).toBe("deadline running doubtful");
      expect(moved.sendings).toBe(1);
    }
  },
);

test.each([400, 403, 404, 405, 409, 422])(
  "cannot tell whose a go-live is that moves behind a %i, and follows it to its end only where it may be anybody's",
  async (status) => {
    const promote = () => serviceError(status);
    for (const [end, ending] of [
      [LIVE, "ended succeeded doubtful"],
      ["Published FailedInCertification Completed", "ended failed doubtful"],
    ] as const) {
      for (const words of [until(2 * MINUTE_MS, end), until(0, end)]) {
        const followed = await play({ words, promote });
        expect([inShort(followed.outcome), followed.sendings]).toEqual([ending, 1]);
        const failing = await play({ words, promote }, { ifRunning: "fail" });
        expect([inShort(failing.outcome), failing.sendings]).toEqual(["unclear unknown", 1]);
      }
    }
  },
);

test("waits as long as a 429 asks, looks, and sends again if nothing has changed, three times at the most", async () => {
  const { outcome, times } = await play(
    { words: () => READY, promote: (sent) => (sent === 1 ? THROTTLED : { body: {} }) },
    { wait: false },
  );
  expect(inShort(outcome)).toBe("underWay running started");
  expect(times).toEqual(["0 products", "0 submissions", "0 promote", "7 submissions", "7 promote"]);
  const always = await play({ words: () => READY, promote: () => THROTTLED });
  expect([inShort(always.outcome), always.sendings]).toEqual(["notStarted rejected", 3]);
});

test("sends once more what was turned away at the door, behind a look, and takes a second 401 for the last word", async () => {
  const once = await play(
    { words: () => READY, promote: (sent) => (sent === 1 ? serviceError(401) : { body: {} }) },
    { wait: false },
  );
  expect(inShort(once.outcome)).toBe("underWay running started");
  expect(once.times.map((time) => time.split(" ")[1])).toEqual([
    ...["products", "submissions", "promote"],
    ...["submissions", "promote"],
  ]);
  const always = await play({ words: () => READY, promote: () => serviceError(401) });
  expect([inShort(always.outcome), always.sendings]).toEqual(["notStarted rejected", 2]);
});

test.each(
  [serviceError(401), THROTTLED].flatMap((answer) =>
    (
      [
        ["another preview stands", undefined, [`7 ${READY}`], "replaced"],
        ["it is gone", undefined, [], "neverPublished"],
        ["it is live", LIVE, [], "alreadyLive"],
        ["a publish runs", READY, ["7 InProgress Submitted Completed"], "ambiguous"],
        ["nobody knows how it stands", "Published Pondering", [], "unknownWord"],
      ] as const
    ).map((row) => [answer.status, ...row, answer] as const),
  ),
)("sends nothing again after a %i when by then %s", async (_status, _what, words, beside, kind, answer) => {
  const played = await play({
    words: (_nowMs, sent) => (sent === 0 ? READY : words),
    beside: (_nowMs, sent) => (sent === 0 ? [] : beside),
    promote: () => answer,
  });
  expect(obstacle(played)).toMatchObject({ kind });
  expect(played.sendings).toBe(1);
});

test.each([
  [401, serviceError(401)],
  [429, THROTTLED],
] as const)("follows the go-live that runs behind a %i, as one that ran already", async (_status, answer) => {
  const { outcome, sendings } = await play(
    { words: (_nowMs, sent) => (sent === 0 ? READY : RUNS), promote: () => answer },
    { wait: false },
  );
  expect(inShort(outcome)).toBe("underWay running adopted");
  expect(sendings).toBe(1);
});

/** Another preview took the place of the one that was looked at, and is promoted by somebody else. */
const OTHERS: Pick<Service, "words" | "beside"> = {
  words: (_nowMs, sent) => (sent === 0 ? READY : undefined),
  beside: (_nowMs, sent) => (sent === 0 ? [] : [`7 ${RUNS}`]),
};

test("does not follow somebody else's go-live behind an unclear sending, and looks for its own for ten minutes", async () => {
  for (const ifRunning of ["attach", "fail"] as const) {
    const { outcome, asked, sendings } = await play({ ...OTHERS, promote: () => RESET }, { wait: false, ifRunning });
    expect([inShort(outcome), sendings]).toEqual(["unclear unknown", 1]);
    expect(asked("submissions").at(-1)).toBe(600);
  }
  for (const [answer, end] of [
    [RESET, "unclear unknown"],
    [serviceError(409), "notStarted rejected"],
    [THROTTLED, "notStarted rejected"],
  ] as const) {
    const named = await play({ ...OTHERS, promote: () => answer }, { wait: false, submissionId: ID });
    expect([inShort(named.outcome), named.sendings]).toEqual([end, 1]);
  }
});

test.each([
  ["live", [`${NUMBER} ${LIVE}`], "alreadyLive"],
  ["live, with the entry of its preview left behind", [`${NUMBER} ${LIVE}`, `${NUMBER} ${READY}`], "alreadyLive"],
  ["settled by nobody", [`${NUMBER} Published ReadyToPublish Running`], "busy"],
])("starts nothing where what is listed is %s", async (_what, listed, kind) => {
  const played = await play({ words: () => undefined, beside: () => listed });
  expect(obstacle(played)).toMatchObject({ kind });
  expect(played.sendings).toBe(0);
});

test("waits out what is being done to the preview, and then promotes it", async () => {
  const { outcome, asked, sendings } = await play(
    { words: (nowMs) => (nowMs < 2 * MINUTE_MS ? "Published ReadyToPublish Running" : READY) },
    { wait: false },
  );
  expect([inShort(outcome), sendings]).toEqual(["underWay running started", 1]);
  expect(asked("promote")[0]).toBeGreaterThanOrEqual(120);
});

test("does not announce the end of a submission of another product, and does not wait for it either", async () => {
  const watchOnly = submissionReference({ product: OTHER_PRODUCT, number: NUMBER }, ENDPOINT);
  for (const wait of [true, false]) {
    const { outcome, asked } = await play({ words: () => LIVE }, { watchOnly, wait });
    expect(inShort(outcome)).toBe("lost unknown watched");
    expect(Math.max(...asked("submission"))).toBeLessThanOrEqual(5 * 60);
  }
});
