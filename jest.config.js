import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

// The tests start many processes and threads: what one has compiled, the others need not.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url));

export default {
  testEnvironment: "<rootDir>/__tests__/harness/shared-environment.ts",
  testSequencer: "<rootDir>/__tests__/harness/longest-first.js",
  // Much of a test is waiting for another thread, or for a timer.
  maxWorkers: 2 * availableParallelism(),
  // The cases that run side by side in one file wait for a fast clock.
  maxConcurrency: 16,
  // Only a hang takes so long; a busy machine must not turn a test red.
  testTimeout: 60_000,
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  modulePathIgnorePatterns: ["<rootDir>/lib/", "<rootDir>/dist"],
  transform: { "^.+\\.ts$": "<rootDir>/scripts/strip-types.js" },
};
