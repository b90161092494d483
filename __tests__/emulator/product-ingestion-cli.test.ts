import { expect, test } from "@jest/globals";
import { type Behaviour, resolveBehaviour } from "../../emulator/product-ingestion/behaviour.ts";
import type { BehaviourOption } from "../../emulator/shell/behaviour-option.ts";
import { readCommandLine } from "../../emulator/shell/cli-options.ts";
import { ingestionOptions } from "../../emulator/shell/ingestion-options.ts";
import { UsageError } from "../../emulator/shell/usage-error.ts";

function optionsOf(...words: readonly string[]) {
  const command = readCommandLine(words);
  if (command.kind === "help") throw new Error("The command line asks for help.");
  return command.options.productIngestion;
}

test("the value that --help calls an option's default changes nothing", () => {
  const usual = Object.values<BehaviourOption<Partial<Behaviour>>>(ingestionOptions).filter(
    (option) => option.usual !== undefined,
  );
  expect(usual.length).toBeGreaterThan(30);
  for (const option of usual) {
    expect(resolveBehaviour(option.read(option.usual ?? "", "--option"))).toEqual(resolveBehaviour());
  }
});

test("each way to behave can be asked for", () => {
  const settable = Object.entries<BehaviourOption<Partial<Behaviour>>>(ingestionOptions).flatMap(([name, option]) => {
    const text = option.usual ?? (option.value === "JSON" ? (name.endsWith("entries") ? "[]" : "{}") : "10");
    return Object.keys(option.read(text, `--${name}`));
  });
  expect(settable.toSorted()).toEqual([...Object.keys(resolveBehaviour()), "linkOrigin", "pollRetryAfter"].toSorted());
});

test("the options become those of the service", () => {
  const product = ["--offer", "vm", "--ingestion-type", "coreVirtualMachine", "--ingestion-state", "twoReady"];
  const push = ["--duration", "1h", "--outcome", "canceled", "--ingestion-job-says", "failed"];
  const says = ["--ingestion-entry-says", "succeeded", "--ingestion-errors", "[]"];
  const publish = ["--ingestion-publish-duration", "2m", "--ingestion-publish-outcome", "failed"];
  const flags = ["--ingestion-was-live", "--ingestion-no-draft", "--ingestion-port", "99"];
  expect(optionsOf(...product, ...push, ...says, ...publish, ...flags)).toEqual({
    port: 99,
    products: [
      {
        offerId: "vm",
        type: "coreVirtualMachine",
        state: "twoReady",
        wasLive: true,
        hasDraft: false,
        push: { durationMs: 3_600_000, outcome: "cancelled", jobSays: "failed", entrySays: "succeeded", errors: [] },
        publish: { durationMs: 120_000, outcome: "failed" },
      },
    ],
    behaviour: {},
    happenings: [],
    faults: [],
  });
});

test.each([
  [["--ingestion-end-shows=-20s"], { endShowsMs: -20_000 }],
  [["--ingestion-acceptance-shows", "never"], { acceptanceShowsMs: Infinity }],
  [["--ingestion-job-words", '{"running":"queued"}'], { jobWords: { running: "queued" } }],
  [
    ["--ingestion-entry-words", '{"completed":"done","pending":"?"}'],
    { entryWords: { completed: "done", pending: "?" } },
  ],
  [["--ingestion-extra-entries", '[{"id":1}]'], { extraEntries: [{ id: 1 }] }],
  [["--ingestion-deprecated", "a,b"], { deprecatedVersions: ["a", "b"] }],
  [
    ["--ingestion-accepted-body", "noJobId", "--ingestion-busy-status", "423"],
    { acceptedBody: "noJobId", busyStatus: 423 },
  ],
])("%j changes how the service behaves", (words, behaviour) => {
  expect(optionsOf(...words)?.behaviour).toStrictEqual(behaviour);
});

test.each([
  ["previewReplaced@before:configure", { what: "previewReplaced", when: { before: "configure" } }],
  ["publishStarted@after:submissions:2", { what: "publishStarted", when: { after: "submissions", nth: 2 } }],
  ["pushStarted@30s", { what: "pushStarted", when: { afterMs: 30_000 } }],
])("the happening %s is understood", (text, happening) => {
  expect(optionsOf("--ingestion-happening", text)?.happenings).toEqual([happening]);
});

test("a fault names this API's routes", () => {
  const faults = optionsOf("--ingestion-fault", "configure:1=reset+carriedOut", "--ingestion-fault", "job=status:503");
  expect(faults?.faults).toEqual([
    { on: "configure", nth: [1], carriedOut: true, act: { kind: "reset", at: "request" } },
    { on: "job", act: { kind: "status", status: 503 } },
  ]);
});

test.each([
  [
    ["--ingestion-fault", "goLive=reset"],
    /^The route of a fault is one of product, submissions, .*, any, not "goLive"/,
  ],
  [["--ingestion-fault", "job"], '--ingestion-fault is JSON or such as "product:1=reset", not "job".'],
  [["--ingestion-fault", "{"], "--ingestion-fault is not valid JSON: {"],
  [["--ingestion-happening", "nothing@1s"], /^What happens is one of previewReplaced, .*, not "nothing"\.$/],
  [["--ingestion-happening", "pushStarted"], /^When it happens is a duration such as .*, not ""\.$/],
  [["--ingestion-happening", "pushStarted@before:goLive"], /^The route of --ingestion-happening is one of product, /],
  [["--ingestion-state", "readyForGoLive"], /^--ingestion-state is one of neverPublished, publishing, ready, /],
  [["--ingestion-job-words", '{"queued":"x"}'], /^A word of --ingestion-job-words is one of notStarted, /],
  [["--ingestion-job-words", '{"running":1}'], "running in --ingestion-job-words is a text, not 1."],
  [["--ingestion-extra-entries", "{}"], "--ingestion-extra-entries is a list, not {}."],
  [["--ingestion-port", "x"], '--ingestion-port is a number from 0 (any free port) to 65535, not "x".'],
  [
    ["--ingestion-publish-outcome", "canceled"],
    /^--ingestion-publish-outcome is one of succeeded, failed, cancelled, /,
  ],
])("the words %j are refused", (words, message) => {
  expect(() => readCommandLine(words)).toThrow(message);
  expect(() => readCommandLine(words)).toThrow(UsageError);
});
