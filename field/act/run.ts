import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandOptions, mustRun, runCommand } from "../workshop/command.ts";
import { endOrphans, TRACKING_ID } from "./orphans.ts";

/** A workflow to run, and what GitHub would know of it. */
export interface RunPlan {
  /** The program. */
  readonly act: string;
  /** An empty folder for all that the run needs. */
  readonly folder: string;
  readonly text: string;
  /** What starts it, such as `workflow_dispatch`. */
  readonly event: string;
  /** All that a job finds in its environment, besides what a runner sets itself. */
  readonly environment: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where the actions really are, by what `uses:` says. */
  readonly actions: Readonly<Record<string, string>>;
  /** Cancels the run once its log holds this. Default: nobody cancels it. */
  readonly cancelAt?: string;
}

/** One line of the program's log. What it does not say is undefined. */
export interface LogEntry {
  readonly jobID?: string;
  /** The ids of the step and of those around it; a step without an id has its number. */
  readonly stepID?: readonly string[];
  readonly matrix?: Readonly<Record<string, unknown>>;
  readonly stage?: string;
  readonly stepResult?: string;
  readonly jobResult?: string;
  /** A command of the step to the runner, such as `set-output`, with its name and its value. */
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly raw_output?: boolean;
  readonly msg: string;
}

/** What came of a run. */
export interface RunResult {
  readonly exitCode: number | null;
  readonly entries: readonly LogEntry[];
  /** All that a person sees. */
  readonly log: string;
}

/** The repository that the run is of, as the emulated GitHub knows it. */
const REPOSITORY = "https://github.com/contoso/marketplace";
const RUN_ID = "19283746501";

/** Runs a workflow on this machine itself, in a repository of its own. */
export async function runWorkflow(plan: RunPlan): Promise<RunResult> {
  const repository = join(plan.folder, "repository");
  mkdirSync(repository);
  mkdirSync(join(plan.folder, "home"));
  writeFileSync(join(repository, "workflow.yml"), plan.text);
  for (const words of [
    ["init", "--quiet", "--initial-branch", "main"],
    ["remote", "add", "origin", REPOSITORY],
    ["add", "--all"],
    ["-c", "user.name=octocat", "-c", "user.email=octocat@github.example", "commit", "--quiet", "--message", "start"],
  ]) {
    await mustRun("git", words, { cwd: repository });
  }
  const id = `field_${randomUUID()}`;
  const { exitCode, stdout, output } = await runCommand(plan.act, wordsOf(plan), {
    cwd: repository,
    environment: { HOME: join(plan.folder, "home"), ...plan.environment, [TRACKING_ID]: id },
    limitMs: 180_000,
    onOutput: cancelling(plan.cancelAt),
  });
  endOrphans(id);
  const entries = stdout.split("\n").flatMap(readEntry);
  const shown = entries.length > 0 ? entries.map(({ msg }) => msg).join("\n") : output;
  return { exitCode, entries, log: shown };
}

/** Interrupts once, when the text has come. */
function cancelling(text: string | undefined): NonNullable<CommandOptions["onOutput"]> {
  let seen = "";
  let isOver = text === undefined;
  return (more, interrupt) => {
    seen += more;
    if (isOver || !seen.includes(text ?? "")) return;
    isOver = true;
    interrupt();
  };
}

function wordsOf({ event, folder, variables, secrets, actions }: RunPlan): readonly string[] {
  return [
    ...[event, "--json", "--workflows", "workflow.yml", "--no-cache-server"],
    ...["--action-cache-path", join(folder, "actions"), "--actor", "octocat"],
    ...["-P", "ubuntu-latest=-self-hosted", "-P", "self-hosted=-self-hosted"],
    ...pairs("--env", { GITHUB_RUN_ID: RUN_ID, GITHUB_RUN_ATTEMPT: "1" }),
    ...pairs("--var", variables),
    ...pairs("--secret", secrets),
    ...pairs("--local-repository", actions),
  ];
}

function pairs(option: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
}

function readEntry(line: string): readonly LogEntry[] {
  if (!line.startsWith("{")) return [];
  return [JSON.parse(line) as LogEntry];
}
