import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import { createFolder } from "../harness/identity-process.ts";
import { INPUTS, startSignInScenario } from "../harness/identity-scenario.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { startScenario, texts, WAITING } from "../harness/scenario.ts";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const CHUNKS = readdirSync(DIST).filter((name) => /^\d+\.index\.js$/.test(name));
const PRELOAD = new URL("../harness/identity-files.ts", import.meta.url).href;

/** An environment that notes what is read, and what was, by name. */
function createWitness() {
  const list = join(createFolder(), "files-read");
  writeFileSync(list, "");
  return {
    environment: { NODE_OPTIONS: `--no-warnings --import ${PRELOAD}`, FILES_READ: list },
    read: () => [
      ...new Set(
        readFileSync(list, "utf8")
          .split("\n")
          .filter(Boolean)
          .map((file) => basename(file)),
      ),
    ],
  };
}

/** The chunk that holds a text which nothing else does. */
function chunkWith(text: string): string {
  const [found, ...others] = CHUNKS.filter((name) => readFileSync(join(DIST, name), "utf8").includes(text));
  expect(others).toEqual([]);
  expect(readFileSync(join(DIST, "index.js"), "utf8")).not.toContain(text);
  return found ?? "none";
}

const IDENTITY = chunkWith("class ClientAssertionCredential");

test("with a token it reads nothing but the bundle itself", async () => {
  const witness = createWitness();
  const { run, asked } = await startScenario();
  const { exitCode } = await run({}, { environment: witness.environment });
  expect([exitCode, asked()]).toEqual([0, ["GET list", "GET status", "POST goLive"]]);
  expect(witness.read()).toContain("index.js");
  expect(witness.read().filter((name) => CHUNKS.includes(name))).toEqual([]);
});

test("with a token it goes live without a single chunk, and only what needs one misses it", async () => {
  const folder = join(createFolder(), "dist");
  cpSync(DIST, folder, { recursive: true, filter: (source) => !CHUNKS.includes(basename(source)) });
  const bundle = join(folder, "index.js");
  const { run } = await startScenario();
  expect((await run({}, { bundle })).exitCode).toBe(0);
  const scenario = await startSignInScenario();
  const result = await scenario.run({ with: INPUTS.secret, bundle });
  expect([result.exitCode, scenario.asked()]).toEqual([1, []]);
  expect(texts(result, "error").join("\n")).toContain(IDENTITY);
});

test("signing in reads the sign-in library, and that only", async () => {
  const witness = createWitness();
  const scenario = await startSignInScenario();
  const { exitCode } = await scenario.run({ with: INPUTS.secret, environment: witness.environment });
  expect(exitCode).toBe(0);
  expect(witness.read().filter((name) => CHUNKS.includes(name))).toEqual([IDENTITY]);
});

test("every file of the bundle is read by some step", async () => {
  const witness = createWitness();
  const api = await startGitHubApi({
    reviews: [{ environments: ["production"], state: "approved", user: { login: "octocat" } }],
  });
  closeAfterTest(() => api.close());
  const message = { messageHtml: "<p>Certified <b>well</b></p>", level: "information" } as const;
  const steps = [{ id: "certify", stepName: "Certification", messages: [message] }];
  const goLive = { durationMs: 100, steps };
  const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive }];
  const scenario = await startSignInScenario({ emulator: { offers } });
  const result = await scenario.run({
    with: {
      ...{ ...INPUTS.secret, ...WAITING },
      ...{ requireApproval: "true", environment: "production", githubToken: gitHubToken },
    },
    environment: { ...api.environment, ...witness.environment },
  });
  expect(result.outputs["status"]).toBe("succeeded");
  const unread = CHUNKS.filter((name) => !witness.read().includes(name));
  expect(unread).toEqual([]);
});
