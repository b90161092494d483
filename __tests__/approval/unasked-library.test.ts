import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { closeAfterTest } from "../harness/closing.ts";
import { startApprovalScenario } from "./approval-scenario.ts";

/** A copy of the bundle without the chunk that holds GitHub's library. */
function bundleWithoutLibrary(): string {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  closeAfterTest(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  cpSync(fileURLToPath(new URL("../../dist", import.meta.url)), folder, { recursive: true });
  const chunks = readdirSync(folder).filter(
    (name) => name !== "index.js" && readFileSync(join(folder, name), "utf8").includes("/runs/{run_id}/approvals"),
  );
  expect(chunks).toHaveLength(1);
  for (const chunk of chunks) rmSync(join(folder, chunk));
  return join(folder, "index.js");
}

test("GitHub's library is not read unless an approval is required", async () => {
  const bundle = bundleWithoutLibrary();
  const { run, emulator } = await startApprovalScenario();
  expect(await run({ requireApproval: "false" }, { bundle })).toMatchObject({ exitCode: 0 });
  expect(emulator.goLives).toHaveLength(1);
  // The same copy cannot do with it what needs it: it is the library that was taken away.
  const { exitCode, log } = await run({}, { bundle });
  expect(log).toContain("Cannot find module");
  expect(exitCode).toBe(1);
  expect(emulator.goLives).toHaveLength(1);
});
