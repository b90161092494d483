import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { OperationPlan } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { gitHubToken } from "../../emulator/github/api.ts";
import type { ProductPlan } from "../../emulator/product-ingestion/plan.ts";
import { ROOT } from "../../scripts/bundle.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { inWorld, type World } from "../world/world.ts";
import { freePorts } from "./free-ports.ts";
import { environmentsOf, eventsOf, offersOf, rewritten } from "./rewrite.ts";
import { type RunResult, runWorkflow } from "./run.ts";
import { startWebhook, type Webhook } from "./webhook.ts";

/** A workflow that is run, with every event that starts it. */
export interface JourneyPlan {
  readonly act: string;
  readonly text: string;
  /** How long a go-live takes, in milliseconds; default 3000. */
  readonly durationMs?: number;
  /** How go-lives go in the Cloud Partner Portal API, beside how long they take. */
  readonly goLive?: OperationPlan;
  /** Environments whose jobs cannot sign in. Default: none. */
  readonly unknown?: readonly string[];
  /** How the Product Ingestion API has the offers. Default: each has a draft and a preview that is ready. */
  readonly product?: Omit<ProductPlan, "offerId">;
  readonly cancelAt?: string;
  /** A folder of programs that the jobs find first. Default: those of this machine only. */
  readonly programs?: string;
}

/** What came of it. */
export interface Journey {
  /** One of each event, in order. */
  readonly runs: readonly RunResult[];
  readonly world: World;
  /** What was sent to people, in order: one JSON text each. */
  readonly messages: readonly string[];
  /** The variables of the repository at the end. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The secret of the repository that `gh` is to be given. */
const VARIABLES_TOKEN = "github_pat_ofTheEmulatedRepository";

const CALLED_FOLDER = join(".github", "workflows");
const PLAYED = join(import.meta.dirname, "played");

/** Runs the workflow once for each event that starts it, in a world of its own, and looks at what came of it. */
export async function travel<Seen>(plan: JourneyPlan, look: (journey: Journey) => Promise<Seen> | Seen): Promise<Seen> {
  const { durationMs = 3_000, text } = plan;
  const goLive = { durationMs, ...plan.goLive };
  const offers = offersOf(text).map((offerId) => ({ publisherId: "contoso", offerId, goLive }));
  const job = { durationMs };
  const products = offers.map(({ offerId }) => ({ offerId, publish: job, push: job, goLive: job, ...plan.product }));
  const emulator = { offers, productIngestion: { products }, partnerCenter: { products } };
  const texts = [text, ...calledBy(text).map((file) => readFileSync(join(ROOT, file), "utf8"))];
  const environments = environmentsOf(texts).filter((name) => plan.unknown?.includes(name) !== true);
  return inWorld({ environments, emulator }, (world) =>
    inTemporaryFolder(async (folder) => {
      const kept = join(folder, "variables");
      mkdirSync(kept);
      const webhook = await startWebhook();
      const runs: RunResult[] = [];
      const runOn = async (event: string) => runs.push(await runOnce(plan, event, { world, folder, webhook }));
      for (const event of eventsOf(text)) await runOn(event);
      // A schedule comes again and again, as long as a variable tells that there is something to look after.
      for (let times = 0; hasSchedule(text) && readdirSync(kept).length > 0 && times < 20; times += 1) {
        await runOn("schedule");
      }
      webhook.close();
      return look({ runs, world, messages: webhook.bodies, variables: valuesIn(kept) });
    }),
  );
}

/** What all runs of a journey share. */
interface Place {
  readonly world: World;
  readonly folder: string;
  readonly webhook: Webhook;
}

async function runOnce(plan: JourneyPlan, event: string, { world, folder, webhook }: Place): Promise<RunResult> {
  const own = mkdtempSync(join(folder, "run-"));
  return runWorkflow({
    act: plan.act,
    folder: own,
    text: rewritten(plan.text, world, await freePorts(3)),
    event,
    environment: {
      NODE_EXTRA_CA_CERTS: world.caFile,
      REQUESTS_CA_BUNDLE: world.caFile,
      AZURE_CORE_COLLECT_TELEMETRY: "false",
      PATH: [PLAYED, dirname(process.execPath), plan.programs ?? [], process.env["PATH"]].flat().join(delimiter),
      HTTPS_PROXY: world.proxyUrl,
      FIELD_CHECKOUT: ROOT,
      FIELD_VARIABLES: join(folder, "variables"),
      FIELD_GH_TOKEN: VARIABLES_TOKEN,
    },
    variables: {
      AZURE_TENANT_ID: defaultTenant.id,
      AZURE_CLIENT_ID: defaultApp.clientId,
      ...valuesIn(join(folder, "variables")),
    },
    secrets: { GITHUB_TOKEN: gitHubToken, VARIABLES_TOKEN, MESSAGE_WEBHOOK: webhook.url },
    actions: actionsOf(plan.text, world, own),
    ...(plan.cancelAt === undefined ? {} : { cancelAt: plan.cancelAt }),
  });
}

function hasSchedule(text: string): boolean {
  return eventsOf(text).includes("schedule");
}

/** Ours as a repository has it, and those that are played. Throws when the workflow uses another. */
function actionsOf(text: string, world: World, folder: string): Readonly<Record<string, string>> {
  const own = join(folder, "action");
  mkdirSync(join(own, CALLED_FOLDER), { recursive: true });
  cpSync(join(ROOT, "action.yml"), join(own, "action.yml"));
  cpSync(join(ROOT, "dist"), join(own, "dist"), { recursive: true });
  for (const file of calledBy(text)) {
    writeFileSync(join(own, file), rewritten(readFileSync(join(ROOT, file), "utf8"), world));
  }
  const played: Readonly<Record<string, string>> = {
    "contoso/azure-marketplace-go-live": own,
    "actions/checkout": join(PLAYED, "checkout"),
    "azure/login": join(PLAYED, "login"),
  };
  const uses = [...text.matchAll(/uses: ([\w.-]+\/[\w.-]+)(?:\/\S+)?(@\S+)/g)].map(([, name = "", version = ""]) => {
    const place = played[name];
    if (place === undefined) throw new Error(`Nobody plays the action ${name}.`);
    return [`${name}${version}`, place] as const;
  });
  return Object.fromEntries(uses);
}

/** The workflows of this repository that a workflow calls, as paths in it. */
function calledBy(text: string): readonly string[] {
  const called = text.matchAll(/uses: contoso\/azure-marketplace-go-live\/(\.github\/workflows\/[\w-]+\.yml)@/g);
  return [...new Set([...called].map(([, file = ""]) => file))];
}

function valuesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
