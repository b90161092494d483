import { join } from "node:path";
import { createFastClock } from "../../__tests__/harness/fast-clock.ts";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { inWorld, type World, type WorldPlan } from "../world/world.ts";

/** How many times faster than real time all live in a world: services, clients, and the action with such a `timeFactor`. */
export const TIME_FACTOR = 100;

/** The credentials that clients are given: the app of the emulated directory, and its secret. */
export const CREDENTIALS = {
  tenantId: defaultTenant.id,
  clientId: defaultApp.clientId,
  secret: defaultApp.secrets[0].value,
} as const;

/** The offer that every world has, once for each API. */
export const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

/** A world in which time passes fast, as a program finds it that knows nothing of it. */
export interface ClientWorld extends World {
  /** What such a program is given: the way to the emulators, and whom to trust. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder of its own, gone with the world. */
  readonly folder: string;
}

/** What there is in such a world. */
export interface ClientWorldPlan extends WorldPlan {
  /**
   * Whether a Python program finds the emulators by the names of the real hosts alone, without a proxy: libraries may
   * repeat more requests behind one. Default false.
   */
  readonly isDirect?: boolean;
}

/** Does work in such a world, which ends with the work. */
export function inClientWorld<Result>(
  { emulator, entra, isDirect = false }: ClientWorldPlan,
  work: (world: ClientWorld) => Promise<Result>,
): Promise<Result> {
  const startMs = Date.now();
  const clock = createFastClock(TIME_FACTOR);
  // One client finds by its alias what another of its commands has made.
  const products = [{ offerId: OFFER.offerId, alias: OFFER.offerId }];
  const plan: WorldPlan = {
    emulator: { clock, ...emulator, partnerCenter: { products, ...emulator?.partnerCenter } },
    entra: { clock, ...entra },
  };
  return inTemporaryFolder((folder) =>
    inWorld(plan, (world) => {
      const way = isDirect ? { PLACES: addressesOf(world) } : { HTTPS_PROXY: world.proxyUrl };
      return work({ ...world, folder, environment: { ...way, ...environmentOf(world, folder, startMs) } });
    }),
  );
}

/** The address and port of each host and port, in JSON. */
function addressesOf({ places }: World): string {
  const addresses = Object.entries(places).map(([host, url]) => {
    const { hostname, port } = new URL(url);
    return [`${host}:443`, [hostname, Number(port)]];
  });
  return JSON.stringify(Object.fromEntries(addresses));
}

function environmentOf({ caFile }: World, folder: string, startMs: number): Readonly<Record<string, string>> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    LANG: "C.UTF-8",
    REQUESTS_CA_BUNDLE: caFile,
    SSL_CERT_FILE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONPATH: join(import.meta.dirname, "python"),
    TIME_FACTOR: String(TIME_FACTOR),
    TIME_START: String(startMs / 1000),
  };
}
