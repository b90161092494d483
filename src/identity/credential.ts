import type { Clock } from "../clock.ts";
import { shareRequest } from "./shared-request.ts";
import { SignInError } from "./sign-in-error.ts";

/** A bearer token and how long it is good for. */
export interface AccessToken {
  readonly text: string;
  /** How long it is good for from the moment it was obtained, in milliseconds, as its issuer states. */
  readonly lifetimeMs: number;
}

/** Where a bearer token comes from. */
export interface Credential {
  /** A token to send now. Throws a {@link SignInError} when none can be had; any other error is a bug. */
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** Gives a token up that was turned away, so that the next one is another; false when there can be no other. */
  readonly giveUp: (token: string) => boolean;
}

/** The credential of a token that was handed in; it cannot be renewed. */
export function givenToken(token: string): Credential {
  return { token: () => Promise.resolve(token), giveUp: () => false };
}

export interface RenewingOptions {
  /** Gets a new token. Throws a {@link SignInError} when it cannot. */
  readonly obtain: (signal: AbortSignal) => Promise<AccessToken>;
  readonly clock: Clock;
  /** Told of every new token before it is used. */
  readonly onToken: (token: AccessToken) => void;
}

/** A token is renewed so long before it expires, or a tenth of its lifetime before, whichever is less. */
const RENEWAL_MARGIN_MS = 5 * 60_000;
const RENEWAL_SHARE = 0.1;

/**
 * A credential that gets its own tokens and renews them before they expire; questions at the same time share one
 * sign-in. When a renewal fails for a reason that may pass, the old token serves until it has expired.
 */
export function renewingCredential({ obtain, clock, onToken }: RenewingOptions): Credential {
  let current: { readonly text: string; readonly renewAtMs: number; readonly expiresAtMs: number } | undefined;
  const keep = (token: AccessToken): void => {
    const expiresAtMs = clock.now() + token.lifetimeMs;
    const marginMs = Math.min(RENEWAL_MARGIN_MS, token.lifetimeMs * RENEWAL_SHARE);
    current = { text: token.text, expiresAtMs, renewAtMs: expiresAtMs - marginMs };
    onToken(token);
  };
  const renew = async (signal: AbortSignal): Promise<string> => {
    try {
      const token = await obtain(signal);
      // Once nobody waits for it, another sign-in may be on its way, whose token must stay the last.
      if (!signal.aborted) keep(token);
      return token.text;
    } catch (error) {
      const isUsable = current !== undefined && clock.now() < current.expiresAtMs;
      if (current !== undefined && isUsable && error instanceof SignInError && error.isPassing) return current.text;
      throw error;
    }
  };
  const shared = shareRequest(renew, givenUp);
  return {
    async token(signal) {
      if (current !== undefined && clock.now() < current.renewAtMs) return current.text;
      return shared(signal);
    },
    giveUp(token) {
      // Who hears late that a token was turned away must not cost the others the new one.
      if (current?.text === token) current = undefined;
      return true;
    },
  };
}

function givenUp(): SignInError {
  return new SignInError("unreachable", { text: "it was given up" });
}
