import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { apiRemedy } from "../src/report/api-text.ts";
import { REMEDIES, type RequestTrouble } from "../src/report/remedies.ts";
import { ROOT } from "./bundle.ts";

interface Declared {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
}

/** The table of the inputs that action.yml declares. */
export function inputTable(): string {
  const rows = Object.entries(readAction().inputs).map(([name, input]) => {
    const fallback = input.required === true ? "required" : (input.default ?? "");
    return [
      `\`${name}\``,
      input.description,
      fallback === "" || fallback === "required" ? fallback : `\`${fallback}\``,
    ];
  });
  return table(["Input", "What it is", "Default"], rows);
}

/** The table of the outputs that action.yml declares. */
export function outputTable(): string {
  const rows = Object.entries(readAction().outputs).map(([name, output]) => [`\`${name}\``, output.description]);
  return table(["Output", "What it is"], rows);
}

const SYMPTOMS = {
  badRequest: "HTTP 400 or 422, when the go-live was sent",
  badVersion: "HTTP 400, and speaks of the version or of a deprecated schema",
  unauthorized: "HTTP 401",
  forbidden: "HTTP 403",
  notFound: "HTTP 404",
  conflict: "HTTP 409",
  tooManyRequests: "HTTP 429",
  serviceFault: "HTTP 5xx",
  redirect: "HTTP 3xx (redirect, not followed)",
  otherRefusal: "Any other HTTP 4xx, a 400 when only a question was asked among them",
  unusableAnswer: "The answer was not JSON, had an unexpected form, or was too large",
  otherOffer: "The operation is one of another offer",
  notShown: "The preview is ready and no go-live of it shows, or the list did not show the submission",
  partialList: "The answer was a part of the list, with no readable rest",
  nameNotFound: "The host name could not be found",
  refused: "The connection was refused",
  unreachable: "The host could not be reached",
  tls: "No secure connection (TLS) could be made",
  proxy: "The proxy could not be used",
  connectTimeout: "No connection could be made in time",
  timeout: "No complete answer came in time, or HTTP 408",
  notHttp: "What came back was no HTTP",
  reset: "The connection broke",
  interrupted: "The run was cancelled",
} as const satisfies Record<RequestTrouble, string>;

/** The table of what can go wrong with a request and what to do, from the table that the action itself uses. */
export function troubleTable(): string {
  const rows = Object.entries(SYMPTOMS).map(([trouble, symptom]) => [symptom, remedies(trouble as RequestTrouble)]);
  return table(["The message says", "What to do"], rows);
}

/** What to do, and what else through the Product Ingestion API. */
function remedies(trouble: RequestTrouble): string {
  const [common, own] = [REMEDIES[trouble], apiRemedy(trouble, "productIngestion")];
  return own === common ? common : `${common} Product Ingestion API: ${own}`;
}

function readAction(): Action {
  return parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);
  return lines.join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
