import { STATUS_CODES } from "node:http";
import { type Answer, type Headers, jsonAnswer } from "../wire/answer.ts";

/**
 * The shapes in which errors were seen: a JSON string with JSON inside (`fault`), a backend's exception dressed as a 400
 * (`backend`), plain text, an object with `statusCode`, an object with `code` and `details`, nothing, and a gateway's page.
 */
export const errorShapes = ["fault", "backend", "text", "statusCode", "code", "empty", "html"] as const;

/** A shape in which errors were seen. */
export type ErrorShape = (typeof errorShapes)[number];

/** What an error is to say. */
export interface Problem {
  readonly status: number;
  readonly message: string;
  /** Default: the word for the status, such as `NotFound`. */
  readonly code?: string;
  readonly headers?: Headers;
}

/** An answer that says so in that shape; it can stand in a fault, too: `{ kind: "status", ...errorAnswer(…) }`. */
export function errorAnswer(shape: ErrorShape, problem: Problem): Answer {
  const { status, message, headers = {} } = problem;
  const code = problem.code ?? codeOf(status);
  switch (shape) {
    case "fault":
      return jsonAnswer(status, faultText(status, message), headers);
    case "backend":
      return jsonAnswer(dressed(status), backendText(status, code, message), headers);
    case "text":
      return textAnswer(status, message, headers);
    case "statusCode":
      return jsonAnswer(status, { statusCode: status, message }, headers);
    case "code":
      return jsonAnswer(status, { code, message, details: [], source: "IngestionService", target: "" }, headers);
    case "empty":
      return { status, headers, body: "" };
    case "html":
      return htmlAnswer(status, headers);
  }
}

/** Plain text, of one who does not keep to JSON. */
export function textAnswer(status: number, text: string, headers: Headers = {}): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body: text };
}

/** The service's own numbers stand for the status with 50 before it: 50400 was seen. */
function faultText(status: number, message: string): string {
  const fault = { faultCode: 50_000 + status, reasonPhrase: "Request validation failed.", data: { Name: [message] } };
  return `ICH50${status} - Unable to complete request. ${JSON.stringify(fault)}`;
}

function backendText(status: number, code: string, message: string): string {
  const parts = ["API=GetProduct", `HttpStatusCode=${codeOf(status)}`];
  const content = JSON.stringify({ code, message });
  return `Emulated.RestClientException: Product request failed, ${parts.join(", ")}, ResponseContent=${content}`;
}

/** A caller that is not known does not get as far as a backend. */
function dressed(status: number): number {
  return status === 401 ? 401 : 400;
}

function htmlAnswer(status: number, headers: Headers): Answer {
  const title = `${status} ${STATUS_CODES[status] ?? ""}`.trim();
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { "content-type": "text/html; charset=utf-8", ...headers }, body };
}

function codeOf(status: number): string {
  return (STATUS_CODES[status] ?? "Error").replaceAll(/[^a-z]/gi, "");
}
