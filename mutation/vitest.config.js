import { fileURLToPath } from "node:url";
import { KINDS, kind } from "./tests.js";

/**
 * Vitest runs the tests here, because it keeps what is loaded from one test file to the next: Jest would load everything
 * anew for each of some 100,000 test files.
 */
export default {
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: { alias: { "@jest/globals": "vitest" } },
  test: {
    include: KINDS[kind].tests,
    setupFiles: [fileURLToPath(new URL("setup.ts", import.meta.url))],
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
  },
};
