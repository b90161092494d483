import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, jsonContentType } from "./answer.ts";
import type { EmulatorClock } from "./clock.ts";
import { deliver } from "./delivery.ts";
import { type IdentityFault, IdentityFaults } from "./identity-fault.ts";
import type { RequestAnswer } from "./journal.ts";
import type { ArrivedRequest } from "./request.ts";
import { readRequest, startServer } from "./server.ts";

/** One request an identity service got. */
export interface IdentityRequest<Route extends string = string> extends Omit<ArrivedRequest, "target"> {
  /** When all of it had arrived, in milliseconds since the epoch. */
  readonly atMs: number;
  /** The path with its query, as sent. */
  readonly path: string;
  readonly route: Route;
  readonly answer: RequestAnswer;
}

/** How an identity service answers. */
export interface IdentityServerOptions<Route extends string, Twist> {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly clock: EmulatorClock;
  readonly faults?: readonly IdentityFault<Route, Twist>[] | undefined;
  /** The route that faults are for when they name none. */
  readonly mainRoute: Route;
  readonly routeOf: (request: ArrivedRequest) => Route;
  /** The answer, made other than true when there is a twist. */
  readonly answer: (request: ArrivedRequest, route: Route, twist: Twist | undefined) => Answer | Promise<Answer>;
}

/** An identity service that listens. */
export interface IdentityServer<Route extends string, Twist> {
  /** Without a slash at its end. */
  readonly url: string;
  /** The requests so far, in order of arrival. */
  readonly requests: readonly IdentityRequest<Route>[];
  /** Replaces the faults and counts requests from 1 again. */
  setFaults(faults: readonly IdentityFault<Route, Twist>[]): void;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** Starts an identity service. Rejects when it cannot listen there. */
export async function startIdentityServer<Route extends string, Twist>(
  options: IdentityServerOptions<Route, Twist>,
): Promise<IdentityServer<Route, Twist>> {
  const { clock, tls, port = 0, host = "127.0.0.1" } = options;
  const requests: IdentityRequest<Route>[] = [];
  const faults = new IdentityFaults(options.faults ?? [], options.mainRoute);
  const server = await startServer({ port, host, tls }, (message, response) => void serve(message, response));

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message, tls !== undefined);
    const socket = server.connectionOf(message);
    if (request === undefined || socket === undefined) return;
    const route = options.routeOf(request);
    const fault = faults.next(route);
    const record = recorder(requests, request, route, clock.now());
    const twist = fault !== undefined && "twist" in fault ? fault.twist : undefined;
    const truth = await options.answer(request, route, twist);
    const answer = { ...truth, headers: { "content-type": jsonContentType, ...truth.headers } };
    const act = fault !== undefined && "act" in fault ? fault.act : undefined;
    await deliver(answer, act, { response, socket, clock, record });
  }

  return { url: server.url, requests, setFaults: (next) => faults.replace(next), close: () => server.close() };
}

/** Adds a request to the list; returns what says how it was answered. */
function recorder<Route extends string>(
  requests: IdentityRequest<Route>[],
  { target, ...request }: ArrivedRequest,
  route: Route,
  atMs: number,
): (answer: RequestAnswer) => void {
  const arrived: IdentityRequest<Route> = { ...request, path: target, route, atMs, answer: "pending" };
  const index = requests.push(arrived) - 1;
  return (answer) => {
    requests[index] = { ...arrived, answer };
  };
}
