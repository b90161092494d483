import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type Emulator, startEmulator } from "../../emulator/emulator.ts";
import type { ProductPlan } from "../../emulator/product-ingestion/plan.ts";
import type { ProductIngestionReset } from "../../emulator/product-ingestion/product-ingestion.ts";
import { type ManualClock, createManualClock } from "../../emulator/wire/manual-clock.ts";

/** The versions of the reference. */
export const PRODUCT_VERSION = "$version=2022-07-01";
export const VERSION = "$version=2022-03-01-preview2";

/** The GUID of the first product. */
export const PRODUCT = "3f0c7a11-2185-49fe-80d2-000000000001";

/** The ids of the first submissions that an emulator makes, in order. */
export const [FIRST, SECOND, THIRD] = [
  `submission/${PRODUCT}/1152921505690000111`,
  `submission/${PRODUCT}/1152921505690000222`,
  `submission/${PRODUCT}/1152921505690000333`,
] as const;

const SCHEMA = "https://schema.mp.microsoft.com/schema";

/** The body of a push, with members changed or added. */
export function pushBody(id: string | undefined, changes: Readonly<Record<string, unknown>> = {}): object {
  const resource = {
    $schema: `${SCHEMA}/submission/2022-03-01-preview2`,
    ...(id === undefined ? {} : { id }),
    product: `product/${PRODUCT}`,
    target: { targetType: "live" },
    ...changes,
  };
  return { $schema: `${SCHEMA}/configure/2022-03-01-preview2`, resources: [resource] };
}

/** An emulator for all tests of a file, whose time stands still, and one who asks it. Each test finds it new. */
export function openIngestion() {
  let emulator: Emulator;
  let clock: ManualClock;
  const begin = (options: ProductIngestionReset = {}): void => {
    clock = createManualClock();
    emulator.reset({ clock, productIngestion: options });
  };
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());
  beforeEach(() => begin());
  const ask = async (method: string, path: string, init: RequestInit = {}) => {
    const headers = { authorization: "Bearer emulator-token", ...init.headers };
    const url = new URL(path.replace(/^\//, ""), `${emulator.productIngestion.endpoint}/`);
    const response = await fetch(url, { redirect: "manual", ...init, method, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  };
  const configure = (body: unknown) => ask("POST", `/configure?${VERSION}`, { body: JSON.stringify(body) });
  const submissions = (more = "") => ask("GET", `/submission/${PRODUCT}?${VERSION}${more}`);
  return {
    begin,
    /** The same with one product: contoso-vm. */
    beginWith: (product: Partial<ProductPlan>, options: ProductIngestionReset = {}) =>
      begin({ products: [{ offerId: "contoso-vm", ...product }], ...options }),
    advance: (durationMs: number) => clock.advance(durationMs),
    now: () => clock.now(),
    service: () => emulator.productIngestion,
    ask,
    configure,
    product: (offerId = "contoso-vm") => ask("GET", `/product?externalId=${offerId}&${PRODUCT_VERSION}`),
    submissions,
    submission: (id: string) => ask("GET", `/${id}?${VERSION}`),
    push: (id: string | undefined = FIRST) => configure(pushBody(id)),
    publish: () => configure(pushBody(undefined, { target: { targetType: "preview" } })),
    job: (id: unknown) => ask("GET", `/configure/${String(id)}/status?${VERSION}`),
    cancel: (id: unknown) => ask("POST", `/configure/${String(id)}/cancel?${VERSION}`),
    /** The submissions in short, such as `111 live completed succeeded`; the draft is `0 draft`. */
    entries: async (): Promise<readonly string[]> => inShort(await submissions()),
  };
}

interface ListedEntry {
  readonly id: string;
  readonly target: { readonly targetType: string };
  readonly status?: string;
  readonly result?: string;
}

/** The entries of a list in short: the last digits of the number, target, status and result. */
export function inShort({ body }: { readonly body: { readonly value: readonly ListedEntry[] } }): readonly string[] {
  return body.value.map(({ id, target, status, result }) =>
    [id.split("/")[2]?.slice(-3), target.targetType, status, result].filter((word) => word !== undefined).join(" "),
  );
}
