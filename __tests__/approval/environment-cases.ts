import { type DecisionCase, ANNA, BEN, NAME_IT, no, notApproved, pending, refused, yes } from "./decision-case.ts";

/** Which environment is meant. */
export const ENVIRONMENTS: readonly DecisionCase[] = [
  {
    title: "the environment that the input names was approved",
    named: "production",
    reviews: [yes("staging", BEN), yes("production", ANNA, " Ship it. ")],
    expected: { approvedBy: "anna", comment: "Ship it." },
    isRepresentative: true,
  },
  {
    title: "the environment that the ID token names was approved",
    claim: "production",
    reviews: [yes("staging", BEN), yes("production")],
    expected: { approvedBy: "anna" },
    isRepresentative: true,
  },
  {
    title: "the only environment of the run that was approved",
    reviews: [yes("production")],
    expected: { approvedBy: "anna" },
    isRepresentative: true,
  },
  {
    title: "the ID token names no environment, and one was approved",
    claim: null,
    reviews: [yes("production")],
    expected: { approvedBy: "anna" },
  },
  {
    title: "the input names another environment than the ID token, and counts",
    named: "production",
    claim: "staging",
    reviews: [no("staging"), yes("production")],
    expected: { approvedBy: "anna" },
  },
  {
    title: "names of environments are the same in any case",
    named: "Production",
    reviews: [yes("PRODUCTION")],
    expected: { approvedBy: "anna" },
  },
  {
    title: "one review of several environments counts for each",
    named: "production",
    reviews: [{ environments: ["staging", "production"], state: "approved", user: ANNA }],
    expected: { approvedBy: "anna" },
  },
  {
    title: "the input names an environment that nobody reviewed",
    named: "production",
    reviews: [yes("staging")],
    expected: notApproved("; approved were: “staging”"),
    isRepresentative: true,
  },
  {
    title: "the ID token names an environment that nobody reviewed",
    claim: "production",
    reviews: [yes("staging"), yes("Canary")],
    expected: notApproved("; approved were: “staging”, “Canary”"),
    isRepresentative: true,
  },
  {
    title: "part of a name is not the name",
    named: "production",
    reviews: [yes("production-eu"), yes("pre production")],
    expected: notApproved("; approved were: “production-eu”, “pre production”"),
  },
  {
    title: "several environments were approved, and nothing says which one is meant",
    reviews: [yes("staging"), yes("production"), yes("Staging", BEN)],
    expected: refused(
      "ambiguous",
      "`requireApproval` is set, and several environments were approved in this run: “staging”, “production”",
      NAME_IT,
    ),
    isRepresentative: true,
  },
  {
    title: "several environments were approved, and the ID token names none",
    claim: null,
    reviews: [yes("staging"), yes("production")],
    expected: refused(
      "ambiguous",
      "`requireApproval` is set, and several environments were approved in this run: “staging”, “production”",
      NAME_IT,
    ),
  },
  {
    title: "several environments were reviewed, and none approved",
    reviews: [no("staging"), pending("production")],
    expected: refused(
      "noneApproved",
      "`requireApproval` is set, and no environment was approved in this run; reviewed were: “staging”, “production”",
      "Start a new run, and approve the job's environment in it.",
    ),
  },
];
