import { Agent, request } from "undici";
import { defaultApp, defaultTenant, type Entra, type EntraOptions, startEntra } from "../../emulator/entra/entra.ts";
import { type GitHubOidc, type GitHubOidcOptions, startGitHubOidc } from "../../emulator/github/oidc.ts";
import { createManualClock, type ManualClock } from "../../emulator/wire/manual-clock.ts";
import { closeAfterTest } from "./closing.ts";
import { shared } from "./shared-global.ts";

/** What the tests of the identity services ask a token for. */
export const RESOURCE = "https://cloudpartner.azure.com";

/** GitHub's and Entra's stand-ins, which trust each other and share a clock; they end with the test. */
export interface IdentityWorld {
  readonly clock: ManualClock;
  readonly gitHub: GitHubOidc;
  readonly entra: Entra;
}

/** An answer whose body, if it is JSON, is read. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts both. */
export async function startIdentityWorld(
  options: { readonly gitHub?: GitHubOidcOptions; readonly entra?: EntraOptions } = {},
): Promise<IdentityWorld> {
  const clock = createManualClock();
  const [gitHubKey, entraKey, tls] = await shared.identityKeys();
  const gitHub = await startGitHubOidc({ clock, key: gitHubKey, ...options.gitHub });
  closeAfterTest(() => gitHub.close());
  const entra = await startEntra({ clock, key: entraKey, tls, issuers: [gitHub], ...options.entra });
  closeAfterTest(() => entra.close());
  return { clock, gitHub, entra };
}

/** A form for the token endpoint; entries that are undefined are left out. */
export function tokenForm(changes: Readonly<Record<string, string | undefined>> = {}): URLSearchParams {
  const form = { grant_type: "client_credentials", client_id: defaultApp.clientId, scope: `${RESOURCE}/.default` };
  const entries = Object.entries<string | undefined>({ ...form, ...changes });
  return new URLSearchParams(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A form that proves the app by its secret. */
export function secretForm(changes: Readonly<Record<string, string | undefined>> = {}): URLSearchParams {
  return tokenForm({ client_secret: defaultApp.secrets[0].value, ...changes });
}

/** A form that proves the app by an assertion. */
export function assertionForm(assertion: string): URLSearchParams {
  const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  return tokenForm({ client_assertion_type: type, client_assertion: assertion });
}

/** Asks Entra for a token. Rejects when the connection breaks. */
export function askToken(entra: Entra, form: URLSearchParams, tenant: string = defaultTenant.id): Promise<JsonAnswer> {
  return askEntra(entra, `/${tenant}/oauth2/v2.0/token`, form);
}

/** Asks Entra for anything; with a form it is a POST. */
export async function askEntra(entra: Entra, path: string, form?: URLSearchParams): Promise<JsonAnswer> {
  const dispatcher = new Agent({ connect: { ca: entra.ca } });
  const post = { method: "POST", body: form?.toString() ?? "" } as const;
  try {
    const answer = await request(`${entra.url}${path}`, {
      dispatcher,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      ...(form === undefined ? {} : post),
    });
    return { status: answer.statusCode, body: readBody(await answer.body.text()) };
  } finally {
    await dispatcher.destroy();
  }
}

/** Asks GitHub's stand-in as a job does. */
export async function askIdToken({ environment }: GitHubOidc, audience: string): Promise<JsonAnswer> {
  const url = `${environment.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${encodeURIComponent(audience)}`;
  const headers = { authorization: `Bearer ${environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` };
  const answer = await request(url, { headers });
  return { status: answer.statusCode, body: readBody(await answer.body.text()) };
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return { text };
  }
}
