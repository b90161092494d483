import { expect, test } from "@jest/globals";
import type { CommandResult } from "../../emulator/entra/azure-cli.ts";
import { INPUTS, pathWith, SECRET, startSignInScenario } from "../harness/identity-scenario.ts";
import { checkResult } from "../harness/leak-check.ts";
import { texts, TOKEN } from "../harness/scenario.ts";

const OPAQUE = "EwB4A8l6BAAUbDba3x2OMJElkF7gJ4z/VbCPEz0AAS+kyTq0";
const WARNING = "WARNING: Unable to encrypt cache, see https://example.org/a-page-of-theirs";
const NO_TOKEN = "the Azure CLI (`az`) printed no token that can be read";
/** All that the library can log. */
const LOUD = { AZURE_LOG_LEVEL: "verbose", DEBUG: "*" } as const;

const json = (token: string): string => JSON.stringify({ accessToken: token, expires_on: 4_000_000_000 });

const TROUBLES: readonly (readonly [what: string, result: CommandResult, says: string])[] = [
  [
    "fails and prints its token",
    { stdout: "", stderr: `ERROR: cannot cache ${TOKEN} on disk\n`, exitCode: 1 },
    "the Azure CLI (`az`) gave no token: ERROR: cannot cache [token] on disk",
  ],
  [
    "fails and prints its answer",
    { stdout: "", stderr: `DEBUG: ${json(OPAQUE)}\nERROR: no space left\n`, exitCode: 1 },
    "the Azure CLI (`az`) gave no token: ERROR: no space left",
  ],
  [
    "prints its token in a warning, and no JSON",
    { stdout: `${OPAQUE}\n`, stderr: `WARNING: got '${OPAQUE}'.\n`, exitCode: 0 },
    "the Azure CLI (`az`) gave no token: WARNING: got […]",
  ],
  ["prints a warning before its JSON", { stdout: `${WARNING}\n${json(TOKEN)}`, stderr: "", exitCode: 0 }, NO_TOKEN],
  ["prints its token and no JSON", { stdout: TOKEN, stderr: "", exitCode: 0 }, NO_TOKEN],
  ["breaks off in its JSON", { stdout: json(TOKEN).slice(0, -60), stderr: "", exitCode: 0 }, NO_TOKEN],
  ["prints JSON that is no object", { stdout: "null", stderr: "", exitCode: 0 }, NO_TOKEN],
  ["prints JSON without a token", { stdout: '{"expires_on":4000000000}', stderr: "", exitCode: 0 }, NO_TOKEN],
  ["prints a token that is none", { stdout: json(`${TOKEN}\r\nx: y`), stderr: "", exitCode: 0 }, NO_TOKEN],
  ["prints nothing", { stdout: "", stderr: "", exitCode: 1 }, NO_TOKEN],
];

test.each(TROUBLES)("shows nothing of a token when az %s, and says that it was az", async (_what, result, says) => {
  const scenario = await startSignInScenario();
  const cli = await scenario.startCli({ misbehaviour: () => result });
  const step = await scenario.run({ with: INPUTS.azureCli, environment: { ...pathWith(cli), ...LOUD } });
  expect(texts(step, "error")).toEqual([expect.stringContaining(`Sign-in failed: “${says}”`)]);
  expect([step.exitCode, step.outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
  checkResult(step, [TOKEN, OPAQUE]);
});

test("az is given none of the step's inputs, and all of the rest of its environment", async () => {
  const scenario = await startSignInScenario();
  const cli = await scenario.startCli();
  const environment = { ...pathWith(cli), AZURE_CONFIG_DIR: "/home/somebody/.azure" };
  const step = await scenario.run({ with: { ...INPUTS.azureCli, githubToken: SECRET }, environment });
  expect([step.exitCode, cli.commands.length]).toEqual([0, 1]);
  const [variables = []] = cli.variables;
  expect(variables.filter((name) => /^INPUT_/i.test(name))).toEqual([]);
  expect(variables).toEqual(expect.arrayContaining(["AZURE_CONFIG_DIR", "GITHUB_OUTPUT", "PATH"]));
});

test("what the library logs of errors stays out of the log, however loud it is set", async () => {
  const scenario = await startSignInScenario();
  const stderr = `ERROR: ${TOKEN}\n::set-output name=status::succeeded\n`;
  const cli = await scenario.startCli({ misbehaviour: () => ({ stdout: "", stderr, exitCode: 1 }) });
  const step = await scenario.run({ with: INPUTS.azureCli, environment: { ...pathWith(cli), ...LOUD } });
  expect(step.log).toContain("Sign-in failed");
  for (const text of ["azure:identity", "\n::set-output"]) expect(step.log).not.toContain(text);
  checkResult(step, [TOKEN]);
});
