import { expect, test } from "@jest/globals";
import { NetworkError } from "../../src/http/errors.ts";
import type { GoLiveEvent } from "../../src/go-live/events.ts";
import type { Origin } from "../../src/go-live/outcome.ts";
import { createRunRecord } from "../../src/report/run-record.ts";
import { followed } from "../harness/operation.ts";

const error = new NetworkError({ method: "POST", url: "https://service.example/api/golive" }, "reset", true);

type Act = "send" | "unclear" | "cancel" | `answer ${string}` | `follow ${Origin}`;

function eventOf(act: Act): GoLiveEvent | undefined {
  if (act === "send") return { kind: "sending", sendings: 1, candidate: { submissionId: undefined } };
  if (act === "unclear") return { kind: "unclearSending", error, wasAccepted: false, forMs: 0 };
  const origin = (["started", "found", "doubtful", "adopted", "watched"] as const).find(
    (each) => act === `follow ${each}`,
  );
  return origin === undefined ? undefined : { kind: "following", followed: followed(origin) };
}

function idAfter(acts: readonly Act[]): string | undefined {
  const record = createRunRecord();
  for (const act of acts) {
    const event = eventOf(act);
    if (event !== undefined) record.observe(event, 0);
    if (act === "cancel") record.cancelling();
    if (!act.startsWith("answer ")) continue;
    const requestId = act === "answer none" ? undefined : act.slice("answer ".length);
    record.exchanged({ method: "POST", url: "", outcome: "", durationMs: 0, requestId });
  }
  return record.read().requestIds.goLive;
}

test.each<[what: string, acts: readonly Act[], id: string | undefined]>([
  ["the only sending, when it was accepted", ["send", "answer one", "follow started"], "one"],
  ["the only sending, when it was refused", ["send", "answer one"], "one"],
  ["the last sending, when that was accepted", ["send", "answer one", "send", "answer two", "follow started"], "two"],
  [
    "the unclear sending whose go-live was found, and not the refused one after it",
    ["send", "answer one", "unclear", "send", "answer two", "follow found"],
    "one",
  ],
  [
    "the unclear sending, when nobody can tell whose the go-live is",
    ["send", "answer one", "unclear", "send", "answer two", "follow doubtful"],
    "one",
  ],
  [
    "no sending, when the unclear one had no answer",
    ["send", "unclear", "send", "answer two", "follow found"],
    undefined,
  ],
  ["the unclear sending, when it has left no trace", ["send", "answer one", "unclear"], "one"],
  [
    "the accepted sending, when an unclear one was before",
    ["send", "answer one", "unclear", "send", "answer two", "follow started"],
    "two",
  ],
  ["no sending, when another go-live is followed", ["send", "answer one", "follow adopted"], undefined],
  ["the sending, and never a cancel", ["send", "answer one", "follow started", "cancel", "answer two"], "one"],
  ["the sending that was repeated with a new token", ["send", "answer one", "answer two", "follow started"], "two"],
])("keeps the request id of %s", (_what, acts, id) => {
  expect(idAfter(acts)).toBe(id);
});
