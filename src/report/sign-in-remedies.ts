import type { SignInError, SignInReason } from "../identity/sign-in-error.ts";
import { harmlessLine } from "./harmless.ts";

/** What to do about each of Entra's codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const SIGN_IN_REMEDIES = {
  AADSTS700016:
    "Check `clientId` and `tenantId`: the tenant knows no application with that id. Both stand on the app registration's overview page in Entra.",
  AADSTS700024: "The assertion was not valid at that moment. Check the clock of the runner, then run this job again.",
  AADSTS70021:
    "Register a federated credential on the app (Entra, App registrations, Certificates & secrets, Federated credentials) with issuer https://token.actions.githubusercontent.com, the job's subject, and the audience of the `audience` input.",
  AADSTS700213:
    "Register a federated credential on the app (Entra, App registrations, Certificates & secrets, Federated credentials) whose subject is exactly the one that GitHub sends for this job.",
  AADSTS700212: "Register a federated credential on the app whose audience is the one of the `audience` input.",
  AADSTS7000215:
    "`clientSecret` is wrong. Use the secret's value, not its id; when in doubt, make a new one in Entra and store it again.",
  AADSTS7000222:
    "The client secret has expired. Make a new one in Entra and store it again, or use OIDC, which needs none.",
  AADSTS50034: "Check `tenantId`: the account is not in that directory.",
  AADSTS500011:
    "The tenant does not know the resource of `endpoint`. Check `endpoint`, and use the tenant that is linked to the publisher account in Partner Center.",
  AADSTS90002: "Check `tenantId` and `authorityHost`: there is no such tenant in that cloud.",
  AADSTS65001:
    "An administrator of the tenant must consent to the app's permissions (Entra, App registrations, API permissions, Grant admin consent).",
  AADSTS53003:
    "A conditional access policy of the tenant blocks the app. Ask its administrator to let this app through from where the runner is.",
} as const satisfies Readonly<Record<`AADSTS${number}`, string>>;

const REMEDIES_BY_REASON = {
  noIdToken:
    "Give the job `permissions: id-token: write` (and `contents: read`, if it checks code out). A workflow run from a fork gets no ID token.",
  refused: "Read what was said; Entra's code can be looked up at https://login.microsoftonline.com/error.",
  unreachable:
    "Check the runner's network, HTTPS_PROXY and `authorityHost`; if Entra is down, run this job again in a while.",
  unavailable:
    "Pass `token`; or `tenantId` and `clientId` with `permissions: id-token: write`; or run `azure/login` before this step. A token or secret that is not set arrives as empty text: check its name.",
} as const satisfies Record<SignInReason, string>;

/** What went wrong at sign-in, with the subject that GitHub sent beside those that can be registered; harmless. */
export function signInReason(error: SignInError): string {
  const said = `sign-in failed: “${harmlessLine(error.text, 1_500)}”`;
  if (error.subject === undefined || !SUBJECT_CODES.has(error.code ?? "")) return said;
  const { sent, plain, immutable } = error.subject;
  const forms = [plain, immutable].filter((form) => form !== undefined).map((form) => `“${harmlessLine(form, 300)}”`);
  return `${said}; GitHub sent the subject “${harmlessLine(sent, 300)}”, and a federated credential can name ${forms.join(" or ")}`;
}

/** What to do about it. */
export function signInRemedy({ code, reason }: SignInError): string {
  const remedies: Readonly<Record<string, string>> = SIGN_IN_REMEDIES;
  return remedies[code ?? ""] ?? REMEDIES_BY_REASON[reason];
}

/** Entra's codes that are about the subject of the assertion. */
const SUBJECT_CODES: ReadonlySet<string> = new Set(["AADSTS70021", "AADSTS700213"]);
