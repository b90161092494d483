import { jsonAnswer } from "../../emulator/wire/answer.ts";
import { realClock } from "../../emulator/wire/clock.ts";
import { type IdentityServer, startIdentityServer } from "../../emulator/wire/identity-server.ts";

/** Starts Azure's resource manager, as far as signing in asks it: there is no subscription. */
export function startResourceManager(tls: {
  readonly key: string;
  readonly cert: string;
}): Promise<IdentityServer<"subscriptions" | "unknown", never>> {
  return startIdentityServer<"subscriptions" | "unknown", never>({
    clock: realClock,
    tls,
    mainRoute: "subscriptions",
    routeOf: ({ target }) => (target.startsWith("/subscriptions?") ? "subscriptions" : "unknown"),
    answer: (_request, route) =>
      route === "subscriptions" ? jsonAnswer(200, { value: [] }) : jsonAnswer(404, { error: { code: "NotFound" } }),
  });
}
