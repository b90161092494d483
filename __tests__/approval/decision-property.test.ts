import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  type Approval,
  type ApprovalProblem,
  decideApproval,
  isApproval,
  type Review,
} from "../../src/approval/approval.ts";
import {
  type ClaimedEnvironment,
  decideEnvironment,
  foreignClaim,
  untimelyClaim,
} from "../../src/approval/job-environment.ts";

const NAMES = [
  "production",
  "Production",
  "PRODUCTION ",
  "staging",
  "\u017ftaging",
  "production-eu",
  "",
  "__proto__",
] as const;
const name = fc.constantFrom(...NAMES);
const namedOne = name.filter((each) => each !== "");
const state = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("approved", "Approved") },
  fc.constantFrom("rejected", "REJECTED", "pending", "Pending", "approved ", "", "dismissed", "approved\u200b"),
);

const review: fc.Arbitrary<Review> = fc.record({
  environments: fc.array(name, { maxLength: 3 }),
  state,
  reviewer: fc.option(fc.record({ login: fc.constantFrom("anna", "ben", "gate[bot]"), isPerson: fc.boolean() }), {
    nil: undefined,
  }),
  comment: fc.string(),
});

function isSameCharacter(one: string, other: string): boolean {
  return one === other || (/^[a-z]$/i.test(one) && /^[a-z]$/i.test(other) && one.toUpperCase() === other.toUpperCase());
}

/** Whether two names differ in the case of ASCII letters at most, said in other words than the code's. */
function isSame(one: string, other: string): boolean {
  return one.length === other.length && [...one].every((character, at) => isSameCharacter(character, other[at] ?? ""));
}

/** Whether two of the names above look alike: they differ in a long s or a blank at the end. */
function looksLike(one: string, other: string): boolean {
  return isSame(inPlainWriting(one), inPlainWriting(other));
}

function inPlainWriting(text: string): string {
  return text.replace("\u017f", "s").replace(/ $/, "");
}

/** What must hold for a go-live, said once more in other words than the code's. */
function isApprovedByPerson(reviews: readonly Review[], environment: string): boolean {
  const isAbout = ({ environments }: Review): boolean => environments.some((one) => isSame(one, environment));
  const isHarmless = (one: Review): boolean =>
    /^(approved|pending)$/i.test(one.state) ||
    (one.environments.length > 0 && one.environments.every((each) => each !== "" && !looksLike(each, environment)));
  return (
    reviews.some(
      (one) => isAbout(one) && /^approved$/i.test(one.state) && one.reviewer !== undefined && one.reviewer.isPerson,
    ) && reviews.every(isHarmless)
  );
}

/** Whether the decision is the one that the reviews allow. */
function isRight(decision: Approval | ApprovalProblem, reviews: readonly Review[], environment: string): boolean {
  const isAllowed = isApprovedByPerson(reviews, environment);
  if (!isApproval(decision)) return !isAllowed;
  return isAllowed && decision.environment === environment && decision.approvedBy.length > 0;
}

test("a run is held to be approved exactly when a person approved the environment and nothing may be a rejection", () => {
  const verdicts = new Set<boolean>();
  fc.assert(
    fc.property(fc.array(review, { maxLength: 6 }), namedOne, (reviews, environment) => {
      const decision = decideApproval(reviews, environment);
      verdicts.add(isApproval(decision));
      expect(isRight(decision, reviews, environment)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
  expect(verdicts.size).toBe(2);
});

test("who approved is a person that did", () => {
  fc.assert(
    fc.property(fc.array(review, { maxLength: 8 }), namedOne, (reviews, named) => {
      const decision = decideApproval(reviews, named);
      if (!isApproval(decision)) return;
      const people = reviews.filter(({ reviewer }) => reviewer?.isPerson === true);
      const approvals = people.filter((one) => one.state.toLowerCase() === "approved");
      const logins = new Set(approvals.flatMap(({ reviewer }) => reviewer?.login ?? []));
      expect(decision.approvedBy.every((login) => logins.has(login))).toBe(true);
      expect(new Set(decision.approvedBy).size).toBe(decision.approvedBy.length);
    }),
    { numRuns: 1_000 },
  );
});

const anyName = fc.constantFrom("production", "PRODUCTION", "staging", "\u017ftaging");
const claimed: fc.Arbitrary<ClaimedEnvironment> = fc.oneof(
  fc.constant({ kind: "noIdToken" } as const),
  fc.record({ kind: fc.constant("claimed" as const), environment: fc.option(anyName, { nil: undefined }) }),
);

test("the job's environment is known exactly when one source names it and no other says otherwise", () => {
  fc.assert(
    fc.property(fc.option(anyName, { nil: undefined }), claimed, (named, source) => {
      const said = source.kind === "claimed" ? [source.environment] : [];
      const all = [...(named === undefined ? [] : [named]), ...said];
      const isKnown = all.length > 0 && all.every((one) => one !== undefined && isSame(one, all[0] ?? ""));
      const decision = decideEnvironment(named, source);
      expect(isKnown ? all : [undefined]).toContain(typeof decision === "string" ? decision : undefined);
    }),
  );
});

const RUN = { owner: "contoso", repository: "marketplace", runId: 7, apiUrl: "https://api.github.com" } as const;
const OURS = { run_id: "7", repository: "contoso/marketplace", run_attempt: "2" } as const;

test.each([
  [OURS, "2", undefined],
  [{ ...OURS, repository: "Contoso/MARKETPLACE" }, "2", undefined],
  [{ ...OURS, run_attempt: undefined }, "2", undefined],
  [OURS, undefined, undefined],
  [OURS, "", undefined],
  [OURS, "3", "run_attempt"],
  [{ ...OURS, run_attempt: 2 }, "2", "run_attempt"],
  [{ ...OURS, run_id: "8" }, "2", "run_id"],
  [{ ...OURS, run_id: 7 }, "2", "run_id"],
  [{ ...OURS, run_id: "07" }, "2", "run_id"],
  [{ ...OURS, run_id: undefined }, "2", "run_id"],
  [{ ...OURS, repository: "contoso/offers" }, "2", "repository"],
  [{ ...OURS, repository: "contoso/mar\u212aetplace" }, "2", "repository"],
  [{ ...OURS, repository: undefined }, "2", "repository"],
  [{}, "2", "run_id"],
] as const)("of the claims %j, in attempt %j, %j is not this run's", (claims, attempt, expected) => {
  expect(foreignClaim(claims, RUN, attempt)).toBe(expected);
});

const NOW_MS = 1_000_000_000;
const NOW = NOW_MS / 1_000;
/** Five minutes, in seconds: so far may two clocks be from each other. */
const SLACK = 300;

test.each([
  [{ exp: NOW + 300, nbf: NOW - 1 }, undefined],
  [{ exp: NOW + 300 }, undefined],
  [{ exp: NOW - SLACK + 1, nbf: NOW + SLACK }, undefined],
  [{ exp: NOW - SLACK, nbf: NOW - 900 }, "exp"],
  [{ exp: 0 }, "exp"],
  [{ exp: String(NOW + 300) }, "exp"],
  [{ nbf: NOW }, "exp"],
  [{}, "exp"],
  [{ exp: NOW + 900, nbf: NOW + SLACK + 1 }, "nbf"],
  [{ exp: NOW + 900, nbf: null }, "nbf"],
] as const)("of the times %j, %j is not now's", (claims, expected) => {
  expect(untimelyClaim(claims, NOW_MS)).toBe(expected);
});
