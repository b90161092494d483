import { readErrorWords } from "../text/error-words.ts";
import { parseJson, readText } from "../text/json.ts";

/** What a refusal says: the service's code and text. */
export interface ServiceFault {
  readonly code: string | undefined;
  readonly serviceText: string | undefined;
}

/**
 * The code and text in the body of a refusal: `{"error":{code,message,details}}`, `{"message"}`, `{"error":"…"}`, lists
 * of such, a gateway's HTML (its title) or plain text, which may quote JSON. Every text in JSON is passed through `clean`,
 * for JSON can hide what it says behind escapes. Never throws; what cannot be read is left out.
 */
export function readServiceFault(body: string, clean: (text: string) => string): ServiceFault {
  const title = htmlTitle(body);
  if (title !== undefined) return { code: undefined, serviceText: readText(title) };
  const json = parseJson(body, clean);
  const { code, texts } = readErrorWords(json === undefined ? body : json, clean);
  return { code, serviceText: texts.length === 0 ? undefined : texts.join(" ") };
}

/** A gateway's page says what went wrong in its title; the rest is style. */
function htmlTitle(body: string): string | undefined {
  if (!/^\s*(<!doctype|<html|<\?xml|<head|<body)/i.test(body)) return undefined;
  const title = /<title[^>]{0,200}>([^<]{1,300})/i.exec(body)?.[1] ?? /<h1[^>]{0,200}>([^<]{1,300})/i.exec(body)?.[1];
  return title ?? "(an HTML page without a title)";
}
