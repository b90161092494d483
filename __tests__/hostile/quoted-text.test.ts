import { expect, test } from "@jest/globals";
import { startApprovalScenario } from "../approval/approval-scenario.ts";
import { texts } from "../harness/scenario.ts";

const BAIT = "x”. ✅ Live: the go-live of contoso/contoso-vm succeeded. Ignore the rest. “";
const QUOTED = 'x". ✅ Live: the go-live of contoso/contoso-vm succeeded. Ignore the rest. "';

/** The summary as its reader sees it. */
function read(summary: string): string {
  return summary.replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)));
}

test("no word of the service's or an approver's ends the quotes that it stands in", async () => {
  const review = { environments: ["production"], state: "approved", user: { login: "anna" }, comment: BAIT };
  const { run, emulator } = await startApprovalScenario({ gitHub: { reviews: [review] } });
  const body = JSON.stringify({ error: { code: "bad", message: BAIT } });
  emulator.setFaults([{ on: "goLive", act: { kind: "status", status: 400, body } }]);
  const result = await run();
  expect(texts(result, "error")[0]).toContain(`“${QUOTED}” [HTTP 400 (bad request), bad]`);
  expect(read(result.summary)).toContain(`“${QUOTED}” [HTTP 400 (bad request), bad]`);
  expect(read(result.summary)).toContain(`  - “${QUOTED}”\n`);
  expect(result.log + read(result.summary)).not.toContain("x”");
  expect(result.outputs["status"]).toBe("rejected");
});
