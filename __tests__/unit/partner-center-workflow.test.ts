import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readLiveSteps } from "../../src/marketplace/partner-center/workflow.ts";

const PREVIEW = {
  type: "Push",
  state: "Success",
  targetEnvironment: "Preview",
  workflowSteps: [
    { name: "Automated validation", state: "Success" },
    { name: "Preview Creation", state: "Success" },
  ],
} as const;
const LIVE = {
  type: "Push",
  state: "InProgress",
  targetEnvironment: "Live",
  workflowSteps: [
    { name: "Certification", state: "InProgress" },
    { name: "Publish", state: "NotStarted" },
  ],
} as const;
const STEPS = [
  { id: "certification", name: "Certification", status: "running", statusWord: "InProgress", messages: [] },
  { id: "publish", name: "Publish", status: "notStarted", statusWord: "NotStarted", messages: [] },
] as const;

test.each([
  ["two halves", { value: [PREVIEW, LIVE] }],
  ["two halves the other way round", { value: [LIVE, PREVIEW] }],
  ["the live half alone", { value: [LIVE] }],
  ["a bare list", [PREVIEW, LIVE]],
  ["an earlier live half before it", { value: [{ ...LIVE, workflowSteps: [{ name: "Old" }] }, PREVIEW, LIVE] }],
  ["something in between that is none", { value: [null, "Live", PREVIEW, 7, LIVE, []] }],
  ["a half in another case", { value: [{ ...LIVE, targetEnvironment: "LIVE" }] }],
])("reads the steps of the way to the store from details with %s", (_what, body) => {
  expect(readLiveSteps(body)).toStrictEqual(STEPS);
});

test.each([
  undefined,
  null,
  "",
  7,
  {},
  [],
  { value: [] },
  { value: null },
  { value: [PREVIEW] },
  { value: [{ ...LIVE, targetEnvironment: undefined }] },
  { value: [{ ...LIVE, targetEnvironment: 7 }] },
  { value: [{ ...LIVE, targetEnvironment: "Staging" }] },
  { value: [{ ...LIVE, workflowSteps: undefined }] },
  { value: [{ ...LIVE, workflowSteps: {} }] },
  { value: [{ ...LIVE, workflowSteps: ["Certification"] }] },
  { value: LIVE },
])("reads no step from the details %j", (body) => {
  expect(readLiveSteps(body)).toStrictEqual([]);
});

test.each([
  ["NotStarted", "notStarted"],
  ["notstarted", "notStarted"],
  ["Not Started", "notStarted"],
  ["InProgress", "running"],
  ["in_progress", "running"],
  ["Success", "succeeded"],
  ["SUCCESS", "succeeded"],
  // Every other word was seen to be a failure.
  ["Failed", "failed"],
  ["Failure", "failed"],
  ["Cancelled", "failed"],
  ["somethingNew", "failed"],
  ["constructor", "failed"],
  ["__proto__", "failed"],
])("a step in the state %j is %s", (state, status) => {
  const [step] = readLiveSteps([{ ...LIVE, workflowSteps: [{ name: "Certification", state }] }]);
  expect(step).toMatchObject({ status, statusWord: state });
});

test.each([undefined, null, "", " ", 7, {}])("a step in the state %j has not begun, for nobody says so", (state) => {
  const [step] = readLiveSteps([{ ...LIVE, workflowSteps: [{ name: "Certification", state }] }]);
  expect(step).toMatchObject({ status: "notStarted", statusWord: "" });
});

test("names a step that has no name, and cuts what is too long to read", () => {
  const long = "N".repeat(5_000);
  const steps = [{ state: "Success" }, { name: long, state: long }, { name: " Sign & publish ", state: " Success " }];
  expect(readLiveSteps([{ ...LIVE, workflowSteps: steps }])).toStrictEqual([
    { id: "unnamedstep", name: "unnamed step", status: "succeeded", statusWord: "Success", messages: [] },
    { id: "n".repeat(200), name: "N".repeat(200), status: "failed", statusWord: "N".repeat(100), messages: [] },
    { id: "sign&publish", name: "Sign & publish", status: "succeeded", statusWord: "Success", messages: [] },
  ]);
});

test("reads no more halves and steps than anybody needs", () => {
  const many = Array.from({ length: 500 }, (_, at) => ({ name: `step ${at}` }));
  expect(readLiveSteps([{ ...LIVE, workflowSteps: many }])).toHaveLength(100);
  const before = Array.from({ length: 19 }, () => PREVIEW);
  expect(readLiveSteps([...before, LIVE])).toHaveLength(2);
  expect(readLiveSteps([...before, PREVIEW, LIVE])).toEqual([]);
});

test("bears whatever the details are", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (workflowSteps) => {
      const body = { value: [{ ...LIVE, workflowSteps }] };
      expect(readLiveSteps(body).every(({ name, id }) => name !== "" && id === id.toLowerCase())).toBe(true);
      expect(readLiveSteps(workflowSteps)).toEqual([]);
    }),
  );
});
