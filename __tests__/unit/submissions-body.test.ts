import { expect, test } from "@jest/globals";
import { readSubmissions } from "../../src/marketplace/cloud-partner-portal/body.ts";
import type { OperationReference } from "../../src/marketplace/marketplace.ts";

const locate = (id: string): OperationReference => ({
  id,
  location: new URL(`https://service.example/api/operations/${id}`),
  key: id,
});
const read = (body: unknown): ReturnType<typeof readSubmissions> => readSubmissions(body, locate);

test.each<[string, unknown]>([
  ["bare", [{ id: "7", submissionState: "running", slot: "production" }]],
  ["in `value`", { value: [{ id: "7", submissionState: "running", slot: "production" }] }],
  ["with blanks", [{ id: " 7 ", submissionState: " running ", slot: " production " }]],
])("reads the list of operations, %s", (_title, body) => {
  expect(read(body)).toEqual([
    {
      id: "7",
      status: "running",
      statusWord: "running",
      isKnownWord: true,
      isGoLive: true,
      changedAtMs: undefined,
      reference: locate("7"),
    },
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
  ["an id that is a number: half of its digits may be lost", { id: 123_456_789_012_345_680 }],
  ["a blank id", { id: " " }],
  ["an id that is no id", { id: "$(id)", submissionState: "running", slot: "production" }],
  ["no id, and it runs", { submissionState: "running", slot: "production" }],
  ["no id, and its state is an unknown word", { submissionState: "baking", submissionType: "GoLive" }],
  ["no id, and its state is no word", { submissionState: 200, slot: "live" }],
])("a list cannot be used when an entry that may be a go-live has no usable id: %s", (_title, entry) => {
  expect(read([entry, { id: "8" }])).toBeUndefined();
});

test.each([
  [{ slot: "staging" }, false],
  [{ slot: " Staging " }, false],
  [{ slot: "preview" }, false],
  [{ slot: "staging", submissionType: "publish" }, false],
  [{ slot: "staging", submissionType: 7 }, false],
  [{ slot: "staging", submissionType: "GoLive" }, true],
  [{ slot: "preview", submissionType: "go-live" }, true],
  [{ slot: "production" }, true],
  [{ slot: "Production" }, true],
  [{ slot: "production", submissionType: "publish" }, true],
  [{ slot: "live" }, true],
  [{ slot: "golive" }, true],
  [{ slot: "" }, true],
  [{ slot: null }, true],
  [{ slot: 1, submissionType: null }, true],
  [{ slot: { name: "staging" } }, true],
  [{ slot: ["staging"] }, true],
  [{ submissionType: "Go Live" }, true],
  // The reference shows this type for go-lives, too.
  [{ submissionType: "publish" }, true],
  [{ submissionType: "preview" }, true],
  [{}, true],
])("the entry %j is to be taken for a go-live: %s", (entry, isGoLive) => {
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
  [
    { submissionState: " ", status: "failed" },
    { status: "running", statusWord: "", isKnownWord: false },
  ],
  [
    { submissionState: 3, status: "succeeded" },
    { status: "running", statusWord: "", isKnownWord: false },
  ],
  [
    { submissionState: null, status: "succeeded" },
    { status: "succeeded", statusWord: "succeeded", isKnownWord: true },
  ],
])("the entry %j stands at %j", (entry, expected) => {
  expect(read([{ id: "7", ...entry }])).toMatchObject([expected]);
});

test.each([
  ["a", true],
  ["56615B67-2185-49fe-80d2-c4ddf77bb2e8", true],
  ["a_b-7", true],
  ["x".repeat(100), true],
  ["x".repeat(101), false],
  ["--", false],
  ["..", false],
  ["a.b", false],
  ["a/b", false],
  ["a b", false],
  ["a%20b", false],
  ["`id`", false],
  ["$(id)", false],
  ["contoso$contoso-vm$2$preview", false],
  ["é", false],
])(
  "an id of letters, digits, - and _ is one, and nothing that a shell or a path could read otherwise: %s",
  (id, isOne) => {
    const ended = { submissionState: "succeeded", slot: "production" };
    const ids = read([
      { id, ...ended },
      { id: "8", ...ended },
    ])?.map((entry) => entry.id);
    expect(ids).toEqual(isOne ? [id, "8"] : ["8"]);
  },
);
