import type { TokenCredentialOptions } from "@azure/identity";
import type { RequestName } from "../http/errors.ts";

type AddedPolicy = NonNullable<TokenCredentialOptions["additionalPolicies"]>[number];

/** What came back of the library's last request: an answer, or the error instead of one. */
export type LastAnswer = { readonly request: RequestName } & (
  { readonly status: number; readonly body: string } | { readonly error: unknown }
);

/** The library's connection, as far as it can be watched and given up. */
export interface Wire {
  /** To be added to the library's own policies. */
  readonly policy: AddedPolicy;
  readonly last: () => LastAnswer | undefined;
}

/**
 * Watches what the library is answered, because its errors leave the half of it out; and gives its requests up with
 * `signal`, because MSAL passes none on and an answer that never ends would hold its connection for ever.
 */
export function watchWire(signal: AbortSignal): Wire {
  let last: LastAnswer | undefined;
  return {
    last: () => last,
    policy: {
      position: "perCall",
      policy: {
        name: "watchWire",
        async sendRequest(request, next) {
          const { origin, pathname } = new URL(request.url);
          const name: RequestName = { method: request.method === "POST" ? "POST" : "GET", url: origin + pathname };
          request.abortSignal = signal;
          try {
            const response = await next(request);
            last = { request: name, status: response.status, body: response.bodyAsText ?? "" };
            return response;
          } catch (error) {
            last = { request: name, error };
            throw error;
          }
        },
      },
    },
  };
}
