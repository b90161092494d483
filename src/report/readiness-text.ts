import type { Obstacle, OfferStage } from "../marketplace/marketplace.ts";
import type { Step } from "../marketplace/operation.ts";
import { harmlessLine, inQuotes } from "../text/harmless.ts";

/** What the offer's status reads like. */
const STAGE_TEXTS = {
  neverPublished: "it was never published",
  notStarted: "nothing was started since it was last changed",
  waitingForPublisherReview: "its preview waits for the publisher's sign-off",
  running: "it is at work",
  succeeded: "its last publish or go-live has succeeded",
  canceled: "its last publish or go-live was canceled",
  failed: "its last publish or go-live has failed",
} as const satisfies Record<OfferStage, string>;

/** Why no go-live would be accepted now, as a clause, and what to do about it. */
export function obstacleText(obstacle: Obstacle): {
  readonly reason: string;
  readonly remedy: string;
} {
  switch (obstacle.kind) {
    case "goLiveRuns": {
      const { statusWord, isKnownWord, reference } = obstacle.goLive;
      const said =
        statusWord === "" ? "the service names no state of it" : `the service calls it ${quoted(statusWord)}`;
      const word = isKnownWord ? "" : ` (${said}, which is taken as running)`;
      return {
        reason: `a go-live is already running${word}`,
        remedy: `To follow it, run this action with \`operationLocation: ${harmlessLine(reference.location.href)}\`: that starts nothing.`,
      };
    }
    case "previewRuns":
      return {
        reason: `a publish to preview is running (${harmlessLine(obstacle.preview.id, 100)})`,
        remedy: "Wait until it has ended and its preview waits for the sign-off.",
      };
    case "neverPublished":
      return { reason: "the offer was never published", remedy: "Publish it to preview in Partner Center first." };
    case "busy":
      return {
        reason: `something else runs for the offer${signOffText(obstacle)}`,
        remedy: "Look in Partner Center what runs, and wait until the preview waits for the sign-off.",
      };
    case "notWaiting":
      return {
        reason: `no preview waits for the publisher's sign-off; of the offer the service says that ${STAGE_TEXTS[obstacle.stage]}${signOffText(obstacle)}`,
        remedy: "Publish the offer to preview in Partner Center, and wait until the preview is there.",
      };
    case "noSuchOffer":
      return {
        reason: "the account that the token belongs to shows no such offer",
        remedy:
          "Check `offerId` against Partner Center, and that the application is a user of that account with the role Manager; or set `productId`.",
      };
    case "needsProductId":
      return {
        reason: "the service refuses to look it up by its id",
        remedy: "Set `productId`: the GUID in the address of the offer's page in Partner Center.",
      };
    case "otherType":
      return {
        reason: `it is of the type ${inQuotes(obstacle.type, 100)}, which goes live through another API`,
        remedy:
          "Azure applications go live through the Partner Center submission API, which this action does not serve yet.",
      };
    case "previewFailed":
      return {
        reason: `its last publish to preview has failed (${obstacle.submissionId})`,
        remedy: "Look in Partner Center why, mend it, and publish to preview again.",
      };
    case "goLiveFailed":
      return {
        reason: `its last go-live has failed (${obstacle.submissionId}), and no newer preview is ready`,
        remedy: "Look in Partner Center why, mend it, and publish to preview again.",
      };
    case "alreadyLive":
      return {
        reason: `there is nothing new: what stands in preview is live already (${obstacle.submissionId})`,
        remedy: "Publish a change to preview first.",
      };
    case "ambiguous":
      return {
        reason: `${obstacle.submissionIds.length} previews are ready, and nobody guesses: ${obstacle.submissionIds.join(", ")}`,
        remedy: "Name the one that is to go live with `submissionId`.",
      };
    case "otherSubmission":
      return {
        reason: `\`submissionId\` names ${obstacle.wanted}, and ${obstacle.found.length === 0 ? "no preview is ready" : `what is there is ${obstacle.found.join(", ")}`}`,
        remedy: "Look at what stands in preview now; if that is to go live, name it with `submissionId`.",
      };
    case "replaced":
      return {
        reason: "another preview stands now than the one that was looked at",
        remedy: "Look at the new preview, and run this job again if it is to go live.",
      };
    case "unknownWord":
      return {
        reason: `the service says ${quoted(obstacle.word)} of the offer, a word that this action does not know`,
        remedy: "Look in Partner Center whether the offer's preview waits for the sign-off.",
      };
  }
}

function signOffText({ signOff }: { readonly signOff: Step | undefined }): string {
  return signOff === undefined ? "" : ` (step ${inQuotes(signOff.name, 80)}: ${quoted(signOff.statusWord)})`;
}

function quoted(word: string): string {
  return inQuotes(word, 100);
}
