import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseAction } from "@actions/workflow-parser/actions/action-parser";
import { NoOperationTraceWriter } from "@actions/workflow-parser/templates/trace-writer";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { read, ROOT } from "./workflow.ts";

/** What action.yml may say: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax */
interface Metadata {
  readonly inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly runs: Readonly<Record<string, unknown>>;
  readonly branding: Readonly<Record<string, unknown>>;
}

const metadata = parse(read("action.yml")) as Metadata;

test("action.yml says what GitHub knows, and no more", () => {
  expect(Object.keys(metadata).sort()).toEqual([
    "author",
    "branding",
    "description",
    "inputs",
    "name",
    "outputs",
    "runs",
  ]);
  expect(Object.keys(metadata.runs).sort()).toEqual(["main", "post", "post-if", "using"]);
  expect(metadata.runs["using"]).toBe("node24");
  expect(metadata.runs["post-if"]).toBe("cancelled()");
});

test.each(["main", "post"])("the file that runs.%s names is there", (phase) => {
  const file = metadata.runs[phase];
  expect(typeof file).toBe("string");
  expect(existsSync(join(ROOT, String(file)))).toBe(true);
});

test("the branding is one that the marketplace has", () => {
  expect(metadata.branding).toEqual({ icon: "shopping-bag", color: "blue" });
});

test.each(Object.entries(metadata.inputs))(
  "the input %s is described, and has a default or says that it needs none",
  (name, input) => {
    expect(name).toMatch(/^[a-z][A-Za-z]*$/);
    expect(Object.keys(input).every((key) => ["description", "required", "default"].includes(key))).toBe(true);
    expect(input["description"]).toMatch(/^[A-Z].*\.$/);
    expect("required" in input).toBe(!("default" in input));
    // The runner hands text over; a bare true or 330 in YAML is a mistake of the one who wrote it.
    expect(["string", "undefined"]).toContain(typeof input["default"]);
  },
);

test.each(Object.entries(metadata.outputs))("the output %s is described, and nothing else", (name, output) => {
  expect(name).toMatch(/^[a-z][A-Za-z]*$/);
  expect(output).toEqual({ description: expect.stringMatching(/^[A-Z].*\.$/) });
});

test.each([
  ["as it is", (text: string) => text, []],
  ["with a runtime that the runner does not have", (text: string) => text.replace("node24", "node26"), [/./]],
])("GitHub's own reader of action.yml finds what is wrong with it %s", (_title, change, expected) => {
  const file = { name: "action.yml", content: change(read("action.yml")) };
  const { context } = parseAction(file, new NoOperationTraceWriter());
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual(
    expected.map((pattern) => expect.stringMatching(pattern)),
  );
});
