import { isObject, type JsonObject, parseJson, readObjects, readText } from "../json.ts";

/** What a refusal says: the service's code and text. */
export interface ServiceFault {
  readonly code: string | undefined;
  readonly serviceText: string | undefined;
}

/**
 * The code and text in the body of a refusal: `{"error":{code,message,details}}`, `{"message"}`, `{"error":"…"}`, a
 * gateway's HTML (its title) or plain text. Every text in JSON is passed through `clean`, for JSON can hide what it says
 * behind escapes. Never throws; what cannot be read is left out.
 */
export function readServiceFault(body: string, clean: (text: string) => string): ServiceFault {
  const json = parseJson(body, clean);
  if (isObject(json)) return readFaultObject(isObject(json["error"]) ? json["error"] : json);
  if (typeof json === "string") return { code: undefined, serviceText: readText(json) };
  if (json !== undefined) return { code: undefined, serviceText: undefined };
  return { code: undefined, serviceText: readText(htmlTitle(body) ?? body) };
}

/** Where a text stands: in the service's own errors, in those of its framework, in Entra's, in problem details (RFC 9457). */
const TEXT_NAMES = ["message", "Message", "error_description", "error", "detail", "title"] as const;

function readFaultObject(fault: JsonObject): ServiceFault {
  const own = TEXT_NAMES.map((name) => readText(fault[name])).find((text) => text !== undefined);
  const details = readObjects(fault["details"]).flatMap((detail) => readText(detail["message"]) ?? []);
  const texts = [...new Set([...(own === undefined ? [] : [own]), ...details])];
  return { code: readText(fault["code"]), serviceText: texts.length === 0 ? undefined : texts.join(" ") };
}

/** A gateway's page says what went wrong in its title; the rest is style. */
function htmlTitle(body: string): string | undefined {
  if (!/^\s*(<!doctype|<html|<\?xml|<head|<body)/i.test(body)) return undefined;
  const title = /<title[^>]{0,200}>([^<]{1,300})/i.exec(body)?.[1] ?? /<h1[^>]{0,200}>([^<]{1,300})/i.exec(body)?.[1];
  return title ?? "(an HTML page without a title)";
}
