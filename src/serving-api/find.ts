import { type RequestError, ServiceError } from "../bearer/request-error.ts";
import { InterruptedError, NotReadyError } from "../go-live/outcome.ts";
import { askPatiently, LOOK_LIMIT_MS, type LookOptions } from "../go-live/look.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import type { Catalog, Listing } from "../marketplace/catalog.ts";
import type { ApiName, ChosenApi } from "../marketplace/apis.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import { UndecidedError } from "./undecided-error.ts";
import { ASKED_APIS, type AskedApi, type Denial, isDenial, readVerdict } from "./verdict.ts";

/** An API that does not serve the offer, and how it said so. */
export interface Denied {
  readonly name: AskedApi;
  readonly why: Denial;
}

/** The API that serves the offer. */
export interface FoundApi {
  readonly api: ChosenApi;
  /** What the service calls the type of the offer, untrusted; undefined when none of them says it. */
  readonly typeWord: string | undefined;
}

export interface FindOptions extends Pick<LookOptions, "clock" | "signal" | "observe"> {
  readonly catalogs: Readonly<Record<AskedApi, Catalog>>;
  readonly offer: Offer;
  /** The GUID of the product that the inputs name. */
  readonly productId: string | undefined;
  /** Told of each API that does not serve the offer. Must not throw. */
  readonly onDenied: (denied: Denied) => void;
}

/**
 * A 403 or 404 is believed when it is given twice, so far apart: one may be a stray one, such as a gateway's. A 401 has
 * been given to two tokens by then.
 */
const BETWEEN_REFUSALS_MS = 3_000;

/**
 * The API that serves the offer, by questions alone; what may pass is asked again. The error why it cannot be told, and
 * then none may be asked to start anything: a fault is never a reason to take another API.
 */
export async function findServingApi(options: FindOptions): Promise<FoundApi | Error> {
  const { catalogs, clock, signal, offer, productId, onDenied } = options;
  const deadlineMs = clock.now() + LOOK_LIMIT_MS;
  for (const name of ASKED_APIS) {
    const said = await askCatalog(catalogs[name], options, deadlineMs);
    if (signal.aborted) return new InterruptedError();
    const verdict = readVerdict(name, said, productId);
    switch (verdict.kind) {
      case "serves":
        return { api: verdict.api, typeWord: verdict.typeWord };
      case "denies":
        onDenied({ name, why: verdict.why });
        break;
      case "obstacle":
        return new NotReadyError(offer, verdict.obstacle);
      case "fault":
        return verdict.error instanceof SignInError ? verdict.error : new UndecidedError(name, verdict);
      case "unknownType":
        return new UndecidedError(name, verdict);
    }
  }
  return { api: LEFT, typeWord: undefined };
}

/** The oldest API says whether it has the offer when it is looked at there: nothing starts before that. */
const LEFT = { name: "cloudPartnerPortal" satisfies ApiName, by: "noOther" } as const;

async function askCatalog(
  { list }: Catalog,
  options: FindOptions,
  deadlineMs: number,
): Promise<Listing | RequestError> {
  const { clock, signal } = options;
  const ask = (): Promise<Listing | RequestError> => askPatiently(() => list(signal), options, deadlineMs);
  const said = await ask();
  if (!(said instanceof ServiceError) || !isDenial(said) || said.status === 401) return said;
  await clock.sleep(BETWEEN_REFUSALS_MS, signal);
  return signal.aborted ? said : ask();
}
