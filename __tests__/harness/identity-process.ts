import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeAfterTest } from "./closing.ts";

const client = fileURLToPath(new URL("identity-client.ts", import.meta.url));

/** A folder that goes with the test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "identity-"));
  closeAfterTest(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  return folder;
}

/** Where node keeps what it has compiled: no matter of a program's, but a good part of the time that it takes. */
const { NODE_COMPILE_CACHE } = process.env;

/** Runs a program; what it wrote to standard output and error, and its exit code. */
export function run(command: string, words: readonly string[], environment: NodeJS.ProcessEnv) {
  return new Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number | null }>(
    (resolve, reject) => {
      const child = spawn(command, words, {
        env: { NODE_COMPILE_CACHE, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.on("error", reject);
      child.on("close", (exitCode) => resolve({ stdout, stderr, exitCode }));
    },
  );
}

/** Signs in with the libraries in a process of their own. */
export async function signIn(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await run(process.execPath, ["--no-warnings", client, ...words], environment);
  const [, result] = /^RESULT (.*)$/m.exec(stdout) ?? [];
  if (result === undefined) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(result) as Record<string, unknown>;
}
