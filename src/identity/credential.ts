/** Where a bearer token comes from. */
export interface Credential {
  /** A token to send now. Throws when none can be had. */
  token(signal: AbortSignal): Promise<string>;
}

/** The credential of a token that was handed in; it cannot be renewed. */
export function givenToken(token: string): Credential {
  return { token: () => Promise.resolve(token) };
}
