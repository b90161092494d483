import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EntraFault } from "../../emulator/entra/entra.ts";
import type { RequestAnswer } from "../../emulator/wire/journal.ts";
import { run } from "./identity-process.ts";

/** A wait of the action, in a time that passes at once. */
export interface WaitPlan {
  readonly kind: "oidc" | "secret" | "azureCli" | "managedIdentity";
  readonly goLiveMs: number;
  /** How long a publish to preview still runs, for a dry run that waits; none: a go-live is started. */
  readonly publishMs?: number;
  /** The lives of the tokens, in seconds, in turn. */
  readonly lifetimes: readonly number[];
  readonly faults?: readonly EntraFault[];
  /** With this question after the operation, every token so far becomes worthless. */
  readonly revokedAtQuestion?: number;
}

/** What became of a wait. All times in milliseconds since its start. */
export interface WaitReport {
  readonly exitCode: number;
  readonly tookMs: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** The text of the last annotation. */
  readonly lastWord: string;
  readonly lines: readonly string[];
  /** The access tokens that were handed out. */
  readonly signIns: readonly { readonly atMs: number; readonly lifetimeMs: number }[];
  readonly tokenRequests: number;
  readonly idTokens: number;
  /** For each assertion, whether it had come before. */
  readonly assertions: readonly boolean[];
  readonly commands: number;
  readonly answers: readonly { readonly route: string; readonly answer: RequestAnswer; readonly atMs: number }[];
  /** How many tokens and parts of tokens were never masked, and how many texts show one. */
  readonly unmasked: number;
  readonly leaks: number;
}

const program = fileURLToPath(new URL("identity-wait.ts", import.meta.url));

/** Runs waits, one after the other, in a process of their own with an Azure CLI first in its PATH. */
export async function runWaits(plans: readonly WaitPlan[]): Promise<readonly WaitReport[]> {
  const folder = mkdtempSync(join(tmpdir(), "identity-wait-"));
  try {
    const words = ["--no-warnings", program, JSON.stringify(plans), folder];
    const environment = { PATH: [folder, dirname("/bin/sh")].join(delimiter) };
    const { stdout, stderr, exitCode } = await run(process.execPath, words, environment);
    if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
    return JSON.parse(readFileSync(join(folder, "reports.json"), "utf8")) as readonly WaitReport[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
