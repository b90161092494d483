import { expect, test } from "@jest/globals";
import { startApprovalScenario } from "../approval/approval-scenario.ts";
import { checkResult } from "../harness/leak-check.ts";
import { startScenario } from "../harness/scenario.ts";

/** So many characters in it are written in another way by Markdown or JSON that no long piece is left between them. */
const SECRETS = {
  "as Entra makes them": "4Fk8Q~PjX-7sLw.9bTq_3vN~zYc5hR.mKd1eWa-g",
  "with quotes and backslashes": String.raw`Qu"ote\back"sl\ash"9Fk\3"zY\"`,
  "with what looks like a command": "a1::b2##[c3##[d4::e5##[f6",
  "with backticks": "4Fk`8QP`jX7`sLw9b`Tq3v`NzYc`5hR`",
} as const;

test.each(Object.entries(SECRETS))(
  "shows nothing of a secret %s that an approver writes into the comment",
  async (_how, token) => {
    const { run, asked } = await startApprovalScenario({
      gitHub: {
        reviews: [
          { environments: ["production"], state: "approved", user: { login: "anna" }, comment: `Go with ${token}!` },
        ],
      },
    });
    const result = checkResult(await run({ token }), [token]);
    expect(asked()).toEqual(["GET list"]);
    const { approval } = JSON.parse(result.outputs["result"] ?? "") as { approval: unknown };
    expect(approval).toMatchObject({ comments: ["Go with [secret]!"] });
    expect(result.outputs["approvalComment"]).toBe("Go with [secret]!");
    expect(result.summary).toContain("Go with &#91;secret&#93;&#33;");
  },
);

const IDS = { tenantId: "contoso.example", clientId: "11111111-2222-3333-4444-555555555555" };

test.each(
  Object.entries(SECRETS).flatMap(([how, secret]) =>
    ["tenantId", "clientId", "publisherId", "apiVersion", "endpoint", "ifRunning", "wait", "operationLocation"].map(
      (input) => ({ how, input, secret }),
    ),
  ),
)("shows nothing of a secret $how that stands in `$input`, too", async ({ input, secret }) => {
  const { run, emulator } = await startScenario();
  const result = await run({ token: "", ...IDS, clientSecret: secret, [input]: `a ${secret}` });
  checkResult(result, [secret]);
  expect(result.log).toContain(`\`${input}\`: it holds a secret, so it is not shown. `);
  expect([result.exitCode, result.outputs["status"], emulator.requests]).toEqual([1, "rejected", []]);
});

test.each(['{"clientId":"1","clientSecret":"4Fk8Q~PjX-7sLw.9bTq_3vN~zYc5hR.mKd1eWa-g"}', `ghp_${"s3cr3t".repeat(6)}`])(
  "shows nothing of a secret that was taken for the name of an environment: %s",
  async (environment) => {
    const review = { environments: ["production"], state: "approved", user: { login: "anna" } };
    const { run, asked } = await startApprovalScenario({ gitHub: { reviews: [review] } });
    const result = checkResult(await run({ environment }), [environment]);
    expect(result.log).toContain("the environment (not shown, for it may hold a secret) was not approved in this run");
    expect([result.exitCode, asked()]).toEqual([1, []]);
  },
);
