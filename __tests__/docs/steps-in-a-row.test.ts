import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { stepsInARow } from "../../scripts/steps-in-a-row.ts";
import { read } from "./workflow.ts";

const SIDE_BY_SIDE = `steps:
  - run: one
  - parallel:
      - id: two
        run: |
          a
            b

      - run: three
  - run: four
`;

test("puts steps that run side by side one after the other, where they stood and as they were", () => {
  const steps = [{ run: "one" }, { id: "two", run: "a\n  b\n" }, { run: "three" }, { run: "four" }];
  expect(parse(stepsInARow(SIDE_BY_SIDE))).toEqual({ steps });
});

test("leaves a workflow without such steps as it is", () => {
  const text = read("examples/release-pipeline.yml");
  expect(stepsInARow(text)).toBe(text);
});
