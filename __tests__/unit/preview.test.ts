import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { type Entry, findPreview } from "../../src/marketplace/cloud-partner-portal/preview.ts";
import type { OfferStatus } from "../../src/marketplace/cloud-partner-portal/offer-status.ts";
import { decideReadiness } from "../../src/marketplace/cloud-partner-portal/standing.ts";
import { goLive, offerStatus, preview, WAITS } from "../harness/scripted-marketplace.ts";

/** An entry, with the number that the service counts publishes with. */
function counted(entry: Entry, publishingVersion: number): Entry {
  return { ...entry, version: { publishingVersion } };
}

const OLD = counted(preview("1", "completed", 1_000), 2);
const NEW = counted(preview("2", "completed", 2_000), 3);
const UNNAMED = { ...goLive("5", "completed", 500), isUnnamed: true } as const;

const TOLD: readonly (readonly [string, readonly Entry[], string])[] = [
  ["the only publish", [preview("1", "completed")], "1"],
  ["the newest publish, whatever their order", [NEW, OLD], "2"],
  ["the newest publish, by its time alone", [preview("1", "completed", 1), preview("2", "completed", 2)], "2"],
  [
    "the newest publish, by its number alone",
    [counted(preview("1", "completed"), 2), counted(preview("2", "completed"), 1)],
    "1",
  ],
  [
    "a publish that waits for its publisher and is not over",
    [OLD, { ...NEW, ...preview("2", "waitingForPublisherReview") }],
    "2",
  ],
  ["a publish after a go-live", [goLive("3", "completed", 1_500), NEW], "2"],
  ["a publish before a go-live that failed", [NEW, goLive("3", "failed", 3_000)], "2"],
  ["a publish that is listed twice", [NEW, NEW], "2"],
  ["a publish after something without a name", [UNNAMED, OLD], "1"],
];

test.each(TOLD)("the preview that stands is that of %s", (_which, entries, id) => {
  for (const list of [entries, entries.toReversed()]) {
    expect(findPreview(list)).toMatchObject({ kind: "told", entry: { id } });
  }
});

const UNTOLD: readonly (readonly [string, readonly Entry[], readonly string[]])[] = [
  ["there is no publish", [goLive("3", "completed")], []],
  ["two publishes cannot be told apart", [preview("1", "completed"), preview("2", "completed")], ["1", "2"]],
  ["two publishes have the same time", [preview("1", "completed", 7), preview("2", "completed", 7)], ["1", "2"]],
  [
    "number and time contradict each other",
    [counted(preview("1", "completed", 2), 2), counted(preview("2", "completed", 1), 3)],
    ["1", "2"],
  ],
  ["the newest publish has failed", [OLD, counted(preview("2", "failed", 2_000), 3)], ["1", "2"]],
  ["the newest publish was canceled", [OLD, counted(preview("2", "canceled", 2_000), 3)], ["1", "2"]],
  ["the newest publish has a word that nobody knows", [preview("1", "dreaming")], ["1"]],
  ["it has gone live", [NEW, goLive("3", "completed", 3_000)], ["2"]],
  ["it may have gone live", [preview("2", "completed"), goLive("3", "completed")], ["2"]],
  ["what came after it has no name", [{ ...UNNAMED, changedAtMs: 9_000 }, OLD], ["1"]],
];

test.each(UNTOLD)("nobody can tell which preview stands where %s", (_why, entries, ids) => {
  const found = findPreview(entries);
  expect(found.kind).toBe("untold");
  expect(found.kind === "untold" && found.ids.toSorted()).toEqual(ids);
});

test("a publish that runs while the offer waits is one whose own steps have to be read", () => {
  expect(findPreview([OLD, counted(preview("2", "running", 2_000), 3)])).toMatchObject({
    kind: "atWork",
    entry: { id: "2" },
  });
});

const entries = fc.array(
  fc
    .record({
      id: fc.constantFrom("1", "2", "3"),
      word: fc.constantFrom("running", "waitingForPublisherReview", "completed", "failed", "canceled", "dreaming", ""),
      kind: fc.constantFrom("publish", "publish", "goLive", "unnamed"),
      changedAtMs: fc.constantFrom(undefined, 1_000, 2_000, 3_000),
      publishingVersion: fc.constantFrom(undefined, 1, 2, 3),
    })
    .map(({ id, word, kind, changedAtMs, publishingVersion }): Entry => {
      const entry = kind === "publish" ? preview(id, word, changedAtMs) : goLive(`g${id}`, word, changedAtMs);
      return {
        ...entry,
        ...(kind === "unnamed" ? { isUnnamed: true } : {}),
        ...(publishingVersion === undefined ? {} : { version: { publishingVersion } }),
      };
    }),
  { maxLength: 5 },
);
const offers = fc.constantFrom(
  WAITS,
  offerStatus("running", "waitingForPublisherReview"),
  offerStatus("running"),
  offerStatus("failed"),
);

/** What each pin makes of how an offer stands, by the kind that is found. */
function pinned(offer: OfferStatus, list: readonly Entry[]) {
  const found = ["1", "2", "3", "9"].map((wanted) => ({ wanted, found: decideReadiness(offer, list, { wanted }) }));
  const of = (...kinds: readonly string[]) => found.filter(({ found: { kind } }) => kinds.includes(kind));
  return { all: found, of };
}

test("against a pin nothing is ready, and no go-live is adopted, but the one publish that certainly is the newest", () => {
  fc.assert(
    fc.property(offers, entries, (offer, list) => {
      const standing = findPreview(list);
      const told = standing.kind === "told" ? standing.entry.reference.key : undefined;
      const taken = pinned(offer, list).of("ready", "goLiveRuns");
      expect(taken.filter(({ wanted }) => wanted !== told)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("what a pin makes ready is that publish, and is looked at again before each sending", () => {
  fc.assert(
    fc.property(offers, entries, (offer, list) => {
      for (const { wanted, found } of pinned(offer, list).of("ready")) {
        expect(found).toMatchObject({ candidate: { submissionId: wanted, isLookedAtEachTime: true } });
      }
    }),
    { numRuns: 500 },
  );
});

test("what is there instead of a pin is never the pin itself", () => {
  fc.assert(
    fc.property(offers, entries, (offer, list) => {
      for (const { wanted, found } of pinned(offer, list).of("otherSubmission")) {
        expect(found).toMatchObject({ wanted, found: [expect.not.stringMatching(`^${wanted}$`)] });
      }
    }),
  );
});

test("a pin makes nothing ready that is not ready without it, and refuses by the pin alone what is", () => {
  fc.assert(
    fc.property(offers, entries, (offer, list) => {
      const free = decideReadiness(offer, list).kind;
      const { all, of } = pinned(offer, list);
      expect(of("ready").length).toBeLessThanOrEqual(free === "ready" ? 1 : 0);
      const byPin = of("ready", "otherSubmission", "untoldSubmission");
      expect(free === "ready" && byPin.length < all.length).toBe(false);
    }),
  );
});
