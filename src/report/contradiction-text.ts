import type { Contradiction } from "../go-live/contradiction.ts";
import { inQuotes } from "../text/harmless.ts";
import { STATUS_TEXTS } from "./operation-text.ts";

/** What speaks against an end, as a clause that follows "but"; harmless. */
export function contradictionText(contradiction: Contradiction): string {
  switch (contradiction.kind) {
    case "liveStep": {
      const { name, status, statusWord } = contradiction.step;
      const word = statusWord === "" ? STATUS_TEXTS[status] : statusWord;
      return `its step ${inQuotes(name, 80)}, which makes the offer live, is ${inQuotes(word, 40)}`;
    }
    case "listedAsPreview":
      return "the list of the offer's operations calls it a publish to preview, which makes nothing live";
    case "listedOtherwise":
      return `the list of the offer's operations calls it ${inQuotes(contradiction.submission.statusWord, 40)}`;
    case "notBegun":
      return "the service had taken the go-live, and has not begun it since";
    case "notLive":
      return "the list of the offer's submissions does not show it among what is live";
    case "notListed":
      return "it was read at an address that all operations of the offer share, and the list of operations shows no go-live that ended so";
    case "signOffWaits":
      return `the offer still waits for the publisher's sign-off, which a go-live gives (status ${inQuotes(contradiction.stageWord, 40)})`;
    case "neverPublished":
      return "the offer's status says that it was never published";
    case "offerFailed":
      return `the offer's status is ${inQuotes(contradiction.stageWord, 40)}`;
    case "ownFault": {
      const { code, text } = contradiction.fault;
      const said = [code, text].filter((part) => part !== undefined && part !== "").join(": ");
      return `it carries an error: ${inQuotes(said, 500)}`;
    }
    case "perhapsPreview":
      return "neither the operation nor the list of the offer's operations says that it is a go-live and not a publish to preview";
  }
}
