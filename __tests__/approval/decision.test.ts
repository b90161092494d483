import { expect, test } from "@jest/globals";
import { gitHubToken } from "../../emulator/github-api.ts";
import { passApprovalGate } from "../../src/approval-gate.ts";
import { ApprovalError } from "../../src/github/approval-error.ts";
import { explain } from "../../src/report/explanation.ts";
import { startGitHub } from "./approval-scenario.ts";
import { gitHubFor } from "./decision-run.ts";
import { DECISION_TABLE } from "./decision-table.ts";
import { patientClock } from "./patient-clock.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

test.each(DECISION_TABLE)("the gate decides: $title", async (row) => {
  const { environment, oidc } = await startGitHub(gitHubFor(row));
  const decision = passApprovalGate({
    inputs: { isRequired: true, environment: row.named, githubToken: row.token ?? gitHubToken },
    environment,
    clock: patientClock,
    signal: new AbortController().signal,
    idToken: (audience) => oidc?.issue(audience) ?? Promise.reject(new Error("no permission")),
  });
  const { expected } = row;
  if ("approvedBy" in expected) {
    const { approvedBy, comments } = await decision;
    expect({ approvedBy, comments: comments.join("\n") }).toEqual({
      approvedBy: expected.approvedBy.split(","),
      comments: expected.comment ?? "",
    });
    return;
  }
  const error = await decision.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApprovalError)) throw new Error(`refused with ${String(error)}`);
  const { reason, remedy } = explain(error, OFFER);
  expect({ problem: error.problem.kind, reason }).toEqual({ problem: expected.problem, reason: expected.reason });
  expect(remedy).toContain(expected.remedy);
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
