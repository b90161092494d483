import type { Candidate, PreviewVersion, Submission } from "../marketplace.ts";
import { foldWord, hasEnded } from "../operation.ts";

/** An operation as the list of an offer shows it, with what this API says of each. */
export interface Entry extends Submission {
  /** Which state of the offer it is about. */
  readonly version?: PreviewVersion;
  /** Set when neither its slot nor its type says what it is: it is taken for a go-live, and may be a publish to preview. */
  readonly isUnnamed?: true;
}

/** Which publish has made the preview that stands, as far as the list tells. */
export type StandingPreview =
  | { readonly kind: "told"; readonly entry: Entry }
  /** The newest publish is not over: only its operation can tell whether it waits for the publisher. */
  | { readonly kind: "atWork"; readonly entry: Entry }
  /** Nobody can tell; `ids` are those that it may be. */
  | { readonly kind: "untold"; readonly ids: readonly string[] };

/**
 * The publish whose preview stands: the newest one, if the list shows for certain which one that is, that it has not
 * failed, and that nothing after it has gone live. Of two the one with the higher publishing version is newer, or the one
 * that changed last; where the two say otherwise, nobody can tell.
 */
export function findPreview(entries: readonly Entry[]): StandingPreview {
  const publishes = entries.filter(({ isGoLive }) => !isGoLive);
  const untold = { kind: "untold", ids: [...new Set(publishes.map(previewId))] } as const;
  const newest = publishes.find((one) => entries.every((other) => isOvertaken(other, one)));
  if (newest?.isKnownWord !== true) return untold;
  if (newest.status === "succeeded" || waitsForPublisher(newest)) return { kind: "told", entry: newest };
  return hasEnded(newest.status) ? untold : { kind: "atWork", entry: newest };
}

/** The id of a publish as the output and the input `submissionId` have it: services spell one id in either case. */
export function previewId({ reference }: Pick<Submission, "reference">): string {
  return reference.key;
}

/** A publish as what a go-live may be started with. */
export function candidateOf(
  { version, reference }: Pick<Entry, "version" | "reference">,
  previewLinks: Candidate["previewLinks"],
  isPinned: boolean,
): Candidate {
  return {
    submissionId: previewId({ reference }),
    ...(version === undefined ? {} : { version }),
    ...(previewLinks === undefined ? {} : { previewLinks }),
    ...(isPinned ? { isLookedAtEachTime: true } : {}),
  };
}

/** Whether an entry leaves no doubt that the preview of that publish stands. */
function isOvertaken(other: Entry, publish: Entry): boolean {
  if (other.reference.key === publish.reference.key) return true;
  // One that did not succeed leaves the preview as it was; one that runs is told of elsewhere.
  const isHarmless = other.isGoLive && other.isUnnamed !== true && other.status !== "succeeded";
  return isHarmless || isNewer(publish, other) === true;
}

/** Whether one entry is newer than another; undefined: nobody can tell. */
export function isNewer(one: Entry, other: Entry): boolean | undefined {
  const byVersion = isMore(one.version?.publishingVersion, other.version?.publishingVersion);
  const byTime = isMore(one.changedAtMs, other.changedAtMs);
  return byVersion === undefined || byTime === undefined || byVersion === byTime ? (byVersion ?? byTime) : undefined;
}

function isMore(one: number | undefined, other: number | undefined): boolean | undefined {
  return one === undefined || other === undefined || one === other ? undefined : one > other;
}

function waitsForPublisher({ statusWord }: Entry): boolean {
  return foldWord(statusWord) === "waitingforpublisherreview";
}
