import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  type Approval,
  type ApprovalProblem,
  decideApproval,
  isApproval,
  type Review,
} from "../../src/github/approval.ts";

const NAMES = ["production", "Production", "PRODUCTION ", "staging", "production-eu", "", "__proto__"] as const;
const name = fc.constantFrom(...NAMES);
const state = fc.constantFrom("approved", "rejected", "pending", "Approved", "approved ", "", "dismissed");

const review: fc.Arbitrary<Review> = fc.record({
  environments: fc.array(name, { maxLength: 3 }),
  state,
  reviewer: fc.option(fc.record({ login: fc.constantFrom("anna", "ben", "gate[bot]"), isPerson: fc.boolean() }), {
    nil: undefined,
  }),
  comment: fc.string(),
});

/** What must hold for a go-live, said once more in other words than the code's. */
function isApprovedByPerson(reviews: readonly Review[], environment: string): boolean {
  const wanted = environment.toLowerCase();
  const about = reviews.filter(({ environments }) => environments.map((one) => one.toLowerCase()).includes(wanted));
  return (
    about.some((one) => one.state === "approved" && one.reviewer !== undefined && one.reviewer.isPerson) &&
    !about.some((one) => one.state === "rejected")
  );
}

function approvedNames(reviews: readonly Review[]): ReadonlySet<string> {
  const approved = reviews.filter((one) => one.state === "approved").flatMap(({ environments }) => environments);
  return new Set(approved.map((one) => one.toLowerCase()));
}

/** Whether the decision is the one that the reviews allow. */
function isRight(decision: Approval | ApprovalProblem, reviews: readonly Review[], named: string | undefined): boolean {
  const approved = approvedNames(reviews);
  const [only] = approved;
  const chosen = named ?? (approved.size === 1 ? only : undefined);
  const isAllowed = chosen !== undefined && isApprovedByPerson(reviews, chosen);
  if (!isApproval(decision)) return !isAllowed;
  return isAllowed && decision.environment.toLowerCase() === chosen.toLowerCase() && decision.approvedBy.length > 0;
}

test("a run is held to be approved exactly when a person approved the environment and nobody rejected it", () => {
  fc.assert(
    fc.property(fc.array(review, { maxLength: 8 }), fc.option(name, { nil: undefined }), (reviews, named) => {
      expect(isRight(decideApproval(reviews, named), reviews, named)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test("who approved is a person that did", () => {
  fc.assert(
    fc.property(fc.array(review, { maxLength: 8 }), name, (reviews, named) => {
      const decision = decideApproval(reviews, named);
      if (!isApproval(decision)) return;
      const people = reviews.filter((one) => one.state === "approved" && one.reviewer?.isPerson === true);
      const logins = new Set(people.flatMap(({ reviewer }) => reviewer?.login ?? []));
      expect(decision.approvedBy.every((login) => logins.has(login))).toBe(true);
      expect(new Set(decision.approvedBy).size).toBe(decision.approvedBy.length);
    }),
    { numRuns: 1_000 },
  );
});
