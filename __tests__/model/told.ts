import { endingOf } from "./ending.ts";
import { unless, withoutMarks } from "./promise.ts";
import type { RecordingRunner } from "./recording-runner.ts";

/** A run as far as it is read by people and later steps; times in milliseconds. */
export interface ToldRun {
  readonly runner: RecordingRunner;
  readonly exitCode: number;
  readonly sentAtMs: number | undefined;
  readonly cancelledAtMs: number | undefined;
  /** What the post phase of a cancelled run has let people read. */
  readonly postTexts: readonly string[];
}

/** What of a schedule shows in what is told. */
export interface ToldSchedule {
  readonly inputs: { readonly wait: boolean };
  readonly hasBrokenSummary: boolean;
}

/** Outputs, state, annotations, summary and exit code tell one story. */
export function story(run: ToldRun, schedule: ToldSchedule): readonly string[] {
  const { runner, exitCode, cancelledAtMs, sentAtMs } = run;
  const { annotations, outputs, states, summaries } = runner;
  const ending = endingOf(run);
  const last = annotations.at(-1);
  if (ending === undefined || last === undefined) return [`the last word is “${last?.title}: ${last?.text}”`];
  const { kind } = ending;
  const { status = "(none)", operationLocation, operationId } = outputs;
  const isFollowed = operationLocation !== undefined && operationId !== undefined;
  // It names what runs, and is not its to cancel.
  const namesOther = last.text.includes("is already running and `ifRunning` is `fail`");
  const shown = [status, ...(isFollowed ? [operationLocation, operationId] : [])].map(withoutMarks);
  return [
    ...unless(ending.statuses.includes(status), `${kind} with status ${status}`),
    ...unless(exitCode === ending.exitCode, `${kind} with exit code ${exitCode}`),
    ...unless((last.level === "notice") === (exitCode === 0), `a ${last.level} with exit code ${exitCode}`),
    ...unless(
      isFollowed === (ending.isFollowed || namesOther),
      `${kind} with location ${operationLocation}, id ${operationId}`,
    ),
    ...unless(
      !isFollowed || last.text.includes(operationLocation),
      "the last word does not say where the operation is",
    ),
    ...unless(
      states["operationLocation"] === (namesOther ? undefined : operationLocation),
      "output and state differ on the location",
    ),
    ...unless(sentAtMs === undefined || states["sent"] === "true", "the state does not say that it was sent"),
    ...unless(kind !== "interrupted" || states["concluded"] === undefined, "interrupted, and concluded"),
    ...unless(
      states["concluded"] !== undefined || cancelledAtMs !== undefined,
      "not concluded, though nobody cancelled",
    ),
    ...unless(kind !== "underWay" || !schedule.inputs.wait, "left running, though it was to wait"),
    ...unless(kind !== "deadline" || schedule.inputs.wait, "a deadline, though it was not to wait"),
    ...unless(annotations.filter(({ level }) => level === "error").length === exitCode, "not one error for a failure"),
    ...unless(summaries.length === (schedule.hasBrokenSummary ? 0 : 1), `${summaries.length} summaries`),
    ...summaries.flatMap((page) =>
      shown.flatMap((text) => unless(withoutMarks(page).includes(text), `the summary does not say ${text}`)),
    ),
  ];
}

/** Nobody reads the token or a part of it. */
export function secrecy({ runner, postTexts }: ToldRun, token: string): readonly string[] {
  const secrets = [token, ...token.split(".")].map((part) => part.toLowerCase());
  const leaks = [...runner.texts, ...postTexts].filter((text) =>
    secrets.some((secret) => text.toLowerCase().includes(secret)),
  );
  return leaks.map((text) => `a secret was shown: ${text}`);
}
