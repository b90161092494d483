import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import type { Clock } from "../../src/clock.ts";
import { NO_PROXY } from "../../src/http/proxy.ts";
import { createTransport, type Request } from "../../src/http/transport.ts";
import { closeAfterTest } from "./closing.ts";

/** A service that answers so, on this machine; it ends with the test. */
export async function startService(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/thing?secret=1`);
}

/** A clock whose sleeps last until they are let go, or given up. */
export function createHeldClock() {
  const sleeps: { readonly durationMs: number; readonly end: () => void; readonly signal: AbortSignal | undefined }[] =
    [];
  const clock: Clock = {
    now: () => 0,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        sleeps.push({ durationMs, end: resolve, signal });
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  return { clock, sleeps };
}

/** A transport that ends with the test, and its clock. */
export function openTransport(proxy = NO_PROXY, lookup?: LookupFunction) {
  const { clock, sleeps } = createHeldClock();
  const { send, close } = createTransport({ clock, proxy, ...(lookup === undefined ? {} : { lookup }) });
  closeAfterTest(close);
  const ask = (url: URL, changes: Partial<Request> = {}) =>
    send({
      method: "GET",
      url,
      headers: { "x-asked": "yes" },
      wantsBody: () => true,
      signal: new AbortController().signal,
      ...changes,
    });
  return { ask, sleeps };
}
