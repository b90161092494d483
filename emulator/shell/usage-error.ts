import { isNativeError } from "node:util/types";

/** The command line, or a part of it, cannot be used. The message is one line for the person who typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Node's own complaints about what was typed are usage errors; all others are mistakes in this code. */
export function toUsageError(error: unknown, codePrefix: string): unknown {
  if (!isNativeError(error) || !("code" in error) || !String(error.code).startsWith(codePrefix)) return error;
  return new UsageError(error.message.replaceAll(/\s+/g, " "));
}
