import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type LookupFunction } from "node:net";
import { expect, test } from "@jest/globals";
import { NO_PROXY } from "../../src/http/proxy.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { openTransport } from "../harness/transport-service.ts";

test("waits for a slow one of a host's several addresses", async () => {
  const script = `
    const server = require("node:net").createServer((socket) => socket.on("data", () => {
      socket.end("HTTP/1.1 204 No Content\\r\\n\\r\\n");
    }));
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => process.stdout.write(String(server.address().port)));`;
  const service = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
  closeAfterTest(async () => void service.kill("SIGKILL"));
  const [port] = await once(service.stdout, "data");
  // Nobody takes connections now; once the queue is full, the system lets them knock again after a second.
  service.kill("SIGSTOP");
  const others = Array.from({ length: 4 }, () => connect(Number(port), "127.0.0.1").on("error", () => undefined));
  closeAfterTest(async () => others.forEach((socket) => socket.destroy()));
  await Promise.all(others.slice(0, 2).map((socket) => once(socket, "connect")));
  setTimeout(() => service.kill("SIGCONT"), 700);
  // At the second nobody listens.
  const addresses = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
  const lookup: LookupFunction = (_host, _options, callback) => callback(null, addresses);
  const answer = await openTransport(NO_PROXY, lookup).ask(new URL(`http://service.example:${port}/`));
  expect(answer.status).toBe(204);
});
