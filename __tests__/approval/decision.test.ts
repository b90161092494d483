import { expect, test } from "@jest/globals";
import { ApprovalError } from "../../src/approval/approval-error.ts";
import { explain } from "../../src/report/explanation.ts";
import { startGitHub } from "./approval-scenario.ts";
import type { DecisionCase } from "./decision-case.ts";
import { gitHubFor } from "./decision-run.ts";
import { DECISION_TABLE } from "./decision-table.ts";
import { passGate } from "./gate.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

interface Decision {
  readonly approvedBy?: string;
  readonly comment?: string;
  readonly problem?: string;
  readonly reason?: string;
  readonly remedy?: string;
}

async function decide(row: DecisionCase): Promise<Decision> {
  const github = await startGitHub(gitHubFor(row));
  try {
    const { approvedBy, comments } = await passGate(github, { named: row.named, githubToken: row.token });
    return { approvedBy: approvedBy.join(","), comment: comments.join("\n") };
  } catch (error) {
    if (!(error instanceof ApprovalError)) throw error;
    return { problem: error.problem.kind, ...explain(error, OFFER) };
  }
}

test.each(DECISION_TABLE)("the gate decides: $title", async (row) => {
  const { expected } = row;
  expect(await decide(row)).toMatchObject("problem" in expected ? expected : { comment: "", ...expected });
});

test("the table has a row for every way to say no, but for those that are no decision", () => {
  const problems = DECISION_TABLE.flatMap(({ expected }) => ("problem" in expected ? [expected.problem] : []));
  expect([...new Set(problems)].toSorted()).toEqual([
    "badToken",
    "noEnvironment",
    "noPerson",
    "noReviews",
    "noRoute",
    "noSuchToken",
    "noToken",
    "notAllowed",
    "notApproved",
    "otherEnvironment",
    "pending",
    "rejected",
    "similarRejection",
    "unknownEnvironment",
    "unknownState",
    "unnamedRejection",
  ]);
});
