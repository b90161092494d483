import { readErrorWords } from "../../text/error-words.ts";
import { type JsonObject, readObjects, readShortText, readText } from "../../text/json.ts";
import { type Fault, foldWord, type Link, type Message, type MessageLevel, type Step } from "../operation.ts";
import { readStepStatus } from "./words.ts";

/** Makes plain text of a piece of HTML. */
export type ToText = (html: string) => Promise<string>;

/** Reads the texts of one answer: of all of them together no more than people read, and than is read in an instant. */
export interface TextReader {
  /** The plain text; empty when enough was read before. */
  readonly text: (html: string) => Promise<string>;
  readonly hasRoom: () => boolean;
}

/** An offer has a dozen steps with a message or two, and two or three links; what is beyond these numbers is left out. */
const MOST_STEPS = 200;
const MOST_MESSAGES = 100;
const MOST_TEXTS = 500;
const MOST_LINKS = 100;
const MOST_CHARACTERS = 50_000;
/** A link that is cut leads nowhere. */
const LONGEST_URL = 4_000;

/** A reader for the texts of one answer. */
export function createTextReader(toText: ToText): TextReader {
  let [texts, characters] = [0, 0];
  const hasRoom = (): boolean => texts < MOST_TEXTS && characters < MOST_CHARACTERS;
  return {
    hasRoom,
    async text(html) {
      if (!hasRoom()) return "";
      texts += 1;
      const piece = html.slice(0, MOST_CHARACTERS - characters);
      characters += piece.length;
      return toText(piece);
    },
  };
}

/** The steps of an operation or of an offer, in their order. */
export async function readSteps(value: unknown, texts: TextReader): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const step of readObjects(value, MOST_STEPS)) steps.push(await readStep(step, texts));
  return steps;
}

async function readStep(step: JsonObject, texts: TextReader): Promise<Step> {
  const id = readShortText(step["id"]) ?? "";
  const statusWord = readShortText(step["status"]) ?? "";
  const progress = step["progressPercentage"];
  const estimate = readShortText(step["estimatedTimeFrame"]);
  const fault = await readFault(step["error"] ?? step["errors"], texts);
  const name = readShortText(step["stepName"]) ?? (id === "" ? "unnamed step" : id);
  return {
    id,
    name,
    ...([id, name].some((text) => foldWord(text) === "live") ? { makesLive: true } : {}),
    status: readStepStatus(statusWord),
    statusWord,
    ...(typeof progress === "number" ? { progressPercentage: Math.min(100, Math.max(0, progress)) } : {}),
    ...(estimate === undefined ? {} : { estimate }),
    messages: [...(fault === undefined ? [] : [messageOf(fault)]), ...(await readMessages(step["messages"], texts))],
  };
}

/** The error of a step stands among its messages, for a step has nothing else to say. */
function messageOf({ code, text }: Fault): Message {
  return { level: "error", text: [code, text].filter((part) => part !== undefined && part !== "").join(": ") };
}

/** The messages of an operation or of one of its steps. */
export async function readMessages(value: unknown, texts: TextReader): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for (const message of readObjects(value, MOST_MESSAGES)) {
    if (!texts.hasRoom()) break;
    const html = readText(message["messageHtml"]) ?? readText(message["message"]);
    const text = html === undefined ? "" : await texts.text(html);
    if (text !== "") messages.push({ level: readLevel(message["level"]), text });
  }
  return messages;
}

function readLevel(value: unknown): MessageLevel {
  const word = foldWord(readText(value) ?? "");
  return word === "error" || word === "warning" ? word : "information";
}

/** What an error says, down to its innermost texts; undefined when it says nothing. */
export async function readFault(value: unknown, texts: TextReader): Promise<Fault | undefined> {
  const words = readErrorWords(value);
  if (words.code === undefined && words.texts.length === 0) return undefined;
  const parts: string[] = [];
  for (const text of words.texts) parts.push(await texts.text(text));
  const text = parts.filter((part) => part !== "").join(" ");
  return { ...(words.code === undefined ? {} : { code: words.code }), text };
}

/** The links to the offer that an operation shows. */
export function readLinks(value: unknown): readonly Link[] {
  return readObjects(value, MOST_LINKS).flatMap((link) => {
    const url = readText(link["uri"]);
    if (url === undefined || url.length > LONGEST_URL) return [];
    return [{ url, text: readShortText(link["displayText"]) ?? url }];
  });
}
