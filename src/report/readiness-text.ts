import type { Obstacle, OfferStage } from "../marketplace/marketplace.ts";
import type { Step } from "../marketplace/operation.ts";
import { type Harmless, harmlessLine, inQuotes, joined, ours } from "../text/harmless.ts";

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
  readonly reason: Harmless;
  readonly remedy: Harmless;
} {
  switch (obstacle.kind) {
    case "goLiveRuns": {
      const { statusWord, isKnownWord, reference } = obstacle.goLive;
      const said =
        statusWord === ""
          ? ours("the service names no state of it")
          : ours`the service calls it ${wordText(statusWord)}`;
      const word = isKnownWord ? ours("") : ours` (${said}, which is taken as running)`;
      return {
        reason: ours`a go-live is already running${word}`,
        remedy: ours`To follow it, run this action with \`operationLocation: ${harmlessLine(reference.location.href)}\`: that starts nothing.`,
      };
    }
    case "previewRuns":
      return {
        reason: ours`a publish to preview is running (${harmlessLine(obstacle.preview.id, 100)})`,
        remedy: ours("Wait until it has ended and its preview is ready."),
      };
    case "neverPublished":
      return {
        reason: ours("the offer was never published"),
        remedy: ours("Publish it to preview in Partner Center first."),
      };
    case "busy":
      return {
        reason: ours`something runs for the offer, and its list does not show what${signOffText(obstacle)}`,
        remedy: ours("Look in Partner Center what runs, and wait until the preview is ready."),
      };
    case "notWaiting":
      return {
        reason: ours`no preview waits for the publisher's sign-off; of the offer the service says that ${STAGE_TEXTS[obstacle.stage]}${signOffText(obstacle)}`,
        remedy: ours("Publish the offer to preview in Partner Center, and wait until the preview is there."),
      };
    case "noSuchOffer":
      return {
        reason: ours("the account that the token belongs to shows no such offer"),
        remedy: ours(
          "Check `offerId` against Partner Center, and that the application is a user of that account with the role Manager; or set `productId`.",
        ),
      };
    case "severalProducts":
      return {
        reason: ours`${obstacle.productIds.length} products have this offer id, and nobody guesses: ${idTexts(obstacle.productIds)}`,
        remedy: ours(
          "Name the one that is to go live with `productId`: the GUID in the address of its page in Partner Center.",
        ),
      };
    case "otherProduct":
      return {
        reason: ours`\`productId\` names another product than the one with this offer id (${idTexts(obstacle.productIds)})`,
        remedy: ours("Correct `productId` or `offerId`; of the two, `productId` may be left out."),
      };
    case "needsProductId":
      return {
        reason: ours("the service refuses to look it up by its id"),
        remedy: ours("Set `productId`: the GUID in the address of the offer's page in Partner Center."),
      };
    case "otherOffer":
      return {
        reason: ours`\`productId\` names the product of another offer (${inQuotes(obstacle.offerId, 100)})`,
        remedy: ours("Take it from the address of this offer's page in Partner Center, or leave it out."),
      };
    case "otherType":
      return {
        reason: ours`it is of the type ${inQuotes(obstacle.type, 100)}, which goes live through another API`,
        remedy: ours("Name with `api` the API that serves offers of this type."),
      };
    case "previewFailed":
      return {
        reason: ours`its last publish to preview has failed (${idText(obstacle.submissionId)})`,
        remedy: ours("Look in Partner Center why, mend it, and publish to preview again."),
      };
    case "goLiveFailed":
      return {
        reason: ours`its last go-live has failed (${idText(obstacle.submissionId)}): its preview is not pushed again, and no other one is ready`,
        remedy: ours("Look in Partner Center why, mend it, and publish to preview again."),
      };
    case "alreadyLive":
      return {
        reason: ours`there is nothing new: what stands in preview is live already (${idText(obstacle.submissionId)})`,
        remedy: ours("Publish a change to preview first."),
      };
    case "ambiguous":
      return {
        reason: ours`it cannot be told which preview is meant: ${idTexts(obstacle.submissionIds)}`,
        remedy: ours("Name the one that is to go live with `submissionId`."),
      };
    case "otherSubmission":
      return {
        reason:
          obstacle.found.length === 0
            ? ours`\`submissionId\` names ${idText(obstacle.wanted)}, and no preview is ready`
            : ours`\`submissionId\` names ${idText(obstacle.wanted)}, and what is there is ${idTexts(obstacle.found)}`,
        remedy: ours("Look at what stands in preview now; if that is to go live, name it with `submissionId`."),
      };
    case "untoldSubmission": {
      const found = obstacle.found.length === 0 ? ours("it shows none") : ours`it shows ${idTexts(obstacle.found)}`;
      return {
        reason: ours`\`submissionId\` names ${idText(obstacle.wanted)}, and the offer's list does not tell which publish the preview is from (${found})`,
        remedy: ours(
          "Look in Partner Center which preview stands. If its list only lags, run this job again in some minutes.",
        ),
      };
    }
    case "replaced":
      return {
        reason:
          obstacle.candidate.submissionId === undefined
            ? ours("another preview may stand now than the one that was looked at")
            : ours("another preview stands now than the one that was looked at"),
        remedy: ours("Look at the new preview, and run this job again if it is to go live."),
      };
    case "cannotPublish":
      return {
        reason: ours(
          "the Partner Center submission API is not used to publish to preview: a submission is put together from its parts there",
        ),
        remedy: ours(
          "Publish it to preview in Partner Center (https://partner.microsoft.com/dashboard/commercial-marketplace/overview), then run this action with `target: live`.",
        ),
      };
    case "unknownWord":
      return {
        reason: ours`the service says ${wordText(obstacle.word)} of the offer, a word that this action does not know`,
        remedy: ours("Look in Partner Center whether the offer's preview is ready to go live."),
      };
  }
}

function idText(submissionId: string): Harmless {
  return harmlessLine(submissionId, 200);
}

function idTexts(submissionIds: readonly string[]): Harmless {
  return joined(submissionIds.slice(0, 5).map(idText), ", ");
}

function signOffText({ signOff }: { readonly signOff: Step | undefined }): Harmless {
  return signOff === undefined
    ? ours("")
    : ours` (step ${inQuotes(signOff.name, 80)}: ${wordText(signOff.statusWord)})`;
}

function wordText(word: string): Harmless {
  return inQuotes(word, 100);
}
