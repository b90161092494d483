import { expect, test } from "@jest/globals";
import { createCarefulRunner, type CarefulRunner } from "../../src/runner/careful-runner.ts";
import { harmlessLine, harmlessMarkdown, harmlessText, markup, ours } from "../../src/text/harmless.ts";
import type { Runner } from "../../src/runner/runner.ts";
import { createSecrets } from "../../src/text/secrets.ts";

const TOKEN = "header-of-it.payload-of-it.signature-of-it";

interface Careful {
  readonly runner: CarefulRunner;
  /** Everything that reached the runner beneath, in order. */
  readonly said: (readonly unknown[])[];
}

/** A careful runner over one that writes everything down; what `broken` names throws instead. */
function createCareful(broken: Readonly<Partial<Record<keyof Runner, unknown>>> = {}, secret = TOKEN): Careful {
  const said: Careful["said"] = [];
  const secrets = createSecrets();
  secrets.add(secret);
  const note =
    (name: keyof Runner) =>
    (...values: readonly unknown[]): void => {
      if (name in broken) throw broken[name];
      said.push([name, ...values]);
    };
  const runner = createCarefulRunner(
    {
      input: (name) => `input ${name}`,
      isGiven: () => true,
      state: (name) => `state ${name}`,
      mask: note("mask"),
      setOutput: note("setOutput"),
      saveState: note("saveState"),
      log: note("log"),
      group: note("group"),
      debug: note("debug"),
      annotate: note("annotate"),
      summarize: async (markdown) => note("summarize")(markdown),
    },
    secrets,
  );
  return { runner, said };
}

test("hands inputs, state and masks through as they are", () => {
  const { runner, said } = createCareful();
  expect(runner.input("wait")).toBe("input wait");
  expect(runner.state("sent")).toBe("state sent");
  runner.mask(TOKEN);
  expect(said).toEqual([["mask", TOKEN]]);
});

test("takes secrets out of everything that goes out", async () => {
  const { runner, said } = createCareful();
  runner.setOutput("status", `a ${TOKEN}`);
  runner.saveState("sent", `b ${TOKEN}`);
  runner.log(ours("c payload-of-it"));
  runner.debug(ours("d SIGNATURE-OF-IT"));
  runner.group(ours`h ${TOKEN}`, [ours`i ${TOKEN}`, ours("j")]);
  runner.annotate("error", ours`e ${TOKEN}`, ours`f ${TOKEN}`);
  await runner.summarize(markup`g ${TOKEN}`);
  expect(said).toEqual([
    ["setOutput", "status", "a [secret]"],
    ["saveState", "sent", "b [secret]"],
    ["log", "c [secret]"],
    ["debug", "d [secret]"],
    ["group", "h [secret]", ["i [secret]", "j"]],
    ["annotate", "error", "e [secret]", "f [secret]"],
    ["summarize", "g [secret]"],
  ]);
});

test("finds a secret that the summary or a JSON output writes in another way", async () => {
  const secret = `4Fk8Q~PjX-7"sLw.9bTq_3vN~\\zYc5hR`;
  const { runner, said } = createCareful({}, secret);
  await runner.summarize(markup`- ${harmlessMarkdown(`a ${secret}!`)}`);
  runner.setOutput("result", JSON.stringify({ comments: [`a ${secret}`] }));
  expect(said).toEqual([
    ["summarize", "- a [secret]&#33;"],
    ["setOutput", "result", '{"comments":["a [secret]"]}'],
  ]);
});

test("lets a title be one line, and bounds annotations", () => {
  const { runner, said } = createCareful();
  runner.annotate("warning", harmlessText("a\n::error::b"), harmlessText("one\r\n::error::two\n##[three]"));
  runner.annotate("warning", harmlessLine("t".repeat(300)), harmlessText("x".repeat(5_000), 5_000));
  expect(said).toEqual([
    ["annotate", "warning", "a : :error::b", "one\n: :error::two\n## [three]"],
    ["annotate", "warning", `${"t".repeat(199)}…`, `${"x".repeat(3_499)}…`],
  ]);
});

test("a report that cannot be written is a line in the log, harmless and without secrets", async () => {
  const failure = new Error(`no space\n::error:: ${TOKEN} ##[x]`);
  const { runner, said } = createCareful({ setOutput: failure, saveState: failure, summarize: "a text" });
  runner.setOutput("status", "x");
  runner.saveState("sent", "x");
  await runner.summarize(markup`x`);
  expect(said).toEqual([
    ["log", "Could not write the output status: no space ::error:: [secret] ## [x]"],
    ["log", "Could not write the state sent: no space ::error:: [secret] ## [x]"],
    ["log", "Could not write the job summary: a text"],
  ]);
});

test("writes annotations that the runner would drop as lines, forty of a kind at most", () => {
  const { runner, said } = createCareful();
  for (let nth = 1; nth <= 60; nth += 1) runner.annotate("warning", ours`T${nth}`, ours`a ${TOKEN}\n##[b]`);
  expect(said.slice(0, 10).map(([name]) => name)).toEqual(Array.from({ length: 10 }, () => "annotate"));
  expect(said[9]).toEqual(["annotate", "warning", "T10", "a [secret]\n## [b]"]);
  expect(said[10]).toEqual(["log", "warning: T11: a [secret] ## [b]"]);
  expect(said[49]).toEqual(["log", "warning: T50: a [secret] ## [b]"]);
  expect(said).toHaveLength(50);
});

test("counts each kind of annotation for itself", () => {
  const { runner, said } = createCareful();
  for (let nth = 1; nth <= 10; nth += 1) {
    for (const level of ["error", "warning", "notice"] as const) runner.annotate(level, ours("T"), ours("x"));
  }
  expect(said.filter(([name]) => name === "annotate")).toHaveLength(30);
  runner.sayUnshown();
  expect(said).toHaveLength(30);
});

test.each([
  [10, []],
  [11, ["The page of a run shows 10 errors of a step: 1 more is only in this log."]],
  [50, ["The page of a run shows 10 errors of a step: 40 more are only in this log."]],
  [
    51,
    ["The page of a run shows 10 errors of a step: 41 more are not shown; the first 40 of them are in this log only."],
  ],
])("of %d errors says how many the page does not show", (count, lines) => {
  const { runner, said } = createCareful();
  for (let nth = 1; nth <= count; nth += 1) runner.annotate("error", ours("T"), ours("x"));
  const before = said.length;
  runner.sayUnshown();
  expect(said.slice(before)).toEqual(lines.map((line) => ["log", line]));
});
