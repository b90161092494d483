/** How a go-live truly stands. */
export type Truth = "running" | "succeeded" | "failed" | "canceled";

/** The last word of a run: how it says that the go-live stands. */
export type LastWord = "live" | "accepted" | "failed" | "cancelled" | "unknown" | "running" | "not done";

/** The go-lives that a service has accepted, in that order, as they truly stand. */
export interface Accepted {
  readonly all: readonly Truth[];
  /** Those since the run began whose word is judged. */
  readonly sinceStart: readonly Truth[];
}

/** Whether a last word fits how the go-lives stand: that nothing was done is a run's word of itself alone. */
export function isTrueWord(word: LastWord, { all, sinceStart }: Accepted): boolean {
  switch (word) {
    case "live":
      return all.includes("succeeded");
    case "accepted":
      return sinceStart.length > 0;
    case "running":
      return all.includes("running");
    case "failed":
      return all.at(-1) === "failed";
    case "cancelled":
      return all.at(-1) === "canceled";
    case "unknown":
      return true;
    case "not done":
      return !sinceStart.includes("succeeded") && !sinceStart.includes("running");
  }
}
