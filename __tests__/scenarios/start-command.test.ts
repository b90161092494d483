import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const SCRIPT = fileURLToPath(new URL("../../scripts/start.ts", import.meta.url));

async function start(...options: readonly string[]): Promise<{ readonly text: string; readonly exitCode: unknown }> {
  const child = spawn(process.execPath, [SCRIPT, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  const [exitCode] = await once(child, "close");
  return { text, exitCode };
}

test("shows the log, the outputs and the exit code of a whole go-live", async () => {
  const { text, exitCode } = await start("--duration", "100ms");
  const parts = [
    /wait: true/,
    /0:00:00 {2}Sending the go-live of \S+\.\n/,
    /0:00:00 {2}The go-live was accepted\.\n/,
    /0:00:00 {2}Operation: http:\/\/127\.0\.0\.1:\d+\/api\/publishers\/contoso\/offers\/contoso-vm\/operations\//,
    /Notice: contoso\/contoso-vm is live: The go-live of contoso\/contoso-vm succeeded/,
    / operationLocation: http/,
    / operationId: /,
    / status: succeeded\n/,
    /Exit code 0/,
  ];
  for (const part of parts) expect(text).toMatch(part);
  const places = parts.map((part) => text.search(part));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(text).not.toContain("::");
  expect(text).not.toContain("emulator-token");
  expect(exitCode).toBe(0);
});

test("ends with the step's exit code when the go-live fails", async () => {
  const { text, exitCode } = await start("--duration", "100ms", "--outcome", "failed");
  expect(text).toMatch(/Error: The go-live of contoso\/contoso-vm failed: /);
  expect(text).toMatch(/ status: failed\n/);
  expect(exitCode).toBe(1);
});
