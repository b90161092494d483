import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { hasEnded } from "../../src/marketplace/operation.ts";
import { type Entry, readEntryList, readState, toSubmission } from "../../src/marketplace/product-ingestion/entry.ts";
import { submissionReference } from "../../src/marketplace/product-ingestion/location.ts";

const PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const OTHER_PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000cccc";
const SUBMISSION = { product: PRODUCT, number: "1152921505690000222" } as const;
const ENDPOINT = new URL("https://graph.example");
const DRAFT = { id: `submission/${PRODUCT}/0`, product: `product/${PRODUCT}`, target: { targetType: "draft" } };
const DONE = {
  id: `submission/${PRODUCT}/${SUBMISSION.number}`,
  product: `product/${PRODUCT}`,
  target: { targetType: "preview" },
  lifecycleState: "generallyAvailable",
  status: "completed",
  result: "succeeded",
  created: "2026-03-09T10:00:00.7654321Z",
} as const;

const read = (...value: readonly unknown[]): readonly Entry[] | undefined => readEntryList({ value }, PRODUCT);

test.each([
  ["notStarted", "pending", "notStarted"],
  ["running", "pending", "running"],
  // What a result says before the end is no end.
  ["running", "succeeded", "running"],
  ["notStarted", "failed", "notStarted"],
  ["completed", "succeeded", "succeeded"],
  ["completed", "failed", "failed"],
  ["completed", "cancelled", "canceled"],
  ["completed", "canceled", "canceled"],
  ["COMPLETED", "Succeeded", "succeeded"],
  ["Not Started", "Pending", "notStarted"],
  ["not_started", undefined, "notStarted"],
  ["In-Progress", "pending", "running"],
] as const)("the status %j and the result %j together mean %s", (status, result, meaning) => {
  const state = readState(status, result);
  expect(state.status).toBe(meaning);
  expect(state.isKnownWord).toBe(status !== "In-Progress");
});

test.each([
  ["queued", "pending", "queued"],
  ["", "", ""],
  [undefined, undefined, ""],
  [null, "succeeded", ""],
  [7, {}, ""],
  ["completed", "pending", "completed, pending"],
  ["completed", undefined, "completed"],
  ["completed", "partiallySucceeded", "completed, partiallySucceeded"],
  ["constructor", "pending", "constructor"],
  ["completed", "__proto__", "completed, __proto__"],
  ["completed", "toString", "completed, toString"],
] as const)("the unknown pair %j, %j reads as running and is told as %j", (status, result, told) => {
  expect(readState(status, result)).toStrictEqual({ status: "running", statusWord: told, isKnownWord: false });
});

test("only `completed` is ever an end, whatever words the service has", () => {
  const word = fc.oneof(
    fc.constantFrom("running", "notStarted", "completed", "succeeded", "failed", "cancelled", "pending"),
    fc.string(),
    fc.constantFrom(null, undefined, 1, true),
  );
  fc.assert(
    fc.property(word, word, (status, result) => {
      const isOver = typeof status === "string" && status.toLowerCase().replaceAll(/[\s_-]/g, "") === "completed";
      expect(hasEnded(readState(status, result).status) && !isOver).toBe(false);
    }),
  );
});

test("reads the submissions as the reference shows them, and leaves the draft out", () => {
  const live = { ...DONE, id: `submission/${PRODUCT}/1152921505690000111`, target: { targetType: "live" } };
  const list = read(DRAFT, live, { ...DONE, status: "running", result: "pending" });
  expect(list).toStrictEqual([
    {
      submission: { product: PRODUCT, number: "1152921505690000111" },
      target: "live",
      state: { status: "succeeded", statusWord: "succeeded", isKnownWord: true },
      createdAtMs: Date.UTC(2026, 2, 9, 10, 0, 0, 765),
    },
    {
      submission: SUBMISSION,
      target: "preview",
      state: { status: "running", statusWord: "running", isKnownWord: true },
      createdAtMs: Date.UTC(2026, 2, 9, 10, 0, 0, 765),
    },
  ]);
});

test("takes `lifecycleState` for nothing: it reads generallyAvailable throughout, and a deprecated one is as live", () => {
  expect(read({ ...DONE, lifecycleState: "deprecated" })).toStrictEqual(read(DONE));
  const { lifecycleState: _, ...without } = DONE;
  expect(read(without)).toStrictEqual(read(DONE));
});

test("reads a product's id in whatever case, and the target in whatever spelling", () => {
  const spelt = { ...DONE, id: DONE.id.toUpperCase(), target: { targetType: "Preview" } };
  expect(read(spelt)).toStrictEqual(read(DONE));
  expect(readEntryList([DONE], PRODUCT)).toStrictEqual(read(DONE));
});

test.each([
  ["2026-03-09T10:00:00.7654321Z", Date.UTC(2026, 2, 9, 10, 0, 0, 765)],
  ["2026-03-09T10:00:00Z", Date.UTC(2026, 2, 9, 10)],
  // Without a zone it is the service's own, not this machine's.
  ["2026-03-09T10:00:00", Date.UTC(2026, 2, 9, 10)],
  ["2026-03-09T10:00:00+02:00", Date.UTC(2026, 2, 9, 8)],
  ["2026-03-09T10:00", Date.UTC(2026, 2, 9, 10)],
  ["0001-01-01T00:00:00", undefined],
  ["0001-01-01", undefined],
  ["2026-03-09", undefined],
  ["2026-13-40T99:00:00", undefined],
  ["yesterday", undefined],
  ["", undefined],
  [1_773_050_400_000, undefined],
  [null, undefined],
])("the time of creation %j is %s", (created, atMs) => {
  expect(read({ ...DONE, created })?.[0]?.createdAtMs).toBe(atMs);
});

/** What cannot be read of an entry. */
const UNREADABLE: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["no id", { id: undefined }],
  ["an id that is a number", { id: 7 }],
  ["an id of another form", { id: SUBMISSION.number }],
  ["the draft's id", { id: `submission/${PRODUCT}/0` }],
  ["another product's id", { id: `submission/${OTHER_PRODUCT}/7` }],
  ["no target", { target: undefined }],
  ["a target that is a text", { target: "live" }],
  ["a target without a type", { target: {} }],
  ["an empty target", { target: { targetType: " " } }],
];

test.each(UNREADABLE)("a list is unreadable that shows an entry with %s that runs or may run", (_what, changes) => {
  for (const state of [
    { status: "running", result: "pending" },
    { status: "notStarted", result: "pending" },
    { status: "somethingNew", result: "pending" },
    { status: "completed", result: "somethingNew" },
    { status: undefined, result: undefined },
  ]) {
    expect(read(DONE, { ...DONE, ...state, ...changes })).toBeUndefined();
  }
});

test.each(UNREADABLE)("an entry with %s that has ended is left out, for it is at nobody's way", (_what, changes) => {
  for (const result of ["succeeded", "failed", "cancelled"]) {
    expect(read(DONE, { ...DONE, result, ...changes })).toStrictEqual(read(DONE));
  }
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "[]"],
  ["an object without a list", {}],
  ["a list of null", { value: null }],
  ["a list in another member", { submissions: [] }],
  ["a list of texts", { value: ["submission"] }],
  ["a list with a hole", { value: [DONE, null] }],
  ["a list in a list", [[DONE]]],
])("%s is no list of submissions", (_what, body) => {
  expect(readEntryList(body, PRODUCT)).toBeUndefined();
});

test("an empty list is one of a product without submissions", () => {
  expect(read()).toStrictEqual([]);
  expect(read(DRAFT)).toStrictEqual([]);
});

test("a readable list holds every entry that may be at work, whatever else is in it", () => {
  const status = fc.constantFrom("running", "notStarted", "completed", "queued", undefined);
  const result = fc.constantFrom("pending", "succeeded", "failed", "cancelled", "new", undefined);
  const target = fc.constantFrom(
    { targetType: "live" },
    { targetType: "preview" },
    { targetType: "flight" },
    undefined,
  );
  const id = fc.constantFrom(DONE.id, `submission/${PRODUCT}/7`, `submission/${OTHER_PRODUCT}/7`, undefined, "x");
  const entries = fc.array(fc.record({ id, target, status, result }), { maxLength: 6 });
  fc.assert(
    fc.property(entries, (value) => {
      const list = readEntryList({ value }, PRODUCT);
      if (list === undefined) return;
      const mayRun = value.filter((one) => !hasEnded(readState(one.status, one.result).status));
      expect(list.filter(({ state }) => !hasEnded(state.status))).toHaveLength(mayRun.length);
    }),
  );
});

test.each([
  ["live", true, `live submission/${PRODUCT}/${SUBMISSION.number}`],
  ["preview", false, `preview submission/${PRODUCT}/${SUBMISSION.number}`],
  ["flight", false, `flight submission/${PRODUCT}/${SUBMISSION.number}`],
])("an entry with the target %s is a go-live: %s", (target, isGoLive, key) => {
  const [entry] = read({ ...DONE, target: { targetType: target } }) ?? [];
  const submission = entry && toSubmission(entry, (one) => submissionReference(one.submission, ENDPOINT));
  expect(submission).toStrictEqual({
    id: DONE.id,
    status: "succeeded",
    statusWord: "succeeded",
    isKnownWord: true,
    isGoLive,
    isPublish: target === "preview",
    // Of what is live nobody can tell whether the time is the preview's.
    changedAtMs: target === "preview" ? entry?.createdAtMs : undefined,
    reference: {
      id: SUBMISSION.number,
      location: new URL(`https://graph.example/rp/product-ingestion/${DONE.id}`),
      key,
      submissionId: DONE.id,
      isListedWhenLive: true,
    },
  });
});
