import { expect, test } from "@jest/globals";
import type { Contradiction } from "../../src/go-live/contradiction.ts";
import { contradictionText } from "../../src/report/contradiction-text.ts";
import { step } from "../harness/operation.ts";
import { goLive } from "../harness/scripted-marketplace.ts";

test.each<[Contradiction, string]>([
  [
    { kind: "liveStep", step: step({ name: "Live\n##[x]", status: "failed", statusWord: "Failed" }) },
    "its step “Live ## [x]”, which makes the offer live, is “Failed”",
  ],
  [
    { kind: "liveStep", step: step({ name: "Live", status: "notStarted", statusWord: "" }) },
    "its step “Live”, which makes the offer live, is “not started”",
  ],
  [
    { kind: "listedAsPreview" },
    "the list of the offer's operations calls it a publish to preview, which makes nothing live",
  ],
  [
    { kind: "listedOtherwise", submission: goLive("1", "Failed") },
    "the list of the offer's operations calls it “Failed”",
  ],
  [
    { kind: "notListed" },
    "it was read at an address that all operations of the offer share, and the list of operations shows no go-live that ended so",
  ],
  [
    { kind: "signOffWaits", stageWord: "running\u001b[0m" },
    "the offer still waits for the publisher's sign-off, which a go-live gives (status “running”)",
  ],
  [{ kind: "neverPublished" }, "the offer's status says that it was never published"],
  [{ kind: "offerFailed", stageWord: "failed" }, "the offer's status is “failed”"],
  [{ kind: "ownFault", fault: { code: "Bad", text: "No." } }, "it carries an error: “Bad: No.”"],
  [
    { kind: "perhapsPreview" },
    "neither the operation nor the list of the offer's operations says that it is a go-live and not a publish to preview",
  ],
])("says what speaks against an end: %j", (contradiction, text) => {
  expect(contradictionText(contradiction, "live")).toBe(text);
});
