import { deepEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { answerCommand } from "../../emulator/entra/azure-cli-command.ts";
import { exchangeAudience } from "../../emulator/entra/entra.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { realClock } from "../../emulator/wire/clock.ts";
import { travel } from "../act/journey.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { type Check, trial } from "../trial.ts";
import { signInSteps } from "../workflows.ts";
import { inWorld, type World, type WorldPlan } from "../world/world.ts";
import { type AzureSession, openSession } from "./session.ts";

const QUESTION = ["account", "get-access-token", "--output", "json", "--resource", "https://cloudpartner.azure.com"];

const GO_LIVE = { durationMs: 100 } as const;
const EMULATOR = { offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: GO_LIVE }] } as const;

/** The CLI whose session the action can take its token from: https://learn.microsoft.com/cli/azure. */
export const azureCliTrial = trial({
  name: "azure-cli",
  about: "the Azure CLI, signed in at the emulated Entra, gives the action its token",
  async prepare(workshop) {
    const act = await workshop.goProgram(join(import.meta.dirname, "..", "act"), "github.com/nektos/act");
    return { act, programs: await workshop.pythonPrograms(import.meta.dirname) };
  },
  async run({ act, programs }, check) {
    await checkShownSteps(act, programs, check);
    await checkSignIns(programs, check);
    await checkRefusals(programs, check);
    await checkLikeness(programs, check);
  },
});

/** The README's own steps: `azure/login` is played, `az` is real. */
async function checkShownSteps(act: string, programs: string, check: Check): Promise<void> {
  await check("the steps of the README go live with the token that az printed, and nobody can read it", () => {
    const text = signInSteps();
    ok(text !== undefined, "The README shows no such steps.");
    return travel({ act, programs, text, durationMs: 1_000 }, ({ runs, world }) => {
      const [{ exitCode, log } = { exitCode: 1, log: "" }] = runs;
      deepEqual({ exitCode }, { exitCode: 0 }, log);
      deepEqual(world.emulator.goLives.length, 1, log);
      for (const secret of world.secrets()) ok(!log.includes(secret), `A secret shows in the log: ${secret}`);
    });
  });
}

async function checkSignIns(programs: string, check: Check): Promise<void> {
  await check("the action goes live with the session of an app that signed in by its secret", () =>
    inSession(programs, {}, async (session, world) => {
      await session.signInBySecret();
      checkLive(await session.runStep({ wait: "true" }), world);
    }),
  );
  await check("the action goes live with the session that a federated token opened, as azure/login leaves it", () =>
    inSession(programs, {}, async (session, world) => {
      await session.signInByAssertion(await idToken(world));
      checkLive(await session.runStep({ wait: "true" }), world);
    }),
  );
}

async function checkRefusals(programs: string, check: Check): Promise<void> {
  await check("nobody is signed in: nothing is started, and the action says to sign in", () =>
    inSession(programs, {}, async (session, world) => {
      checkRefused(await session.runStep(), world, /run `azure\/login` before this step\./);
    }),
  );
  await check(
    "the assertion of the session has expired: nothing is started, and the action says what to do about that",
    () => {
      const clock = { lateMs: 0, ...realClock, now: () => Date.now() + clock.lateMs };
      return inSession(programs, { entra: { clock } }, async (session, world) => {
        await session.signInByAssertion(await idToken(world));
        clock.lateMs = 600_000;
        checkRefused(
          await session.runStep(),
          world,
          /a session that was opened with OIDC gets no new token after five minutes/,
        );
      });
    },
  );
}

/** The emulated CLI, which the tests use, is held to the real one. */
async function checkLikeness(programs: string, check: Check): Promise<void> {
  await check("the emulated CLI prints the same fields, of the same form, as the real one", () =>
    inSession(programs, {}, async (session, { entra }) => {
      await session.signInBySecret();
      const real = await session.run(...QUESTION);
      const emulated = await answerCommand(QUESTION, { entra, clock: realClock, session: {}, cache: new Map() });
      deepEqual(formOf(emulated.stdout), formOf(real.stdout), real.output);
    }),
  );
  await check("the emulated CLI tells of an expired assertion in the words of the real one", () => {
    const clock = { lateMs: 0, ...realClock, now: () => Date.now() + clock.lateMs };
    return inSession(programs, { entra: { clock } }, async (session, { entra, ...world }) => {
      await session.signInByAssertion(await idToken(world));
      clock.lateMs = 600_000;
      const real = await session.run(...QUESTION);
      const scene = { entra, clock, session: { assertionExpiresAtMs: 0 }, cache: new Map() };
      const emulated = await answerCommand(QUESTION, scene);
      deepEqual(wordsOf(emulated.stderr), wordsOf(real.stderr));
      deepEqual([emulated.stdout, emulated.exitCode], [real.stdout, real.exitCode]);
    });
  });
  await check("the emulated CLI refuses in the words of the real one when nobody is signed in", () =>
    inSession(programs, {}, async (session, { entra }) => {
      const real = await session.run(...QUESTION);
      const emulated = await answerCommand(QUESTION, { entra, clock: realClock, session: null, cache: new Map() });
      deepEqual(emulated, { stdout: real.stdout, stderr: real.stderr, exitCode: real.exitCode });
    }),
  );
}

function inSession(
  programs: string,
  plan: Omit<WorldPlan, "emulator">,
  work: (session: AzureSession, world: World) => Promise<void>,
): Promise<void> {
  return inWorld({ ...plan, emulator: EMULATOR }, (world) =>
    inTemporaryFolder((folder) => work(openSession(programs, world, folder), world)),
  );
}

async function idToken({ oidc }: Pick<World, "oidc">): Promise<string> {
  const provider = oidc["marketplace"];
  ok(provider !== undefined);
  return provider.issue(exchangeAudience);
}

function checkLive({ exitCode, outputs, log }: StepResult, world: World): void {
  deepEqual({ exitCode, status: outputs["status"] }, { exitCode: 0, status: "succeeded" }, log);
  deepEqual(world.emulator.goLives.length, 1);
  checkMasked(log, world);
}

function checkRefused({ exitCode, outputs, log }: StepResult, world: World, reason: RegExp): void {
  deepEqual({ exitCode, status: outputs["status"] }, { exitCode: 1, status: "rejected" }, log);
  match(log, reason);
  deepEqual(world.emulator.requests, [], "The marketplace was asked something.");
  checkMasked(log, world);
}

function checkMasked(log: string, world: World): void {
  const shown = log.replaceAll(/^::add-mask::.*$/gm, "");
  for (const secret of world.secrets()) ok(!shown.includes(secret), `A secret shows in the log: ${secret}`);
}

/** The fields of what is printed, with every value replaced by what is the same in all of its kind. */
function formOf(text: string): unknown {
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    typeof field === "string" ? wordsOf(field) : typeof field,
  ]);
  return Object.fromEntries(entries);
}

/** A text without what differs from time to time. */
function wordsOf(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "GUID")
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "TOKEN")
    .replaceAll(/\d/g, "0");
}
