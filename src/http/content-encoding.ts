/** Why a body cannot be read: written in a way that is not known or broken, or too large when it is unpacked. */
export type UnpackFault = "encoding" | "tooLarge";

/** A body as it was before it was packed, or why it cannot be read. */
export type Unpacked =
  | { readonly kind: "unpacked"; readonly bytes: Uint8Array }
  | { readonly kind: "unreadable"; readonly fault: UnpackFault; readonly cause: unknown };

type Unpack = (packed: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

/**
 * The bytes of a body, unpacked as its `Content-Encoding` says (RFC 9110, section 8.4), or why that cannot be. Nothing
 * asks for packed answers, but gateways give them. Stops in the middle when more than `limitBytes` come out. Never throws.
 */
export function unpack(body: Uint8Array, encodings: readonly string[], limitBytes: number): Unpacked {
  const names = encodings.flatMap((value) => value.split(",")).map((name) => name.trim().toLowerCase());
  let bytes = body;
  // They were applied in the order in which they are listed.
  for (const name of names.toReversed()) {
    // An answer without a body may name an encoding all the same.
    if (name === "" || name === "identity" || bytes.length === 0) continue;
    const reader = readerOf(name);
    if (reader === undefined) return { kind: "unreadable", fault: "encoding", cause: undefined };
    try {
      bytes = reader(bytes, { maxOutputLength: limitBytes });
    } catch (error) {
      return { kind: "unreadable", fault: isTooLarge(error) ? "tooLarge" : "encoding", cause: error };
    }
  }
  return { kind: "unpacked", bytes };
}

function readerOf(name: string): Unpack | undefined {
  // Loaded only here: hardly any answer is packed.
  const zlib = process.getBuiltinModule("node:zlib");
  switch (name) {
    case "gzip":
    case "x-gzip":
      return zlib.gunzipSync;
    case "deflate":
      // Some leave out the frame that the name stands for.
      return (packed, options) => (hasFrame(packed) ? zlib.inflateSync : zlib.inflateRawSync)(packed, options);
    case "br":
      return zlib.brotliDecompressSync;
    default:
      return undefined;
  }
}

/** Whether deflated bytes begin as RFC 1950 has it. */
function hasFrame([first = 0, second = 0]: Iterable<number> & Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

function isTooLarge(error: unknown): boolean {
  return Error.isError(error) && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}
