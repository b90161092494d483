import { type Entra, defaultApp, defaultTenant, startEntra } from "../entra/entra.ts";
import type { Emulator } from "../emulator.ts";
import { readOneOf } from "./fields.ts";

/** The APIs by what an action's input calls them. */
const apis = ["cloudPartnerPortal", "productIngestion", "partnerCenter"] as const;

type Api = (typeof apis)[number];

/** What the command line says of Entra. */
export interface EntraOrder {
  readonly port: number;
  /** The APIs that the tenant does not know. */
  readonly unknown: readonly Api[];
  /** Those that are not among the app's permissions. */
  readonly notPermitted: readonly Api[];
}

/** Where Microsoft's APIs truly are: tokens for those are taken by their stand-ins, too. */
const origins = {
  cloudPartnerPortal: "https://cloudpartner.azure.com",
  productIngestion: "https://graph.microsoft.com",
  partnerCenter: "https://api.partner.microsoft.com",
} as const satisfies Record<Api, string>;

/** The options of the command line that are about Entra. */
export const entraOptions = {
  "entra-port": { type: "string" },
  "entra-unknown": { type: "string", multiple: true },
  "entra-not-permitted": { type: "string", multiple: true },
} as const;

/** What the help says of them. */
export const entraHelp = `Microsoft Entra, which gives tokens for all three
  --entra-port PORT        starts it, on HTTPS; 0 is any free port (default: it is not started)
  --entra-unknown API      the tenant does not know that API, AADSTS500011 (can be given more than once):
                           ${apis.join(", ")}
  --entra-not-permitted API
                           it is not among the app's permissions, AADSTS650057 (likewise)
`;

/**
 * What the options order; undefined when Entra is not to be started.
 * @throws UsageError when an option has a value that cannot be used.
 */
export function readEntra(
  values: {
    readonly "entra-unknown"?: readonly string[] | undefined;
    readonly "entra-not-permitted"?: readonly string[] | undefined;
  },
  port: number | undefined,
): EntraOrder | undefined {
  const apisOf = (name: "entra-unknown" | "entra-not-permitted"): readonly Api[] =>
    (values[name] ?? []).map((text) => readOneOf(text, apis, `--${name}`));
  const [unknown, notPermitted] = [apisOf("entra-unknown"), apisOf("entra-not-permitted")];
  return port === undefined ? undefined : { port, unknown, notPermitted };
}

/** Starts Entra beside the marketplace's services, which are the resources that its tenant knows. */
export function startShellEntra(
  { port, unknown, notPermitted }: EntraOrder,
  { url, productIngestion, partnerCenter }: Pick<Emulator, "url" | "productIngestion" | "partnerCenter">,
): Promise<Entra> {
  const urls = { cloudPartnerPortal: url, productIngestion: productIngestion.url, partnerCenter: partnerCenter.url };
  const allBut = (names: readonly Api[]): readonly string[] =>
    apis.flatMap((api) => (names.includes(api) ? [] : [urls[api], origins[api]]));
  const app = { ...defaultApp, permittedResources: allBut(notPermitted) };
  return startEntra({ port, tenants: [{ ...defaultTenant, apps: [app], resources: allBut(unknown) }] });
}

/** How to sign in there, from a workflow; the file holds the certificate authority to trust. */
export function entraGreeting({ url }: Pick<Entra, "url">, caFile: string): string {
  return `
Microsoft Entra listens on ${url}; the services take its tokens. In place of \`token\`:
      tenantId: ${defaultTenant.id}
      clientId: ${defaultApp.clientId}
      clientSecret: ${defaultApp.secrets[0].value}
      authorityHost: ${url}
    env:
      NODE_EXTRA_CA_CERTS: ${caFile}
`;
}
