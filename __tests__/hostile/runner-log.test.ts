import { expect, test } from "@jest/globals";
import { readLog, shownLog } from "../../emulator/step/runner-log.ts";

const COMMANDS = [
  ["::error::text", { name: "error", properties: {}, message: "text" }],
  [" \t\u2028\u0085::error::text", { name: "error", properties: {}, message: "text" }],
  ["::ERROR::text", { name: "error", properties: {}, message: "text" }],
  ["::unheard-of::text", { name: "unheard-of", properties: {}, message: "text" }],
  ["::error title=a%3Ab%2Cc,file=x=y::d", { name: "error", properties: { title: "a:b,c", file: "x=y" }, message: "d" }],
  ["::error::100%25%0D%0A%250A", { name: "error", properties: {}, message: "100%\r\n%0A" }],
  ["::error::a::b", { name: "error", properties: {}, message: "a::b" }],
  ["##[error]text", { name: "error", properties: {}, message: "text" }],
  ["before ##[error a=b;c=d;]%5D%3B%0A", { name: "error", properties: { a: "b", c: "d" }, message: "];\n" }],
] as const;

test.each(COMMANDS)("reads %j as a command", (line, command) => {
  expect(readLog(`${line}\n`)).toEqual({ commands: [command], lines: [] });
});

test.each(["text ::error::text", ": :error::text", "::error", ":: ::", "## [error]text", "##[error", "#[error]", ""])(
  "reads %j as a line",
  (line) => {
    expect(readLog(`${line}\n`)).toEqual({ commands: [], lines: [line] });
  },
);

test.each(["\n", "\r\n", "\r"])("takes %j for the end of a line", (end) => {
  expect(readLog(`one${end}::error::two${end}three`)).toEqual({
    commands: [{ name: "error", properties: {}, message: "two" }],
    lines: ["one", "three"],
  });
});

test("shows a log as the page of the run does", () => {
  const log = [
    "my secret word",
    "::add-mask::secret",
    "my secret word",
    "::error title=Secret secret::one%0Atwo secret",
    "::warning::careful",
    "::notice title=Note::well",
    "::group::Details",
    "::debug::unseen",
    "::endgroup::",
    "::unheard-of::text",
  ].join("\n");
  const shown = [
    "my secret word",
    "my *** word",
    "Error: Secret ***: one",
    "two ***",
    "Warning: careful",
    "Notice: Note: well",
    "▼ Details",
    "::unheard-of::text",
  ];
  expect(shownLog(log)).toEqual(shown);
  expect(shownLog(log, { debug: true })).toEqual(shown.toSpliced(7, 0, "##[debug]unseen"));
});

test("masks the usual encodings of a secret too", () => {
  const secret = 'a "quoted" word';
  const encodings = [Buffer.from(secret).toString("base64"), JSON.stringify(secret), encodeURI(secret)];
  expect(shownLog([`::add-mask::${secret}`, ...encodings].join("\n"))).toEqual(["***", '"***"', "***"]);
});
