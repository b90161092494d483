/**
 * A process in which the action waits for hours that pass at once: the action itself, its library, Entra, GitHub, the
 * Azure CLI and the marketplace all live by one clock. It does so for one plan after the other, and leaves what became
 * of each as `reports.json` in its folder.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setDefaultCACertificates } from "node:tls";
import { startAzureCli } from "../../emulator/entra/azure-cli.ts";
import { createCertificates } from "../../emulator/wire/certificate.ts";
import { type OfferPlan, startEmulator } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant, type EntraFault, startEntra } from "../../emulator/entra/entra.ts";
import { startGitHubOidc } from "../../emulator/github/oidc.ts";
import { createSigningKey } from "../../emulator/wire/jwt.ts";
import { startManagedIdentity } from "../../emulator/entra/managed-identity.ts";
import type { Clock } from "../../src/clock.ts";
import { createTransport } from "../../src/http/transport.ts";
import { main } from "../../src/main.ts";
import { createRecordingRunner } from "../model/recording-runner.ts";
import type { WaitPlan, WaitReport } from "./identity-wait-plan.ts";

const [plansText = "", folder = ""] = process.argv.slice(2);
// Whole seconds, because that is what some services state the ends of tokens in; and past, or TLS finds its
// certificates too young.
let nowMs = Math.floor(Date.now() / 1_000) * 1_000;

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...values: readonly [] | readonly [number | string | Date]) {
    super(...((values.length === 0 ? [nowMs] : values) as [number]));
  }

  static override now(): number {
    return nowMs;
  }
} as DateConstructor;

/** The limits of the transport and of a sign-in; while one runs, something is on its way and no time passes. */
const LIMIT_MS = 30_000;

const clock: Clock = {
  now: () => nowMs,
  async sleep(durationMs, signal) {
    if (durationMs === LIMIT_MS && signal !== undefined) {
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener("abort", () => resolve(), { once: true });
      });
      return;
    }
    nowMs += Math.max(0, durationMs);
    await nextTurn();
  },
};
const serviceClock = { now: () => nowMs, sleep: () => new Promise<void>(() => undefined) };

const keys = await Promise.all([createSigningKey(), createSigningKey()]);
const tls = await createCertificates(["127.0.0.1"]);
setDefaultCACertificates([tls.ca]);
const reports: WaitReport[] = [];
for (const plan of JSON.parse(plansText) as readonly WaitPlan[]) reports.push(await wait(plan));
writeFileSync(join(folder, "reports.json"), JSON.stringify(reports));
process.exit(0);

async function wait(plan: WaitPlan): Promise<WaitReport> {
  nowMs = Math.ceil(nowMs / 1_000) * 1_000;
  const startMs = nowMs;
  const gitHub = await startGitHubOidc({ clock: serviceClock, key: keys[0] });
  const emulator = await startEmulator({
    clock: serviceClock,
    tokens: {},
    tokenCheck: (token) => (revoked.has(token) ? undefined : entra.tokenPlan(token, emulator.url)),
    offers: [
      { publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: plan.goLiveMs }, ...publishOf(plan) },
    ],
    onAnswer({ route }) {
      if (route !== "operation") return;
      questions += 1;
      if (questions === plan.revokedAtQuestion) for (const { token } of entra.tokens) revoked.add(token);
    },
  });
  const revoked = new Set<string>();
  let questions = 0;
  const entra = await startEntra({
    clock: serviceClock,
    key: keys[1],
    tls,
    issuers: [gitHub],
    tenants: [{ ...defaultTenant, resources: [emulator.url] }],
    lifetimeSeconds: lifetimesOf(plan),
    refusesRepeated: true,
    faults: (plan.faults ?? []).map(withoutNull),
  });
  const cli = await startAzureCli({ folder, entra, clock: serviceClock });
  const host = await startManagedIdentity({ entra, clock: serviceClock });
  Object.assign(process.env, host.environment);

  const application = { tenantId: defaultTenant.id, clientId: defaultApp.clientId, authorityHost: entra.url };
  const inputsByKind = {
    oidc: application,
    secret: { ...application, clientSecret: defaultApp.secrets[0].value },
    azureCli: { signIn: "azureCli" },
    managedIdentity: { signIn: "managedIdentity" },
  } as const;
  const runner = createRecordingRunner(
    {
      api: "cloudPartnerPortal",
      publisherId: "contoso",
      offerId: "contoso-vm",
      endpoint: emulator.url,
      wait: "true",
      dryRun: String(plan.publishMs !== undefined),
      timeoutMinutes: "480",
      ...inputsByKind[plan.kind],
    },
    false,
    () => undefined,
  );
  const masked: string[] = [];
  const exitCode = await main({
    runner: { ...runner, mask: (value) => void masked.push(value) },
    environment: gitHub.environment,
    clock,
    random: () => 0.37,
    signal: new AbortController().signal,
    openTransport: (proxy) => createTransport({ clock, proxy }),
  });
  const closings = [cli, host, entra, gitHub, emulator].map((each) => each.close());
  await Promise.all(closings);
  const secrets = [...gitHub.issued, ...entra.tokens].flatMap(({ token }) => [token, ...token.split(".")]);
  return {
    exitCode,
    tookMs: nowMs - startMs,
    outputs: runner.outputs,
    lastWord: runner.annotations.at(-1)?.text ?? "",
    lines: runner.texts,
    signIns: entra.tokens.map((token) => ({
      atMs: token.issuedAtMs - startMs,
      lifetimeMs: token.lifetimeSeconds * 1_000,
    })),
    tokenRequests: entra.requests.filter(({ route }) => route === "token").length,
    idTokens: gitHub.issued.length,
    assertions: entra.assertions.map(({ isRepeated }) => isRepeated),
    commands: cli.commands.length,
    answers: emulator.requests.map(({ route, answer, atMs }) => ({ route, answer, atMs: atMs - startMs })),
    unmasked: secrets.filter((secret) => !masked.includes(secret)).length,
    leaks: runner.texts.filter((text) => secrets.some((secret) => text.includes(secret))).length,
  };
}

function publishOf({ publishMs }: WaitPlan): Partial<OfferPlan> {
  return publishMs === undefined ? {} : { state: "publishing", running: { durationMs: publishMs } };
}

/** JSON cannot say that a field is missing: null stands for that. */
function withoutNull(fault: EntraFault): EntraFault {
  if (!("twist" in fault) || fault.twist.kind !== "token") return fault;
  const fields = Object.entries(fault.twist.fields ?? {}).map(([name, value]) => [name, value ?? undefined] as const);
  return { ...fault, twist: { ...fault.twist, fields: Object.fromEntries(fields) } };
}

/** The lives in turn, over and over. */
function lifetimesOf({ lifetimes }: WaitPlan): () => number {
  let count = 0;
  return () => {
    count += 1;
    return lifetimes[(count - 1) % lifetimes.length] ?? 3_600;
  };
}
