import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Environment } from "../environment.ts";
import type { AccessToken } from "./credential.ts";
import type { EntraSignIn } from "./sign-in.ts";
import { SignInError } from "./sign-in-error.ts";

/**
 * Gets tokens from what the job already has: the session that `azure/login` left in the Azure CLI, then a managed
 * identity of a self-hosted runner. Each is tried only where it can exist; the first that gives a token is kept.
 */
export function ambientSource(
  candidates: readonly EntraSignIn[],
  obtain: (candidate: EntraSignIn, signal: AbortSignal) => Promise<AccessToken>,
): (signal: AbortSignal) => Promise<AccessToken> {
  let chosen: EntraSignIn | undefined;
  return async (signal) => {
    if (chosen !== undefined) return obtain(chosen, signal);
    const failures: SignInError[] = [];
    for (const candidate of candidates) {
      try {
        const token = await obtain(candidate, signal);
        chosen = candidate;
        return token;
      } catch (error) {
        if (!(error instanceof SignInError) || signal.aborted) throw error;
        failures.push(error);
      }
    }
    throw nothingFound(failures);
  };
}

/** The ways to sign in that can exist in this environment, in the order to try them. */
export function ambientCandidates(
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): readonly EntraSignIn[] {
  const list: EntraSignIn[] = [];
  if (hasAzureCli(environment, platform)) list.push({ kind: "azureCli", tenantId: undefined });
  if (mayHaveManagedIdentity(environment)) list.push({ kind: "managedIdentity", clientId: undefined });
  return list;
}

function hasAzureCli(environment: Environment, platform: NodeJS.Platform): boolean {
  const path = environment["PATH"] ?? environment["Path"] ?? "";
  const names = platform === "win32" ? ["az.cmd", "az.exe"] : ["az"];
  return path
    .split(delimiter)
    .some((folder) => folder !== "" && names.some((name) => isExecutable(join(folder, name))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** GitHub's own machines have none that a job may use. */
function mayHaveManagedIdentity(environment: Environment): boolean {
  return environment["IDENTITY_ENDPOINT"] !== undefined || environment["RUNNER_ENVIRONMENT"] === "self-hosted";
}

function nothingFound(failures: readonly SignInError[]): SignInError {
  const telling = failures.find((failure) => failure.isPassing) ?? failures[0];
  const text = failures.map((failure) => failure.text).join(" — ");
  return new SignInError(telling?.reason ?? "unavailable", {
    kind: telling?.kind,
    code: telling?.code,
    text,
    cause: telling,
  });
}
