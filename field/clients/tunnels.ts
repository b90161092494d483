import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy that leads to other places than it is asked for. */
export interface Tunnels {
  /** Without a slash at its end. */
  readonly url: string;
  /** What it was asked for, such as `cloudpartner.azure.com:443`, in order. */
  readonly asked: readonly string[];
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** Starts a proxy that tunnels (CONNECT) to where `places` says that a host and port is: a URL. All others are refused. */
export async function startTunnels(places: Readonly<Record<string, string>>): Promise<Tunnels> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  const server = createServer((_message, response) => {
    response.writeHead(405).end();
  });
  server.on("connection", keep);
  server.on("connect", (message: IncomingMessage, client: Socket) => {
    const host = message.url ?? "";
    asked.push(host);
    client.on("error", () => client.destroy());
    const place = places[host];
    if (place === undefined) {
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const { hostname, port } = new URL(place);
    const upstream = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    keep(upstream);
    // A connection that the service resets is reset on this side too.
    upstream.on("error", () => client.resetAndDestroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: urlOf(server.address()),
    asked,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new TypeError("The proxy listens on no TCP port.");
  return `http://127.0.0.1:${address.port}`;
}
