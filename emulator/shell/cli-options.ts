import { parseArgs } from "node:util";
import { centerOptions } from "../partner-center/behaviour-options.ts";
import { behaviourOptions, readBehaviour } from "./behaviour-options.ts";
import { centerPlanOptions, readCenter } from "./center-plan.ts";
import { parseDuration } from "./duration.ts";
import type { EmulatorOptions, OfferPlan, PartnerCenterOptions, ProductIngestionOptions } from "../emulator.ts";
import { routes } from "../cloud-partner-portal/vocabulary.ts";
import { entraOptions, type EntraOrder, readEntra } from "./entra-options.ts";
import { parseFaults } from "./fault-text.ts";
import { ingestionOptions } from "./ingestion-options.ts";
import { ingestionPlanOptions, readIngestion } from "./ingestion-plan.ts";
import { readOneOf } from "./fields.ts";
import { UsageError, toUsageError } from "./usage-error.ts";

/** What the command line asks for. */
export type CommandLine =
  | { readonly kind: "help" }
  | {
      readonly kind: "start";
      readonly options: EmulatorOptions;
      readonly target: Target;
      /** Undefined: Entra is not started. */
      readonly entra: EntraOrder | undefined;
    };

/** The offer and the token to try the emulator with. */
export interface Target {
  readonly publisherId: string;
  readonly offerId: string;
  readonly token: string;
}

/** The words an option can have. */
export const choices = {
  outcome: ["succeeded", "failed", "canceled"],
  state: ["neverPublished", "publishing", "readyForGoLive", "goingLive", "live"],
} as const;

const optionTypes = {
  help: { type: "boolean", short: "h", default: false },
  port: { type: "string", default: "8787" },
  publisher: { type: "string", default: "contoso" },
  offer: { type: "string", default: "contoso-vm" },
  token: { type: "string", default: "emulator-token" },
  state: { type: "string", default: "readyForGoLive" },
  duration: { type: "string", default: "60s" },
  outcome: { type: "string", default: "succeeded" },
  fault: { type: "string", multiple: true },
  ...behaviourOptions,
  ...ingestionPlanOptions,
  ...ingestionOptions,
  ...centerPlanOptions,
  ...centerOptions,
  ...entraOptions,
} as const;

type Values = ReturnType<typeof parseValues>;

/**
 * Reads the command line's words.
 * @throws UsageError when an option is unknown or has a value that cannot be used.
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  const values = parseValues(words);
  if (values.help) return { kind: "help" };
  const { publisher: publisherId, offer: offerId, token, "entra-port": entraPort } = values;
  return {
    kind: "start",
    options: {
      port: readPort(values.port, "--port"),
      tokens: { [token]: {} },
      offers: [readOffer(values)],
      behaviour: readBehaviour(values),
      faults: parseFaults(values.fault ?? [], routes, "--fault"),
      productIngestion: readProductIngestion(values),
      partnerCenter: readPartnerCenter(values),
    },
    target: { publisherId, offerId, token },
    entra: readEntra(values, entraPort === undefined ? undefined : readPort(entraPort, "--entra-port")),
  };
}

function parseValues(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: optionTypes, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw toUsageError(error, "ERR_PARSE_ARGS_");
  }
}

function readOffer(values: Values): OfferPlan {
  const durationMs = parseDuration(values.duration, "--duration");
  const how = { durationMs, outcome: readOneOf(values.outcome, choices.outcome, "--outcome") };
  return {
    publisherId: values.publisher,
    offerId: values.offer,
    state: readOneOf(values.state, choices.state, "--state"),
    goLive: how,
    publish: how,
  };
}

function readProductIngestion(values: Values): ProductIngestionOptions {
  const port = values["ingestion-port"];
  const outcome = readOneOf(values.outcome, choices.outcome, "--outcome");
  const goLive = {
    offerId: values.offer,
    durationMs: parseDuration(values.duration, "--duration"),
    outcome: outcome === "canceled" ? "cancelled" : outcome,
  } as const;
  return {
    ...(port === undefined ? {} : { port: readPort(port, "--ingestion-port") }),
    ...readIngestion(values, goLive),
  };
}

function readPartnerCenter(values: Values): PartnerCenterOptions {
  const port = values["center-port"];
  const goLive = {
    offerId: values.offer,
    durationMs: parseDuration(values.duration, "--duration"),
    outcome: readOneOf(values.outcome, choices.outcome, "--outcome"),
  } as const;
  return {
    ...(port === undefined ? {} : { port: readPort(port, "--center-port") }),
    ...readCenter(values, goLive),
  };
}

function readPort(text: string, option: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${option} is a number from 0 (any free port) to 65535, not "${text}".`);
}
