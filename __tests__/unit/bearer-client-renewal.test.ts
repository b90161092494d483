import { expect, test } from "@jest/globals";
import { createBearerClient } from "../../src/bearer/bearer-client.ts";
import { createSecrets } from "../../src/text/secrets.ts";
import { failureOf, NAME, ORIGIN } from "../harness/bearer-service.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

/** A client whose service turns the first token away, with a credential that has another. */
function createRenewal(method: "GET" | "POST", canRenew: boolean, first: number) {
  const tokens = ["first-token", "second-token"];
  const sent: (string | undefined)[] = [];
  let given = 0;
  const client = createBearerClient({
    origin: ORIGIN,
    audiences: { own: [ORIGIN], others: [] },
    clock: createVirtualClock(),
    secrets: createSecrets(),
    onExchange: () => undefined,
    credential: {
      token: async () => tokens[given] ?? "",
      giveUp: () => {
        given += 1;
        return canRenew;
      },
    },
    send: async (request) => {
      sent.push(request.headers["authorization"]);
      return { request: NAME, status: sent.length === 1 ? first : 401, headers: {}, body: () => "{}" };
    },
  });
  const signal = new AbortController().signal;
  return { sent, ask: () => client({ method, url: new URL(`${ORIGIN}/api/x`), signal }) };
}

test.each([
  {
    title: "asks once more with a new token when a question was turned away with 401",
    method: "GET",
    canRenew: true,
    status: 401,
    sendings: 2,
  },
  {
    title: "does not ask again when there can be no other token",
    method: "GET",
    canRenew: false,
    status: 401,
    sendings: 1,
  },
  { title: "never sends again what may change something", method: "POST", canRenew: true, status: 401, sendings: 1 },
  { title: "does not ask again after a 403", method: "GET", canRenew: true, status: 403, sendings: 1 },
] as const)("$title", async ({ method, canRenew, status, sendings }) => {
  const { sent, ask } = createRenewal(method, canRenew, status);
  expect(await failureOf(ask())).toMatchObject({ name: "ServiceError", status });
  expect(sent).toEqual(["Bearer first-token", "Bearer second-token"].slice(0, sendings));
});
