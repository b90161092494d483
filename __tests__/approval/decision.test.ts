import { expect, test } from "@jest/globals";
import { gitHubToken } from "../../emulator/github-api.ts";
import { passApprovalGate } from "../../src/approval-gate.ts";
import { ApprovalError } from "../../src/github/approval-error.ts";
import { explain } from "../../src/report/explanation.ts";
import { startGitHub } from "./approval-scenario.ts";
import type { DecisionCase } from "./decision-case.ts";
import { gitHubFor } from "./decision-run.ts";
import { DECISION_TABLE } from "./decision-table.ts";
import { patientClock } from "./patient-clock.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

interface Decision {
  readonly approvedBy?: string;
  readonly comment?: string;
  readonly problem?: string;
  readonly reason?: string;
  readonly remedy?: string;
}

async function decide(row: DecisionCase): Promise<Decision> {
  const { environment, oidc } = await startGitHub(gitHubFor(row));
  try {
    const { approvedBy, comments } = await passApprovalGate({
      inputs: { isRequired: true, environment: row.named, githubToken: row.token ?? gitHubToken },
      environment,
      clock: patientClock,
      signal: new AbortController().signal,
      idToken: (audience) => oidc?.issue(audience) ?? Promise.reject(new Error("no permission")),
    });
    return { approvedBy: approvedBy.join(","), comment: comments.join("\n") };
  } catch (error) {
    if (!(error instanceof ApprovalError)) throw error;
    return { problem: error.problem.kind, ...explain(error, OFFER) };
  }
}

test.each(DECISION_TABLE)("the gate decides: $title", async (row) => {
  const { expected } = row;
  expect(await decide(row)).toEqual(
    "problem" in expected
      ? { ...expected, remedy: expect.stringContaining(expected.remedy) }
      : { comment: "", ...expected },
  );
});

test("the table has a row for every way to say no, but for those that are no decision", () => {
  const problems = DECISION_TABLE.flatMap(({ expected }) => ("problem" in expected ? [expected.problem] : []));
  expect([...new Set(problems)].toSorted()).toEqual([
    "ambiguous",
    "badToken",
    "noPerson",
    "noReviews",
    "noRoute",
    "noToken",
    "noneApproved",
    "notAllowed",
    "notApproved",
    "pending",
    "rejected",
  ]);
});
