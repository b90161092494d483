import { expect, test } from "@jest/globals";
import { filesOf, problemsOf, WORKFLOWS } from "./workflow.ts";

const FINE = `name: fine
on: workflow_dispatch
jobs:
  go-live:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - id: live
        run: echo
      - if: always()
        run: echo "$STATUS"
        env:
          STATUS: \${{ steps.live.outputs.status }}
`;

test("looks at every example, every workflow of the repository, and the pages", () => {
  const files = new Set(WORKFLOWS.map(({ file }) => file));
  const whole = [...filesOf("examples", ".yml"), ...filesOf(".github/workflows", ".yml")];
  expect([...files]).toEqual(expect.arrayContaining([...whole, "README.md", "docs/recipes.md"]));
  expect(filesOf("examples", ".yml").length).toBeGreaterThanOrEqual(6);
});

test.each(WORKFLOWS)("$file holds a workflow that the linter has nothing against", async (workflow) => {
  expect(await problemsOf(workflow)).toEqual([]);
});

test("the linter has nothing against a workflow that is right", async () => {
  expect(await problemsOf({ file: "fine.yml", text: FINE })).toEqual([]);
});

test.each([
  ["a key that does not exist", "timeout-minutes", "timeout-minute", 'unexpected key "timeout-minute"'],
  ["an output of a step that does not exist", "steps.live", "steps.gone", 'property "gone" is not defined'],
  ["a function that does not exist", "always()", "allways()", 'undefined function "allways"'],
  ["an event that does not exist", "workflow_dispatch", "workflow_dispach", 'unknown Webhook event "workflow_dispach"'],
  ["a runner that does not exist", "ubuntu-latest", "ubuntu-lates", 'label "ubuntu-lates" is unknown'],
  ["an expression that does not end", "status }}", "status", "unexpected EOF while lexing expression"],
])("the linter finds %s", async (_what, right, wrong, problem) => {
  const problems = await problemsOf({ file: "wrong.yml", text: FINE.replace(right, wrong) });
  expect(problems).toEqual([expect.stringContaining(problem)]);
});
