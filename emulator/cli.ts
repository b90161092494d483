import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Entra } from "./entra/entra.ts";
import { greeting, helpText, requestLine } from "./shell/cli-text.ts";
import { type CommandLine, readCommandLine } from "./shell/cli-options.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "./emulator.ts";
import { entraGreeting, startShellEntra } from "./shell/entra-options.ts";
import { UsageError } from "./shell/usage-error.ts";

const usageExitCode = 2;

process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
  try {
    return await obey(readCommandLine(words));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message.replace(/\.?$/, ".")} See --help.\n`);
    return usageExitCode;
  }
}

async function obey(command: CommandLine): Promise<number> {
  switch (command.kind) {
    case "help":
      print(helpText);
      return 0;
    case "start":
      return serve(command);
  }
}

async function serve({ options, target, entra: order }: Extract<CommandLine, { kind: "start" }>): Promise<number> {
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  let entra: Entra | undefined;
  const emulator = await listen(() => startServices({ ...options, tokenCheck: (token) => entra?.tokenPlan(token) }));
  print(greeting(emulator, target));
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  try {
    if (order !== undefined) {
      entra = await listen(() => startShellEntra(order, emulator));
      const caFile = join(folder, "authority.pem");
      writeFileSync(caFile, entra.ca);
      print(entraGreeting(entra, caFile));
    }
    await interrupted;
    return 0;
  } finally {
    await Promise.all([emulator.close(), entra?.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function onAnswer(request: Parameters<typeof requestLine>[0]): void {
  print(`${requestLine(request)}\n`);
}

function startServices(options: EmulatorOptions): Promise<Emulator> {
  return startEmulator({
    ...options,
    onAnswer,
    productIngestion: { ...options.productIngestion, onAnswer },
    partnerCenter: { ...options.partnerCenter, onAnswer },
  });
}

async function listen<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error && error.syscall === "listen")) throw error;
    throw new UsageError(
      `The emulator cannot listen there (${error.message}); choose another --port, --ingestion-port, --center-port or --entra-port.`,
    );
  }
}

function print(text: string): void {
  process.stdout.write(text);
}
