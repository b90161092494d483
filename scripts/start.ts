import { parseArgs } from "node:util";
import { parseDuration } from "../emulator/shell/duration.ts";
import { startEmulator } from "../emulator/emulator.ts";
import { readOneOf } from "../emulator/shell/fields.ts";
import { runStep, type StepResult } from "../emulator/step/runner.ts";
import { shownLog } from "../emulator/step/runner-log.ts";
import { UsageError } from "../emulator/shell/usage-error.ts";

const help = `Runs the committed action against an emulator of the marketplace, as a step of a workflow would.

Usage: npm start -- [options]
  --api API            cloudPartnerPortal, productIngestion or partnerCenter (default cloudPartnerPortal)
  --duration DURATION  how long the go-live takes, such as 500ms, 6s or 1m (default 4s)
  --outcome OUTCOME    how it ends: succeeded, failed or canceled (default succeeded)
  --debug              shows debug lines too, as a run with debug logging does
`;

const inputs = { publisherId: "contoso", offerId: "contoso-vm", wait: "true", pollIntervalSeconds: "0.5" } as const;

const apis = ["cloudPartnerPortal", "productIngestion", "partnerCenter"] as const;

type Api = (typeof apis)[number];

/** How the go-live goes that is shown. */
interface GoLive {
  readonly durationMs: number;
  readonly outcome: "succeeded" | "failed" | "canceled";
}

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", short: "h", default: false },
        api: { type: "string", default: "cloudPartnerPortal" },
        duration: { type: "string", default: "4s" },
        outcome: { type: "string", default: "succeeded" },
        debug: { type: "boolean", default: false },
      },
    });
    if (values.help) return say(help);
    const durationMs = parseDuration(values.duration, "--duration");
    const outcome = readOneOf(values.outcome, ["succeeded", "failed", "canceled"], "--outcome");
    const api = readOneOf(values.api, apis, "--api");
    return await show(api, { durationMs, outcome }, values.debug);
  } catch (error) {
    if (!(error instanceof UsageError || (error instanceof TypeError && "code" in error))) throw error;
    process.stderr.write(`${error.message}\nnpm start -- --help says more.\n`);
    return 2;
  }
}

/** Runs the step and shows what a person would see of it; returns its exit code. */
async function show(api: Api, goLive: GoLive, isDebug: boolean): Promise<number> {
  const { publisherId, offerId } = inputs;
  const { durationMs, outcome } = goLive;
  const centerOutcome = outcome === "succeeded" ? "live" : outcome;
  const push = { durationMs, outcome: outcome === "canceled" ? "cancelled" : outcome } as const;
  const emulator = await startEmulator({
    offers: [{ publisherId, offerId, goLive }],
    productIngestion: { products: [{ offerId, push }] },
    partnerCenter: { products: [{ offerId, goLive: { durationMs, outcome: centerOutcome } }] },
  });
  const { url: endpoint } = api === "cloudPartnerPortal" ? emulator : emulator[api];
  const given = { ...inputs, ...(api === "cloudPartnerPortal" ? {} : { api }) };
  try {
    const lines = Object.entries(given).map(([name, value]) => `  ${name}: ${value}`);
    say(heading("The step, against an emulator of the marketplace"), ...lines, heading("Its log"));
    const onOutput = createLogPrinter(isDebug);
    const result = await runStep({
      with: { ...given, token: "emulator-token", endpoint },
      environment: isDebug ? { RUNNER_DEBUG: "1" } : {},
      onOutput,
    });
    say(...resultLines(result));
    return result.exitCode ?? 1;
  } finally {
    await emulator.close();
  }
}

/** Prints the log as it grows, line by line, the way the page of a run shows it. */
function createLogPrinter(isDebug: boolean): (text: string) => void {
  let log = "";
  let printed = 0;
  return (text) => {
    log += text;
    const shown = shownLog(log.slice(0, log.lastIndexOf("\n") + 1), { debug: isDebug });
    say(...shown.slice(printed));
    printed = shown.length;
  };
}

function resultLines({ summary, outputs, exitCode }: StepResult): readonly string[] {
  const shownOutputs = Object.entries(outputs).map(([name, value]) => `  ${name}: ${value}`);
  return [
    heading("Its job summary"),
    plainText(summary),
    heading("Its outputs"),
    ...shownOutputs,
    heading(`Exit code ${exitCode}`),
  ];
}

/** The summary's Markdown as text: only what would hurt the eye is taken away. */
function plainText(markdown: string): string {
  return markdown.replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code))).trim();
}

function heading(text: string): string {
  return `\n── ${text} ${"─".repeat(Math.max(0, 72 - text.length))}`;
}

function say(...lines: readonly string[]): number {
  for (const line of lines) process.stdout.write(`${line}\n`);
  return 0;
}
