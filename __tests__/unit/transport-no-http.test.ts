import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { failureOf } from "../harness/bearer-service.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { openTransport } from "../harness/transport-service.ts";

/** A service that says so as soon as it was asked anything, whatever that is, and closes the connection. */
async function startSpeaker(words: string, isFirst = false): Promise<URL> {
  const server = createServer((socket) => {
    const say = (): unknown => socket.end(Buffer.from(words, "latin1"));
    if (isFirst) say();
    socket.on("error", () => socket.destroy());
    socket.once("data", say);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    server.close();
    await once(server, "close");
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const OK = "HTTP/1.1 200 OK\r\n";

test.each([
  ["text", "220 smtp.example ESMTP\r\n", "notHttp"],
  ["TLS", "\x15\x03\x03\x00\x02\x02\x0a", "notHttp"],
  ["lines that end in LF only", "HTTP/1.1 200 OK\ncontent-length: 2\n\n{}", "notHttp"],
  ["a header without a colon", `${OK}bad header\r\n\r\n{}`, "notHttp"],
  ["a header with a blank in its name", `${OK}x y: 1\r\n\r\n{}`, "notHttp"],
  ["a length below zero", `${OK}content-length: -1\r\n\r\n{}`, "notHttp"],
  ["a length that is no number", `${OK}content-length: two\r\n\r\n{}`, "notHttp"],
  ["two lengths", `${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, "reset"],
  ["another version", "HTTP/7.0 200 OK\r\n\r\n", "notHttp"],
  ["headers without an end", `${OK}x: ${"y".repeat(200_000)}`, "notHttp"],
  ["half a head", "HTTP/1.1 20", "reset"],
  ["nothing", "", "reset"],
  ["nothing after 100", "HTTP/1.1 100 Continue\r\n\r\n", "reset"],
  ["a switch of protocols", "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", "reset"],
])(
  "an answer that is no HTTP (%s) is a fault of the network, and the request was sent",
  async (_what, words, reason) => {
    const url = await startSpeaker(words);
    for (const method of ["GET", "POST"] as const) {
      const error = await failureOf(openTransport().ask(url, { method }));
      expect(error).toMatchObject({ name: "NetworkError", reason, wasSent: true });
    }
  },
);

test("a chunk without a size loses the body, not the status", async () => {
  const url = await startSpeaker(`HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n`);
  const answer = await openTransport().ask(url);
  expect(answer.status).toBe(202);
  expect(answer.body).toThrow(expect.objectContaining({ name: "NetworkError", reason: "notHttp", wasSent: true }));
});

test("plain text on a port for TLS is no TLS, and nothing was sent", async () => {
  const url = await startSpeaker("220 smtp.example ESMTP\r\n", true);
  const error = await failureOf(openTransport().ask(new URL(url.href.replace("http:", "https:")), { method: "POST" }));
  expect(error).toMatchObject({ name: "NetworkError", reason: "tls", wasSent: false });
});

test("whatever a connection brings, it is an answer or a fault of the network", async () => {
  let words = "";
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () => socket.end(Buffer.from(words, "latin1")));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => void server.close());
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const { ask } = openTransport();
  const line = fc.oneof(
    fc.constantFrom("HTTP/1.1 200 OK", "HTTP/1.1 100 Continue", "HTTP/1.0 202", "HTTP/1.1 103 x", "content-length: 2"),
    fc.constantFrom("", "transfer-encoding: chunked", "content-encoding: gzip", "2", "{}", "0", "zz", "HTTP/1.1 101"),
    fc.string({ maxLength: 20 }),
  );
  const end = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(line, end), { maxLength: 12 }), async (lines) => {
      words = lines.flat().join("");
      const outcome = await ask(url, { method: "POST" })
        .then(({ body }) => ({ text: body() }))
        .catch(nameOf);
      expect([{ text: expect.any(String) }, { error: "NetworkError" }, { error: "AnswerError" }]).toContainEqual(
        outcome,
      );
    }),
    { numRuns: 300 },
  );
});

function nameOf(error: unknown): { readonly error: string } {
  return { error: error instanceof Error ? error.name : "no error" };
}
