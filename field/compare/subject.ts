import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runStep, type StepResult } from "../../emulator/step/runner.ts";
import { ROOT } from "../../scripts/bundle.ts";
import { type Api, APIS, type Client, programsOf, versionOf } from "../clients/client.ts";
import { CLIENTS } from "../clients/clients.ts";
import { CREDENTIALS, TIME_FACTOR, type ClientWorld, OFFER } from "../clients/world.ts";
import type { Workshop } from "../workshop/workshop.ts";
import type { LastWord } from "./last-word.ts";

/** How a run has ended. */
export interface RunEnd {
  readonly exitCode: number | null;
  readonly lastWord: LastWord;
}

/** A program that is compared. */
export interface Subject {
  readonly name: string;
  readonly version: string;
  readonly api: Api;
  /** Whether it waits for the end of a go-live. */
  readonly waits: boolean;
  /** Whether it finds the emulators without a proxy. */
  readonly isDirect: boolean;
  readonly run: (world: ClientWorld) => Promise<RunEnd>;
}

/** All programs, ready to run. Rejects when one cannot be had. */
export async function openSubjects(workshop: Workshop): Promise<readonly Subject[]> {
  const clients: Subject[] = [];
  for (const client of CLIENTS) clients.push(clientSubject(client, await programsOf(client, workshop)));
  return APIS.flatMap((api) => [actionSubject(api), ...clients.filter((each) => each.api === api)]);
}

function clientSubject(client: Client, programs: string): Subject {
  return {
    name: client.name,
    version: versionOf(client),
    api: client.api,
    waits: client.saysByZero === "live",
    isDirect: true,
    async run(world) {
      const { exitCode } = await client.goLive(programs, world);
      return { exitCode, lastWord: exitCode === 0 ? client.saysByZero : "not done" };
    },
  };
}

/** The committed bundle, as a step that waits, signs in by the same secret and finds the same hosts. */
function actionSubject(api: Api): Subject {
  return {
    name: "this action",
    version: ownVersion(),
    api,
    waits: true,
    isDirect: false,
    async run(world) {
      const { tenantId, clientId, secret: clientSecret } = CREDENTIALS;
      const step = await runStep({
        with: { ...OFFER, api, tenantId, clientId, clientSecret, wait: "true", timeoutMinutes: "120" },
        environment: world.environment,
        timeFactor: TIME_FACTOR,
      });
      return { exitCode: step.exitCode, lastWord: wordOf(step) };
    },
  };
}

const words: Readonly<Record<string, LastWord>> = {
  succeeded: "live",
  failed: "failed",
  canceled: "cancelled",
  unknown: "unknown",
  notStarted: "running",
  running: "running",
  rejected: "not done",
};

function wordOf({ outputs, log }: StepResult): LastWord {
  const word = words[outputs["status"] ?? ""];
  if (word === undefined) throw new Error(`The action says nothing of the go-live:\n${log}`);
  return word;
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly version: string };
  return version;
}
