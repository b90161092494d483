import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { EntraFault } from "../../emulator/entra.ts";
import type { RequestAnswer } from "../../emulator/journal.ts";
import { createFolder, run } from "./identity-process.ts";

/** A wait of the action, in a time that passes at once. */
export interface WaitPlan {
  readonly kind: "oidc" | "secret" | "azureCli" | "managedIdentity";
  readonly goLiveMs: number;
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

/** Runs a wait in a process of its own, with an Azure CLI first in its PATH. */
export async function runWait(plan: WaitPlan): Promise<WaitReport> {
  const folder = createFolder();
  const words = ["--no-warnings", program, JSON.stringify(plan), folder];
  const { stdout, stderr } = await run(process.execPath, words, { PATH: [folder, dirname("/bin/sh")].join(delimiter) });
  const [, result] = /^RESULT (.*)$/m.exec(stdout) ?? [];
  if (result === undefined) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(result) as WaitReport;
}
