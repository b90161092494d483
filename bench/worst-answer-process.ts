/**
 * Reads one kind of answer with the action's own code, from the bytes to the report, and prints what that took: the
 * time of one answer, and how far the peak of the memory rose above that of a small one.
 */
import type { World } from "../src/world.ts";
import type { Answer, Request } from "../src/http/transport.ts";
import { main } from "../src/main.ts";
import { ANSWER_KINDS, type AnswerKind, type AnswerName } from "./answer-kinds.ts";

const ENDPOINT = "https://service.example";
const INPUTS: Readonly<Record<string, string>> = {
  ...{ publisherId: "contoso", offerId: "contoso-vm", token: "a-token-that-opens-nothing", endpoint: ENDPOINT },
};
const OPERATION = "/api/publishers/contoso/offers/contoso-vm/operations/7";
const SMALL = Buffer.from('{"status":"failed","steps":[{"messages":[{"messageHtml":"<b>a</b>","level":"error"}]}]}');

await read({ about: "operation", body: () => SMALL });
await read({ about: "list", body: () => Buffer.from("[]") });
const kind: AnswerKind = ANSWER_KINDS[process.argv[2] as AnswerName];
const baseKb = process.resourceUsage().maxRSS;
const body = kind.body();
const startMs = performance.now();
const given = await read({ about: kind.about, body: () => body });
const ms = (performance.now() - startMs) / given;
console.log(JSON.stringify({ ms, peakMb: (process.resourceUsage().maxRSS - baseKb) / 1_024 }));

/** Runs the step on that answer; returns how often it was given. */
async function read(answer: AnswerKind): Promise<number> {
  let [answers, nowMs] = [0, 0];
  const send = async (request: Request): Promise<Answer> => {
    const name = { method: request.method, url: request.url.href };
    const isIt =
      request.url.pathname ===
      (answer.about === "operation" ? OPERATION : "/api/publishers/contoso/offers/contoso-vm/submissions/");
    answers += isIt ? 1 : 0;
    return { request: name, status: isIt ? 200 : 400, headers: {}, body: () => (isIt ? String(answer.body()) : "{}") };
  };
  const world: World = {
    runner: {
      input: (name) =>
        ({ ...INPUTS, ...(answer.about === "operation" ? { operationLocation: OPERATION } : {}) })[name] ?? "",
      isGiven: () => false,
      state: () => "",
      ...{ mask: () => {}, setOutput: () => {}, saveState: () => {}, log: () => {}, group: () => {}, debug: () => {} },
      annotate: () => {},
      summarize: async () => {},
    },
    environment: {},
    clock: {
      now: () => nowMs,
      sleep: async (durationMs) => {
        nowMs += Math.max(0, durationMs);
      },
    },
    random: () => 0,
    openTransport: () => ({ send, close: async () => {} }),
    signal: new AbortController().signal,
  };
  await main(world);
  return answers;
}
