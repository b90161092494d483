import { expect, test } from "@jest/globals";
import { takeInputs } from "../../src/runner/actions-runner.ts";

test("reads the inputs as the toolkit does, and leaves none of them in the environment", () => {
  const environment: NodeJS.ProcessEnv = {
    PATH: "/bin",
    INPUT_TOKEN: "  a token\n",
    INPUT_OFFERID: "contoso-vm",
    INPUT_TWO_WORDS: "both",
    INPUT_EMPTY: "",
    MY_INPUT_TOKEN: "mine",
    STATE_phase: "main",
  };
  const { input, isGiven } = takeInputs(environment);
  expect(environment).toEqual({ PATH: "/bin", MY_INPUT_TOKEN: "mine", STATE_phase: "main" });
  const names = ["token", "offerId", "two words", "empty", "absent"];
  expect(names.map((name) => input(name))).toEqual(["a token", "contoso-vm", "both", "", ""]);
  expect(names.map((name) => isGiven(name))).toEqual([true, true, true, true, false]);
});
