import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { readInputs } from "../../src/inputs/inputs.ts";
import { createFolder } from "../harness/identity-process.ts";
import { SECRET, startSignInScenario } from "../harness/identity-scenario.ts";
import { texts, TOKEN } from "../harness/scenario.ts";

/** What a step may be given, by the letter that the table uses. */
const GIVEN = {
  t: { token: TOKEN },
  T: { tenantId: defaultTenant.id },
  C: { clientId: defaultApp.clientId },
  S: { clientSecret: SECRET },
} as const;

/** What a runner may have: the Azure CLI, a managed identity's address, or being somebody's own machine. */
type Surroundings = "bare" | "az" | "endpoint" | "selfHosted" | "az + endpoint" | "az + selfHosted" | "az in hosted";

const KEEP = {
  token: "`token` alone to sign in by `token`",
  oidc: "`tenantId` and `clientId` alone to sign in by `oidc`",
  secret: "`tenantId`, `clientId` and `clientSecret` alone to sign in by `secret`",
  azureCli: "`tenantId` at the most to sign in by `azureCli`",
  managedIdentity: "`clientId` at the most to sign in by `managedIdentity`",
} as const;
const others = (instead: "oidc" | "secret", too = ""): string =>
  `it contradicts the other inputs, which say \`token\`${too}. Keep ${KEEP.token}, or ${KEEP[instead]}.`;
const explicit = (kind: keyof typeof KEEP, too = ""): string =>
  `it contradicts \`signIn: ${kind}\`${too}. Keep ${KEEP[kind]}, or let \`signIn\` name another way.`;
const needs = (kind: string): string =>
  `it is empty, and signing in by \`${kind}\` needs it. Pass it too; a variable or secret that is not set arrives as empty text.`;
const NO_TOKEN = "it is empty.";
const NOTHING = "it is empty, and there is no other way to sign in here.";

type Row = readonly [signIn: string, given: string, around: Surroundings, result: string, message?: string];

/** `oidc`: that is the way; `ambient azureCli managedIdentity`: these in turn; `!token`: that input's error. */
const TABLE: readonly Row[] = [
  // auto goes by what is given, whatever the runner has
  ["", "t", "bare", "token"],
  ["auto", "t", "az + endpoint", "token"],
  ["", "TC", "bare", "oidc"],
  ["auto", "TC", "az + selfHosted", "oidc"],
  ["", "TCS", "bare", "secret"],
  ["auto", "TCS", "az + endpoint", "secret"],
  ["", "", "az", "ambient azureCli"],
  ["", "", "az in hosted", "ambient azureCli"],
  ["", "", "endpoint", "ambient managedIdentity"],
  ["", "", "selfHosted", "ambient managedIdentity"],
  ["auto", "", "az + endpoint", "ambient azureCli managedIdentity"],
  ["auto", "", "az + selfHosted", "ambient azureCli managedIdentity"],
  ["", "", "bare", "!token", NOTHING],
  // half of it
  ["", "T", "bare", "!clientId", needs("oidc")],
  ["", "C", "bare", "!tenantId", needs("oidc")],
  ["", "T", "az", "!clientId", needs("oidc")],
  ["", "S", "bare", "!tenantId !clientId", needs("secret")],
  ["", "TS", "bare", "!clientId", needs("secret")],
  ["", "CS", "az", "!tenantId", needs("secret")],
  // too much of it
  ["", "tT", "bare", "!tenantId", others("oidc")],
  ["", "tC", "bare", "!clientId", others("oidc")],
  ["auto", "tS", "bare", "!clientSecret", others("secret")],
  ["", "tTC", "bare", "!tenantId", others("oidc", ", and so does `clientId`")],
  ["", "tTCS", "bare", "!tenantId", others("secret", ", and so do `clientId` and `clientSecret`")],
  // explicitly
  ["token", "t", "az", "token"],
  ["token", "", "az", "!token", NO_TOKEN],
  ["token", "tC", "bare", "!clientId", explicit("token")],
  ["token", "TC", "bare", "!tenantId", explicit("token", ", and so does `clientId`")],
  ["oidc", "TC", "az", "oidc"],
  ["oidc", "", "az", "!tenantId !clientId", needs("oidc")],
  ["oidc", "tS", "az", "!token !tenantId !clientId", explicit("oidc", ", and so does `clientSecret`")],
  ["oidc", "T", "az", "!clientId", needs("oidc")],
  ["oidc", "TCS", "bare", "!clientSecret", explicit("oidc")],
  ["oidc", "tTC", "bare", "!token", explicit("oidc")],
  ["secret", "TCS", "az", "secret"],
  ["secret", "TC", "bare", "!clientSecret", needs("secret")],
  ["secret", "tTCS", "bare", "!token", explicit("secret")],
  ["azureCli", "", "bare", "azureCli"],
  ["azureCli", "T", "az + endpoint", "azureCli"],
  ["azureCli", "C", "az", "!clientId", explicit("azureCli")],
  ["azureCli", "S", "az", "!clientSecret", explicit("azureCli")],
  ["azureCli", "t", "az", "!token", explicit("azureCli")],
  ["managedIdentity", "", "bare", "managedIdentity"],
  ["managedIdentity", "C", "az + endpoint", "managedIdentity"],
  ["managedIdentity", "T", "endpoint", "!tenantId", explicit("managedIdentity")],
  ["managedIdentity", "TC", "endpoint", "!tenantId", explicit("managedIdentity")],
  ["managedIdentity", "tTS", "az", "!token", explicit("managedIdentity", ", and so do `tenantId` and `clientSecret`")],
  ["managedIdentity", "t", "endpoint", "!token", explicit("managedIdentity")],
  [
    "OIDC",
    "TC",
    "bare",
    "!signIn",
    'got "OIDC". Allowed are `auto`, `token`, `oidc`, `secret`, `azureCli`, `managedIdentity`',
  ],
];

test.each(TABLE)("signIn “%s” with “%s” on a runner (%s) means %s", (...row) => {
  const [signIn, given, around, result, message] = row;
  const inputs = { publisherId: "contoso", offerId: "contoso-vm", signIn, ...inputsOf(given) };
  const read = readInputs((name) => (inputs as Readonly<Record<string, string>>)[name] ?? "", surroundings(around));
  expect(readOut(read)).toEqual([result, message ?? ""]);
  const values = read.kind === "usable" ? Object.values(read.inputs.signIn) : Object.values(inputsOf(given));
  expect(values).toEqual(expect.arrayContaining(Object.values(inputsOf(given))));
});

/** As the table writes it; of a message that ends with hints, its beginning. */
function readOut(read: ReturnType<typeof readInputs>): readonly [result: string, message: string] {
  if (read.kind === "unusable") {
    const [first] = read.problems;
    const message = `${first?.problem} ${first?.remedy}`;
    const known = TABLE.find(([, , , , each = "-"]) => message.startsWith(each))?.[4];
    return [read.problems.map(({ input }) => `!${input}`).join(" "), known ?? message];
  }
  const { signIn } = read.inputs;
  const candidates = signIn.kind === "ambient" ? signIn.candidates.map(({ kind }) => kind) : [];
  return [[signIn.kind, ...candidates].join(" "), ""];
}

const HTTPS =
  "Allowed is an https address without path, query or user name, such as `https://login.microsoftonline.com`. Plain http is not accepted.";

test.each([
  ["tenantId", "my tenant", 'got "my tenant". Allowed is the id of a tenant (a GUID) or one of its domains.'],
  ["clientId", "marketplace-go-live", 'got "marketplace-go-live". Allowed is the application (client) id, a GUID'],
  ["authorityHost", "http://login.example", `got "http://login.example". ${HTTPS}`],
  ["authorityHost", "http://127.0.0.1:8080", `got "http://127.0.0.1:8080". ${HTTPS}`],
  ["authorityHost", "http://name:hidden@localhost", `got "http://localhost/". ${HTTPS}`],
  ["authorityHost", "ftp://login.example", `got "ftp://login.example". ${HTTPS}`],
  ["authorityHost", "https://login.example/tenant", 'got "https://login.example/tenant".'],
  ["audience", "api://Azure AD", 'got "api://Azure AD". Allowed is a text without blanks'],
])("refuses a %s that cannot be one: %s", (name, value, message) => {
  const inputs: Readonly<Record<string, string>> = { ...inputsOf("TC"), [name]: value };
  const ids = { publisherId: "contoso", offerId: "contoso-vm" } as Readonly<Record<string, string>>;
  const read = readInputs((each) => inputs[each] ?? ids[each] ?? "", {});
  expect(read).toMatchObject({
    kind: "unusable",
    problems: [{ message: expect.stringContaining(`\`${name}\`: ${message}`) }],
  });
});

test.each([
  ["auto", "tC", others("oidc")],
  ["auto", "tTCS", others("secret", ", and so do `clientId` and `clientSecret`")],
  ["oidc", "TCS", explicit("oidc")],
  ["auto", "TS", needs("secret")],
  ["auto", "", NOTHING],
])("a step with signIn %s and “%s” ends with one error, and asks nobody anything", async (signIn, given, message) => {
  const { run, gitHub, entra, asked } = await startSignInScenario();
  const inputs = { signIn, ...inputsOf(given) };
  const result = await run({ with: inputs, environment: gitHub.environment });
  expect(texts(result, "error")).toEqual([expect.stringContaining(message)]);
  expect(result.summary).not.toBe("");
  expect([result.exitCode, result.outputs["status"]]).toEqual([1, "rejected"]);
  expect([asked(), gitHub.requests, entra.requests]).toEqual([[], [], []]);
  expect(result.log.startsWith("::add-mask::")).toBe(given.includes("t") || given.includes("S"));
});

function inputsOf(given: string): Readonly<Record<string, string>> {
  return Object.assign({}, ...[...given].map((letter) => GIVEN[letter as keyof typeof GIVEN])) as Record<
    string,
    string
  >;
}

function surroundings(around: Surroundings): Readonly<Record<string, string>> {
  return {
    PATH: around.startsWith("az") ? folderWithCli() : createFolder(),
    RUNNER_ENVIRONMENT: around.includes("selfHosted") ? "self-hosted" : "github-hosted",
    ...(around.includes("endpoint") ? { IDENTITY_ENDPOINT: "http://127.0.0.1:41741/msi/token" } : {}),
  };
}

function folderWithCli(): string {
  const folder = createFolder();
  for (const name of ["az", "az.cmd"]) {
    writeFileSync(join(folder, name), "");
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}
