import { expect, test } from "@jest/globals";
import { type BearerRequest, createBearerClient } from "../../src/bearer/bearer-client.ts";
import { givenToken, renewingCredential } from "../../src/identity/credential.ts";
import type { Request } from "../../src/http/transport.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { createSecrets } from "../../src/text/secrets.ts";
import { failureOf, NAME, ORIGIN } from "../harness/bearer-service.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const { signal } = new AbortController();

/** A client of a service that answers with these statuses, and of whoever signs in for the second time. */
function createClient(statuses: readonly number[], second: "token" | "nothing" | "no other") {
  const clock = createVirtualClock();
  const sent: Request[] = [];
  let signIns = 0;
  const obtain = async () => {
    signIns += 1;
    if (signIns > 1 && second === "nothing") throw new SignInError("unreachable", { text: "down" });
    return { text: `token-${signIns}`, lifetimeMs: 3_600_000 };
  };
  const client = createBearerClient({
    ...{ origin: ORIGIN, audiences: { own: [ORIGIN], others: [] }, clock, secrets: createSecrets() },
    onExchange: () => undefined,
    credential:
      second === "no other" ? givenToken("given") : renewingCredential({ obtain, clock, onToken: () => undefined }),
    send: async (request) => {
      sent.push(request);
      return { request: NAME, status: statuses[sent.length - 1] ?? 401, headers: {}, body: () => "{}" };
    },
  });
  const post = (plan: Partial<BearerRequest>) =>
    client({ method: "POST", url: new URL(`${ORIGIN}/rp/x`), body: "{}", signal, ...plan });
  return { sent, post, tokens: () => sent.map(({ headers }) => headers["authorization"]?.replace("Bearer ", "")) };
}

test("sends once more with a new token what was turned away at the door, where the API allows for it", async () => {
  const { post, sent, tokens } = createClient([401, 202], "token");
  expect(await post({ renewsToken: true })).toMatchObject({ status: 202 });
  expect(tokens()).toEqual(["token-1", "token-2"]);
  expect(sent.map(({ body }) => body)).toEqual(["{}", "{}"]);
});

test.each([
  ["a second 401 is the last word", [401, 401, 202], "token", true, 401, 2],
  ["a token that was handed in has no other", [401, 202], "no other", true, 401, 1],
  ["nothing is sent again where the API does not allow for it", [401, 202], "token", false, 401, 1],
  ["nothing is sent again by default", [401, 202], "token", undefined, 401, 1],
  ["what the new token brings counts", [401, 500, 202], "token", true, 500, 2],
  ...[400, 403, 407, 408, 429, 500, 503].map(
    (status) => [`a ${status} is no 401`, [status, 202], "token", true, status, 1] as const,
  ),
] as const)("%s", async (_title, statuses, second, renewsToken, status, sendings) => {
  const { post, sent } = createClient(statuses, second);
  const plan = renewsToken === undefined ? {} : { renewsToken };
  expect(await failureOf(post(plan))).toMatchObject({ name: "ServiceError", status });
  expect(sent).toHaveLength(sendings);
});

test("sends nothing again when no new token can be had", async () => {
  const { post, sent } = createClient([401, 202], "nothing");
  expect(await failureOf(post({ renewsToken: true }))).toMatchObject({ name: "SignInError", isPassing: true });
  expect(sent).toHaveLength(1);
});

test("hands the limit of each request on to the transport, and none where none is given", async () => {
  const { post, sent } = createClient([200, 200], "token");
  await post({ limitMs: 120_000 });
  await post({});
  expect(sent.map(({ limitMs }) => limitMs)).toEqual([120_000, undefined]);
});
