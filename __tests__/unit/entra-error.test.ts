import { expect, test } from "@jest/globals";
import { readEntraError, type SignInAttempt } from "../../src/identity/entra-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";

const REQUEST = { method: "POST", url: "https://login.example/token" } as const;
const ASKED = `POST ${REQUEST.url}`;

/** What is made of the library's error after that answer. */
function read(error: unknown, last?: SignInAttempt["last"]): SignInError {
  const found = readEntraError(error, { kind: "oidc", subject: undefined, last, redact });
  if (!(found instanceof SignInError)) throw found;
  return found;
}

function redact(text: string): string {
  return text.replaceAll("a-secret", "[secret]");
}

function answered(status: number, body: string): SignInAttempt["last"] {
  return { kind: "answered", request: REQUEST, status, body };
}

function failed(error: unknown): SignInAttempt["last"] {
  return { kind: "failed", request: REQUEST, error };
}

function named(name: string, message = "no"): Error {
  return Object.assign(new Error(message), { name });
}

test("an error of ours comes back as it is, however deep it lies", () => {
  const own = new SignInError("idTokenRefused", { text: "no" });
  expect(read(own)).toBe(own);
  expect(read(new Error("outer", { cause: new Error("middle", { cause: own }) }))).toBe(own);
});

test("Entra's own words count, with their code, and not the library's", () => {
  const said = JSON.stringify({ error: "invalid_client", error_description: "AADSTS700213: no record of a-secret" });
  const error = new Error("the library says much more about AADSTS1, and nothing of it helps");
  const found = read(error, answered(401, said));
  expect(found).toMatchObject({ reason: "refused", code: "AADSTS700213", kind: "oidc", cause: error });
  expect(found.text).toBe("AADSTS700213: no record of [secret]");
});

test.each(["AADSTS90024", "AADSTS90033"])("a code that says of itself that it passes does: %s", (code) => {
  expect(read(new Error(`${code}: later`))).toMatchObject({ reason: "unreachable", code, text: `${code}: later` });
});

test("without an answer the longest text of the chain counts, and each link once", () => {
  const loop = new Error("short");
  loop.cause = new Error("AADSTS50034: the longest of all", { cause: loop });
  expect(read(loop)).toMatchObject({ reason: "refused", code: "AADSTS50034", text: "AADSTS50034: the longest of all" });
});

test.each([
  [408, "unreachable"],
  [429, "unreachable"],
  [500, "unreachable"],
  [503, "unreachable"],
  [400, "refused"],
  [403, "refused"],
  [499, "refused"],
] as const)("HTTP %d without a code is %s, and shows what was answered", (status, reason) => {
  const page = read(new Error("x"), answered(status, `<html>${"y".repeat(600)}`));
  expect(page).toMatchObject({ reason, code: undefined });
  expect(page.text).toBe(`${ASKED} was answered with HTTP ${status}: <html>${"y".repeat(494)}`);
  expect(read(new Error("x"), answered(status, "")).text).toBe(`${ASKED} was answered with HTTP ${status}`);
});

test.each(["error_description", "message"])("reads what is said in `%s`", (name) => {
  const { text } = read(new Error("x"), answered(400, JSON.stringify({ [name]: "not you" })));
  expect(text).toBe(`${ASKED} was answered with HTTP 400: not you`);
});

test.each([200, 302, 399])("HTTP %d and yet no token is somebody else's answer", (status) => {
  const found = read(new Error("x"), answered(status, '{"error_description":"AADSTS1: a token?"}'));
  expect(found.reason).toBe("unreachable");
  expect(found.text).toBe(`${ASKED} was answered with HTTP ${status} and nothing that Entra says`);
});

test("a failure of the network is told in the words of every other, and may pass", () => {
  const refused = new NetworkError(REQUEST, "refused", false, Object.assign(new Error(""), { code: "ECONNREFUSED" }));
  expect(read(new Error("x"), failed(refused))).toMatchObject({
    reason: "unreachable",
    text: `${ASKED}: the connection was refused (ECONNREFUSED)`,
  });
  const large = new AnswerError({ request: REQUEST, status: 200, requestId: undefined }, "tooLarge");
  expect(read(new Error("x"), failed(large))).toMatchObject({
    reason: "unreachable",
    text: `${ASKED}: the answer was larger than 4 MiB`,
  });
});

test("what the transport does not know is a bug, and comes as it is", () => {
  const bug = new TypeError("x is not a function");
  const attempt = { kind: "oidc", subject: undefined, last: failed(bug), redact } as const;
  expect(readEntraError(new Error("x"), attempt)).toBe(bug);
});

test("what is not there is unavailable: no identity, no program, no session", () => {
  expect(read(named("CredentialUnavailableError", "no az")).reason).toBe("unavailable");
  expect(read(named("AuthenticationError", "no")).reason).toBe("refused");
  const endpoint = new Error("tried the IMDS endpoint, but it is not available.");
  const silent = new NetworkError(REQUEST, "timeout", true);
  expect(read(endpoint, failed(silent)).reason).toBe("unavailable");
});

test.each([
  ["managedIdentity", false, "unavailable"],
  ["managedIdentity", true, "unreachable"],
  ["oidc", false, "unreachable"],
] as const)("by %s, a request that was sent (%p) and not answered means %s", (kind, wasSent, reason) => {
  const last = failed(new NetworkError(REQUEST, "refused", wasSent));
  expect(readEntraError(new Error("x"), { kind, subject: undefined, last, redact })).toMatchObject({ reason });
});

test("what is no error at all is refused without a word", () => {
  expect(read("a text")).toMatchObject({ reason: "refused", text: "" });
});

test("a secret across the place where an answer is cut is taken out before", () => {
  for (let before = 480; before < 510; before += 1) {
    const { text } = read(new Error("x"), answered(403, `${"y".repeat(before)}a-secret and more`));
    expect(text).not.toContain("a-s");
    expect(text.length).toBeLessThanOrEqual(`${ASKED} was answered with HTTP 403: `.length + 500);
  }
});

test("a secret that JSON spells with escapes is taken out", () => {
  const { text } = read(new Error("x"), answered(403, String.raw`{"odd":"\u0061-secret","a-secr\u0065t":1}`));
  expect(text).toBe(`${ASKED} was answered with HTTP 403: {"odd":"[secret]","[secret]":1}`);
});

test("of the Azure CLI's errors only what can hold no token is passed on", () => {
  const error = named("CredentialUnavailableError", `ERROR: AADSTS50034: ${"t".repeat(40)}`);
  const found = readEntraError(error, { kind: "azureCli", subject: undefined, last: undefined, redact });
  expect(found).toMatchObject({ reason: "refused", code: "AADSTS50034", kind: "azureCli", cause: undefined });
  expect(found.message).toBe("sign-in failed: the Azure CLI (`az`) gave no token: ERROR: AADSTS50034: […]");
});

test("an error of ours in place of the last answer counts, whatever the library makes of it", () => {
  const own = new SignInError("unavailable", { text: "the header cannot be written" });
  expect(read(new Error("x"), failed(own))).toBe(own);
});

test("what is no error in place of the last answer is unreachable without a word", () => {
  expect(
    readEntraError(new Error("x"), { kind: "oidc", subject: undefined, last: failed("odd"), redact }),
  ).toMatchObject({
    reason: "unreachable",
    text: "",
  });
});

test("a managed identity without a last answer goes by the library's word", () => {
  const attempt = { kind: "managedIdentity", subject: undefined, last: undefined, redact } as const;
  expect(readEntraError(new Error("x"), attempt)).toMatchObject({ reason: "refused", text: "x" });
});

test("of several texts of one length the outermost counts", () => {
  expect(read(new Error("outer", { cause: new Error("inner") })).text).toBe("outer");
  expect(read(new Error("longer text", { cause: new Error("short") })).text).toBe("longer text");
});
