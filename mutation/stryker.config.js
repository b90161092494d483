import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

/** Run from the root of the checkout: `npm run mutation`, or `npm run mutation -- -- --mutate src/poll.ts`. */
export default {
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  jest: { projectType: "custom", configFile: "mutation/jest.config.js" },
  testRunnerNodeArgs: ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
  mutate: ["src/**/*.ts", "!src/index.ts"],
  // A mutant in what a module does when it is loaded would need every test anew: hours for a few tables of texts.
  ignoreStatic: true,
  // What the tests under mutation do not need, and what must not be copied for every worker.
  ignorePatterns: [".github", "bench", "dist*", "docs/images", "lib", "pictures", "coverage"],
  tempDirName: join(tmpdir(), "mutation"),
  // Its reader of tsconfig.json needs the API of an older TypeScript; node takes the types away without reading it.
  tsconfigFile: "none",
  disableTypeChecks: true,
  concurrency: availableParallelism(),
  timeoutMS: 3_000,
  timeoutFactor: 1.5,
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: "coverage/mutation.json" },
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  thresholds: { high: 90, low: 80, break: null },
};
