import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { closeAfterTest } from "./closing.ts";

/** A server that nobody should ask. */
export interface Bystander {
  readonly url: string;
  readonly port: number;
  /** What it was asked all the same. */
  readonly requests: readonly string[];
}

/** Starts a plain server on another port, which answers whatever it is asked; it ends with the test. */
export async function startBystander(): Promise<Bystander> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end(JSON.stringify([{ status: "completed" }]));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests };
}
