import { expect, test } from "@jest/globals";
import { startScenario, TOKEN } from "../harness/scenario.ts";

const MASKS = [TOKEN, ...TOKEN.split(".")].map((part) => `::add-mask::${part}`);

test.each([
  ["a good run", {}],
  ["a run whose other inputs are bad", { publisherId: "", wait: "perhaps" }],
])("masks the token and its parts before it writes anything else: %s", async (_what, inputs) => {
  const { run } = await startScenario();
  const { log } = await run(inputs);
  const lines = log.split("\n");
  expect(lines.slice(0, MASKS.length).toSorted()).toEqual(MASKS.toSorted());
  expect(lines.filter((line) => line.startsWith("::add-mask::"))).toHaveLength(MASKS.length);
});

test("masks a token that it cannot use", async () => {
  const { run, emulator } = await startScenario();
  const { log, exitCode } = await run({ token: `${TOKEN} and more` });
  expect(log).toMatch(/^::add-mask::/);
  expect(log.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain("and more");
  expect(emulator.requests).toEqual([]);
  expect(exitCode).toBe(1);
});

test.each([
  ["a line break behind it", `${TOKEN}\r\n`],
  ["Bearer before it", `Bearer ${TOKEN}`],
  ["bearer in lower case and blanks everywhere", `\n  bearer   ${TOKEN}\n`],
])("forgives a token with %s", async (_what, token) => {
  const { run, emulator } = await startScenario();
  const { log, exitCode } = await run({ token });
  expect(emulator.requests.map(({ headers }) => headers["authorization"])).toEqual([
    `Bearer ${TOKEN}`,
    `Bearer ${TOKEN}`,
  ]);
  expect(log).toContain(MASKS[0]);
  expect(exitCode).toBe(0);
});
