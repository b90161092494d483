import type { Contradiction } from "../go-live/contradiction.ts";
import type { Goal } from "../marketplace/marketplace.ts";
import { type Harmless, inQuotes, ours } from "../text/harmless.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { obstacleText } from "./readiness-text.ts";
import { STATUS_TEXTS } from "./operation-text.ts";

/** What speaks against an end, as a clause that follows "but". */
export function contradictionText(contradiction: Contradiction, goal: Goal): Harmless {
  const { start, there } = GOAL_TEXTS[goal];
  switch (contradiction.kind) {
    case "liveStep": {
      const { name, status, statusWord } = contradiction.step;
      const word = statusWord === "" ? STATUS_TEXTS[status] : statusWord;
      return ours`its step ${inQuotes(name, 80)}, which makes the offer live, is ${inQuotes(word, 40)}`;
    }
    case "listedAsPreview":
      return ours("the list of the offer's operations calls it a publish to preview, which makes nothing live");
    case "listedAsGoLive":
      return ours("the list of the offer's operations calls it a go-live, not a publish to preview");
    case "listedOtherwise":
      return ours`the list of the offer's operations calls it ${inQuotes(contradiction.submission.statusWord, 40)}`;
    case "notBegun":
      return ours`the service had taken the ${start}, and has not begun it since`;
    case "notShown":
      return ours`the list of the offer's submissions, which shows what is ${there}, could not be read`;
    case "notLive":
      return ours`the list of the offer's submissions does not show it among what is ${there}`;
    case "notListed":
      return ours`it was read at an address that all operations of the offer share, and the list of operations shows no ${start} that ended so`;
    case "signOffWaits":
      return ours`the offer still waits for the publisher's sign-off, which a go-live gives (status ${inQuotes(contradiction.stageWord, 40)})`;
    case "neverPublished":
      return ours("the offer's status says that it was never published");
    case "offerFailed":
      return ours`the offer's status is ${inQuotes(contradiction.stageWord, 40)}`;
    case "ownFault": {
      const { code, text } = contradiction.fault;
      const said = [code, text].filter((part) => part !== undefined && part !== "").join(": ");
      return ours`it carries an error: ${inQuotes(said, 500)}`;
    }
    case "notReady":
      return ours`the offer is not ready to go live: ${obstacleText(contradiction.obstacle).reason}`;
    case "perhapsGoLive":
      return ours(
        "neither the operation nor the list of the offer's operations says that it is a publish to preview and not a go-live",
      );
    case "perhapsPreview":
      return ours(
        "neither the operation nor the list of the offer's operations says that it is a go-live and not a publish to preview",
      );
  }
}
