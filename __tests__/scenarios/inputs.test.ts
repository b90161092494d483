import { expect, test } from "@jest/globals";
import { annotations, shown, startScenario, texts } from "../harness/scenario.ts";

const IDS =
  "Allowed are letters, digits, `-`, `_` and `.`, with a letter or digit among them. Copy the id, not the display name, from Partner Center.";
const MINUTES =
  "Allowed is a number of minutes above 0 and up to 7200, such as `330` or `0.5`, with a point and without a unit.";
const SECONDS =
  "Allowed is a number of seconds above 0 and up to 3600, such as `60` or `0.5`, with a point and without a unit.";
const BOOLEANS = "Allowed are `true` and `false`; `yes`, `on` or `1` are not taken for either.";
const VERSIONS = "Allowed is a version that is written like `2017-10-31`, as Microsoft's reference names it.";
const ENDPOINTS =
  "Allowed is an https address without path, query or user name, such as `https://cloudpartner.azure.com`.";
const NO_HTTP = `${ENDPOINTS} Plain http is accepted only for this machine (localhost, 127.0.0.1, [::1]).`;
const TOKENS = "Pass the access token alone, for example `az account get-access-token --query accessToken -o tsv`.";

type BadInput = readonly [name: string, value: string, message: string];

/** Each row is one run: its values are all wrong, and each has to be named. */
const BAD_INPUTS: readonly (readonly BadInput[])[] = [
  [
    ["publisherId", "", "it is empty. Set `publisherId` under `with:`; an unset variable or output is empty text."],
    ["offerId", "contoso/../fabrikam", `got "contoso/../fabrikam". ${IDS}`],
    ["wait", "yes", `got "yes". ${BOOLEANS}`],
    ["timeoutMinutes", "0", `got "0". ${MINUTES}`],
    ["pollIntervalSeconds", "3601", `got "3601". ${SECONDS}`],
    ["ifRunning", "adopt", 'got "adopt". Allowed are `attach`, `fail`; mind the case.'],
    ["onCancel", "stop", 'got "stop". Allowed are `leave`, `cancel`; mind the case.'],
    ["apiVersion", "2017-10-31&x=y", `got "2017-10-31&x=y". ${VERSIONS}`],
    ["endpoint", "http://cloudpartner.azure.com", `got "http://cloudpartner.azure.com". ${NO_HTTP}`],
    [
      "token",
      "two tokens",
      `it holds blanks, line breaks or other characters that no token has (10 characters). ${TOKENS}`,
    ],
  ],
  [
    ["publisherId", "..", `got "..". ${IDS}`],
    ["offerId", "", "it is empty. Set `offerId` under `with:`; an unset variable or output is empty text."],
    ["wait", "tRUE", `got "tRUE". ${BOOLEANS}`],
    ["timeoutMinutes", "7200.5", `got "7200.5". ${MINUTES}`],
    ["pollIntervalSeconds", "1e3", `got "1e3". ${SECONDS}`],
    ["endpoint", "cloudpartner.azure.com", `got "cloudpartner.azure.com", which is not a URL. ${ENDPOINTS}`],
  ],
  [
    ["publisherId", "contoso%2Ffabrikam", `got "contoso%2Ffabrikam". ${IDS}`],
    ["offerId", "Contoso VM", `got "Contoso VM". ${IDS}`],
    ["wait", "1", `got "1". ${BOOLEANS}`],
    ["timeoutMinutes", "5 hours", `got "5 hours". ${MINUTES}`],
    ["pollIntervalSeconds", "NaN", `got "NaN". ${SECONDS}`],
    ["endpoint", "https://127.0.0.1/api", `got "https://127.0.0.1/api". ${ENDPOINTS}`],
  ],
  [
    ["publisherId", "contoso?x", `got "contoso?x". ${IDS}`],
    ["offerId", "\u0441ontoso-vm", `got "\u0441<U+0441>ontoso-vm". ${IDS}`],
    ["timeoutMinutes", "-1", `got "-1". ${MINUTES}`],
    ["pollIntervalSeconds", "Infinity", `got "Infinity". ${SECONDS}`],
    ["endpoint", "http://127.0.0.1.example.com", `got "http://127.0.0.1.example.com". ${NO_HTTP}`],
  ],
  [
    ["publisherId", "a\\b", `got "a\\\\b". ${IDS}`],
    ["timeoutMinutes", "1,5", `got "1,5". ${MINUTES}`],
    ["pollIntervalSeconds", "0x10", `got "0x10". ${SECONDS}`],
    ["endpoint", "https://user:hidden@127.0.0.1", `got "https://127.0.0.1/". ${ENDPOINTS}`],
  ],
  [["endpoint", "localhost:443", `got "localhost:443". ${ENDPOINTS}`]],
];

test.each(BAD_INPUTS.map((row) => ({ row, names: row.map(([name, value]) => `${name} ${JSON.stringify(value)}`) })))(
  "names every bad input with its value and what is allowed, and sends nothing: $names",
  async ({ row }) => {
    const { run, emulator } = await startScenario();
    const result = await run(Object.fromEntries(row));
    expect(texts(result, "error").toSorted()).toEqual(
      row.map(([name, , message]) => `\`${name}\`: ${message}\nNothing was sent.`).toSorted(),
    );
    expect(emulator.requests).toEqual([]);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
    expect(result.log + result.summary).not.toContain("hidden");
  },
);

test("shows a bad input as an annotation with a title, and on the page of the run", async () => {
  const { run } = await startScenario();
  const result = await run({ timeoutMinutes: "soon" });
  expect(annotations(result)).toEqual([
    { level: "error", title: "An input is not usable", text: expect.stringMatching(/^`timeoutMinutes`: got "soon"/) },
  ]);
  expect(result.summary).toMatch(/^## ❌ .*inputs not usable.*\n\n.*timeoutMinutes/);
});

test("explains an empty token as a secret that is not set", async () => {
  const { run, emulator } = await startScenario();
  const result = await run({ token: "" });
  const [text, ...others] = texts(result, "error");
  expect(others).toEqual([]);
  expect(text).toMatch(/^`token`: it is empty.*\nNothing was sent\.$/);
  expect(text).toContain(
    "A secret that is not set arrives as empty text: check its name, that the job may read it (a secret of an environment needs `environment:`), and that the step that gets the token ran.",
  );
  expect(emulator.requests).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("names a proxy variable that holds no address, without showing what it holds", async () => {
  const { run, emulator } = await startScenario();
  const result = await run({}, { environment: { https_proxy: "socks5://user:hidden@proxy.example:1080" } });
  expect(texts(result, "error")).toEqual([
    "`HTTPS_PROXY`: the environment variable holds no address of a proxy. Allowed is an http or https URL such as `http://proxy.example:8080`; a `/`, `\\`, `?` or `#` in its password is written `%2F`, `%5C`, `%3F` or `%23`.\nNothing was sent.",
  ]);
  expect(emulator.requests).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  expect(shown(result)).not.toContain("hidden");
});

test.each([
  { timeoutMinutes: "7200", pollIntervalSeconds: "3600", wait: "false" },
  { timeoutMinutes: "0.5", pollIntervalSeconds: ".25", wait: "False" },
  { wait: "FALSE" },
  { publisherId: "  contoso\n", timeoutMinutes: " 5 ", apiVersion: "", wait: "", ifRunning: "", onCancel: "" },
])("takes the inputs %j, and does not wait", async (inputs) => {
  const { run, asked } = await startScenario();
  const { exitCode } = await run(inputs);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(exitCode).toBe(0);
});

test.each(["true", "True", "TRUE"])("waits with `wait: %s`", async (wait) => {
  const { run, asked } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 0 } }],
  });
  const { outputs } = await run({ pollIntervalSeconds: "0.02", wait });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation", "GET list", "GET status"]);
  expect(outputs["status"]).toBe("succeeded");
});
