import type { Environment } from "../environment.ts";
import { ambientCandidates } from "../identity/ambient.ts";
import type { SignIn } from "../identity/sign-in.ts";
import { InputError, quoted, readChoice, readEndpoint, readSecret, readToken, withoutPassword } from "./input-value.ts";
import { holdsToken } from "../text/secret-text.ts";

type SignInKind = SignIn["kind"];
type SignInInput = "token" | "tenantId" | "clientId" | "clientSecret";
type Read = (name: string) => string;

/** The values of `signIn`; the first is the default. */
export const SIGN_IN_CHOICES = ["auto", "token", "oidc", "secret", "azureCli", "managedIdentity"] as const;

/** The defaults; action.yml says the same. */
export const SIGN_IN_DEFAULTS = {
  authorityHost: "https://login.microsoftonline.com",
  audience: "api://AzureADTokenExchange",
} as const;

/** Which inputs go with which way to sign in; everything else contradicts it. */
const INPUTS_OF = {
  token: { needs: ["token"], takes: [] },
  oidc: { needs: ["tenantId", "clientId"], takes: [] },
  secret: { needs: ["tenantId", "clientId", "clientSecret"], takes: [] },
  azureCli: { needs: [], takes: ["tenantId"] },
  managedIdentity: { needs: [], takes: ["clientId"] },
  ambient: { needs: [], takes: [] },
} as const satisfies Record<
  SignInKind,
  { readonly needs: readonly SignInInput[]; readonly takes: readonly SignInInput[] }
>;

const SIGN_IN_INPUTS = ["token", "tenantId", "clientId", "clientSecret"] as const satisfies readonly SignInInput[];

/**
 * How to sign in, as the inputs say it. Throws an {@link InputError} when they contradict, which names all that do, or for
 * the first thing that is missing.
 */
export function readSignIn(read: Read, environment: Environment): SignIn {
  const kind = readKind(read);
  const { needs, takes } = inputsOf(kind);
  const [stray, ...others] = SIGN_IN_INPUTS.filter(
    (name) => read(name) !== "" && !needs.includes(name) && !takes.includes(name),
  );
  if (stray !== undefined) throw contradiction([stray, ...others], kind, read);
  switch (kind) {
    case "token":
      return { kind, token: readToken("token", read("token")) };
    case "oidc":
      return { kind, ...readApplication(read, kind), authorityHost: readAuthority(read), audience: readAudience(read) };
    case "secret":
      return {
        kind,
        ...readApplication(read, kind),
        clientSecret: readNeeded("clientSecret", (name) => readSecret("clientSecret", read(name)), kind),
        authorityHost: readAuthority(read),
      };
    case "azureCli":
      return { kind, tenantId: read("tenantId") === "" ? undefined : readTenant(read("tenantId")) };
    case "managedIdentity":
      return { kind, clientId: read("clientId") === "" ? undefined : readClient(read("clientId")) };
    case "ambient":
      return readAmbient(environment);
  }
}

/** Reads each input that the way to sign in needs, so that everything that is wrong with them is told at once. */
export function neededReaders(read: Read): Readonly<Record<Exclude<SignInInput, "token">, () => void>> {
  const readWhereNeeded = (name: Exclude<SignInInput, "token">, check: (text: string) => void) => (): void => {
    const kind = readKind(read);
    if (inputsOf(kind).needs.includes(name)) check(readNeeded(name, read, kind));
  };
  return {
    tenantId: readWhereNeeded("tenantId", readTenant),
    clientId: readWhereNeeded("clientId", readClient),
    clientSecret: readWhereNeeded("clientSecret", (text) => readSecret("clientSecret", text)),
  };
}

function inputsOf(kind: SignInKind): {
  readonly needs: readonly SignInInput[];
  readonly takes: readonly SignInInput[];
} {
  return INPUTS_OF[kind];
}

function readKind(read: Read): SignInKind {
  const choice = readChoice("signIn", read("signIn"), SIGN_IN_CHOICES);
  if (choice !== "auto") return choice;
  if (read("token") !== "") return "token";
  if (read("clientSecret") !== "") return "secret";
  return read("tenantId") !== "" || read("clientId") !== "" ? "oidc" : "ambient";
}

function readAmbient(environment: Environment): SignIn {
  const candidates = ambientCandidates(environment);
  if (candidates.length > 0) return { kind: "ambient", candidates };
  throw new InputError(
    "token",
    "it is empty, and there is no other way to sign in here.",
    "A secret that is not set arrives as empty text: check its name, that the job may read it (a secret of an environment needs `environment:`), and that the step that gets the token ran. Or pass `tenantId` and `clientId` with `permissions: id-token: write`, or run `azure/login` before this step.",
  );
}

function readApplication(read: Read, kind: SignInKind): { readonly tenantId: string; readonly clientId: string } {
  return {
    tenantId: readTenant(readNeeded("tenantId", read, kind)),
    clientId: readClient(readNeeded("clientId", read, kind)),
  };
}

function readNeeded(name: SignInInput, read: Read, kind: SignInKind): string {
  const text = read(name);
  if (text !== "") return text;
  const remedy = "Pass it too; a variable or secret that is not set arrives as empty text.";
  throw new InputError(name, `it is empty, and signing in by \`${kind}\` needs it.`, remedy);
}

function readTenant(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(text) && !holdsToken(text)) return text;
  throw new InputError(
    "tenantId",
    `got ${quoted(text)}.`,
    "Allowed is the id of a tenant (a GUID) or one of its domains.",
  );
}

function readClient(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  const remedy = "Allowed is the application (client) id, a GUID; it stands on the app registration's overview page.";
  throw new InputError("clientId", `got ${quoted(text)}.`, remedy);
}

/** The client secret goes there, and Microsoft's library takes https only, on this machine too. */
function readAuthority(read: Read): string {
  const text = read("authorityHost");
  const url = URL.parse(text);
  if (url !== null && url.host !== "" && url.protocol !== "https:") {
    const problem = `got ${quoted(withoutPassword(text, url))}.`;
    const allowed = `Allowed is an https address without path, query or user name, such as \`${SIGN_IN_DEFAULTS.authorityHost}\`.`;
    throw new InputError("authorityHost", problem, `${allowed} Plain http is not accepted.`);
  }
  return readEndpoint("authorityHost", text, SIGN_IN_DEFAULTS.authorityHost).origin;
}

function readAudience(read: Read): string {
  const text = read("audience");
  if (text === "") return SIGN_IN_DEFAULTS.audience;
  if (/^[\x21-\x7e]+$/.test(text) && !holdsToken(text)) return text;
  throw new InputError(
    "audience",
    `got ${quoted(text)}.`,
    `Allowed is a text without blanks, such as \`${SIGN_IN_DEFAULTS.audience}\`.`,
  );
}

/** All that contradict at once, and which to keep. */
function contradiction(
  [stray, ...others]: readonly [SignInInput, ...SignInInput[]],
  kind: SignInKind,
  read: Read,
): InputError {
  const isAuto = read("signIn") === "" || read("signIn") === "auto";
  const by = isAuto ? `the other inputs, which say \`${kind}\`` : `\`signIn: ${kind}\``;
  const too = others.length === 0 ? "" : `, and so ${others.length === 1 ? "does" : "do"} ${listText(others)}`;
  const other = read("clientSecret") === "" ? "oidc" : "secret";
  const instead = isAuto ? keepText(other) : "let `signIn` name another way";
  return new InputError(stray, `it contradicts ${by}${too}.`, `Keep ${keepText(kind)}, or ${instead}.`);
}

function keepText(kind: SignInKind): string {
  const { needs, takes } = inputsOf(kind);
  const much = needs.length === 0 ? "at the most" : "alone";
  return `${listText([...needs, ...takes])} ${much} to sign in by \`${kind}\``;
}

function listText(names: readonly SignInInput[]): string {
  const quotedNames = names.map((name) => `\`${name}\``);
  return quotedNames.length < 2
    ? quotedNames.join("")
    : `${quotedNames.slice(0, -1).join(", ")} and ${quotedNames.at(-1)}`;
}
