import { InputError } from "../../src/inputs/input-value.ts";

/** The error that reading an input gives; fails when it gives none. */
export function problemOf(read: () => unknown): InputError {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`no InputError, but ${JSON.stringify(value)}`);
}
