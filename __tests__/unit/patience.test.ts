import { expect, test } from "@jest/globals";
import { createPatience } from "../../src/go-live/patience.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { answerError, networkError, serviceError } from "../harness/scripted-marketplace.ts";

test("is over after three refusals alike that lasted long enough", () => {
  const patience = createPatience(100);
  const over = [0, 50, 99, 100].map((atMs) => patience.isOver(serviceError(403), atMs));
  expect(over).toEqual([false, false, false, true]);
});

test("is not over after two refusals, however long they lasted", () => {
  const patience = createPatience(100);
  expect([0, 10_000].map((atMs) => patience.isOver(serviceError(403), atMs))).toEqual([false, false]);
});

test.each([
  { name: "another status", other: serviceError(404) },
  { name: "a broken connection", other: networkError() },
  { name: "an unusable answer", other: answerError() },
  { name: "a refused sign-in", other: new SignInError("refused", { text: "t" }) },
])("begins anew after $name", ({ other }) => {
  const patience = createPatience(0);
  const errors = [serviceError(403), serviceError(403), other, serviceError(403), serviceError(403), serviceError(403)];
  expect(errors.map((error) => patience.isOver(error, 0))).toEqual([false, false, false, false, false, true]);
});

test("begins anew after an answer", () => {
  const patience = createPatience(0);
  patience.isOver(serviceError(403), 0);
  patience.isOver(serviceError(403), 0);
  patience.renew();
  expect([1, 2, 3].map((atMs) => patience.isOver(serviceError(403), atMs))).toEqual([false, false, true]);
});

test("tells Entra's codes apart", () => {
  const patience = createPatience(0);
  const codes = ["AADSTS700016", "AADSTS7000215", "AADSTS700016"];
  const errors = codes.map((code) => new SignInError("refused", { text: "t", code }));
  expect(errors.map((error) => patience.isOver(error, 0))).toEqual([false, false, false]);
});
