import type { EntraFault } from "../../emulator/entra/entra.ts";
import type { GitHubOidcOptions } from "../../emulator/github/oidc.ts";

const ENTRA = "Check `authorityHost` and that the runner reaches it";
const GITHUB = "Check that the runner reaches GitHub, and https://www.githubstatus.com";
const REFUSED =
  "Check that the job has `permissions: id-token: write`. GitHub gives a job ID tokens for about 6 hours only";
const PERMISSION = "Give the job `permissions: id-token: write`";
/** As often as any question that nobody answers. */
const TRIES = 6;

/** Something that keeps a step from signing in. */
export interface Trouble {
  readonly what: string;
  readonly entra?: EntraFault;
  readonly gitHub?: NonNullable<GitHubOidcOptions["faults"]>[number];
  readonly with?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: so fast that pauses do not count, and no good answer is too late. */
  readonly timeFactor?: number;
  /** Default 1: what is final is not asked again. */
  readonly tries?: number;
  readonly says: readonly string[];
}

const html = { body: "<html><title>Sign in to the guest network", contentType: "text/html" } as const;
const TOKEN_URL = "/oauth2/v2.0/token";
const CONFIGURATION_URL = "/v2.0/.well-known/openid-configuration";

/** What Entra can do. */
export const ENTRA_TROUBLES: readonly Trouble[] = [
  {
    what: "answers 503",
    entra: { act: { kind: "status", status: 503, body: "" } },
    tries: TRIES,
    says: [`${TOKEN_URL} was answered with HTTP 503”`, ENTRA],
  },
  {
    what: "answers 429",
    entra: { act: { kind: "status", status: 429 } },
    tries: TRIES,
    says: ["was answered with HTTP 429:", ENTRA],
  },
  {
    what: "says that it is not well",
    entra: { twist: { kind: "error", code: 90033, status: 503, error: "temporarily_unavailable" } },
    tries: TRIES,
    says: ["“AADSTS90033: ", "The fault is on Entra's side and passes. Run this job again in a while."],
  },
  {
    what: "answers 502 with a page",
    entra: { act: { kind: "garbage", status: 502, ...html } },
    tries: TRIES,
    says: [`${TOKEN_URL} was answered with HTTP 502: <html><title>Sign in to the guest network”`, ENTRA],
  },
  {
    what: "has a page of somebody else's in its place",
    entra: { act: { kind: "garbage", ...html } },
    tries: TRIES,
    says: [`${TOKEN_URL} was answered with HTTP 200 and nothing that Entra says”`, ENTRA],
  },
  {
    what: "has a refusal of somebody else's in its place",
    entra: { act: { kind: "garbage", status: 403, ...html } },
    says: [
      "was answered with HTTP 403: <html>",
      "If it was not Entra that answered, check `authorityHost` and the proxy.",
    ],
  },
  {
    what: "breaks the connection",
    entra: { act: { kind: "reset", at: "request" } },
    tries: TRIES,
    says: [`${TOKEN_URL}: the connection broke (ECONNRESET)”`, ENTRA],
  },
  {
    what: "breaks off in its answer",
    entra: { act: { kind: "reset", at: "body" } },
    tries: TRIES,
    says: [`${TOKEN_URL}: the connection broke`, ENTRA],
  },
  {
    what: "answers with no HTTP",
    entra: { act: { kind: "raw", bytes: "HTTP/1.1 200 OK\ncontent-length: 2\n\n{}" } },
    tries: TRIES,
    says: [`${TOKEN_URL}: what came back was no HTTP`, ENTRA],
  },
  {
    what: "packs its answer in an unknown way",
    entra: { act: { kind: "packed", encoding: "zip" } },
    tries: TRIES,
    says: [`${TOKEN_URL}: the answer was packed (Content-Encoding) in a way that cannot be read”`, ENTRA],
  },
  {
    what: "sends to another place",
    entra: { act: { kind: "redirect", to: "/elsewhere", status: 307 } },
    tries: TRIES,
    says: [`${TOKEN_URL} was answered with HTTP 307 and nothing that Entra says”`, ENTRA],
  },
  {
    what: "gives half an answer",
    entra: { act: { kind: "truncate", keepBytes: 30 } },
    tries: TRIES,
    says: [TOKEN_URL, ENTRA],
  },
  {
    what: "never answers",
    entra: { act: { kind: "stall", at: "headers" } },
    timeFactor: 400,
    tries: TRIES,
    says: ["“no answer within 30 s”", ENTRA],
  },
  {
    what: "never ends its answer",
    entra: { act: { kind: "stall", at: "body" } },
    timeFactor: 400,
    tries: TRIES,
    says: ["“no answer within 30 s”", ENTRA],
  },
  {
    what: "shows no configuration",
    entra: { on: "configuration", act: { kind: "reset", at: "request" } },
    tries: TRIES,
    says: [`${CONFIGURATION_URL}: the connection broke (ECONNRESET)”`, ENTRA],
  },
  {
    what: "cannot be found",
    with: { authorityHost: "https://entra.invalid" },
    tries: TRIES,
    says: ["GET https://entra.invalid/", "the host name could not be found (E", ENTRA],
  },
  {
    what: "refuses connections",
    with: { authorityHost: "https://127.0.0.1:1" },
    tries: TRIES,
    says: ["GET https://127.0.0.1:1/", "the connection was refused (ECONNREFUSED)", ENTRA],
  },
  {
    what: "shows a certificate of nobody's",
    environment: { NODE_EXTRA_CA_CERTS: "" },
    tries: TRIES,
    says: ["no secure connection (TLS) could be made (SELF_SIGNED_CERT_IN_CHAIN)", "NODE_EXTRA_CA_CERTS"],
  },
];

/** What GitHub can do. */
export const GITHUB_TROUBLES: readonly Trouble[] = [
  {
    what: "gives the job no address to ask at",
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: "" },
    says: ["“GitHub gives this job no ID token: ACTIONS_ID_TOKEN_REQUEST_URL is not set”", PERMISSION],
  },
  {
    what: "gives the job no token to ask with",
    environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" },
    says: ["“GitHub gives this job no ID token: ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set”", PERMISSION],
  },
  {
    what: "gives the job an address that nobody can ask",
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: "ftp://x" },
    says: ["ID token: ACTIONS_ID_TOKEN_REQUEST_URL is not a URL of http or https”", PERMISSION],
  },
  ...["a control \u0001 in it, 16 and more", "no-latin-\u0441haracters-in-it"].map((token) => ({
    what: `gives the job a token that cannot be sent: ${token}`,
    environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: token },
    says: ["ACTIONS_ID_TOKEN_REQUEST_TOKEN holds blanks or other characters that no token has”", PERMISSION],
  })),
  { what: "answers 401", gitHub: { act: { kind: "status", status: 401 } }, says: ["ID token: HTTP 401: ", REFUSED] },
  { what: "answers 403", gitHub: { act: { kind: "status", status: 403 } }, says: ["ID token: HTTP 403: ", REFUSED] },
  {
    what: "answers 500",
    gitHub: { act: { kind: "status", status: 500 } },
    tries: TRIES,
    says: ["ID token: HTTP 500: ", GITHUB],
  },
  {
    what: "answers with a page",
    gitHub: { act: { kind: "garbage", ...html } },
    tries: TRIES,
    says: ["“GitHub gave no ID token: HTTP 200, but no token in it”", GITHUB],
  },
  {
    what: "answers without a token",
    gitHub: { twist: { kind: "value", value: undefined } },
    tries: TRIES,
    says: ["“GitHub gave no ID token: HTTP 200, but no token in it”", GITHUB],
  },
  {
    what: "answers with a number",
    gitHub: { twist: { kind: "value", value: 12345678 } },
    tries: TRIES,
    says: ["“GitHub gave no ID token: HTTP 200, but no token in it”", GITHUB],
  },
  {
    what: "answers with something that is no JWT",
    gitHub: { twist: { kind: "value", value: "something::error::opaque" } },
    says: ["“AADSTS700027: "],
  },
  {
    what: "breaks the connection",
    gitHub: { act: { kind: "reset", at: "request" } },
    tries: TRIES,
    says: ["the connection broke (ECONNRESET)”", GITHUB],
  },
  {
    what: "answers with no HTTP",
    gitHub: { act: { kind: "raw", bytes: "220 smtp.example ESMTP\r\n" } },
    tries: TRIES,
    says: ["what came back was no HTTP", GITHUB],
  },
  {
    what: "never answers",
    gitHub: { act: { kind: "stall", at: "headers" } },
    timeFactor: 400,
    tries: TRIES,
    says: ["no complete answer came in time", GITHUB],
  },
  {
    what: "refuses connections",
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:1/?api-version=2.0" },
    tries: TRIES,
    says: ["GET http://127.0.0.1:1/: the connection was refused (ECONNREFUSED)”", GITHUB],
  },
];
