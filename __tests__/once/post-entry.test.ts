import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { parse } from "yaml";
import { STATE } from "../../src/runner/step-state.ts";
import { annotations, startScenario } from "../harness/scenario.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SRC = join(ROOT, "src");
const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }] as const;
const STATE_NAMES = Object.values(STATE);
const NOT_BEGUN =
  "This step had not begun when the run was cancelled, or could not save how far it had come. Nothing is sent now.";

test("the runner starts the post phase by a file of its own, when the job was cancelled", () => {
  const { runs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as { readonly runs: unknown };
  expect(runs).toEqual({ using: "node24", main: "dist/index.js", post: "dist/post.js", "post-if": "cancelled()" });
});

test("the file of the post phase does nothing but say so and load the bundle", () => {
  const lines = readFileSync(join(ROOT, "dist", "post.js"), "utf8").split("\n");
  const code = lines.filter((line) => line !== "" && !line.startsWith("//"));
  expect(code).toEqual(['process.goLivePhase = "post";', 'await import("./index.js");', "export {};"]);
});

/** The files of `src` that a file needs, itself among them. */
function needed(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = readFileSync(join(SRC, file), "utf8");
  for (const [, path = ""] of text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "(\.[^"]+)"/gm)) {
    needed(join(dirname(file), path), known);
  }
  return known;
}

test("the post phase is made of nothing that starts a go-live", () => {
  const [post, main] = [needed("post.ts"), needed("main.ts")];
  const rules = ["go-live", "start", "settle", "watch", "dry-run"].map((name) => join("go-live", `${name}.ts`));
  const starting = ["main.ts", ...rules];
  expect(starting.filter((file) => post.has(file))).toEqual([]);
  expect(starting.filter((file) => !main.has(file))).toEqual([]);
  expect(post.has(join("go-live", "cancel.ts"))).toBe(true);
  // The one file that knows how to send one is reached through the port only.
  const senders = globSync("**/*.ts", { cwd: SRC }).filter((file) =>
    /marketplace\.start\(/.test(readFileSync(join(SRC, file), "utf8")),
  );
  expect(senders).toEqual([join("go-live", "start.ts")]);
});

test("without any state it starts nothing, and says that the step had not begun", async () => {
  const { run, asked } = await startScenario({ offers });
  const result = await run({ onCancel: "cancel" }, { state: {} });
  expect(asked()).toEqual([]);
  expect(annotations(result)).toEqual([]);
  expect(result.log).toContain(NOT_BEGUN);
  expect(result).toMatchObject({ exitCode: 0, outputs: {}, summary: "" });
});

test("whatever the state says, the post phase starts nothing", async () => {
  const { run, asked, emulator } = await startScenario({ offers });
  const location = `${emulator.url}/api/publishers/contoso/offers/contoso-vm/operations/7`;
  const value = fc.oneof(fc.constantFrom("", "main", "post", "true", location, "started", "adopted"), fc.string());
  const state = fc.dictionary(fc.constantFrom(...STATE_NAMES), value.filter(isPrintable));
  await fc.assert(
    fc.asyncProperty(state, fc.constantFrom("leave", "cancel"), async (saved, onCancel) => {
      await run({ onCancel }, { state: saved, timeFactor: 60 });
      expect(asked()).not.toContain("POST goLive");
    }),
    { numRuns: 60 },
  );
});

/** What an environment can hold. */
function isPrintable(text: string): boolean {
  return !text.includes("\0");
}

test.each(STATE_NAMES)("the step is the step, even where the environment holds a state %s", async (name) => {
  const { run, asked } = await startScenario({ offers });
  const result = await run({}, { environment: { [`STATE_${name}`]: "main" } });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "running" } });
});

test("after a step that could not save its state, the post phase sends nothing", async () => {
  const { run, asked } = await startScenario({ offers });
  const main = await run({ onCancel: "cancel" }, { environment: { GITHUB_STATE: join(ROOT, "no", "such", "file") } });
  expect(main.state).toEqual({});
  expect(main.log).toContain("Could not write the state phase: ");
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  const post = await run({ onCancel: "cancel" }, { state: main.state });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(post.log).toContain(NOT_BEGUN);
});

/** What the post phase says, as far as the saved state decides it alone. */
function lastWords({ phase, sent }: Readonly<Record<string, string>>): string {
  if (phase === undefined) return NOT_BEGUN;
  return sent === undefined ? "Nothing was sent before the run was cancelled." : "";
}

/** So long after its start, in milliseconds, a step is ended. */
const KILLED_AFTER_MS = [0, 20, 40, 60, 80, 100, 120, 150, 200];
/** Windows has no signals: there a runner ends a step as SIGKILL does. */
const SIGNALS: readonly NodeJS.Signals[] = process.platform === "win32" ? ["SIGKILL"] : ["SIGINT", "SIGKILL"];

test.each(SIGNALS)("a step that gets %s at any moment of its beginning sends nothing afterwards", async (signal) => {
  const { begin, run, asked, emulator } = await startScenario({ offers, behaviour: { cancelMs: 0 } });
  const seen = new Set<string>();
  for (const afterMs of KILLED_AFTER_MS) {
    emulator.reset();
    const step = begin({ onCancel: "cancel", wait: "true" });
    await sleep(afterMs);
    step.process.kill(signal);
    const { state } = await step.result;
    seen.add(Object.keys(state).join());
    const before = asked().filter((request) => request === "POST goLive").length;
    const post = await run({ onCancel: "cancel", wait: "true" }, { state });
    expect(asked().filter((request) => request === "POST goLive")).toHaveLength(before);
    expect(before).toBeLessThanOrEqual(1);
    expect(post.log).toContain(lastWords(state));
  }
  // Some were killed before they had saved anything.
  expect(seen).toContain("");
});
