import type { BearerAnswer } from "../bearer/bearer-client.ts";
import { isObject, type JsonObject, readText } from "../text/json.ts";

/** Where an answer came from, and what of the same place may be asked for. */
export interface PageScope {
  readonly url: URL;
  /** The path of the list itself, without a slash at its end; other parts are at it or below. */
  readonly path: string;
  /** The parameter that takes a `continuationToken` of the body, where the service documents one. */
  readonly tokenName?: string | undefined;
}

/**
 * Where the list goes on after one answer: `end` when nothing says that it does, `unknown` when something says so in a
 * way that cannot be followed. Nothing is documented of this service's pages, so every way of others counts: a link in
 * the body (OData, Azure's REST guidelines), a `Link` header (RFC 8288), a continuation token, HTTP 206.
 */
export function readNextPage(
  { status, headers }: Pick<BearerAnswer, "status" | "headers">,
  body: unknown,
  scope: PageScope,
): URL | "end" | "unknown" {
  const signs = [...(isObject(body) ? bodySigns(body, scope) : []), ...headerSigns(headers)];
  if (status === 206 || headers["content-range"] !== undefined) return "unknown";
  const links = new Set(signs.flatMap((sign) => (sign.kind === "link" ? [resolve(sign.text, scope)?.href] : [])));
  const [link, ...others] = links;
  if (links.size === 0) return signs.length === 0 ? "end" : "unknown";
  return link === undefined || others.length > 0 ? "unknown" : new URL(link);
}

/** Something that says that there is more: where, or in words that nobody explained. */
type Sign = { readonly kind: "link"; readonly text: string } | { readonly kind: "riddle" };

const RIDDLE = { kind: "riddle" } as const satisfies Sign;
/** `nextLink`, `@nextLink`, `@odata.nextLink`, `nextPageLink`, `next_page_url`. */
const LINK_NAME = /^@?(?:odata\.)?next(?:page)?(?:link|url|uri)?$/;
const RIDDLE_NAME = /continuation|skiptoken|nextmarker|nextpagetoken|^hasmore/;

function bodySigns(body: JsonObject, scope: PageScope): readonly Sign[] {
  return Object.entries(body).flatMap(([name, value]): readonly Sign[] => {
    const word = name.toLowerCase().replaceAll(/[_-]/g, "");
    if (!LINK_NAME.test(word) && !RIDDLE_NAME.test(word)) return [];
    if (value === null || value === false || value === "") return [];
    if (word === "continuationtoken" && scope.tokenName !== undefined)
      return [tokenSign(value, scope.tokenName, scope)];
    const text = LINK_NAME.test(word) ? readText(value) : undefined;
    return [text === undefined ? RIDDLE : { kind: "link", text }];
  });
}

/** The same address with the token in place of the one before. */
function tokenSign(value: unknown, name: string, { url }: PageScope): Sign {
  const token = readText(value);
  if (token === undefined) return RIDDLE;
  const next = new URL(url);
  next.searchParams.set(name, token);
  return { kind: "link", text: next.href };
}

function headerSigns(headers: BearerAnswer["headers"]): readonly Sign[] {
  const tokens = Object.entries(headers).filter(([name]) => /continuation|skiptoken/.test(name));
  const isTold = tokens.some(([, values]) => values.some((value) => value.trim() !== ""));
  return [...(headers["link"] ?? []).flatMap(linkSigns), ...(isTold ? [RIDDLE] : [])];
}

/** The links of one header that lead to the next part. */
function linkSigns(header: string): readonly Sign[] {
  const signs = [...header.matchAll(/<([^<>]*)>([^<]*)/g)].flatMap(([, text = "", parameters = ""]): readonly Sign[] =>
    /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|'(?:[^']*\s)?next(?:\s[^']*)?'|next(?![^\s;,]))/i.test(parameters)
      ? [{ kind: "link", text }]
      : [],
  );
  if (signs.length > 0) return signs;
  // A link that is written otherwise, and may still mean the next part.
  return /\bnext\b/i.test(header.replaceAll(/<[^<>]*>/g, "")) ? [RIDDLE] : [];
}

/** The URL of the next part, if it is one of the same list: the token goes nowhere else. */
function resolve(text: string, { url, path }: PageScope): URL | undefined {
  const next = URL.parse(text, url.href);
  if (next === null || next.origin !== url.origin || next.username !== "" || next.password !== "") return undefined;
  const way = next.pathname.toLowerCase();
  const isOfList = way === path.toLowerCase() || way.startsWith(`${path.toLowerCase()}/`);
  if (!isOfList || /%2f|%5c|%2e/.test(way)) return undefined;
  next.hash = "";
  return next;
}
