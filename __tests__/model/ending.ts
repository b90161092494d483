import type { RecordingRunner } from "./recording-runner.ts";

/** How a run ended; what may come with it. */
export interface Ending {
  readonly kind: string;
  readonly statuses: readonly string[];
  readonly exitCode: 0 | 1;
  readonly isFollowed: boolean;
}

/** By the word of the output `result`, and where the operation's own status ended it by that. */
const ENDINGS = {
  succeeded: { statuses: ["succeeded"], exitCode: 0, isFollowed: true },
  failed: { statuses: ["failed"], exitCode: 1, isFollowed: true },
  canceled: { statuses: ["canceled"], exitCode: 1, isFollowed: true },
  underWay: { statuses: ["notStarted", "running"], exitCode: 0, isFollowed: true },
  deadline: { statuses: ["notStarted", "running", "unknown"], exitCode: 1, isFollowed: true },
  interrupted: {
    statuses: ["notStarted", "running", "unknown", "failed", "canceled"],
    exitCode: 1,
    isFollowed: true,
  },
  lost: { statuses: ["unknown"], exitCode: 1, isFollowed: true },
  contradicted: { statuses: ["unknown"], exitCode: 1, isFollowed: true },
  notStarted: { statuses: ["rejected"], exitCode: 1, isFollowed: false },
  unclear: { statuses: ["unknown"], exitCode: 1, isFollowed: false },
} as const satisfies Record<string, Omit<Ending, "kind">>;

/** The names of all endings. */
export const ENDING_KINDS: readonly string[] = Object.keys(ENDINGS);

/** Which ending a run tells of in its outputs; undefined when it is none that a run should have. */
export function endingOf({ runner }: { readonly runner: RecordingRunner }): Ending | undefined {
  const { result, status } = runner.outputs;
  const told = /"ending":"(\w+)"/.exec(result ?? "")?.[1];
  const kind = told === "ended" ? status : told;
  const found = Object.entries(ENDINGS).find(([name]) => name === kind);
  return found === undefined ? undefined : { kind: found[0], ...found[1] };
}
