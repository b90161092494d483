import type { BearerAnswer, BearerClient, BearerRequest } from "../../src/bearer/bearer-client.ts";

/** One answer: a body, an error, or more of what an answer has. A body that is an error is thrown when it is read. */
export type ScriptedAnswer =
  | Error
  | {
      readonly body: unknown;
      readonly status?: number;
      readonly headers?: BearerAnswer["headers"];
      readonly retryAfterMs?: number;
    };

/** What was asked of the service, without what every request has. */
export interface AskedRequest extends Omit<BearerRequest, "url" | "signal"> {
  /** From the path on. */
  readonly target: string;
}

/** Answers a request by a rule: it is told the method and the path with its query, and how many requests that makes. */
export type Script = (request: string, nth: number) => ScriptedAnswer;

/** A client of a service that gives these answers, and what it has been asked. */
export interface ScriptedClient {
  readonly client: BearerClient;
  readonly asked: readonly AskedRequest[];
}

/** A client whose service answers each request by that rule. */
export function createScriptedClient(reply: Script): ScriptedClient {
  const asked: AskedRequest[] = [];
  const client: BearerClient = async ({ url, signal, ...request }) => {
    if (signal.aborted) throw new TypeError("nobody should ask any more");
    const target = url.pathname + url.search + url.hash;
    asked.push({ ...request, target });
    // More would be a loop that never ends.
    if (asked.length > 500) throw new TypeError(`asked too often: ${target}`);
    const answer = reply(`${request.method} ${target}`, asked.length);
    if (answer instanceof Error) throw answer;
    const { body, status = 200, headers = {}, retryAfterMs } = answer;
    return {
      request: { method: request.method, url: url.origin + url.pathname },
      ...{ status, headers, requestId: "r", retryAfterMs, serviceTimeMs: 7_000 },
      json: () => {
        if (body instanceof Error) throw body;
        return body;
      },
      text: () => "",
    };
  };
  return { client, asked };
}
