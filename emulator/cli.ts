import { once } from "node:events";
import { greeting, helpText, requestLine } from "./shell/cli-text.ts";
import { type CommandLine, readCommandLine } from "./shell/cli-options.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "./emulator.ts";
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

async function serve({ options, target }: Extract<CommandLine, { kind: "start" }>): Promise<number> {
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const emulator = await listen(options);
  print(greeting(emulator, target));
  await interrupted;
  await emulator.close();
  return 0;
}

async function listen(options: EmulatorOptions): Promise<Emulator> {
  try {
    const onAnswer = (request: Parameters<typeof requestLine>[0]): void => print(`${requestLine(request)}\n`);
    return await startEmulator({
      ...options,
      onAnswer,
      productIngestion: { ...options.productIngestion, onAnswer },
      partnerCenter: { ...options.partnerCenter, onAnswer },
    });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error && error.syscall === "listen")) throw error;
    throw new UsageError(
      `The emulator cannot listen there (${error.message}); choose another --port, --ingestion-port or --center-port.`,
    );
  }
}

function print(text: string): void {
  process.stdout.write(text);
}
