import { expect, test } from "@jest/globals";
import { checkResult } from "../harness/leak-check.ts";
import { startScenario } from "../harness/scenario.ts";

const WRITTEN = "hunter2%2Fhunter2hunter2";
const MEANT = "hunter2/hunter2hunter2";
const TOLD = Buffer.from(`bob:${MEANT}`).toString("base64");

test.each(["HTTP_PROXY", "https_proxy", "ALL_PROXY"])(
  "masks the password in %s, and shows it in no spelling that a proxy's page says back",
  async (name) => {
    const body = `<html><title>proxy user bob:${MEANT} (${WRITTEN}, Basic ${TOLD}) may not</title></html>`;
    const { run } = await startScenario({ faults: [{ on: "list", act: { kind: "status", status: 403, body } }] });
    const result = await run({}, { environment: { [name]: `http://bob:${WRITTEN}@127.0.0.1:9` } });
    checkResult(result, [MEANT, WRITTEN, TOLD]);
    expect(result.log).toContain("“proxy user bob:[secret] ([secret], Basic [secret]) may not”");
    expect(result.log).toContain(`::add-mask::${MEANT}\n`);
    expect(result.summary).toContain("proxy user bob&#58;&#91;secret&#93;");
  },
);

test("masks the password in a variable that names no proxy, too", async () => {
  const { run, emulator } = await startScenario();
  const { log, exitCode } = await run({}, { environment: { HTTPS_PROXY: `http://bob:a/${MEANT}@127.0.0.1:9` } });
  expect(log).toContain(`::add-mask::a/${MEANT}\n`);
  expect(log).toContain("`HTTPS_PROXY`: the environment variable holds no address of a proxy.");
  expect([exitCode, emulator.requests]).toEqual([1, []]);
});
