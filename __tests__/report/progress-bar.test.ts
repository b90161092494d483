import { expect, test } from "@jest/globals";
import { progressBar } from "../../src/report/operation-text.ts";
import { operation, step } from "../harness/operation.ts";

const done = step({ status: "succeeded" });

test.each([
  [[], "[----------]"],
  [[step()], "[----------]"],
  [[step({ progressPercentage: 49 })], "[####------]"],
  [[step({ progressPercentage: 70 })], "[#######---]"],
  [[step({ progressPercentage: 100 })], "[#########-]"],
  [[done, step()], "[#####-----]"],
  [[done, step({ progressPercentage: 50 })], "[#######---]"],
  [[done, done, step({ status: "failed", progressPercentage: 99 })], "[#########-]"],
  [[done, done], "[##########]"],
])("shows how far the steps have come (%#)", (steps, bar) => {
  expect(progressBar(operation({ steps }))).toBe(bar);
});
