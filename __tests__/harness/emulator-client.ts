import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type Emulator, type OfferPlan, type ResetOptions, startEmulator } from "../../emulator/emulator.ts";
import { type ManualClock, createManualClock } from "../../emulator/wire/manual-clock.ts";

export const OFFER_PATH = "/api/publishers/contoso/offers/contoso-vm";
export const VERSION = "?api-version=2017-10-31";

/** An emulator for all tests of a file, whose time stands still, and one who asks it. Each test finds it new. */
export function openEmulator() {
  let emulator: Emulator;
  let clock: ManualClock;
  const begin = (options: ResetOptions = {}): void => {
    clock = createManualClock();
    emulator.reset({ clock, ...options });
  };
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());
  beforeEach(() => begin());
  return {
    begin,
    /** The same with one offer: contoso-vm of contoso. */
    beginWith: (offer: Partial<OfferPlan>, options: ResetOptions = {}) =>
      begin({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", ...offer }], ...options }),
    advance: (durationMs: number) => clock.advance(durationMs),
    url: () => emulator.url,
    goLives: () => emulator.goLives,
    statusOf: (id: string) => emulator.operationStatus(id),
    publishes: () => emulator.publishes,
    offerState: () => emulator.offerState("contoso", "contoso-vm"),
    publish: (body?: string) =>
      ask(emulator, "POST", `${OFFER_PATH}/publish${VERSION}`, body === undefined ? {} : { body }),
    goLive: () => ask(emulator, "POST", `${OFFER_PATH}/golive${VERSION}`),
    list: (more = "") => ask(emulator, "GET", `${OFFER_PATH}/submissions/${VERSION}${more}`),
    offerStatus: () => ask(emulator, "GET", `${OFFER_PATH}/status${VERSION}`),
    operation: (id: string | undefined) => ask(emulator, "GET", `${OFFER_PATH}/operations/${id}${VERSION}`),
    cancel: (init?: RequestInit) => ask(emulator, "POST", `${OFFER_PATH}/cancel${VERSION}`, init),
    ask: (method: string, target: string, init?: RequestInit) => ask(emulator, method, target, init),
  };
}

/** Asks with the token that the emulator takes; a target is a URL, or a path with its query. */
async function ask({ url }: Emulator, method: string, target: string, init: RequestInit = {}) {
  const headers = { authorization: "Bearer emulator-token", ...init.headers };
  const response = await fetch(new URL(target, url), { redirect: "manual", ...init, method, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}
