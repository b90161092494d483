import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "../emulator/emulator.ts";
import { median, round } from "./statistics.ts";

/** What one process took. A figure that the system does not tell is undefined. */
export interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  readonly peakMb: number | undefined;
}

interface Command {
  readonly file: string;
  readonly options: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** How many requests the emulator must have seen from it. */
  readonly requests: number;
}

export type Subject = "empty" | "bareFetch" | "curl" | "action";

export interface StartUpResult {
  readonly rounds: number;
  /** The middle of all rounds. */
  readonly medians: Readonly<Record<Subject, Usage>>;
  /** The middle of the action's share of the bare script, round by round: what disturbs one disturbs both. */
  readonly ratios: { readonly wall: number; readonly cpu: number; readonly memory: number };
}

const SUBJECTS: readonly Subject[] = ["empty", "bareFetch", "curl", "action"];
const TOKEN = "emulator-token";

/**
 * Whole processes that send a go-live to an emulator on this machine, in turn, so many `rounds`, after one that does not
 * count. Throws when one of them fails or does not send what it should.
 */
export async function measureStartUp(rounds: number): Promise<StartUpResult> {
  const folder = mkdtempSync(join(tmpdir(), "start-up-"));
  const curls: Record<number, number> = {};
  const emulator = await startEmulator({ onAnswer: () => notePeaks(curls) });
  const taken: Record<Subject, Usage[]> = { empty: [], bareFetch: [], curl: [], action: [] };
  try {
    const commands = commandsOf(emulator, folder);
    for (let done = 0; done <= rounds; done += 1) {
      for (const subject of turned(SUBJECTS, done)) {
        const usage = await run(commands[subject], emulator, folder);
        const peakMb = subject === "curl" ? maximum(Object.values(curls)) : usage.peakMb;
        if (done > 0) taken[subject].push({ ...usage, peakMb });
      }
    }
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return summed(taken, rounds);
}

function commandsOf(emulator: Emulator, folder: string): Record<Subject, Command> {
  const root = `${emulator.url}/api/publishers/contoso/offers/contoso-vm`;
  const curl = `curl --silent --show-error --fail --output /dev/null -H 'authorization: Bearer ${TOKEN}' -H 'content-type: application/json'`;
  const shell = [
    `${curl} '${root}/submissions/?api-version=2017-10-31'`,
    `${curl} '${root}/status?api-version=2017-10-31'`,
    `${curl} --request POST --data '' '${root}/golive?api-version=2017-10-31'`,
    // What the children of the shell have used, in its own words: `0m0.004s 0m0.003s` on the second line.
    "times >&3",
  ].join(" && ");
  const files = { GITHUB_OUTPUT: "output", GITHUB_STATE: "state", GITHUB_STEP_SUMMARY: "summary" };
  const step = {
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)])),
    GITHUB_ACTIONS: "true",
    INPUT_PUBLISHERID: "contoso",
    INPUT_OFFERID: "contoso-vm",
    INPUT_TOKEN: TOKEN,
    INPUT_ENDPOINT: emulator.url,
    INPUT_WAIT: "false",
  };
  return {
    empty: node("subjects/empty.js", {}, 0),
    bareFetch: node("subjects/bare-fetch.js", { ENDPOINT: emulator.url, TOKEN }, 3),
    curl: { file: "bash", options: ["-c", shell], requests: 3 },
    action: node("../dist/index.js", step, 3),
  };
}

function node(script: string, environment: Record<string, string>, requests: number): Command {
  const options = ["--require", path("subjects/usage.cjs"), path(script)];
  return { file: process.execPath, options, environment, requests };
}

async function run(command: Command, emulator: Emulator, folder: string): Promise<Usage> {
  emulator.reset();
  for (const file of ["output", "state", "summary"]) writeFileSync(join(folder, file), "");
  const startMs = performance.now();
  const child = spawn(command.file, command.options, {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...command.environment },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [output, usage] = [collect(child, 1, 2), collect(child, 3)];
  const [exitCode] = (await once(child, "close")) as [number | null];
  const wallMs = performance.now() - startMs;
  if (exitCode !== 0 || emulator.requests.length !== command.requests) {
    throw new Error(`${command.options.at(-1)}: ${exitCode}, ${emulator.requests.length} requests: ${output()}`);
  }
  return { wallMs, ...readUsage(usage()) };
}

function collect(child: ChildProcess, ...descriptors: readonly number[]): () => string {
  const parts: string[] = [];
  for (const descriptor of descriptors) child.stdio[descriptor]?.on("data", (part: Buffer) => parts.push(String(part)));
  return () => parts.join("");
}

function readUsage(text: string): Pick<Usage, "cpuMs" | "peakMb"> {
  if (text.startsWith("{")) return JSON.parse(text) as Pick<Usage, "cpuMs" | "peakMb">;
  const times = [...text.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return { cpuMs: times.reduce((sum, seconds) => sum + seconds, 0) * 1_000, peakMb: undefined };
}

/** The peak memory of every curl that waits for its answer just now; only Linux tells. */
function notePeaks(peaks: Record<number, number>): void {
  for (const pid of curlsOf(process.pid)) {
    const status = readText(`/proc/${pid}/status`);
    const peakKb = /^Name:\s+curl$/m.test(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] : undefined;
    if (peakKb !== undefined) peaks[pid] = Number(peakKb) / 1_024;
  }
}

/** The children of a process, and theirs. */
function curlsOf(pid: number): readonly number[] {
  const children = readText(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...curlsOf(child)]);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function summed(taken: Readonly<Record<Subject, readonly Usage[]>>, rounds: number): StartUpResult {
  const medianOf = (usages: readonly Usage[]): Usage => ({
    wallMs: round(median(usages.map(({ wallMs }) => wallMs))),
    cpuMs: round(median(usages.flatMap(({ cpuMs }) => cpuMs ?? []))),
    peakMb: round(median(usages.flatMap(({ peakMb }) => peakMb ?? []))),
  });
  const ratio = (figure: (usage: Usage) => number | undefined): number => {
    const shares = taken.action.map((usage, index) => share(figure(usage), taken.bareFetch[index], figure));
    return round(median(shares), 2);
  };
  return {
    rounds,
    medians: {
      empty: medianOf(taken.empty),
      bareFetch: medianOf(taken.bareFetch),
      curl: medianOf(taken.curl),
      action: medianOf(taken.action),
    },
    ratios: {
      wall: ratio(({ wallMs }) => wallMs),
      cpu: ratio(({ cpuMs }) => cpuMs),
      memory: ratio(({ peakMb }) => peakMb),
    },
  };
}

function share(
  own: number | undefined,
  other: Usage | undefined,
  figure: (usage: Usage) => number | undefined,
): number {
  const base = other === undefined ? undefined : figure(other);
  return own === undefined || base === undefined ? Number.NaN : own / base;
}

function maximum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

/** The list begun at another place every time, so that no subject always follows the same one. */
function turned<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

function path(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
