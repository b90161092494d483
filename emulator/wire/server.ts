import { once } from "node:events";
import { type IncomingMessage, type RequestListener, createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Headers } from "./answer.ts";
import type { ArrivedRequest } from "./request.ts";

/** Where to listen, and with which certificate (PEM) if any. */
export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** The TCP connection below a request, also when TLS lies between; undefined when it has gone. */
  connectionOf(request: IncomingMessage): Socket | undefined;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** Starts a server. Rejects when it cannot listen there. */
export async function startServer(options: ServerOptions, listener: RequestListener): Promise<RunningServer> {
  const server = options.tls === undefined ? createServer(listener) : createSecureServer(options.tls, listener);
  const connections = new Map<string, Socket>();
  server.on("connection", (socket: Socket) => {
    const name = peerOf(socket);
    connections.set(name, socket);
    socket.once("close", () => connections.delete(name));
  });
  server.listen(options.port, options.host);
  await once(server, "listening");
  return {
    url: urlOf(options, server.address()),
    connectionOf: (request) => connections.get(peerOf(request.socket)),
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of connections.values()) socket.destroy();
      await closed;
    },
  };
}

/** Reads a whole request; undefined when the client goes before its end. */
export async function readRequest(message: IncomingMessage, isSecure: boolean): Promise<ArrivedRequest | undefined> {
  const body = await readBody(message);
  if (body === undefined) return undefined;
  const headers = plainHeaders(message);
  return {
    method: message.method ?? "",
    target: message.url ?? "",
    headers,
    body,
    origin: `${isSecure ? "https" : "http"}://${headers["host"] ?? ""}`,
  };
}

async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  message.on("data", (chunk: Buffer) => chunks.push(chunk));
  try {
    await once(message, "end");
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}

function plainHeaders(message: IncomingMessage): Headers {
  const entries = Object.entries(message.headersDistinct);
  return Object.fromEntries(entries.map(([name, values = []]) => [name, values.join(", ")]));
}

/** A connection's other end tells it apart from all others of the server. */
function peerOf(socket: Socket): string {
  return `${socket.remoteAddress}:${socket.remotePort}`;
}

function urlOf({ host, tls }: ServerOptions, address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new TypeError("The server listens on no TCP port.");
  return `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}
