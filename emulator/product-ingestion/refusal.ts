import { type Answer, type Headers, jsonAnswer } from "../wire/answer.ts";

/** The ids of a request, which support asks for. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** One detail of an error. */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
}

/** The service's own refusal. */
export function refuse(status: number, code: string, message: string, details: readonly ErrorDetail[] = []): Answer {
  return jsonAnswer(status, { error: { code, message, details } });
}

/** A refusal by Graph, which stands in front of the service: https://learn.microsoft.com/en-us/graph/errors */
export function refuseByGraph(
  status: number,
  { code, message }: ErrorDetail,
  { ids, nowMs, headers = {} }: { readonly ids: RequestIds; readonly nowMs: number; readonly headers?: Headers },
): Answer {
  const innerError = {
    date: new Date(nowMs).toISOString().slice(0, 19),
    "request-id": ids.requestId,
    "client-request-id": ids.clientRequestId,
  };
  return jsonAnswer(status, { error: { code, message, innerError } }, headers);
}
