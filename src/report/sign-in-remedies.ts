import type { SignInError, SignInReason, Subject } from "../identity/sign-in-error.ts";
import { type Harmless, harmlessLine, inQuotes, joined, ours } from "../text/harmless.ts";

const WHERE = "on the app (Entra, App registrations, Certificates & secrets, Federated credentials)";
const ISSUER = "https://token.actions.githubusercontent.com";

const LATER = "The fault is on Entra's side and passes. Run this job again in a while.";

const NO_KEYS =
  "Entra could not read the keys of the issuer of the ID token. Run this job again in a while; a GitHub Enterprise Server must be reachable from the internet for it.";

/** What to do about each of Entra's codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const SIGN_IN_REMEDIES = {
  AADSTS700016:
    "Check `clientId` and `tenantId`: the tenant knows no application with that id. Both stand on the app registration's overview page in Entra.",
  AADSTS700024: "The assertion was not valid at that moment. Check the clock of the runner, then run this job again.",
  AADSTS70021: `Register a federated credential ${WHERE} with issuer ${ISSUER}, the job's subject, and the audience of the \`audience\` input.`,
  AADSTS700213: `Register a federated credential ${WHERE} whose subject is exactly the one that GitHub sends for this job.`,
  AADSTS7002138: `Correct the subject of the federated credential ${WHERE}: it differs from GitHub's in upper and lower case only.`,
  AADSTS70025: `The app has no federated credential yet. Register one ${WHERE} with issuer ${ISSUER} and the job's subject.`,
  AADSTS700211: `Register a federated credential ${WHERE} whose issuer is exactly the one in the message; for github.com that is ${ISSUER}.`,
  AADSTS700212: `Register a federated credential ${WHERE} whose audience is the one of the \`audience\` input.`,
  AADSTS7000215:
    "`clientSecret` is wrong. Use the secret's value, not its id; when in doubt, make a new one in Entra and store it again.",
  AADSTS7000222:
    "The client secret has expired. Make a new one in Entra and store it again, or use OIDC, which needs none.",
  AADSTS50034: "Check `tenantId`: the account is not in that directory.",
  AADSTS500011:
    "The tenant does not know the resource of `endpoint`. Check `endpoint`, and use the tenant that is linked to the publisher account in Partner Center.",
  AADSTS650057:
    "The app does not list the resource of `endpoint` among its permissions. Check `endpoint`, and add the API to the app (Entra, App registrations, API permissions).",
  AADSTS90024: LATER,
  AADSTS90033: LATER,
  AADSTS90055: LATER,
  AADSTS50166: NO_KEYS,
  AADSTS501661: NO_KEYS,
  AADSTS90002: "Check `tenantId` and `authorityHost`: there is no such tenant in that cloud.",
  AADSTS65001:
    "An administrator of the tenant must consent to the app's permissions (Entra, App registrations, API permissions, Grant admin consent).",
  AADSTS53003:
    "A conditional access policy of the tenant blocks the app. Ask its administrator to let this app through from where the runner is.",
} as const satisfies Readonly<Record<`AADSTS${number}`, string>>;

const REMEDIES_BY_REASON = {
  noIdToken:
    "Give the job `permissions: id-token: write` (and `contents: read`, if it checks code out). A workflow run from a fork gets no ID token.",
  idTokenRefused:
    "Check that the job has `permissions: id-token: write`. GitHub gives a job ID tokens for about 6 hours only: for a longer wait use `clientSecret`, or follow the go-live with `operationLocation` in another job.",
  idTokenUnreachable:
    "Check that the runner reaches GitHub, and https://www.githubstatus.com; then run this job again.",
  refused:
    "Read what was said; Entra's codes can be looked up at https://login.microsoftonline.com/error. If it was not Entra that answered, check `authorityHost` and the proxy.",
  unreachable:
    "Check `authorityHost` and that the runner reaches it (HTTPS_PROXY; NODE_EXTRA_CA_CERTS where a proxy opens TLS on the way); if Entra is down, run this job again in a while.",
  unavailable:
    "Pass `token`; or `tenantId` and `clientId` with `permissions: id-token: write`; or run `azure/login` before this step. A token or secret that is not set arrives as empty text: check its name.",
} as const satisfies Record<SignInReason, string>;

/** The Azure CLI keeps the ID token that `azure/login` came with; it lives five minutes. */
const CLI_SESSION_OVER =
  "The session that `azure/login` left cannot be renewed, because its ID token has expired. Let the action sign in itself: pass `tenantId` and `clientId` and give the job `permissions: id-token: write`.";

/** Microsoft's library says the same whatever the Azure CLI said, as long as that ends with how to sign in. */
const CLI_GAVE_NONE =
  `${REMEDIES_BY_REASON.unavailable} If \`azure/login\` did run, Entra refused its session, and \`az account get-access-token\` in a step before this one shows why: a session that was opened with OIDC gets no new token after five minutes.` as const;

/** Where Entra begins to tell what its support asks for. */
const TRACE = /\s*\bTrace ID: /;

/** What went wrong at sign-in, in the words of who said no; the subject that GitHub sent, where they do not name it. */
export function signInReason({ code, text, subject }: SignInError): Harmless {
  const [words = ""] = text.split(TRACE);
  const said = ours`sign-in failed: ${inQuotes(words, 1_000)}`;
  const isNamed = subject === undefined || !isAboutSubject(code) || words.includes(subject.sent);
  return isNamed ? said : ours`${said}; GitHub sent the subject ${inQuotes(subject.sent, 300)}`;
}

/** What Entra's support asks for: its ids and its time; untrusted. */
export function signInTrace({ text }: SignInError): string | undefined {
  const at = TRACE.exec(text)?.index;
  return at === undefined ? undefined : text.slice(at).trim();
}

/** What to do about it: where a federated credential is missing, the command that makes it. */
export function signInRemedy(error: SignInError): Harmless {
  const { code, kind, reason } = error;
  if (code === "AADSTS700024" && kind === "azureCli") return ours(CLI_SESSION_OVER);
  if (reason === "unavailable" && kind === "azureCli") return ours(CLI_GAVE_NONE);
  const remedy = isKnownCode(code) ? ours(SIGN_IN_REMEDIES[code]) : ours(REMEDIES_BY_REASON[reason]);
  return joined(
    [
      remedy,
      ...(MAY_BE_NEW.has(code ?? "") ? [ours(NEW)] : []),
      ...(isAboutSubject(code) ? credentialCommand(error) : []),
    ],
    " ",
  );
}

/** What a shell reads as it is between single quotes, and JSON between double ones. */
const PLAIN = /^[\w@:/.,=+ -]{1,400}$/;

/** The command that registers the subject; none where what it would hold is not known, or could mean something to a shell. */
function credentialCommand({ subject, clientId }: SignInError): readonly Harmless[] {
  const { sent, issuer, audience } = subject ?? {};
  if (sent === undefined || issuer === undefined || audience === undefined || clientId === undefined) return [];
  if (![sent, issuer, audience, clientId].every((text) => PLAIN.test(text))) return [];
  const name = sent.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 100);
  const parameters = JSON.stringify({ name, issuer, subject: sent, audiences: [audience] });
  return [
    ours`This command does it: \`az ad app federated-credential create --id ${harmlessLine(clientId)} --parameters '${harmlessLine(parameters, 2_000)}'\`${otherFormText(subject)}`,
  ];
}

/** A credential for the other form looks right, and is of no use. */
function otherFormText(subject: Subject | undefined): Harmless {
  const other = [subject?.plain, subject?.immutable].find((form) => form !== undefined && form !== subject?.sent);
  return other === undefined ? ours(".") : ours`; one for ${inQuotes(other, 300)} does not count.`;
}

function isAboutSubject(code: string | undefined): boolean {
  return SUBJECT_CODES.has(code ?? "");
}

function isKnownCode(code: string | undefined): code is keyof typeof SIGN_IN_REMEDIES {
  return code !== undefined && Object.hasOwn(SIGN_IN_REMEDIES, code);
}

/** Entra's codes for what it does not know, which it may not know yet. */
const MAY_BE_NEW: ReadonlySet<string> = new Set([
  ...["AADSTS700016", "AADSTS70021", "AADSTS700213", "AADSTS70025", "AADSTS700211", "AADSTS700212", "AADSTS7000215"],
]);
const NEW =
  "If it was set up in the last minutes, Entra may not know it everywhere yet: run this job again a little later.";

/** Entra's codes that are about the subject of the assertion. */
const SUBJECT_CODES: ReadonlySet<string> = new Set(["AADSTS70021", "AADSTS70025", "AADSTS700213", "AADSTS7002138"]);
