import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Stands for a chat's incoming webhook. */
export interface Webhook {
  readonly url: string;
  /** What was sent to it, in order. */
  readonly bodies: readonly string[];
  close(): void;
}

/** Takes every message, on a free port of this machine. */
export async function startWebhook(): Promise<Webhook> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.end("ok");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    bodies,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
