import { errorKind, type RequestError } from "../bearer/request-error.ts";

/** Says of a refusal whether it has been given so often and so long that it is the service's last word. */
export interface Patience {
  readonly isOver: (error: RequestError, nowMs: number) => boolean;
  /** The question was answered. */
  readonly renew: () => void;
}

/** So many answers alike are no stray one. */
const LEAST_REFUSALS = 3;

/**
 * Patience with refusals: a gateway may answer one question with a 403 or 404 and the next one well. It is over after
 * three answers alike over at least `leastMs`.
 */
export function createPatience(leastMs: number): Patience {
  let first: { readonly kind: string; readonly atMs: number } | undefined;
  let count = 0;
  return {
    isOver(error, nowMs) {
      const kind = errorKind(error);
      if (first?.kind !== kind) [first, count] = [{ kind, atMs: nowMs }, 0];
      count += 1;
      return count >= LEAST_REFUSALS && nowMs - first.atMs >= leastMs;
    },
    renew() {
      first = undefined;
    },
  };
}
