import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { decideReadiness, readObjection, runningGoLive } from "../../src/marketplace/cloud-partner-portal/standing.ts";
import type { OfferStage } from "../../src/marketplace/marketplace.ts";
import { hasEnded } from "../../src/marketplace/operation.ts";
import { goLive, offerStatus, preview, WAITS } from "../harness/scripted-marketplace.ts";

const STAGES: readonly OfferStage[] = [
  ...(["neverPublished", "notStarted", "waitingForPublisherReview", "running", "succeeded", "canceled"] as const),
  "failed",
];
const SIGN_OFFS = [undefined, "", "notStarted", "waitingForPublisherReview", "complete", "a word that nobody knows"];
const WORDS = ["running", "notStarted", "a word that nobody knows", "", "completed", "failed", "canceled"];

const offers = fc
  .record({ stage: fc.constantFrom(...STAGES), signOff: fc.constantFrom(...SIGN_OFFS), isKnown: fc.boolean() })
  .map(({ stage, signOff, isKnown }) => {
    const offer = offerStatus(stage, signOff);
    return isKnown ? offer : { ...offer, stage: undefined, stageWord: "dreaming" };
  });
const lists = fc.array(
  fc
    .record({ word: fc.constantFrom(...WORDS), isGoLive: fc.boolean() })
    .map(({ word, isGoLive }) => (isGoLive ? goLive("7", word) : preview("8", word))),
  { maxLength: 4 },
);

test("finds the go-live that runs or may, and takes no preview and no end for one", () => {
  const [running, unknown] = [goLive("2", "notStarted"), goLive("3", "a word that nobody knows")];
  expect(runningGoLive([preview("1"), goLive("1", "failed"), running, unknown])).toBe(running);
  expect(runningGoLive([unknown])).toBe(unknown);
  expect(runningGoLive([preview("1"), goLive("1", "completed")])).toBeUndefined();
});

test("is ready only when the sign-off waits, the offer was published and no go-live runs", () => {
  fc.assert(
    fc.property(offers, lists, (offer, list) => {
      const isRunning = list.some(({ isGoLive, status }) => isGoLive && !hasEnded(status));
      const word = offer.signOff?.statusWord ?? "";
      const waits = word === "" ? offer.stage === "waitingForPublisherReview" : word === "waitingForPublisherReview";
      const { kind } = decideReadiness(offer, list);
      expect(kind === "ready").toBe(waits && offer.stage !== "neverPublished" && !isRunning);
      expect(kind === "goLiveRuns").toBe(isRunning);
    }),
  );
});

test("says that the offer is busy only when it is at work and its list shows nothing at work", () => {
  fc.assert(
    fc.property(offers, lists, (offer, list) => {
      const { kind } = decideReadiness(offer, list);
      fc.pre(kind === "busy");
      expect(offer.stage).toBe("running");
      expect(list.filter(({ status, statusWord }) => !hasEnded(status) && statusWord !== "")).toEqual([]);
    }),
  );
});

test("names the preview that runs beside one that waits, and starts whichever waits", () => {
  const running = preview("8");
  expect(decideReadiness(WAITS, [preview("7", "completed"), running])).toEqual({
    ...{ kind: "ready", candidate: { submissionId: undefined }, preview: running },
  });
});

test.each<[string, OfferStage, string | undefined, object | undefined]>([
  ["that waits", "waitingForPublisherReview", undefined, { kind: "signOffWaits" }],
  ["whose sign-off waits while it is at work", "running", "Waiting for publisher-review", { kind: "signOffWaits" }],
  ["whose sign-off is done, whatever its status as a whole", "waitingForPublisherReview", "complete", undefined],
  ["that was never published", "neverPublished", undefined, { kind: "neverPublished" }],
  ["that has failed", "failed", undefined, { kind: "offerFailed" }],
  ["that was canceled", "canceled", undefined, { kind: "offerFailed" }],
  ["that has succeeded", "succeeded", undefined, undefined],
  ["that is at work", "running", undefined, undefined],
  ["that was not started", "notStarted", undefined, undefined],
])("what an offer %s says against a success", (_what, stage, signOff, objection) => {
  const stageWord = objection === undefined || stage === "neverPublished" ? {} : { stageWord: stage };
  expect(readObjection(offerStatus(stage, signOff))).toEqual(
    objection === undefined ? undefined : { ...objection, ...stageWord },
  );
});
