import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./bundle.ts";

/** One room of the house: what it knows of the world, and which rooms it may import. */
export interface Room {
  /** A folder of `src`, or a file at its root, without `.ts`. */
  readonly name: string;
  readonly what: string;
  readonly knows: readonly string[];
}

/** The plan of `src`, from the top down: every room imports exactly these others, all of which stand below it. */
export const ROOMS: readonly Room[] = [
  { name: "post-entry", what: "that the process is the post phase", knows: ["index"] },
  { name: "index", what: "the process", knows: ["main", "post", "world", "http", "runner", "clock"] },
  {
    name: "main",
    what: "the story: inputs → approval → credential → marketplace → go-live → report; the single catch",
    knows: [
      ...["secrecy", "report", "connection", "world", "approval", "inputs", "serving-api", "go-live"],
      ...["marketplace/apis", "marketplace", "runner", "text"],
    ],
  },
  {
    name: "post",
    what: "what a cancelled step can still do",
    knows: [
      ...["report", "connection", "world", "inputs", "go-live", "marketplace/apis", "marketplace"],
      ...["runner", "text"],
    ],
  },
  { name: "secrecy", what: "what of inputs and reviews must not be shown", knows: ["approval", "inputs", "text"] },
  {
    name: "report",
    what: "one ending → one conclusion → outputs, log, annotations, summary, result",
    knows: [
      ...["approval", "serving-api", "go-live", "marketplace/apis", "marketplace", "bearer", "identity"],
      ...["http", "token", "runner", "text"],
    ],
  },
  {
    name: "connection",
    what: "which credential and which marketplace the inputs name",
    knows: [
      ...["world", "inputs", "serving-api", "marketplace/apis", "marketplace/cloud-partner-portal"],
      ...["marketplace/partner-center", "marketplace/product-ingestion", "marketplace", "bearer"],
      ...["identity", "runner", "text"],
    ],
  },
  {
    name: "world",
    what: "everything that is outside of the action, as it is passed in",
    knows: ["http", "runner", "clock", "environment"],
  },
  {
    name: "approval",
    what: "whether people approved this run",
    knows: ["inputs", "identity", "http", "token", "text", "time-limit", "clock", "environment"],
  },
  {
    name: "inputs",
    what: "names, types and ranges of the inputs, which go together, and what a given token says",
    knows: ["marketplace/apis", "marketplace", "identity", "http", "token", "text", "environment"],
  },
  {
    name: "serving-api",
    what: "which API serves the offer, by questions alone: what follows from each answer, and that a fault decides nothing",
    knows: ["go-live", "marketplace/apis", "marketplace", "bearer", "identity"],
  },
  {
    name: "go-live",
    what: "the rules: start once, whose go-live a list shows, watch, which end is believed, cancel",
    knows: ["marketplace", "bearer", "time-limit", "clock"],
  },
  {
    name: "marketplace/apis",
    what: "one row an API: where it is, what its tokens name, how the address of its operation is read",
    knows: [
      "marketplace/cloud-partner-portal",
      "marketplace/partner-center",
      "marketplace/product-ingestion",
      "marketplace",
      "token",
    ],
  },
  {
    name: "marketplace/partner-center",
    what: "that API alone: its products, submissions and how they go on",
    knows: ["marketplace", "bearer", "identity", "http", "text"],
  },
  {
    name: "marketplace/product-ingestion",
    what: "that API alone: its products, submissions and jobs",
    knows: ["marketplace", "bearer", "identity", "http", "text"],
  },
  {
    name: "marketplace/cloud-partner-portal",
    what: "that API alone: its words, bodies, locations, readiness, what an answer to a start means",
    knows: ["marketplace", "bearer", "identity", "http", "text"],
  },
  {
    name: "marketplace",
    what: "the port and the vocabulary: offers, submissions, operations; a list in several parts",
    knows: ["bearer", "http", "text"],
  },
  {
    name: "bearer",
    what: "requests that carry a token, to one origin only; which errors may pass, and for how long",
    knows: ["identity", "http", "token", "text", "clock"],
  },
  {
    name: "identity",
    what: "where a token comes from",
    knows: ["http", "token", "text", "time-limit", "clock", "environment"],
  },
  { name: "http", what: "transport: proxy, limits, network errors", knows: ["clock"] },
  { name: "token", what: "what a token says of itself", knows: ["text"] },
  {
    name: "runner",
    what: "the runner made safe, the state that the post phase needs, the page of the run",
    knows: ["text", "environment"],
  },
  { name: "text", what: "JSON, HTML, time, secrets, invisible and harmless text", knows: [] },
  { name: "time-limit", what: "how to give up what takes too long", knows: ["clock"] },
  { name: "clock", what: "time, as it is passed in", knows: [] },
  { name: "environment", what: "what an environment is", knows: [] },
];

/** The plan as the table of CONTRIBUTING. */
export function roomTable(): string {
  const rows = ROOMS.map(({ name, what, knows }) => `| ${pathOf(name)} | ${what} | ${knows.join(", ")} |`);
  return ["| Room | What it knows | What it imports |", "| --- | --- | --- |", ...rows].join("\n");
}

function pathOf(name: string): string {
  return `\`src/${name}${existsSync(join(ROOT, "src", name)) ? "/" : ".ts"}\``;
}
