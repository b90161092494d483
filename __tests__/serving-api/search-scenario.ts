import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant, type Entra, type EntraOptions, startEntra } from "../../emulator/entra/entra.ts";
import type { RunningStep, StepPlan, StepResult } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { createFolder } from "../harness/identity-process.ts";
import { checkRequests, checkResult } from "../harness/leak-check.ts";
import { type Proxy, startProxy } from "../harness/proxy.ts";
import { beginStep, endStep } from "../harness/scenario.ts";
import { shared } from "../harness/shared-global.ts";

/** Where each API truly is. */
export const ORIGINS = {
  ingestion: "https://graph.microsoft.com",
  center: "https://api.partner.microsoft.com",
  portal: "https://cloudpartner.azure.com",
} as const;

/** One of the APIs, by a short name. */
export type Asked = keyof typeof ORIGINS;

const ALL = Object.values(ORIGINS);
/** The pauses between two tries pass in a moment. */
export const FAST = { timeFactor: 20 } as const;

/** What there is to be found, and what goes wrong. */
export interface SearchOptions {
  readonly portal?: Pick<EmulatorOptions, "offers" | "faults">;
  readonly ingestion?: NonNullable<EmulatorOptions["productIngestion"]>;
  readonly center?: NonNullable<EmulatorOptions["partnerCenter"]>;
  /** The APIs that the tenant does not know, and those that are not among the app's permissions. */
  readonly unknown?: readonly Asked[];
  readonly notPermitted?: readonly Asked[];
  /** The APIs in whose account the app has no role. */
  readonly stranger?: readonly Asked[];
  readonly entra?: Pick<EntraOptions, "faults">;
}

/** All three APIs where they truly are, as far as the step can see, and Entra; they end with the test. */
export interface SearchScenario {
  readonly emulator: Emulator;
  readonly entra: Entra;
  readonly proxy: Proxy;
  /** Runs the committed bundle as a step that signs in with a client secret. */
  readonly run: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => Promise<StepResult>;
  /** The same in a process of its own, still running. */
  readonly begin: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => RunningStep;
  /** What each API was asked, in order, such as `GET product`; one that was not asked is left out. */
  readonly asked: () => Readonly<Partial<Record<Asked, readonly string[]>>>;
  /** What was sent that may change something, such as `center POST promote`. */
  readonly sent: () => readonly string[];
}

/** Starts all of them; a token is taken by the API that it was obtained for, and by no other. */
export async function startSearch(options: SearchOptions = {}): Promise<SearchScenario> {
  const [, key, tls] = await shared.identityKeys();
  const clock = createFastClock(FAST.timeFactor);
  const { unknown = [], notPermitted = [], stranger = [] } = options;
  const app = { ...defaultApp, permittedResources: allBut(notPermitted) };
  const tenants = [{ ...defaultTenant, apps: [app], resources: allBut(unknown) }];
  const entra = await startEntra({ key, tls, tenants, ...options.entra });
  closeAfterTest(() => entra.close());
  const tokenCheck = (name: Asked) => (token: string) => {
    const plan = entra.tokenPlan(token, ORIGINS[name]);
    return plan !== undefined && stranger.includes(name) ? { ...plan, role: "stranger" as const } : plan;
  };
  const emulator = await startEmulator({
    ...{ clock, tls, tokens: {}, tokenCheck: tokenCheck("portal"), offers: [], ...options.portal },
    productIngestion: { tokenCheck: tokenCheck("ingestion"), products: [], ...options.ingestion },
    partnerCenter: { tokenCheck: tokenCheck("center"), products: [], ...options.center },
  });
  closeAfterTest(() => emulator.close());
  const services = { ingestion: emulator.productIngestion, center: emulator.partnerCenter, portal: emulator } as const;
  const proxy = await startProxy({
    map: {
      "graph.microsoft.com:443": services.ingestion.url,
      "api.partner.microsoft.com:443": services.center.url,
      "cloudpartner.azure.com:443": services.portal.url,
      "login.microsoftonline.com:443": entra.url,
    },
  });
  const caFile = join(createFolder(), "authority.pem");
  writeFileSync(caFile, tls.ca);
  const secrets = (): readonly string[] => [defaultApp.secrets[0].value, ...entra.tokens.map(({ token }) => token)];
  const signIn = {
    tenantId: defaultTenant.id,
    clientId: defaultApp.clientId,
    clientSecret: defaultApp.secrets[0].value,
  };
  const planOf = (inputs: StepPlan["with"] = {}, plan: Partial<StepPlan> = {}): StepPlan => ({
    ...FAST,
    ...plan,
    with: { publisherId: "contoso", offerId: "contoso-vm", ...signIn, ...inputs },
    environment: { NODE_EXTRA_CA_CERTS: caFile, HTTPS_PROXY: proxy.url, ...plan.environment },
  });
  const entries = [
    ["ingestion", services.ingestion],
    ["center", services.center],
    ["portal", services.portal],
  ] as const;
  const askedOf = (name: Asked): readonly string[] =>
    services[name].requests.map(({ method, route }) => `${method} ${route}`);
  const check = (result: StepResult): StepResult => {
    for (const [name, { requests }] of entries) {
      checkRequests(requests, secrets());
      checkTokens(name, requests, entra);
    }
    return checkResult(result, secrets());
  };
  return {
    emulator,
    entra,
    proxy,
    begin(inputs, plan) {
      const step = beginStep(planOf(inputs, plan));
      return { ...step, result: step.result.then(check) };
    },
    run: async (inputs, plan) => check(await endStep(planOf(inputs, plan))),
    asked: () =>
      Object.fromEntries(entries.flatMap(([name]) => (askedOf(name).length === 0 ? [] : [[name, askedOf(name)]]))),
    sent: () =>
      entries.flatMap(([name]) => askedOf(name).flatMap((each) => (each.startsWith("GET ") ? [] : `${name} ${each}`))),
  };
}

function allBut(names: readonly Asked[]): readonly string[] {
  return ALL.filter((origin) => !names.some((name) => ORIGINS[name] === origin));
}

/** Holds if every token came to the API that it was obtained for. */
function checkTokens(name: Asked, requests: SearchRequests, { tokens }: Entra): void {
  for (const { headers } of requests) {
    const token = tokens.find((each) => headers["authorization"] === `Bearer ${each.token}`);
    if (token?.resource !== ORIGINS[name])
      throw new Error(`${name} was sent a token for ${token?.resource ?? "nobody"}.`);
  }
}

type SearchRequests = readonly { readonly headers: Readonly<Record<string, string | undefined>> }[];
