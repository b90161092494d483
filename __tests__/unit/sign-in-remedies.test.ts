import { expect, test } from "@jest/globals";
import { SignInError, type SignInErrorDetails, type SignInReason } from "../../src/identity/sign-in-error.ts";
import { signInReason, signInRemedy, signInTrace } from "../../src/report/sign-in-remedies.ts";

const ISSUER = "https://token.actions.githubusercontent.com";
const SUBJECT = {
  sent: "repo:contoso@1/offers@2:environment:production",
  plain: "repo:contoso/offers:environment:production",
  immutable: "repo:contoso@1/offers@2:environment:production",
  issuer: ISSUER,
  audience: "api://AzureADTokenExchange",
} as const;
const CLIENT = "11111111-2222-3333-4444-555555555555";
const COMMAND = `This command does it: \`az ad app federated-credential create --id ${CLIENT} --parameters '{"name":"repo-contoso-1-offers-2-environment-production","issuer":"${ISSUER}","subject":"repo:contoso@1/offers@2:environment:production","audiences":["api://AzureADTokenExchange"]}'\``;
const error = (details: Partial<SignInErrorDetails> = {}, reason: SignInReason = "refused"): SignInError =>
  new SignInError(reason, { text: "No.", ...details });

test.each(["AADSTS70021", "AADSTS70025", "AADSTS700213", "AADSTS7002138"])(
  "shows the subject that was sent when %s is about it and does not name it",
  (code) => {
    expect(signInReason(error({ code, subject: SUBJECT }))).toBe(
      "sign-in failed: “No.”; GitHub sent the subject “repo:contoso@1/offers@2:environment:production”",
    );
    const text = `No match for '${SUBJECT.sent}'.`;
    expect(signInReason(error({ code, subject: SUBJECT, text }))).toBe(`sign-in failed: “${text}”`);
  },
);

test("shows no subject where it does not matter", () => {
  expect(signInReason(error({ code: "AADSTS7000215", subject: SUBJECT }))).toBe("sign-in failed: “No.”");
  expect(signInReason(error({ subject: SUBJECT }))).toBe("sign-in failed: “No.”");
  expect(signInReason(error({ code: "AADSTS700213" }))).toBe("sign-in failed: “No.”");
});

test("keeps what Entra's support asks for apart from what Entra says", () => {
  const ids = "Trace ID: 8a1f Correlation ID: 9b2e Timestamp: 2026-11-23 18:00:00Z";
  const told = error({ code: "AADSTS7000222", text: `AADSTS7000222: The keys are expired. ${ids}` });
  expect(signInReason(told)).toBe("sign-in failed: “AADSTS7000222: The keys are expired.”");
  expect(signInTrace(told)).toBe(ids);
  expect(signInTrace(error())).toBeUndefined();
});

test("gives the one command that registers the subject, and says that the other form of it does not count", () => {
  const told = { code: "AADSTS700213", subject: SUBJECT, clientId: CLIENT } as const;
  expect(signInRemedy(error(told))).toMatch(
    new RegExp(`${RegExp.escape(`${COMMAND}; one for “${SUBJECT.plain}” does not count.`)}$`),
  );
  const same = { ...SUBJECT, immutable: undefined, plain: SUBJECT.sent };
  expect(signInRemedy(error({ ...told, subject: same }))).toMatch(new RegExp(`${RegExp.escape(`${COMMAND}.`)}$`));
});

test.each<Partial<SignInErrorDetails>>([
  { clientId: undefined },
  { subject: undefined },
  { subject: { ...SUBJECT, issuer: undefined } },
  { subject: { ...SUBJECT, audience: undefined } },
  { subject: { ...SUBJECT, sent: "repo:contoso/offers:environment:it's" } },
  { subject: { ...SUBJECT, sent: "repo:contoso/offers:environment:a`b" } },
  { subject: { ...SUBJECT, audience: 'api://"x' } },
  { subject: { ...SUBJECT, issuer: "https://evil.example/$(id)" } },
])("gives no command that lacks something, or that a shell could read otherwise: %j", (details) => {
  const told = { code: "AADSTS700213", subject: SUBJECT, clientId: CLIENT, ...details } as const;
  expect(signInRemedy(error(told))).not.toContain("az ad app");
  expect(signInRemedy(error(told))).toContain("Register a federated credential");
});

test.each<[Partial<SignInErrorDetails>, SignInReason, string]>([
  [{ code: "AADSTS700024" }, "refused", "Check the clock of the runner"],
  [{ code: "AADSTS700024", kind: "oidc" }, "refused", "Check the clock of the runner"],
  [{ code: "AADSTS700024", kind: "azureCli" }, "refused", "The session that `azure/login` left cannot be renewed"],
  [{ code: "AADSTS7000222", kind: "azureCli" }, "refused", "The client secret has expired."],
  [{ code: "AADSTS90024" }, "unreachable", "The fault is on Entra's side and passes."],
  [{ code: "AADSTS90055" }, "unreachable", "The fault is on Entra's side and passes."],
  [{ code: "AADSTS501661" }, "refused", "a GitHub Enterprise Server must be reachable from the internet"],
  [{ code: "AADSTS700016" }, "refused", "If it was set up in the last minutes, Entra may not know it everywhere yet"],
  [{ code: "AADSTS7000215" }, "refused", "If it was set up in the last minutes, Entra may not know it everywhere yet"],
  [{ code: "AADSTS1" }, "refused", "Entra's codes can be looked up"],
  [{}, "noIdToken", "Give the job `permissions: id-token: write`"],
  [{}, "idTokenRefused", "Check that the job has `permissions: id-token: write`"],
  [{}, "idTokenUnreachable", "Check that the runner reaches GitHub"],
  [{}, "unreachable", "Check `authorityHost` and that the runner reaches it"],
  [
    { kind: "azureCli" },
    "unavailable",
    "If `azure/login` did run, Entra refused its session, and `az account get-access-token`",
  ],
  [{ kind: "managedIdentity" }, "unavailable", "Pass `token`; or `tenantId` and `clientId`"],
  [{}, "unavailable", "Pass `token`; or `tenantId` and `clientId`"],
])("says what to do about %j when the sign-in is %s", (details, reason, remedy) => {
  expect(signInRemedy(error(details, reason))).toContain(remedy);
});
