import type { TokenCredentialOptions } from "@azure/identity";
import type { Clock } from "../clock.ts";
import { NetworkError, type RequestName } from "../http/errors.ts";
import { isHttp } from "../http/host.ts";
import type { Answer, Transport } from "../http/transport.ts";
import { withinLimit } from "../time-limit.ts";
import { SignInError } from "./sign-in-error.ts";

type HttpClient = NonNullable<TokenCredentialOptions["httpClient"]>;
type LibraryRequest = Parameters<HttpClient["sendRequest"]>[0];
type LibraryAnswer = Awaited<ReturnType<HttpClient["sendRequest"]>>;

/** What came back of the library's last request: an answer, or the error instead of one. */
export type LastAnswer = { readonly request: RequestName } & (
  | { readonly kind: "answered"; readonly status: number; readonly body: string }
  | { readonly kind: "failed"; readonly error: unknown }
);

/**
 * The library's connection. There is one for all sign-ins of a credential: MSAL keeps the first client that it gets for
 * a managed identity, and asks with it ever after.
 */
export interface Wire {
  /** To be handed to the library in place of its own, which would read the proxy variables in a way of its own. */
  readonly httpClient: HttpClient;
  /** From now on requests go this way; what was answered before is forgotten. */
  readonly use: (way: WireWay) => void;
  readonly last: () => LastAnswer | undefined;
}

/** How the requests of one sign-in go. */
export interface WireWay {
  readonly send: Transport;
  readonly clock: Clock;
  /** Gives every request up: MSAL passes none on, and an answer that never ends would hold its connection for ever. */
  readonly signal: AbortSignal;
}

/** Sends what the library asks, and keeps what it is answered: its errors leave the half of it out. */
export function createWire(): Wire {
  let way: WireWay | undefined;
  let last: LastAnswer | undefined;
  return {
    use(next) {
      way = next;
      last = undefined;
    },
    last: () => last,
    httpClient: {
      async sendRequest(request) {
        const { origin, pathname } = new URL(request.url);
        const name: RequestName = { method: methodOf(request), url: origin + pathname };
        try {
          const fault = faultOf(request);
          if (fault !== undefined) throw new SignInError("unavailable", { text: fault });
          if (way === undefined) throw new Error("the sign-in library asked before it was told which way");
          const answer = await sendWithin(request, name, way);
          const body = answer.body();
          last = { kind: "answered", request: name, status: answer.status, body };
          return { request, status: answer.status, headers: libraryHeaders(answer), bodyAsText: body };
        } catch (error) {
          last = { kind: "failed", request: name, error };
          throw error;
        }
      },
    },
  };
}

/**
 * Why a request cannot be written down: a managed identity's address and header come from the environment
 * (IDENTITY_ENDPOINT, IDENTITY_HEADER), as they stand there.
 */
function faultOf({ url, headers }: LibraryRequest): string | undefined {
  if (!isHttp(URL.parse(url))) return "what is to be asked for a token has no address of http or https";
  const fields = Object.entries(headers.toJSON());
  const unwritable = fields.find(([, value]) => !/^[\t\x20-\x7e]*$/.test(value))?.[0];
  return unwritable === undefined ? undefined : `the header \`${unwritable}\` would hold characters that no header has`;
}

function methodOf({ method }: LibraryRequest): RequestName["method"] {
  return method === "POST" ? "POST" : "GET";
}

/** The library's own limit, in milliseconds; 0 is none. A machine without a managed identity is found out by it. */
function sendWithin(request: LibraryRequest, name: RequestName, way: WireWay): Promise<Answer> {
  const { send, clock, signal } = way;
  const ask = (stop: AbortSignal): Promise<Answer> => send(toRequest(request, name, stop));
  if (request.timeout <= 0) return ask(signal);
  const giveUp = (): Error => new NetworkError(name, "timeout", true);
  return withinLimit({ clock, signal, limitMs: request.timeout, giveUp }, ask);
}

function toRequest(request: LibraryRequest, { method }: RequestName, signal: AbortSignal): Parameters<Transport>[0] {
  const { url, body, headers } = request;
  return {
    method,
    url: new URL(url),
    headers: { ...headers.toJSON(), ...OUR_WISHES },
    // MSAL writes forms as text, and nothing else.
    ...(typeof body === "string" ? { body } : {}),
    wantsBody: () => true,
    signal,
  };
}

/** The library asks for packed answers, and would unpack them without a limit. */
const OUR_WISHES = { "accept-encoding": "identity" } as const;

/** The headers of an answer, as the library reads them: names without regard to case, one value each. */
function libraryHeaders({ headers }: Answer): LibraryAnswer["headers"] {
  const values = new Map(Object.entries(headers).map(([name, all]) => [name, all.join(", ")]));
  return {
    get: (name) => values.get(name.toLowerCase()),
    has: (name) => values.has(name.toLowerCase()),
    set: (name, value) => void values.set(name.toLowerCase(), String(value)),
    delete: (name) => void values.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(values),
    [Symbol.iterator]: () => values.entries(),
  };
}
