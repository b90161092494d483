export default {
  testEnvironment: "node",
  maxWorkers: "100%",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  modulePathIgnorePatterns: ["<rootDir>/lib/", "<rootDir>/dist"],
  transform: { "^.+\\.ts$": "<rootDir>/scripts/strip-types.js" },
};
