import {
  type DecisionCase,
  ANNA,
  APP,
  BEN,
  no,
  noPerson,
  nobody,
  notApproved,
  pending,
  rejected,
  similarRejection,
  stillPending,
  unknownState,
  unnamedRejection,
  yes,
} from "./decision-case.ts";

/** What the reviews say of the environment that the input names. */
export const REVIEWS: readonly DecisionCase[] = rows([
  { title: "nobody reviewed the run", reviews: [], expected: nobody, isRepresentative: true },
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
    reviews: [yes("production"), no("production")],
    expected: rejected("“ben”", true),
    isRepresentative: true,
  },
  {
    title: "it was rejected, then approved",
    reviews: [no("production"), no("production"), yes("production")],
    expected: rejected("“ben”", true),
  },
  {
    title: "it was rejected by an account that no longer exists",
    reviews: [no("production", null), yes("production")],
    expected: rejected("somebody", true),
  },
  {
    title: "it was rejected by an app",
    reviews: [no("production", APP), yes("production")],
    expected: rejected("“release-gate[bot]”", true),
  },
  {
    title: "another environment was rejected",
    reviews: [no("staging"), yes("production")],
    expected: { approvedBy: "anna" },
  },
  {
    title: "it is pending",
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
    title: "the account that stands in for those that no longer exist approved it",
    reviews: [yes("production", { login: "ghost" }), yes("production", { login: "Ghost" })],
    expected: noPerson,
    isRepresentative: true,
  },
  {
    title: "an account of which GitHub does not say what it is approved it",
    reviews: [yes("production", { login: "anna", type: null }), yes("production", { login: "ben", type: "" })],
    expected: noPerson,
    isRepresentative: true,
  },
  {
    title: "an app and a person approved it",
    reviews: [yes("production", APP, "Checks passed."), yes("production", ANNA, "Ship it.")],
    expected: { approvedBy: "anna", comment: "Ship it." },
  },
  {
    title: "it was approved, in capitals",
    reviews: [state("APPROVED"), state("Approved", BEN)],
    expected: { approvedBy: "anna,ben" },
  },
  {
    title: "it was approved, then rejected in capitals",
    reviews: [yes("production"), state("REJECTED", BEN)],
    expected: rejected("“ben”", true),
    isRepresentative: true,
  },
  {
    title: "a rejection names it in another case",
    reviews: [yes("production"), no("PRODUCTION")],
    expected: rejected("“ben”", true),
  },
  {
    title: "an approval names an environment that only looks like it",
    reviews: [yes("\uff50roduction"), yes(" production"), yes("production\n"), yes("pro\u200bduction")],
    expected: notApproved(
      "; approved were: “\uff50[U+FF50]roduction”, “[U+0020]production”, “production[U+000A]”, “pro[U+200B]duction”",
    ),
    isRepresentative: true,
  },
  ...[
    ["\uff50roduction", "\uff50[U+FF50]roduction"],
    ["production\u00a0", "production[U+00A0]"],
    ["\u3000production", "[U+3000]production"],
    ["\ufeffproduction", "[U+FEFF]production"],
    ["production ", "production[U+0020]"],
  ].map(([name = "", shown = ""]) => ({
    title: `a rejection names an environment that only looks like it: ${shown}`,
    reviews: [yes("production"), no(name)],
    expected: similarRejection(shown),
  })),
  {
    title: "beside an approval of it there is an unknown state of an environment that only looks like it",
    reviews: [yes("production"), { ...state("dismissed", BEN), environments: ["production "] }],
    expected: unknownState("dismissed"),
  },
  {
    title: "the word for an approval has a blank around it",
    reviews: [state(" approved"), state("approved\u00a0")],
    expected: unknownState("[U+0020]approved", "approved[U+00A0]"),
    isRepresentative: true,
  },
  {
    title: "beside an approval of it there is a state that nobody here knows",
    reviews: [yes("production"), state("dismissed", BEN), state("dismissed", BEN)],
    expected: unknownState("dismissed"),
    isRepresentative: true,
  },
  {
    title: "a state that nobody here knows is all that there is",
    reviews: [state("rejected\u200b"), state("", BEN)],
    expected: unknownState("rejected[U+200B]", ""),
  },
  {
    title: "a state that nobody here knows is about another environment",
    reviews: [yes("production"), { ...state("dismissed", BEN), environments: ["staging"] }],
    expected: { approvedBy: "anna" },
  },
  {
    title: "beside an approval of it there is a rejection of an environment that GitHub does not name",
    reviews: [yes("production"), { ...no("production"), environments: null }],
    expected: unnamedRejection,
    isRepresentative: true,
  },
  ...[[7], ["staging", 7], ["staging", " "]].map((environments) => ({
    title: `beside an approval of it there is a rejection of what is no environment: ${JSON.stringify(environments)}`,
    reviews: [yes("production"), { ...no("production"), environments }],
    expected: unnamedRejection,
    isRepresentative: true as const,
  })),
  {
    title: "beside an approval of it there is a rejection of two environments, and GitHub names only the other one",
    reviews: [yes("production"), { ...no("production"), environments: ["staging", ""] }],
    expected: unnamedRejection,
  },
  {
    title:
      "beside an approval of it there is a state that nobody here knows, of an environment that GitHub does not name",
    reviews: [yes("production"), { ...state("dismissed"), environments: [] }],
    expected: unknownState("dismissed"),
  },
  {
    title: "one approval is of it and of an environment that GitHub does not name",
    reviews: [{ ...yes("production"), environments: ["", "production"] }],
    expected: { approvedBy: "anna" },
  },
  {
    title: "beside an approval of it there is a pending one of an environment that GitHub does not name",
    reviews: [yes("production"), { ...pending("production"), environments: [] }],
    expected: { approvedBy: "anna" },
  },
  {
    title: "it was approved, and another job waits for it",
    reviews: [yes("production"), pending("production")],
    expected: { approvedBy: "anna" },
  },
]);

function rows(cases: readonly DecisionCase[]): readonly DecisionCase[] {
  return cases.map((row) => ({ named: "production", ...row }));
}

function state(word: string, user = ANNA): DecisionCase["reviews"][number] {
  return { ...yes("production", user), state: word };
}
