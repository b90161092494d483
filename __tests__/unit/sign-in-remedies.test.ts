import { expect, test } from "@jest/globals";
import { SignInError, type SignInErrorDetails, type SignInReason } from "../../src/identity/sign-in-error.ts";
import { signInReason, signInRemedy } from "../../src/report/sign-in-remedies.ts";

const SUBJECT = {
  sent: "repo:contoso/offers:environment:production",
  plain: "repo:contoso/offers:environment:production",
  immutable: "repo:contoso@1/offers@2:environment:production",
} as const;
const error = (details: Partial<SignInErrorDetails> = {}, reason: SignInReason = "refused"): SignInError =>
  new SignInError(reason, { text: "No.", ...details });

test.each(["AADSTS70021", "AADSTS70025", "AADSTS700213", "AADSTS7002138"])(
  "shows the subject that was sent beside both of its forms when %s is about it",
  (code) => {
    expect(signInReason(error({ code, subject: SUBJECT }))).toBe(
      "sign-in failed: “No.”; GitHub sent the subject “repo:contoso/offers:environment:production”; its forms are “repo:contoso/offers:environment:production” (plain) and “repo:contoso@1/offers@2:environment:production” (immutable, of repositories created, renamed or moved after 2026-07-15), and Entra takes only the one sent",
    );
  },
);

test("shows no form that is not known, and no subject where it does not matter", () => {
  const odd = { sent: "odd", plain: undefined, immutable: undefined };
  expect(signInReason(error({ code: "AADSTS700213", subject: odd }))).toBe(
    "sign-in failed: “No.”; GitHub sent the subject “odd”",
  );
  expect(signInReason(error({ code: "AADSTS7000215", subject: SUBJECT }))).toBe("sign-in failed: “No.”");
  expect(signInReason(error({ subject: SUBJECT }))).toBe("sign-in failed: “No.”");
  expect(signInReason(error({ code: "AADSTS700213" }))).toBe("sign-in failed: “No.”");
});

test.each<[Partial<SignInErrorDetails>, SignInReason, string]>([
  [{ code: "AADSTS700024" }, "refused", "Check the clock of the runner"],
  [{ code: "AADSTS700024", kind: "oidc" }, "refused", "Check the clock of the runner"],
  [{ code: "AADSTS700024", kind: "azureCli" }, "refused", "The session that `azure/login` left cannot be renewed"],
  [{ code: "AADSTS7000222", kind: "azureCli" }, "refused", "The client secret has expired."],
  [{ code: "AADSTS90024" }, "unreachable", "The fault is on Entra's side and passes."],
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
