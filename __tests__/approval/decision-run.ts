import { gitHubToken } from "../../emulator/github/api.ts";
import type { ApprovalOptions } from "./approval-scenario.ts";
import type { DecisionCase } from "./decision-case.ts";

/** How GitHub has to be for a case. */
export function gitHubFor({ reviews, actions = "read", hasRoute, claim }: DecisionCase): ApprovalOptions {
  const tokens = actions === "unknown" ? {} : { [gitHubToken]: actions };
  return {
    gitHub: { reviews, tokens, ...(hasRoute === undefined ? {} : { hasRoute }) },
    oidc: claim === undefined ? undefined : { job: { environment: claim } },
  };
}

/** The inputs of a case. */
export function inputsFor({ named, token }: DecisionCase): Readonly<Record<string, string>> {
  return {
    environment: named ?? "",
    ...(token === undefined ? {} : { githubToken: token }),
  };
}
