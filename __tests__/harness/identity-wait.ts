/**
 * A process in which the action waits for hours that pass at once: the action itself, its library, Entra, GitHub, the
 * Azure CLI and the marketplace all live by one clock. Prints what became of it as one line of JSON.
 */
import { writeSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setDefaultCACertificates } from "node:tls";
import { startAzureCli } from "../../emulator/azure-cli.ts";
import { startEmulator } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant, startEntra } from "../../emulator/entra.ts";
import { startGitHubOidc } from "../../emulator/github-oidc.ts";
import { startManagedIdentity } from "../../emulator/managed-identity.ts";
import type { Clock } from "../../src/clock.ts";
import { createTransport } from "../../src/http/transport.ts";
import { main } from "../../src/main.ts";
import { createRecordingRunner } from "../model/recording-runner.ts";
import type { WaitPlan, WaitReport } from "./identity-wait-plan.ts";

const [planText = "", folder = ""] = process.argv.slice(2);
const plan = JSON.parse(planText) as WaitPlan;
const startMs = Date.now();
let nowMs = startMs;

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

const gitHub = await startGitHubOidc({ clock: serviceClock });
const emulator = await startEmulator({
  clock: serviceClock,
  tokens: {},
  tokenCheck: (token) => (revoked.has(token) ? undefined : entra.tokenPlan(token, emulator.url)),
  offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: plan.goLiveMs } }],
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
  issuers: [gitHub],
  tenants: [{ ...defaultTenant, resources: [emulator.url] }],
  lifetimeSeconds: lifetimesOf(plan),
  refusesRepeated: true,
  faults: plan.faults ?? [],
});
setDefaultCACertificates([entra.ca]);
const cli = await startAzureCli({ folder, entra, clock: serviceClock });
const host = await startManagedIdentity({ entra, clock: serviceClock });
Object.assign(process.env, plan.kind === "managedIdentity" ? host.environment : {});

const application = { tenantId: defaultTenant.id, clientId: defaultApp.clientId, authorityHost: entra.url };
const inputsByKind = {
  oidc: application,
  secret: { ...application, clientSecret: defaultApp.secrets[0].value },
  azureCli: { signIn: "azureCli" },
  managedIdentity: { signIn: "managedIdentity" },
} as const;
const runner = createRecordingRunner(
  {
    publisherId: "contoso",
    offerId: "contoso-vm",
    endpoint: emulator.url,
    wait: "true",
    timeoutMinutes: "480",
    ...inputsByKind[plan.kind],
  },
  false,
  () => undefined,
);
const masked: string[] = [];
const exitCode = await main({
  runner: { ...runner, idToken: (audience) => gitHub.issue(audience), mask: (value) => void masked.push(value) },
  environment: {},
  clock,
  random: () => 0.37,
  signal: new AbortController().signal,
  openTransport: (proxy) => createTransport({ clock, proxy }),
});
const secrets = [...gitHub.issued, ...entra.tokens].flatMap(({ token }) => [token, ...token.split(".")]);
const report: WaitReport = {
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
writeSync(1, `\nRESULT ${JSON.stringify(report)}\n`);
process.exit(0);

/** The lives in turn, over and over. */
function lifetimesOf({ lifetimes }: WaitPlan): () => number {
  let count = 0;
  return () => {
    count += 1;
    return lifetimes[(count - 1) % lifetimes.length] ?? 3_600;
  };
}
