import config from "../jest.config.js";
import { KINDS } from "./tests.js";

/** For `npm run coverage`: the tests that run the bundle reach nothing of `src`. */
export default {
  ...config,
  rootDir: "..",
  testMatch: KINDS.parts.tests.map((test) => `<rootDir>/${test}`),
  collectCoverageFrom: ["src/**/*.ts", "!src/**/*.d.ts"],
  coverageProvider: "v8",
  coverageReporters: ["text"],
};
