import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { ANSWER_LIMIT_BYTES } from "../../src/http/transport.ts";
import { openTransport, startService } from "../harness/transport-service.ts";

const TEXT = JSON.stringify({ text: "äöü".repeat(1_000) });

test.each([
  ["gzip", gzipSync(TEXT)],
  ["GZIP", gzipSync(TEXT)],
  ["x-gzip", gzipSync(TEXT)],
  ["deflate", deflateSync(TEXT)],
  ["deflate", deflateRawSync(TEXT)],
  ["br", brotliCompressSync(TEXT)],
  ["identity", Buffer.from(TEXT)],
  ["", Buffer.from(TEXT)],
  ["gzip, br", brotliCompressSync(gzipSync(TEXT))],
  ["gzip", Buffer.from("")],
])("reads an answer that is packed with %j although nobody asked for that", async (encoding, packed) => {
  const url = await startService((_request, response) => {
    response.setHeader("content-encoding", encoding);
    response.end(packed);
  });
  expect((await openTransport().ask(url)).body()).toBe(packed.length === 0 ? "" : TEXT);
});

test.each([
  ["zip", gzipSync(TEXT)],
  ["gzip", Buffer.from(TEXT)],
  ["gzip", gzipSync(TEXT).subarray(0, -10)],
  ["br", gzipSync(TEXT)],
  ["deflate", gzipSync(TEXT)],
  ["constructor", Buffer.from(TEXT)],
])("says of an answer packed with %j that it cannot be read, and keeps its status", async (encoding, packed) => {
  const url = await startService((_request, response) => {
    response.writeHead(202, { "content-encoding": encoding }).end(packed);
  });
  const answer = await openTransport().ask(url);
  expect(answer.status).toBe(202);
  expect(answer.body).toThrow(
    expect.objectContaining({
      name: "AnswerError",
      reason: "encoding",
      message: `GET ${url.origin}/api/thing: the answer was packed (Content-Encoding) in a way that cannot be read`,
    }),
  );
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
] as const)("cuts an answer that is larger than the limit when it is unpacked from %s", async (encoding, pack) => {
  let bytes = ANSWER_LIMIT_BYTES;
  const url = await startService((_request, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(pack(Buffer.alloc(bytes, "x")));
  });
  const { ask } = openTransport();
  expect((await ask(url)).body()).toHaveLength(ANSWER_LIMIT_BYTES);
  bytes = 3 * ANSWER_LIMIT_BYTES;
  expect((await ask(url)).body).toThrow(expect.objectContaining({ name: "AnswerError", reason: "tooLarge" }));
});
