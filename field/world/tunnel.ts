import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy that leads to services of this machine only. */
export interface Tunnel {
  /** Without a slash at its end. */
  readonly url: string;
  /** The host and port of every connection that was asked for, in order; those that lead nowhere among them. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a proxy (CONNECT). `places` says by host (`graph.microsoft.com`) at which url on this machine it really is; any
 * other is refused with 403. What goes through is not looked at.
 */
export async function startTunnel(places: Readonly<Record<string, string>>): Promise<Tunnel> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(403).end());
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("connect", ({ url = "" }: IncomingMessage, client: Socket) => {
    asked.push(url);
    client.on("error", () => client.destroy());
    const place = places[url.replace(/:443$/, "")];
    if (place === undefined) return client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const { hostname, port } = new URL(place);
    const upstream = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    // A connection that the service resets is reset on this side too.
    upstream.on("error", () => client.resetAndDestroy());
    return sockets.add(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
