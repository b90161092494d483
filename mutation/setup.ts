import type { Shared } from "../__tests__/harness/shared.ts";

/** What the tests of steps expect; loaded only when one asks for it, because every mutant starts anew. */
const shared: Shared = {
  stepHost: { run: async (plan) => (await import("./source-host.ts")).sourceHost.run(plan) },
  identityKeys: async () => (await import("../__tests__/harness/shared.ts")).createShared().identityKeys(),
};
Object.assign(globalThis, { shared });
