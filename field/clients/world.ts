import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant, type Entra, type EntraOptions, startEntra } from "../../emulator/entra/entra.ts";
import { createCertificates } from "../../emulator/wire/certificate.ts";
import { createFastClock } from "../../__tests__/harness/fast-clock.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { startTunnels, type Tunnels } from "./tunnels.ts";

/** The hosts that clients have in their code. */
const HOSTS = {
  entra: "login.microsoftonline.com",
  cloudPartnerPortal: "cloudpartner.azure.com",
  productIngestion: "graph.microsoft.com",
  partnerCenter: "api.partner.microsoft.com",
} as const;

/** How many times faster than real time all live in a world: services, clients, and the action with such a `timeFactor`. */
export const TIME_FACTOR = 100;

/** The credentials that clients are given: the app of the emulated directory, and its secret. */
export const CREDENTIALS = {
  tenantId: defaultTenant.id,
  clientId: defaultApp.clientId,
  secret: defaultApp.secrets[0].value,
} as const;

/** The emulators in the places of the real services, as a program finds them that knows nothing of them. */
export interface World {
  readonly emulator: Emulator;
  readonly entra: Entra;
  readonly tunnels: Tunnels;
  /** What such a program is given: the way to the emulators, and whom to trust. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder of its own, gone with the world. */
  readonly folder: string;
}

/** What is other than usual in a world. */
export interface WorldOptions {
  readonly emulator?: EmulatorOptions;
  readonly entra?: EntraOptions;
  /**
   * Whether a Python program finds the emulators by the names of the real hosts alone, without a proxy: libraries may
   * repeat more requests behind one. Default false.
   */
  readonly isDirect?: boolean;
}

/** Does work in a world of its own, which ends with the work. */
export function inWorld<Result>(options: WorldOptions, work: (world: World) => Promise<Result>): Promise<Result> {
  return inTemporaryFolder(async (folder) => {
    const world = await startWorld(options, folder);
    try {
      return await work(world);
    } finally {
      await Promise.all([world.tunnels.close(), world.emulator.close(), world.entra.close()]);
    }
  });
}

async function startWorld(options: WorldOptions, folder: string): Promise<World> {
  const startMs = Date.now();
  const clock = createFastClock(TIME_FACTOR);
  const tls = await createCertificates(["127.0.0.1", ...Object.values(HOSTS)]);
  const entra = await startEntra({ tls, clock, ...options.entra });
  const checkedFor = (host: string): Pick<EmulatorOptions, "tokenCheck"> => ({
    tokenCheck: (token) => entra.tokenPlan(token, `https://${host}`),
  });
  const emulator = await startEmulator({
    tls,
    clock,
    ...checkedFor(HOSTS.cloudPartnerPortal),
    ...options.emulator,
    productIngestion: { ...checkedFor(HOSTS.productIngestion), ...options.emulator?.productIngestion },
    partnerCenter: {
      ...checkedFor(HOSTS.partnerCenter),
      // By its alias one client finds what another of its commands has made.
      products: [{ offerId: "contoso-vm", alias: "contoso-vm" }],
      ...options.emulator?.partnerCenter,
    },
  });
  const places = {
    [`${HOSTS.entra}:443`]: entra.url,
    [`${HOSTS.cloudPartnerPortal}:443`]: emulator.url,
    [`${HOSTS.productIngestion}:443`]: emulator.productIngestion.url,
    [`${HOSTS.partnerCenter}:443`]: emulator.partnerCenter.url,
  };
  const tunnels = await startTunnels(places);
  const way = options.isDirect === true ? { PLACES: addressesOf(places) } : { HTTPS_PROXY: tunnels.url };
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, tls.ca);
  return {
    emulator,
    entra,
    tunnels,
    environment: { ...way, ...environmentOf({ authority, folder, startMs }) },
    folder,
  };
}

/** The address and port of each place, in JSON. */
function addressesOf(places: Readonly<Record<string, string>>): string {
  const addresses = Object.entries(places).map(([host, url]) => {
    const { hostname, port } = new URL(url);
    return [host, [hostname, Number(port)]];
  });
  return JSON.stringify(Object.fromEntries(addresses));
}

interface Surroundings {
  /** Files. */
  readonly authority: string;
  readonly folder: string;
  readonly startMs: number;
}

function environmentOf({ authority, folder, startMs }: Surroundings): Readonly<Record<string, string>> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    LANG: "C.UTF-8",
    REQUESTS_CA_BUNDLE: authority,
    SSL_CERT_FILE: authority,
    NODE_EXTRA_CA_CERTS: authority,
    PYTHONPATH: join(import.meta.dirname, "python"),
    TIME_FACTOR: String(TIME_FACTOR),
    TIME_START: String(startMs / 1000),
  };
}
