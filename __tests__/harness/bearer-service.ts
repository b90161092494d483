import { type BearerRequest, createBearerClient, type Exchange } from "../../src/bearer/bearer-client.ts";
import type { Answer, Request } from "../../src/http/transport.ts";
import { givenToken } from "../../src/identity/credential.ts";
import { createSecrets } from "../../src/text/secrets.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl-_c2ln";
export const ORIGIN = "https://service.example";
export const NAME = { method: "GET", url: `${ORIGIN}/api/operations/7` } as const;
const NOW_MS = Date.UTC(2026, 10, 6, 8, 49, 0);

export interface Service {
  readonly sent: Request[];
  readonly exchanges: Exchange[];
  readonly get: (plan?: Partial<BearerRequest>) => ReturnType<ReturnType<typeof createBearerClient>>;
}

/** A client of a service that gives one answer, or fails. */
export function createService(
  answer: Partial<Omit<Answer, "body">> & { readonly body?: string | Error },
  failure?: Error,
): Service {
  const clock = createVirtualClock(NOW_MS);
  const secrets = createSecrets();
  secrets.add(TOKEN);
  const sent: Request[] = [];
  const exchanges: Exchange[] = [];
  const { body = "{}", ...rest } = answer;
  const client = createBearerClient({
    origin: ORIGIN,
    audiences: { own: [ORIGIN], others: ["00000003-0000-0000-c000-000000000000"] },
    clock,
    secrets,
    credential: givenToken(TOKEN),
    onExchange: (exchange) => exchanges.push(exchange),
    send: async (request) => {
      sent.push(request);
      clock.pass(250);
      if (failure !== undefined) throw failure;
      return { request: NAME, status: 200, headers: {}, ...rest, body: () => readBody(body) };
    },
  });
  const signal = new AbortController().signal;
  return {
    sent,
    exchanges,
    get: (plan) => client({ method: "GET", url: new URL(`${ORIGIN}/api/operations/7?api-version=1`), signal, ...plan }),
  };
}

function readBody(body: string | Error): string {
  if (body instanceof Error) throw body;
  return body;
}

/** What a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no failure",
    (error: unknown) => error,
  );
}
