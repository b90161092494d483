import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readOperation, type Wanted } from "../../src/marketplace/cloud-partner-portal/body.ts";

/** Stands in for the reading of HTML; what it was given can be seen. */
const toText = async (html: string): Promise<string> => (html === "<empty>" ? "" : `text of ${html}`);
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const read = (body: unknown, reference: Wanted["reference"] = { id: "7" }): ReturnType<typeof readOperation> =>
  readOperation(body, { reference, offer: OFFER }, toText);

const BARE = {
  status: "running",
  statusWord: "running",
  isKnownWord: true,
  messages: [],
  steps: [],
  liveLinks: [],
} as const;

test.each<[string, unknown]>([
  ["a bare object", { status: "running" }],
  ["an array of one", [{ status: "running" }]],
  ["a bare object with its id", { id: " 7\n", status: "running" }],
  ["an array of one with its id", [{ id: "7", status: "running" }]],
  ["an answer that names the offer", { publisherId: "Contoso", offerId: "CONTOSO-VM", status: "running" }],
  ["an answer that names the offer in part", { offerId: "another", status: "running" }],
  [
    "an answer that names the offer by an id of the service's own",
    { publisherId: "contoso", offerId: "0C0FFEE0-2185-49fe-80d2-c4ddf77bb2e8", status: "running" },
  ],
  ["an array of one object and what is none", [null, { status: "running" }, "x"]],
  [
    "the one of several that has the id",
    [
      { id: "8", status: "failed" },
      { id: "7", status: "running" },
    ],
  ],
  ["an entry of the list", { submissionState: "running" }],
  ["a status beside the state of the list", { status: "running", submissionState: "failed" }],
  ["a blank status beside the state of the list", { status: " ", submissionState: "running" }],
  ["a status with blanks around it", { status: " running\n" }],
])("reads an operation in %s", async (_title, body) => {
  expect(await read(body)).toEqual(BARE);
});

test.each<[unknown, string]>([
  [undefined, "wrongShape"],
  [null, "wrongShape"],
  ["running", "wrongShape"],
  [42, "wrongShape"],
  [[], "wrongShape"],
  [[null], "wrongShape"],
  [
    [
      { id: "8", status: "running" },
      { id: "9", status: "succeeded" },
    ],
    "wrongShape",
  ],
  [{}, "noStatus"],
  [{ status: "" }, "noStatus"],
  [{ status: null }, "noStatus"],
  [{ status: 200 }, "noStatus"],
  [{ status: { value: "succeeded" } }, "noStatus"],
  [[{}], "noStatus"],
  [{ error: { code: "X", message: "Y" } }, "noStatus"],
])("%j is no operation: %s", async (body, reason) => {
  expect(await read(body)).toBe(reason);
});

test.each<[string, unknown]>([
  ["a bare object with another id", { id: "8", status: "completed" }],
  ["an array of one with another id", [{ id: "8", status: "completed" }]],
  ["an id that is a number", { id: 8, status: "completed" }],
  ["an id that only looks the same", { id: "7\u0307", status: "completed" }],
  ["another publisher", { publisherId: "fabrikam", offerId: "contoso-vm", status: "completed" }],
  ["another offer", [{ id: "7", publisherId: "contoso", offerId: "contoso-app", status: "completed" }]],
])("an answer that is about another operation is none about this one: %s", async (_title, body) => {
  expect(await read(body)).toBe("otherOperation");
});

test("an id is the same in another case, also among several", async () => {
  const body = { id: "56615B67-2185-49FE-80D2-C4DDF77BB2E8", status: "running" };
  const reference = { id: "56615b67-2185-49fe-80d2-c4ddf77bb2e8" };
  expect(await read(body, reference)).toEqual(BARE);
  expect(await read([{ id: "8", status: "completed" }, body], reference)).toEqual(BARE);
});

test("of several the one that has the id counts, if there is one and no more", async () => {
  const own = { id: "7", status: "running" };
  expect(await read([own, { id: "8", status: "completed" }])).toEqual(BARE);
  expect(await read([own, { ...own, status: "completed" }])).toBe("wrongShape");
});

test("no id contradicts the place that operations share, but the name of another offer does", async () => {
  const reference = { id: "contoso$contoso-vm$2$preview", isShared: true } as const;
  expect(await read({ id: "8", status: "running" }, reference)).toEqual(BARE);
  expect(await read({ publisherId: "contoso", offerId: "other", status: "running" }, reference)).toBe("otherOperation");
});

test("keeps the service's own word, known or not", async () => {
  expect(await read({ status: "Complete" })).toMatchObject({
    status: "succeeded",
    statusWord: "Complete",
    isKnownWord: true,
  });
  expect(await read({ status: "baking" })).toMatchObject({
    status: "running",
    statusWord: "baking",
    isKnownWord: false,
  });
});

test.each<[unknown, unknown]>([
  [
    { code: "C", message: "M" },
    { code: "C", text: "text of M" },
  ],
  [{ message: "M" }, { text: "text of M" }],
  [{ code: "C" }, { code: "C", text: "" }],
  [{ code: " ", message: " " }, undefined],
  [{}, undefined],
  [
    [
      { code: "C", message: "M" },
      { code: "D", message: "N" },
    ],
    { code: "C", text: "text of M text of N" },
  ],
  [
    { code: "C", message: "M", details: [{ code: "D", message: "N" }, { code: "E" }] },
    { code: "C", text: "text of M text of N text of E" },
  ],
  [{ innererror: { message: "M" } }, { text: "text of M" }],
  ["M", { text: "text of M" }],
  [" ", undefined],
  [null, undefined],
  [[], undefined],
  [7, undefined],
])("reads the error %j as %j", async (error, fault) => {
  const operation = await read({ status: "failed", error });
  expect(operation).toEqual({
    ...BARE,
    status: "failed",
    statusWord: "failed",
    ...(fault === undefined ? {} : { fault }),
  });
});

test("reads messages of an operation: HTML or text, with their level", async () => {
  const messages = [
    { messageHtml: "<b>1</b>", message: "not this", level: "error" },
    { message: "2", level: "Warning" },
    { messageHtml: " ", message: "3", level: "information" },
    { messageHtml: "4", level: "fatal" },
    { messageHtml: "5" },
    { messageHtml: "6", level: " ERROR " },
    { messageHtml: "<empty>", level: "error" },
    { level: "error" },
    null,
    "7",
  ];
  expect(await read({ status: "running", messages })).toMatchObject({
    messages: [
      { level: "error", text: "text of <b>1</b>" },
      { level: "warning", text: "text of 2" },
      { level: "information", text: "text of 3" },
      { level: "information", text: "text of 4" },
      { level: "information", text: "text of 5" },
      { level: "error", text: "text of 6" },
    ],
  });
  expect(await read({ status: "running", messages: { messageHtml: "x" } })).toEqual(BARE);
});

test("reads a step with everything in it", async () => {
  const step = {
    id: "displaycertify",
    stepName: "Certification",
    status: "waitingForPublisherReview",
    progressPercentage: 40,
    estimatedTimeFrame: "< 5 day",
    messages: [{ messageHtml: "m", level: "error" }],
  };
  expect(await read({ status: "running", steps: [step] })).toMatchObject({
    steps: [
      {
        id: "displaycertify",
        name: "Certification",
        status: "waiting",
        statusWord: "waitingForPublisherReview",
        progressPercentage: 40,
        estimate: "< 5 day",
        messages: [{ level: "error", text: "text of m" }],
      },
    ],
  });
});

test.each<[unknown, string]>([
  [{ code: "C", message: "M" }, "C: text of M"],
  [{ code: "C" }, "C"],
  ["M", "text of M"],
  [{ details: [{ message: "M" }, { message: "N" }] }, "text of M text of N"],
])("the error %j of a step stands before its messages", async (error, text) => {
  const messages = [{ messageHtml: "m", level: "warning" }];
  expect(await read({ status: "running", steps: [{ error, messages }] })).toMatchObject({
    steps: [
      {
        messages: [
          { level: "error", text },
          { level: "warning", text: "text of m" },
        ],
      },
    ],
  });
});

const many = (count: number, value: object): readonly object[] => Array<object>(count).fill(value);

test("of a service gone mad no more is read than anybody wants to know", async () => {
  const message = { messageHtml: "m", level: "error" };
  const step = { status: "failed", messages: many(400, message) };
  const operation = await read({
    ...{ status: "failed", messages: many(300, message), steps: many(400, step) },
    liveLinks: [{ uri: `https://shop.example/${"x".repeat(4_000)}` }, ...many(300, { uri: "https://shop.example" })],
  });
  if (typeof operation === "string") throw new Error(operation);
  expect([operation.messages, operation.steps, operation.liveLinks].map(({ length }) => length)).toEqual([
    100, 200, 99,
  ]);
  expect(operation.steps.map(({ messages }) => messages.length)).toEqual([
    ...Array(4).fill(100),
    ...Array(196).fill(0),
  ]);
});

test("reads long texts up to a number of characters in all, and cuts long names", async () => {
  const long = "x".repeat(30_000);
  const operation = await read({
    status: long,
    ...{ messages: many(3, { messageHtml: long }), steps: [{ id: long, messages: [{ messageHtml: "m" }] }] },
  });
  if (typeof operation === "string") throw new Error(operation);
  expect(operation.messages.map(({ text }) => text.length - "text of ".length)).toEqual([30_000, 20_000]);
  expect(operation.steps).toMatchObject([{ id: "x".repeat(1_000), name: "x".repeat(1_000), messages: [] }]);
  expect(operation.statusWord).toHaveLength(1_000);
});

test.each([{ id: "live" }, { id: "LIVE" }, { id: "x", stepName: "Live" }, { id: "x", stepName: " l-i_v e" }])(
  "knows the step that makes the offer live by its id or its name: %j",
  async (step) => {
    expect(await read({ status: "running", steps: [step] })).toMatchObject({ steps: [{ makesLive: true }] });
  },
);

test("takes no other step for the one that makes the offer live", async () => {
  const steps = [{ id: "publisher-signoff" }, { id: "alive", stepName: "Live preview" }, {}];
  const operation = await read({ status: "running", steps });
  if (typeof operation === "string") throw new Error(operation);
  expect(operation.steps.map(({ makesLive }) => makesLive)).toEqual([undefined, undefined, undefined]);
});

test("reads a step with nothing in it, and leaves out what is no step", async () => {
  expect(await read({ status: "running", steps: [{}, null, "x", { id: "live", status: "complete" }] })).toEqual({
    ...BARE,
    steps: [
      { id: "", name: "unnamed step", status: "running", statusWord: "", messages: [] },
      { id: "live", name: "live", makesLive: true, status: "succeeded", statusWord: "complete", messages: [] },
    ],
  });
});

test.each<[unknown, number | undefined]>([
  [0, 0],
  [12.5, 12.5],
  [100, 100],
  [-1, 0],
  [250, 100],
  ["50", undefined],
  [null, undefined],
])("reads the progress %j as %j", async (progressPercentage, expected) => {
  const operation = await read({ status: "running", steps: [{ progressPercentage }] });
  expect(typeof operation === "string" ? operation : operation.steps[0]?.progressPercentage).toBe(expected);
});

test("reads the links to the live offer", async () => {
  const liveLinks = [
    { displayText: "Shop", uri: "https://shop.example/x" },
    { uri: "https://shop.example/y" },
    { displayText: "none" },
    null,
  ];
  expect(await read({ status: "succeeded", liveLinks })).toMatchObject({
    liveLinks: [
      { text: "Shop", url: "https://shop.example/x" },
      { text: "https://shop.example/y", url: "https://shop.example/y" },
    ],
  });
});

test("whatever the body, reading it never throws, and only a word of the service's makes a success", async () => {
  const name = fc.constantFrom(
    "status",
    "submissionState",
    "error",
    "messages",
    "steps",
    "liveLinks",
    "id",
    "code",
    "message",
    "messageHtml",
    "level",
  );
  const value = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, 0, true, "", " ", "running", "succeeded", "failed", "error", "7"),
      fc.array(tie("node"), { maxLength: 3 }),
      fc.dictionary(name, tie("node"), { maxKeys: 4 }),
    ),
  })).node;
  await fc.assert(
    fc.asyncProperty(value, async (body) => {
      const operation = await read(body);
      const word = typeof operation === "string" ? operation : operation.statusWord;
      const status = typeof operation === "string" ? "none" : operation.status;
      expect(status === "succeeded").toBe(word === "succeeded");
      expect(status === "none").toBe(["wrongShape", "noStatus", "otherOperation"].includes(word));
    }),
    { numRuns: 500 },
  );
});
