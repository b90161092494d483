import type { PreviewVersion } from "../marketplace/marketplace.ts";
import type { Link } from "../marketplace/operation.ts";
import { harmlessLine, type Harmless, joined, ours, readableUrl } from "../text/harmless.ts";
import { holdsToken } from "../text/secret-text.ts";
import { offerPage } from "./api-text.ts";

/** An address at which people can look at what goes live. */
export interface PreviewLink {
  /** The service's own words: untrusted. */
  readonly text: string;
  /** https, of plain characters and `#`. */
  readonly url: string;
}

const MOST_LINKS = 20;
const LONGEST_URL = 2_000;
/** Parameters that let in whoever knows them: an address with one of them is shown to nobody. */
const CREDENTIAL =
  /[?&#;/](?:code|pwd|auth|authorization|assertion|[\w-]*(?:token|secret|password|sig|signature|key|hash|hmac))=/i;
/** An address may stand in another one's parameter, and its names may be written in code. */
const MOST_DECODINGS = 3;

/**
 * Where the preview can be looked at: the service's own links, as far as they may be shown; where it names none, the
 * offer's page in Partner Center, if the submission tells which that is.
 */
export function previewLinks(links: readonly Link[], submissionId: string | undefined): readonly PreviewLink[] {
  const own = links.flatMap(({ text, url }) => {
    const readable = readPreview(url);
    return readable === undefined ? [] : [{ text, url: readable }];
  });
  const page = offerPage(submissionId);
  const instead = page === undefined ? [] : [{ text: "The offer's page in Partner Center", url: page }];
  const shown = own.length === 0 ? instead : own;
  return shown.filter((one, at) => shown.findIndex(({ url }) => url === one.url) === at).slice(0, MOST_LINKS);
}

function readPreview(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return undefined;
  const readable = readableUrl(url.href);
  const isShown = readable.length <= LONGEST_URL && !decodings(url.href).some(holdsCredential);
  return isShown ? readable : undefined;
}

function holdsCredential(text: string): boolean {
  return CREDENTIAL.test(text) || holdsToken(text);
}

/** A text, and what it reads as once its codes are read, and theirs. */
function decodings(text: string): readonly string[] {
  const texts = [text];
  while (texts.length <= MOST_DECODINGS) texts.push(decoded(texts.at(-1) ?? ""));
  return texts;
}

/** Each code by itself, for one that is none must not hide the others. */
function decoded(text: string): string {
  return text.replaceAll(/%[\da-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** Which preview it is, by its id and by what the service counts; undefined where nobody can tell. */
export function previewText(
  submissionId: string | undefined,
  version: PreviewVersion | undefined,
): Harmless | undefined {
  if (submissionId === undefined) return undefined;
  const { publishingVersion, offerVersion } = version ?? {};
  const numbers = [
    ...(publishingVersion === undefined ? [] : [ours`publishing version ${publishingVersion}`]),
    ...(offerVersion === undefined ? [] : [ours`offer version ${offerVersion}`]),
  ];
  const counted = numbers.length === 0 ? ours("") : ours` (${joined(numbers, ", ")})`;
  return ours`${harmlessLine(submissionId, 200)}${counted}`;
}
