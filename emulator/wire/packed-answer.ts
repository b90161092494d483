import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Answer } from "./answer.ts";
import type { Sendable } from "./delivery.ts";
import type { FaultAct } from "./fault.ts";
import { jsonLookingText } from "./huge-text.ts";

const packers: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
};

/** An answer whose body is packed as its content-encoding says; in a way that nobody knows it is not packed at all. */
export function packedAnswer(truth: Answer, { encoding, bytes }: Extract<FaultAct, { kind: "packed" }>): Sendable {
  const text = bytes === undefined ? truth.body : [...jsonLookingText(bytes)].join("");
  const pack = Object.hasOwn(packers, encoding) ? packers[encoding] : undefined;
  const body = Buffer.from(text);
  return { ...truth, headers: { ...truth.headers, "content-encoding": encoding }, body: pack?.(body) ?? body };
}
