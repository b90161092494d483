import { parse, stringify } from "yaml";
import type { World } from "../world/world.ts";

/** A job, as far as it matters where it runs. */
interface Job {
  /** The workflow that it calls. */
  readonly uses?: string;
  readonly "runs-on"?: unknown;
  readonly environment?: string | { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A workflow, as far as it matters here. */
interface Workflow {
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What a workflow may say of a proxy of its own, and of the authority that it trusts. */
const OWN_PROXY = /http:\/\/proxy\.contoso\.example:\d+/g;
const OWN_AUTHORITY = /\/etc\/ssl\/certs\/contoso-proxy\.pem/g;

/** Where a workflow's own emulator listens, how it is started, and what is installed for it. */
const OWN_PORT = /\b8080\b/g;
const OWN_EMULATOR = /\b(npm run emulator\b.*) &$/gm;
const INSTALLING = /\bnpm ci\b/g;

/** The events that start a workflow, in the order in which it names them. */
export function eventsOf(text: string): readonly string[] {
  const { on } = parse(text) as Workflow;
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(on);
}

/** The environments that the jobs of workflows run in, each once. */
export function environmentsOf(texts: readonly string[]): readonly string[] {
  const jobs = texts.flatMap((text) => Object.values((parse(text) as Workflow).jobs));
  const names = jobs.flatMap(({ environment }) => nameOf(environment) ?? []);
  return [...new Set(names)];
}

/** The offers that a workflow names, wherever. */
export function offersOf(text: string): readonly string[] {
  return [...new Set(text.match(/(?<![\w/-])contoso-(?!proxy)[a-z-]+\b/g) ?? [])];
}

/**
 * The workflow with what GitHub's runner gives to each job and `act` does not: where ID tokens come from, if the job may
 * have them, and a managed identity on a machine of one's own. What it says of a proxy becomes the world's, and where its
 * own emulator listens the port that is given.
 */
export function rewritten(text: string, world: World, port = 8080): string {
  const own = text
    .replaceAll(OWN_PROXY, world.proxyUrl)
    .replaceAll(OWN_AUTHORITY, world.caFile)
    .replaceAll(OWN_PORT, String(port))
    // Here a step has a terminal, and with it ends what the step leaves running; GitHub's runner gives it none.
    .replaceAll(OWN_EMULATOR, "setsid $1 > emulator.log 2>&1 &")
    // What is installed is there already.
    .replaceAll(INSTALLING, 'ln -s "$$FIELD_CHECKOUT/node_modules" node_modules');
  const workflow = parse(own) as Workflow;
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => {
    if (job.uses !== undefined) return [name, job] as const;
    return [name, { ...job, env: { ...identityOf(job, workflow, world), ...job.env } }] as const;
  });
  return stringify({ ...workflow, jobs: Object.fromEntries(jobs) });
}

function identityOf(job: Job, workflow: Workflow, world: World): Readonly<Record<string, string>> {
  const permissions = job.permissions ?? workflow.permissions;
  const mayHave = typeof permissions === "object" && permissions["id-token"] === "write";
  const environment = nameOf(job.environment);
  const oidc = environment === undefined ? undefined : world.oidc[environment];
  return {
    ...(mayHave ? oidc?.environment : {}),
    ...(String(job["runs-on"]).includes("self-hosted") ? world.managedIdentity.environment : {}),
  };
}

function nameOf(environment: Job["environment"]): string | undefined {
  return typeof environment === "object" ? environment.name : environment;
}
