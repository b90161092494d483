import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jsonAnswer } from "../wire/answer.ts";
import { answerCommand, type AzureSession, type CommandResult } from "./azure-cli-command.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import type { Entra } from "./entra.ts";
import { startIdentityServer } from "../wire/identity-server.ts";

export type { AzureSession, CommandResult } from "./azure-cli-command.ts";

/** How to put a fake Azure CLI into a folder. */
export interface AzureCliOptions {
  /** It gets an executable `az`, `az.cmd` on Windows; put it first in PATH. */
  readonly folder: string;
  /** Who makes the tokens. */
  readonly entra: Pick<Entra, "grant">;
  readonly clock?: EmulatorClock;
  /** Who is signed in; null: nobody. Default: the first app of the first tenant, for as long as it is asked. */
  readonly session?: AzureSession | null;
  /** What the n-th command (counted from 1) answers instead of the truth; undefined: the truth. */
  readonly misbehaviour?: (nth: number) => CommandResult | undefined;
}

/** A fake Azure CLI. */
export interface AzureCli {
  /** To be put first in PATH. */
  readonly folder: string;
  /** The words of every command so far, in order. */
  readonly commands: readonly (readonly string[])[];
  /** The names of the environment variables that each command was given, in order. */
  readonly variables: readonly (readonly string[])[];
  /** Signs somebody in, or (null) out. */
  setSession(session: AzureSession | null): void;
  close(): Promise<void>;
}

/** What the program tells of itself. */
interface Command {
  readonly words: readonly string[];
  readonly variables: readonly string[];
}

/** Writes an `az` that answers until it is closed. */
export async function startAzureCli(options: AzureCliOptions): Promise<AzureCli> {
  const { folder, entra, clock = realClock, misbehaviour = () => undefined } = options;
  const commands: (readonly string[])[] = [];
  const variables: (readonly string[])[] = [];
  const cache = new Map();
  let session = options.session === undefined ? {} : options.session;
  const server = await startIdentityServer({
    clock,
    mainRoute: "command",
    routeOf: () => "command",
    async answer({ body }) {
      const { words, variables: given } = JSON.parse(body) as Command;
      variables.push(given);
      const odd = misbehaviour(commands.push(words));
      return jsonAnswer(200, odd ?? (await answerCommand(words, { entra, clock, session, cache })));
    },
  });
  writeExecutables(folder, server.url);
  return {
    folder,
    commands,
    variables,
    setSession(next) {
      session = next;
      cache.clear();
    },
    close: server.close,
  };
}

function writeExecutables(folder: string, url: string): void {
  const program = fileURLToPath(new URL("azure-cli-program.ts", import.meta.url));
  const node = process.execPath;
  const script = join(folder, "az");
  // The program's own process needs none of what the step's process was started with.
  const unset = "unset NODE_OPTIONS NODE_EXTRA_CA_CERTS";
  writeFileSync(script, `#!/bin/sh\n${unset}\nexec "${node}" --no-warnings "${program}" "${url}" "$@"\n`);
  chmodSync(script, 0o755);
  writeFileSync(join(folder, "az.cmd"), `@"${node}" --no-warnings "${program}" "${url}" %*\r\n`);
}
