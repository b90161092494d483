import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, test } from "@jest/globals";
import { ambientCandidates, ambientSource } from "../../src/identity/ambient.ts";
import type { AccessToken } from "../../src/identity/credential.ts";
import type { EntraSignIn } from "../../src/identity/sign-in.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { closeAfterTest } from "../harness/closing.ts";

const CLI: EntraSignIn = { kind: "azureCli", tenantId: undefined };
const HOST: EntraSignIn = { kind: "managedIdentity", clientId: undefined };
const { signal } = new AbortController();
const NAME = process.platform === "win32" ? "az.cmd" : "az";

/** A folder that goes with the test. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ambient-"));
  closeAfterTest(() => Promise.resolve(rmSync(folder, { recursive: true })));
  return folder;
}

function folderWith(name: string, mode = 0o755): string {
  const folder = createFolder();
  writeFileSync(join(folder, name), "");
  chmodSync(join(folder, name), mode);
  return folder;
}

test("the Azure CLI may be there where a program of its name is in PATH, in whatever folder and spelling of PATH", () => {
  const [folder, other] = [folderWith(NAME), createFolder()];
  expect(ambientCandidates({ PATH: folder })).toEqual([CLI]);
  expect(ambientCandidates({ Path: folder })).toEqual([CLI]);
  expect(ambientCandidates({ PATH: [other, "", join(other, "missing"), folder].join(delimiter) })).toEqual([CLI]);
});

test("the Azure CLI is not there without such a program", () => {
  expect(ambientCandidates({})).toEqual([]);
  expect(ambientCandidates({ PATH: "" })).toEqual([]);
  expect(ambientCandidates({ PATH: createFolder() })).toEqual([]);
  expect(ambientCandidates({ PATH: folderWith("azure") })).toEqual([]);
});

test.each([
  ["win32", "az.cmd", [CLI]],
  ["win32", "az.exe", [CLI]],
  ["win32", "az", []],
  ["linux", "az", [CLI]],
  ["linux", "az.cmd", []],
  ["darwin", "az.exe", []],
] as const)("on %s a program of the name %s: %j", (platform, name, candidates) => {
  expect(ambientCandidates({ PATH: folderWith(name) }, platform)).toEqual(candidates);
});

test("a file that cannot be run is no Azure CLI", () => {
  const folder = folderWith(NAME, 0o644);
  // Windows knows no such permission.
  expect(ambientCandidates({ PATH: folder })).toEqual(process.platform === "win32" ? [CLI] : []);
});

test("a managed identity may be there where its address is set, or on a machine of one's own", () => {
  expect(ambientCandidates({ IDENTITY_ENDPOINT: "http://169.254.0.1" })).toEqual([HOST]);
  expect(ambientCandidates({ RUNNER_ENVIRONMENT: "self-hosted" })).toEqual([HOST]);
  expect(ambientCandidates({ RUNNER_ENVIRONMENT: "github-hosted" })).toEqual([]);
  expect(ambientCandidates({ PATH: folderWith(NAME), RUNNER_ENVIRONMENT: "self-hosted" })).toEqual([CLI, HOST]);
});

/** A source whose ways to sign in give that, one after the other, and which were tried. */
function createSource(results: readonly (string | Error)[]) {
  const tried: string[] = [];
  const obtain = ambientSource([CLI, HOST], async (candidate, given): Promise<AccessToken> => {
    expect(given).toBe(signal);
    const result = results[tried.length] ?? "";
    tried.push(candidate.kind);
    if (result instanceof Error) throw result;
    return { text: result, lifetimeMs: 1_000 };
  });
  return { tried, ask: () => obtain(signal).catch((error: unknown) => error) };
}

const NOT_SIGNED_IN = new SignInError("unavailable", { kind: "azureCli", code: "c1", text: "run az login" });
const NO_IDENTITY = new SignInError("refused", { kind: "managedIdentity", code: "c2", text: "no identity" });
const DOWN = new SignInError("unreachable", { kind: "managedIdentity", code: "c3", text: "no answer" });

test("keeps to the first way that gave a token, also when it fails later", async () => {
  const { ask, tried } = createSource([NOT_SIGNED_IN, "one", "two", DOWN]);
  expect(await ask()).toEqual({ text: "one", lifetimeMs: 1_000 });
  expect(await ask()).toEqual({ text: "two", lifetimeMs: 1_000 });
  expect(await ask()).toBe(DOWN);
  expect(tried).toEqual(["azureCli", "managedIdentity", "managedIdentity", "managedIdentity"]);
});

test("does not try the next way where the first gives a token", async () => {
  const { ask, tried } = createSource(["one"]);
  expect([await ask(), tried]).toEqual([{ text: "one", lifetimeMs: 1_000 }, ["azureCli"]]);
});

test("says what each way answered, and counts by the first of them", async () => {
  const error = await createSource([NOT_SIGNED_IN, NO_IDENTITY]).ask();
  expect(error).toMatchObject({ name: "SignInError", reason: "unavailable", kind: "azureCli", code: "c1" });
  expect(error).toMatchObject({ text: "run az login — no identity", isPassing: false, cause: NOT_SIGNED_IN });
});

test("counts by the way that may work later, whichever that is", async () => {
  const error = await createSource([NOT_SIGNED_IN, DOWN]).ask();
  expect(error).toMatchObject({ reason: "unreachable", kind: "managedIdentity", code: "c3", isPassing: true });
  expect(error).toMatchObject({ text: "run az login — no answer", cause: DOWN });
});

test("begins again with the first way after none gave a token", async () => {
  const { ask, tried } = createSource([NOT_SIGNED_IN, DOWN, "one"]);
  expect(await ask()).toBeInstanceOf(SignInError);
  expect(await ask()).toMatchObject({ text: "one" });
  expect(tried).toEqual(["azureCli", "managedIdentity", "azureCli"]);
});

test("throws what is no failure to sign in at once, as it is", async () => {
  const bug = new TypeError("a bug");
  const { ask, tried } = createSource([bug]);
  expect([await ask(), tried]).toEqual([bug, ["azureCli"]]);
});

test("a source without any way says so, too", async () => {
  const none = ambientSource([], () => Promise.reject(new Error("never asked")));
  await expect(none(signal)).rejects.toMatchObject({ name: "SignInError", reason: "unavailable", text: "" });
});
