import { globSync, readFileSync } from "node:fs";
import config from "../jest.config.js";

/** Where tests of `src` are. */
const FOLDERS = "unit,report,identity,approval,hostile,dry-run";
/** What a test imports that starts steps, or a process of its own. */
const STARTS_STEPS = /(?:scenario|thread|identity-process|identity-wait-plan|emulator\/runner|decision-run)\.ts"/;

/** The tests that run `src` in their own process; the others run the bundle, which no mutant is in. */
const tests = globSync(`__tests__/{${FOLDERS}}/*.test.ts`).filter(
  (test) => !STARTS_STEPS.test(readFileSync(test, "utf8")),
);

export default {
  ...config,
  rootDir: "..",
  maxWorkers: 1,
  testMatch: tests.map((test) => `<rootDir>/${test}`),
  collectCoverageFrom: ["src/**/*.ts", "!src/**/*.d.ts"],
  coverageProvider: "v8",
  coverageReporters: ["text"],
};
