import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { expect, test } from "@jest/globals";
import { createCertificateAuthority } from "../harness/certificates.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { startProxy } from "../harness/proxy.ts";
import { openTransport, startService } from "../harness/transport-service.ts";

test.each([
  ["100", ["HTTP/1.1 100 Continue\r\n\r\n"]],
  ["100 with a header", ["HTTP/1.1 100 Continue\r\nx: y\r\n\r\n"]],
  ["103, 100 and 102", ["HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 100 \r\n\r\nHTTP/1.1 102 P\r\n\r\n"]],
  ["100 without a reason", ["HTTP/1.1 100\r\n\r\n"]],
  ["100 with a long header", [`HTTP/1.1 100 Continue\r\nx: ${"y".repeat(10_000)}\r\n\r\n`]],
  ["100 byte by byte", [..."HTTP/1.1 100 Continue\r\n\r\n"]],
  ["100 of an older server", ["HTTP/1.0 100 Continue\r\n", "\r\n"]],
])("understands an answer after %s, and the next ones on the same connections", async (_what, interim) => {
  const ports = new Set<number | undefined>();
  const url = await startService(async (request, response) => {
    ports.add(request.socket.remotePort);
    for (const part of interim) {
      response.socket?.write(part);
      await new Promise(setImmediate);
    }
    response.end("HTTP/1.1 100 Continue\r\n\r\n is only text here");
  });
  const { ask } = openTransport();
  for (const method of ["POST", "GET", "POST", "GET"] as const) {
    const answer = await ask(url, { method });
    expect([answer.status, answer.body()]).toEqual([200, "HTTP/1.1 100 Continue\r\n\r\n is only text here"]);
  }
  expect(ports.size).toBeLessThanOrEqual(2);
});

test("understands an answer after 100 through a tunnel as well", async () => {
  const authority = await createCertificateAuthority();
  const { key, cert } = await authority.issue("service.example");
  const server = createServer({ key, cert }, (_request, response) => {
    response.writeContinue();
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => void server.close());
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, readFileSync(authority.file, "utf8")]);
  closeAfterTest(async () => setDefaultCACertificates(before));
  const proxy = await startProxy({
    map: { "service.example:443": `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  });
  const { ask } = openTransport({ http: "", https: proxy.url, none: "" });
  for (const method of ["POST", "GET", "POST", "GET"] as const) {
    const answer = await ask(new URL("https://service.example/api"), { method });
    expect([answer.status, answer.body()]).toEqual([200, "{}"]);
  }
  expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT service.example:443"]));
  expect(proxy.asked.length).toBeLessThanOrEqual(2);
});
