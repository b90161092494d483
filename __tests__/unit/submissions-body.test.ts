import { expect, test } from "@jest/globals";
import { readSubmissions } from "../../src/marketplace/cloud-partner-portal-body.ts";
import type { OperationReference } from "../../src/marketplace/marketplace.ts";

const locate = (id: string): OperationReference => ({
  id,
  location: new URL(`https://service.example/api/operations/${id}`),
});
const read = (body: unknown): ReturnType<typeof readSubmissions> => readSubmissions(body, locate);

test.each<[string, unknown]>([
  ["bare", [{ id: "7", submissionState: "running", slot: "production" }]],
  ["in `value`", { value: [{ id: "7", submissionState: "running", slot: "production" }] }],
  ["with blanks", [{ id: " 7 ", submissionState: " running ", slot: " production " }]],
])("reads the list of operations, %s", (_title, body) => {
  expect(read(body)).toEqual([
    { id: "7", status: "running", statusWord: "running", isKnownWord: true, isGoLive: true, reference: locate("7") },
  ]);
});

test.each([
  undefined,
  null,
  "x",
  7,
  {},
  { value: null },
  { value: {} },
  { items: [] },
  [null],
  [{ id: "7" }, "x"],
  [[]],
])("%j is no list", (body) => {
  expect(read(body)).toBeUndefined();
});

test("an empty list is a list", () => {
  expect(read([])).toEqual([]);
  expect(read({ value: [] })).toEqual([]);
});

test.each<[string, unknown]>([
  ["a publish to preview", { submissionState: "running", slot: "staging" }],
  ["a go-live that has ended", { submissionState: "succeeded", slot: "production" }],
])("leaves out an entry without an id: %s", (_title, entry) => {
  expect(read([entry, { id: "8" }])?.map(({ id }) => id)).toEqual(["8"]);
});

test.each<[string, unknown]>([
  ["nothing at all", {}],
  ["an id that is no text", { id: 7 }],
  ["a blank id", { id: " " }],
])("a list is not to be used when an entry may be a go-live and has no id: %s", (_title, entry) => {
  expect(read([entry, { id: "8" }])).toBeUndefined();
});

test("a list is not to be used when it shows a go-live without an id: it can neither be followed nor overlooked", () => {
  expect(read([{ id: "8" }, { submissionState: "running", slot: "production" }])).toBeUndefined();
  expect(read([{ submissionState: "baking", submissionType: "GoLive" }])).toBeUndefined();
});

test.each([
  [{ slot: "production" }, true],
  [{ slot: "Production" }, true],
  [{ slot: "staging" }, false],
  [{ slot: "production", submissionType: "publish" }, true],
  [{ slot: "staging", submissionType: "GoLive" }, true],
  [{ submissionType: "GoLive" }, true],
  [{ submissionType: "go-live" }, true],
  [{ submissionType: "Go Live" }, true],
  [{ submissionType: "publish" }, false],
  [{ submissionType: "production" }, false],
  [{ slot: "golive" }, false],
  [{}, false],
  [{ slot: 1, submissionType: null }, false],
])("the entry %j is a go-live: %s", (entry, isGoLive) => {
  expect(read([{ id: "7", ...entry }])).toMatchObject([{ isGoLive }]);
});

test.each([
  [{ submissionState: "succeeded" }, { status: "succeeded", statusWord: "succeeded", isKnownWord: true }],
  [{ status: "failed" }, { status: "failed", statusWord: "failed", isKnownWord: true }],
  [
    { submissionState: "running", status: "failed" },
    { status: "running", statusWord: "running", isKnownWord: true },
  ],
  [{ submissionState: "baking" }, { status: "running", statusWord: "baking", isKnownWord: false }],
  [{}, { status: "running", statusWord: "", isKnownWord: false }],
])("the entry %j stands at %j", (entry, expected) => {
  expect(read([{ id: "7", ...entry }])).toMatchObject([expected]);
});

test.each([
  ["a", true],
  ["x".repeat(1_000), true],
  ["x".repeat(1_001), false],
  ["--", false],
  ["..", false],
])("an id that can be the last part of a path, and no other, is one (%#)", (id, isOne) => {
  const ended = { submissionState: "succeeded", slot: "production" };
  expect(
    read([
      { id, ...ended },
      { id: "8", ...ended },
    ])?.map((entry) => entry.id),
  ).toEqual(isOne ? [id, "8"] : ["8"]);
});
