import type { Shared } from "./shared.ts";

/** What this test file shares with the others of its worker; the test environment has put it there. */
export const { shared } = globalThis as typeof globalThis & { readonly shared: Shared };
