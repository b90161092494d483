import { expect, test } from "@jest/globals";
import type { AppPlan, EntraFault } from "../../emulator/entra/entra.ts";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import type { GitHubJob } from "../../emulator/github/oidc.ts";
import { INPUTS, type SignInScenario, startSignInScenario } from "../harness/identity-scenario.ts";
import { startProxy } from "../harness/proxy.ts";
import { texts } from "../harness/scenario.ts";

const WHERE = "on the app (Entra, App registrations, Certificates & secrets, Federated credentials)";
const PLAIN = "repo:contoso/marketplace:environment:staging";
const IMMUTABLE = "repo:contoso@65141001/marketplace@802700117:environment:staging";

interface Case {
  readonly code: string;
  /** What is so, beside what the default job and app are. */
  readonly app?: Partial<AppPlan>;
  readonly job?: GitHubJob;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly resources?: readonly string[];
  readonly with?: Readonly<Record<string, string>>;
  /** Entra says it, whatever is so. */
  readonly isTold?: boolean;
  readonly says: readonly string[];
}

const CASES: readonly Case[] = [
  {
    code: "AADSTS700016",
    with: { clientId: "99999999-aaaa-2222-bbbb-3333cccc4444" },
    says: ["Check `clientId` and `tenantId`: the tenant knows no application with that id."],
  },
  { code: "AADSTS700024", isTold: true, says: ["Check the clock of the runner, then run this job again."] },
  { code: "AADSTS70021", isTold: true, says: [`Register a federated credential ${WHERE} with issuer https://token.`] },
  {
    code: "AADSTS700213",
    job: { environment: "staging" },
    says: [
      `presented assertion subject '${PLAIN}'.`,
      "`az ad app federated-credential create --id ",
      `"subject":"${PLAIN}"`,
      `; one for “${IMMUTABLE}” does not count.`,
      `${WHERE} whose subject is exactly the one that GitHub sends`,
    ],
  },
  {
    code: "AADSTS700213",
    job: { environment: "staging", subjectForm: "immutable" },
    says: [`"subject":"${IMMUTABLE}"`, `; one for “${PLAIN}” does not count.`],
  },
  {
    code: "AADSTS700213",
    claims: { sub: "repository_owner:contoso:workflow:go-live" },
    says: ['"subject":"repository_owner:contoso:workflow:go-live"'],
  },
  {
    code: "AADSTS7002138",
    job: { environment: "Production" },
    says: ["subject 'repo:contoso/marketplace:environment:Production'.", "upper and lower case only"],
  },
  { code: "AADSTS70025", app: { federatedCredentials: [] }, says: ["The app has no federated credential yet."] },
  {
    code: "AADSTS700211",
    app: { federatedCredentials: [{ issuer: "https://github.example", subject: "s" }] },
    says: ["whose issuer is exactly the one in the message"],
  },
  {
    code: "AADSTS700212",
    with: { audience: "api://other" },
    says: ["whose audience is the one of the `audience` input"],
  },
  {
    code: "AADSTS7000215",
    with: { clientSecret: "not-the-right-secret" },
    says: ["`clientSecret` is wrong. Use the secret's value, not its id"],
  },
  {
    code: "AADSTS7000222",
    app: { secrets: [{ value: "an-old-secret", expiresAtMs: 0 }] },
    with: { clientSecret: "an-old-secret" },
    says: ["The client secret has expired. Make a new one in Entra and store it again, or use OIDC"],
  },
  { code: "AADSTS50034", isTold: true, says: ["Check `tenantId`: the account is not in that directory."] },
  {
    code: "AADSTS500011",
    resources: ["https://vault.azure.net"],
    says: ["use the tenant that is linked to the publisher account in Partner Center"],
  },
  {
    code: "AADSTS90002",
    with: { tenantId: "nobody.onmicrosoft.com" },
    says: ["Tenant 'nobody.onmicrosoft.com' not found.", "Check `tenantId` and `authorityHost`"],
  },
  { code: "AADSTS65001", app: { blockedBy: "missingConsent" }, says: ["API permissions, Grant admin consent"] },
  { code: "AADSTS53003", app: { blockedBy: "conditionalAccess" }, says: ["A conditional access policy of the tenant"] },
  {
    code: "AADSTS9876543",
    isTold: true,
    says: ["“AADSTS9876543: Something that nobody has documented.”", "https://login.microsoftonline.com/error"],
  },
];

test.each(CASES)("ends with one error that says what to do when Entra answers $code (%#)", async (row) => {
  const app: AppPlan = { ...defaultApp, ...row.app };
  const fault: EntraFault = { twist: { kind: "error", code: Number(row.code.slice("AADSTS".length)) } };
  const scenario = await startSignInScenario({
    gitHub: { job: row.job ?? {}, claims: row.claims ?? {} },
    entra: {
      tenants: [{ ...defaultTenant, apps: [app], ...(row.resources && { resources: row.resources }) }],
      ...(row.isTold === true ? { faults: [fault] } : {}),
    },
  });
  const result = await scenario.run({
    with: { ...INPUTS.oidc, ...row.with },
    environment: scenario.gitHub.environment,
  });
  const [error = ""] = texts(result, "error");
  expect(texts(result, "error")).toHaveLength(1);
  expect(error).toMatch(/^Sign-in failed: “AADSTS/);
  for (const text of [`“${row.code}: `, ...row.says]) expect(error).toContain(text);
  // What only support asks for does not stand between the reason and what to do.
  expect(error).not.toContain("Correlation ID: ");
  expect(result.log).toMatch(/^ids of the sign-in: Trace ID: .* Correlation ID: /m);
  expectNothingSent(result, scenario);
  // Its last word, so nobody asks again.
  expect(scenario.entra.requests.filter(({ route }) => route === "token").length).toBeLessThanOrEqual(1);
});

test("tells an unknown tenant of the usual authority too, through a proxy", async () => {
  const scenario = await startSignInScenario();
  const host = "login.microsoftonline.com";
  const { url, asked } = await startProxy({ map: { [`${host}:443`]: scenario.entra.url } });
  const result = await scenario.run({
    with: { ...INPUTS.secret, tenantId: "nobody.onmicrosoft.com", authorityHost: `https://${host}` },
    environment: { HTTPS_PROXY: url },
  });
  expect(texts(result, "error")[0]).toContain("Check `tenantId` and `authorityHost`: there is no such tenant");
  expect(new Set(asked)).toEqual(new Set([`CONNECT ${host}:443`]));
  expectNothingSent(result, scenario);
});

test("signs in at the usual authority, through a proxy", async () => {
  const scenario = await startSignInScenario();
  const host = "login.microsoftonline.com";
  const { url } = await startProxy({ map: { [`${host}:443`]: scenario.entra.url } });
  const plan = { with: { ...INPUTS.secret, authorityHost: `https://${host}` }, environment: { HTTPS_PROXY: url } };
  expect((await scenario.run(plan)).exitCode).toBe(0);
});

test("tells a session of azure/login that can get no new token what to do instead", async () => {
  const scenario = await startSignInScenario();
  const cli = await scenario.startCli({ session: { assertionExpiresAtMs: 1 } });
  const environment = { PATH: `${cli.folder}:/bin` };
  const result = await scenario.run({ environment });
  const [error = ""] = texts(result, "error");
  expect(error).toContain("a session that was opened with OIDC gets no new token after five minutes");
  expect(error).not.toContain("clock");
  expectNothingSent(result, scenario);
});

test("tells the same when an older Azure CLI says why itself", async () => {
  const scenario = await startSignInScenario();
  const stderr = `ERROR: AADSTS700024: Client assertion is not within its valid time range.\nInteractive authentication is needed. Please run:\naz login --scope https://cloudpartner.azure.com/.default\n`;
  const cli = await scenario.startCli({ misbehaviour: () => ({ stdout: "", stderr, exitCode: 1 }) });
  const result = await scenario.run({ environment: { PATH: `${cli.folder}:/bin` } });
  const [error = ""] = texts(result, "error");
  expect(error).toContain("AADSTS700024: Client assertion is not within its valid time range.");
  expect(error).toContain(
    "The session that `azure/login` left cannot be renewed, because its ID token has expired. Let the action sign in itself",
  );
  expectNothingSent(result, scenario);
});

function expectNothingSent(
  { exitCode, outputs }: { readonly exitCode: number | null; readonly outputs: Readonly<Record<string, string>> },
  { asked }: Pick<SignInScenario, "asked">,
): void {
  expect([exitCode, outputs["status"], asked()]).toEqual([1, "rejected", []]);
}
