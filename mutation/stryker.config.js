import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { KINDS, kind } from "./tests.js";

export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "mutation/vitest.config.js", related: false },
  mutate: KINDS[kind].mutate,
  // A mutant in what a module does when it is loaded would need every test anew: hours for a few tables of texts.
  ignoreStatic: true,
  // What no test here needs, and what must not be copied for every worker.
  ignorePatterns: [".github", "bench", "docs/images", "lib", "pictures", "coverage"],
  tempDirName: join(tmpdir(), "mutation"),
  // Its reader of tsconfig.json needs the API of an older TypeScript; the types are taken away without reading it.
  tsconfigFile: "none",
  disableTypeChecks: true,
  concurrency: availableParallelism(),
  timeoutMS: 1_500,
  timeoutFactor: 1.5,
  // The next run looks only at what has changed since.
  incremental: true,
  incrementalFile: `coverage/mutation-${kind}-incremental.json`,
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: `coverage/mutation-${kind}.json` },
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  thresholds: { high: 90, low: 80, break: null },
};
