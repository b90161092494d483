import { randomUUID } from "node:crypto";
import type { EmulatorClock } from "../wire/clock.ts";
import type { Entra, IssuedToken } from "./entra.ts";
import { toSeconds } from "../wire/jwt.ts";

/** Who is signed in. */
export interface AzureSession {
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly subscription?: string;
  /**
   * When the assertion that signed in expires, in milliseconds since the epoch: `azure/login` with OIDC leaves a session
   * that gets no new token after that. Default never, as with a secret.
   */
  readonly assertionExpiresAtMs?: number;
}

/** What a command writes and how it ends. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What a command is answered from. */
export interface CommandScene {
  readonly entra: Pick<Entra, "grant">;
  readonly clock: EmulatorClock;
  readonly session: AzureSession | null;
  /** The tokens the CLI keeps, by tenant and resource. */
  readonly cache: Map<string, IssuedToken>;
}

/** A kept token is handed out again until so long before its end: https://github.com/AzureAD/microsoft-authentication-library-for-python */
const keptUntilMs = 5 * 60_000;

/** Answers a command as the CLI does. */
export async function answerCommand(words: readonly string[], scene: CommandScene): Promise<CommandResult> {
  if (words[0] !== "account" || words[1] !== "get-access-token") {
    return failed(`ERROR: '${words[0]}' is misspelled or not recognized by the system.`, 2);
  }
  const { session, clock, cache } = scene;
  if (session === null) return failed("ERROR: Please run 'az login' to setup account.");
  const resource = optionOf(words, "--resource") ?? "https://management.core.windows.net/";
  const tenantId = optionOf(words, "--tenant") ?? session.tenantId;
  const place = `${tenantId} ${resource}`;
  const kept = cache.get(place);
  if (kept !== undefined && kept.expiresAtMs - clock.now() > keptUntilMs) return shown(kept, session);
  if (clock.now() >= (session.assertionExpiresAtMs ?? Infinity)) return tooLate(session, clock.now());
  const token = await scene.entra.grant({ kind: "azureCli", tenantId, clientId: session.clientId, resource });
  if (!("token" in token)) return refused(token.description);
  cache.set(place, token);
  return shown(token, session);
}

function shown(
  token: IssuedToken,
  { subscription = "11111111-2222-3333-4444-555555555555" }: AzureSession,
): CommandResult {
  const expiresOn = new Date(token.expiresAtMs).toISOString().replace("T", " ").replace("Z", "000");
  const value = {
    accessToken: token.token,
    expiresOn,
    expires_on: toSeconds(token.expiresAtMs),
    subscription,
    tenant: token.tenantId,
    tokenType: "Bearer",
  };
  return { stdout: `${JSON.stringify(value, undefined, 2)}\n`, stderr: "", exitCode: 0 };
}

function tooLate({ assertionExpiresAtMs = 0 }: AzureSession, nowMs: number): CommandResult {
  const [now, from, until] = [nowMs, assertionExpiresAtMs - 300_000, assertionExpiresAtMs].map((timeMs) =>
    new Date(timeMs).toISOString().replace("Z", "0000Z"),
  );
  const text = `AADSTS700024: Client assertion is not within its valid time range. Current time: ${now}, assertion valid from ${from}, expiry time of assertion ${until}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`;
  const timestamp = new Date(nowMs).toISOString().replace("T", " ").replace(/\.\d+/, "");
  return refused(`${text}\r\nTrace ID: ${randomUUID()}\r\nCorrelation ID: ${randomUUID()}\r\nTimestamp: ${timestamp}`);
}

/** What follows Entra's words makes Microsoft's library for JavaScript say no more than that one should sign in. */
function refused(description: string): CommandResult {
  return failed(
    `ERROR: ${description}\nRun the command below to authenticate interactively; additional arguments may be added as needed:\naz logout\naz login`,
  );
}

function failed(text: string, exitCode = 1): CommandResult {
  return { stdout: "", stderr: `${text}\n`, exitCode };
}

function optionOf(words: readonly string[], name: string): string | undefined {
  const index = words.indexOf(name);
  return index === -1 ? undefined : words[index + 1];
}
