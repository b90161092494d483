import { gitHubToken } from "../../emulator/github/api.ts";
import { passApprovalGate } from "../../src/approval/approval-gate.ts";
import { NO_PROXY, type ProxySettings } from "../../src/http/proxy.ts";
import { createTransport } from "../../src/http/transport.ts";
import { createIdTokenSource } from "../../src/identity/id-token.ts";
import type { startGitHub } from "./approval-scenario.ts";
import { patientClock } from "./patient-clock.ts";

export interface GateInputs {
  readonly named?: string | undefined;
  readonly githubToken?: string | undefined;
}

/** Passes the gate in this process: GitHub answers over HTTP, and pauses take no time. */
export function passGate(
  { environment }: Pick<Awaited<ReturnType<typeof startGitHub>>, "environment">,
  { named, githubToken = gitHubToken }: GateInputs = {},
): ReturnType<typeof passApprovalGate> {
  const transport = {
    openTransport: (proxy: ProxySettings) => createTransport({ clock: patientClock, proxy }),
    proxy: NO_PROXY,
  };
  return passApprovalGate({
    ...transport,
    inputs: { isRequired: true, environment: named, githubToken },
    environment,
    clock: patientClock,
    signal: new AbortController().signal,
    idToken: createIdTokenSource({
      ...transport,
      environment,
      onSecret: () => undefined,
      redact: (text) => text,
    }),
  });
}
