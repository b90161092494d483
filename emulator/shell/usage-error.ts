/** The command line, or a part of it, cannot be used. The message is one line for the person who typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
