import { gitHubToken } from "../../emulator/github-api.ts";
import { passApprovalGate } from "../../src/approval-gate.ts";
import { askIdToken } from "../harness/identity.ts";
import type { startGitHub } from "./approval-scenario.ts";
import { patientClock } from "./patient-clock.ts";

export interface GateInputs {
  readonly named?: string | undefined;
  readonly githubToken?: string | undefined;
}

/** Passes the gate in this process: GitHub answers over HTTP, and pauses take no time. */
export function passGate(
  { environment, oidc }: Awaited<ReturnType<typeof startGitHub>>,
  { named, githubToken = gitHubToken }: GateInputs = {},
): ReturnType<typeof passApprovalGate> {
  return passApprovalGate({
    inputs: { isRequired: true, environment: named, githubToken },
    environment,
    clock: patientClock,
    signal: new AbortController().signal,
    async idToken(audience) {
      if (oidc === undefined) throw new Error("the job may not have an ID token");
      const { status, body } = await askIdToken(oidc, audience);
      const token = body["value"];
      if (status !== 200 || typeof token !== "string") throw new Error(`no ID token, but ${status}`);
      return token;
    },
  });
}
