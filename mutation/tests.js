import { globSync, readFileSync } from "node:fs";

/** What a test imports that starts steps, or a process or a thread of its own. */
const STARTS_STEPS = /(?:scenario|thread|identity-process|identity-wait-plan|emulator\/step\/runner|decision-run)\.ts"/;

/** The tests that run parts of `src` in their own process. */
const PARTS = globSync("__tests__/{unit,report,identity,approval,hostile,dry-run}/*.test.ts").filter(
  (test) => !STARTS_STEPS.test(readFileSync(test, "utf8")),
);

/** Those of the tests of whole steps that take no more than a moment. */
const STEPS = globSync([
  "__tests__/approval/{approval-step,claim,decision,github-faults,hostile-review,paging}.test.ts",
  "__tests__/approval/{refusal-property,sign-in-order,unasked-library}.test.ts",
  "__tests__/identity/{decision,entra-refusal,marketplace-refusal,mask,token-look}.test.ts",
  "__tests__/once/{adopt,post,watch-only}.test.ts",
  "__tests__/{dry-run/{dry-run,not-told},scenarios/{failure,inputs,refusal,token,trigger}}.test.ts",
]);

/** What holds the parts together, and texts that nobody sees but at the end of a step. */
const WHOLE = [
  "approval/*",
  "connection",
  "go-live/go-live",
  "inputs/given-token",
  "inputs/sign-in-inputs",
  "main",
  "report/approval-text",
  "report/dry-run-text",
].flatMap((name) => globSync(`src/${name}.ts`));

/**
 * The two kinds of tests, and what is broken to see whether they notice. The process itself and the runner's own toolkit
 * are in neither: the tests of the bundle hold them.
 */
export const KINDS = {
  parts: {
    tests: PARTS,
    mutate: [
      "src/**/*.ts",
      "!src/**/*.d.ts",
      "!src/index.ts",
      "!src/post-entry.ts",
      "!src/runner/actions-runner.ts",
      ...WHOLE.map((file) => `!${file}`),
    ],
  },
  steps: { tests: [...PARTS, ...STEPS], mutate: WHOLE },
};

/** Which kind this run is about. */
export const kind = process.env["KIND"] === "steps" ? "steps" : "parts";
