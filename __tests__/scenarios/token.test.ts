import { expect, test } from "@jest/globals";
import { checkResult } from "../harness/leak-check.ts";
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
  ["quotes around it", `"${TOKEN}"`],
  ["Bearer and single quotes around it", `'Bearer ${TOKEN}'`],
  ["bearer in lower case and blanks everywhere", `\n  bearer   ${TOKEN}\n`],
])("forgives a token with %s", async (_what, token) => {
  const { run, emulator } = await startScenario();
  const { log, exitCode } = await run({ token });
  expect(emulator.requests.map(({ headers }) => headers["authorization"])).toEqual(Array(3).fill(`Bearer ${TOKEN}`));
  expect(log).toContain(MASKS[0]);
  expect(exitCode).toBe(0);
});

test("refuses the answer of az in place of its token, shows nothing of it, and sends nothing", async () => {
  const { run, emulator } = await startScenario();
  const answer = JSON.stringify({ accessToken: TOKEN, expiresOn: "2026-01-01", tokenType: "Bearer" }, undefined, 2);
  const result = await run({ token: answer });
  expect(result.log).toContain("`token`: it holds JSON. Pass the access token alone");
  expect(result.log).toContain(MASKS[0]);
  expect(emulator.requests).toEqual([]);
  expect([result.exitCode, result.outputs["status"]]).toEqual([1, "rejected"]);
  checkResult(result, [TOKEN]);
});

const OTHER_TOKEN = TOKEN.replaceAll("_", "x");

test.each([
  ["publisherId", TOKEN],
  ["offerId", `${TOKEN}\u200b`],
  ["tenantId", OTHER_TOKEN.replaceAll("-", "x")],
  ["clientId", TOKEN],
  ["audience", TOKEN],
  ["signIn", TOKEN],
  ["operationLocation", TOKEN],
  ["apiVersion", TOKEN],
  ["ifRunning", `Bearer ${TOKEN}`],
])("shows nothing of a token that was put into `%s`, and sends it nowhere", async (name, token) => {
  const { run, emulator } = await startScenario();
  const ids = { tenantId: "contoso.example", clientId: "11111111-2222-3333-4444-555555555555" };
  const result = await run({ token: "", ...ids, [name]: token });
  expect(result.log).toContain(`\`${name}\`: got "`);
  expect(result.log).toContain("[token]");
  expect([result.exitCode, emulator.requests]).toEqual([1, []]);
  checkResult(result, [token]);
});

const CLIENT_SECRET = "4Fk8Q~PjX-7sLw.9bTq_3vN~zYc5hR.mKd1eWa-g";
const OTHERS = {
  "credentials in JSON": JSON.stringify({ clientId: "1", clientSecret: CLIENT_SECRET, tenantId: "2" }, undefined, 2),
  "an answer in JSON": `{"accessToken":"${CLIENT_SECRET}"}`,
  "the end of JSON": `"clientSecret": "${CLIENT_SECRET}"}`,
  "a client secret": CLIENT_SECRET,
  "GitHub's token": `ghp_${"s3cr3t".repeat(6)}`,
  "a user's password": `u:${CLIENT_SECRET}@host`,
} as const;

test.each(
  Object.entries(OTHERS).flatMap(([what, value]) =>
    [
      ...["publisherId", "offerId", "tenantId", "clientId", "apiVersion", "endpoint", "authorityHost"],
      ...["operationLocation", "signIn", "wait", "timeoutMinutes", "requireApproval", "ifRunning"],
    ].map((name) => ({ what, value, name })),
  ),
)("shows nothing of $what that was put into `$name`, and sends it nowhere", async ({ name, value }) => {
  // A client secret may be a tenant or an id for all that its characters say.
  const text = name.endsWith("Id") ? `${value}!` : value;
  const { run, emulator } = await startScenario();
  const ids = { tenantId: "contoso.example", clientId: "11111111-2222-3333-4444-555555555555" };
  const result = await run({ token: "", ...ids, [name]: text });
  expect(result.log).toContain(`\`${name}\`: got `);
  expect([result.exitCode, emulator.requests]).toEqual([1, []]);
  checkResult(result, [CLIENT_SECRET, value]);
});

test("sends GitHub's token in place of an id nowhere, and does not show it", async () => {
  const { run, emulator } = await startScenario();
  const token = `ghs_${"s3cr3t".repeat(6)}`;
  for (const name of ["publisherId", "offerId", "tenantId", "audience"]) {
    const result = await run({
      token: "",
      clientId: "11111111-2222-3333-4444-555555555555",
      tenantId: "x",
      [name]: token,
    });
    expect(result.log).toContain(`\`${name}\`: got "[token]".`);
    checkResult(result, [token]);
  }
  expect(emulator.requests).toEqual([]);
});

test("says which character of an id cannot be seen", async () => {
  const { run, emulator } = await startScenario();
  const { log, summary } = await run({ offerId: "contoso\u200b-vm" });
  expect(log).toContain('`offerId`: got "contoso<U+200B>-vm".');
  expect(summary).toContain("U&#43;200B");
  expect(emulator.requests).toEqual([]);
});
