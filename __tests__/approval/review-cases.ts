import {
  type DecisionCase,
  ANNA,
  APP,
  BEN,
  no,
  noPerson,
  nobody,
  pending,
  rejected,
  stillPending,
  yes,
} from "./decision-case.ts";

/** What the reviews say of it. */
export const REVIEWS: readonly DecisionCase[] = [
  { title: "nobody reviewed the run", reviews: [], expected: nobody, isRepresentative: true },
  {
    title: "nobody reviewed the run, and the environment is named",
    named: "production",
    reviews: [],
    expected: nobody,
  },
  {
    title: "a review is about no environment",
    reviews: [{ environments: [], state: "approved", user: ANNA }],
    expected: nobody,
  },
  {
    title: "it was rejected",
    reviews: [no("production")],
    expected: rejected("“ben”"),
    isRepresentative: true,
  },
  {
    title: "it was approved, then rejected",
    named: "production",
    reviews: [yes("production"), no("production")],
    expected: rejected("“ben”", true),
    isRepresentative: true,
  },
  {
    title: "it was rejected, then approved",
    named: "production",
    reviews: [no("production"), no("production"), yes("production")],
    expected: rejected("“ben”", true),
  },
  {
    title: "it was rejected by an account that no longer exists",
    named: "production",
    reviews: [no("production", null), yes("production")],
    expected: rejected("somebody", true),
  },
  {
    title: "it was rejected by an app",
    named: "production",
    reviews: [no("production", APP), yes("production")],
    expected: rejected("“release-gate[bot]”", true),
  },
  {
    title: "another environment was rejected",
    named: "production",
    reviews: [no("staging"), yes("production")],
    expected: { approvedBy: "anna" },
  },
  {
    title: "it is pending",
    named: "production",
    reviews: [pending("production"), yes("staging")],
    expected: stillPending,
    isRepresentative: true,
  },
  {
    title: "it is the only one reviewed, and pending",
    reviews: [pending("production")],
    expected: stillPending,
  },
  {
    title: "several people approved, some more than once, some without a word",
    reviews: [yes("production", ANNA, "One."), yes("production", BEN), yes("Production", ANNA, "Two.")],
    expected: { approvedBy: "anna,ben", comment: "One.\nTwo." },
    isRepresentative: true,
  },
  {
    title: "an app approved it",
    reviews: [yes("production", APP)],
    expected: noPerson,
    isRepresentative: true,
  },
  {
    title: "an app approved it under a login that gives it away",
    reviews: [yes("production", { login: "release-gate[bot]" })],
    expected: noPerson,
  },
  {
    title: "an account of another type approved it",
    reviews: [yes("production", { login: "contoso", type: "Organization" })],
    expected: noPerson,
  },
  {
    title: "an account that no longer exists approved it",
    reviews: [yes("production", null, "Fine.")],
    expected: noPerson,
  },
  {
    title: "an app and a person approved it",
    reviews: [yes("production", APP, "Checks passed."), yes("production", ANNA, "Ship it.")],
    expected: { approvedBy: "anna", comment: "Ship it." },
  },
];
