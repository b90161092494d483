import { once } from "node:events";
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { closeAfterTest } from "./closing.ts";

export interface ProxyOptions {
  /** Where a host and port (`cloudpartner.azure.com:443`) really is: a URL on this machine. Others are refused. */
  readonly map?: Readonly<Record<string, string>>;
  /** Given, every request is answered with this status. */
  readonly refusal?: number;
}

export interface Proxy {
  /** Without a slash at its end. */
  readonly url: string;
  /** What it was asked for, such as `CONNECT cloudpartner.azure.com:443` or `GET 127.0.0.1:8080`. */
  readonly asked: readonly string[];
  /** The `proxy-authorization` that came with the requests. */
  readonly credentials: readonly string[];
}

/** Starts a proxy that tunnels (CONNECT) and forwards; it ends with the test. */
export async function startProxy({ map = {}, refusal }: ProxyOptions): Promise<Proxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<Socket>();
  const note = (message: IncomingMessage, host: string): URL | undefined => {
    asked.push(`${message.method} ${host}`);
    credentials.push(message.headers["proxy-authorization"] ?? "");
    const target = map[host];
    return refusal !== undefined || target === undefined ? undefined : new URL(target);
  };
  const server = createServer((message, response) => {
    const url = new URL(message.url ?? "");
    forward(message, response, note(message, url.host), refusal);
  });
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("connect", (message: IncomingMessage, client: Socket) => {
    const target = note(message, message.url ?? "");
    client.on("error", () => client.destroy());
    if (target === undefined) return client.end(`HTTP/1.1 ${refusal ?? 403} Refused\r\n\r\n`);
    const upstream = connect(Number(target.port), target.hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    upstream.on("error", () => client.destroy());
    return sockets.add(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, credentials };
}

function forward(
  message: IncomingMessage,
  response: ServerResponse,
  target: URL | undefined,
  refusal: number | undefined,
): void {
  if (target === undefined) {
    response.writeHead(refusal ?? 403).end();
    return;
  }
  const { method, headers, url = "" } = message;
  const { pathname, search } = new URL(url);
  const options = { host: target.hostname, port: target.port, method, headers, path: pathname + search };
  const upstream = ask(options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  message.pipe(upstream.on("error", () => response.destroy()));
}
