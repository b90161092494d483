import { randomUUID } from "node:crypto";
import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import { type GitHubJob, jobClaims } from "./oidc-claims.ts";
import type { IdentityFault } from "../wire/identity-fault.ts";
import { type IdentityRequest, startIdentityServer } from "../wire/identity-server.ts";
import { type Claims, createSigningKey, type KeySet, type SigningKey, toSeconds } from "../wire/jwt.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";

export type { GitHubJob } from "./oidc-claims.ts";

/** Who signs ID tokens of GitHub. */
export const gitHubIssuer = "https://token.actions.githubusercontent.com";

/** What is wrong with an answer: a token that has expired, one that was handed out before, or no token at all. */
export type GitHubOidcTwist =
  | { readonly kind: "expired" }
  /** The token of the last request again; a new one when there is none. */
  | { readonly kind: "used" }
  /** Signed by a key that GitHub does not publish. */
  | { readonly kind: "forged" }
  /** An answer with this in place of the token; undefined: without a token. */
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "claims"; readonly claims: Claims };

export type GitHubOidcRoute = "token" | "unknown";

/** How to start GitHub's OIDC provider. Everything has a default. */
export interface GitHubOidcOptions {
  readonly clock?: EmulatorClock;
  readonly port?: number;
  readonly host?: string;
  /** Default: a job of `contoso/marketplace` with the environment `production`. */
  readonly job?: GitHubJob;
  /** Set in, or instead of, the claims of the job. */
  readonly claims?: Claims;
  readonly issuer?: string;
  /** Default 300, as GitHub's. */
  readonly lifetimeSeconds?: number;
  /** Default: a new one. */
  readonly key?: SigningKey;
  readonly faults?: readonly IdentityFault<GitHubOidcRoute, GitHubOidcTwist>[];
}

/** An ID token handed out. */
export interface IssuedIdToken {
  readonly token: string;
  readonly jti: string;
  readonly audience: string;
  readonly subject: string;
  /** In milliseconds since the epoch. */
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** GitHub's OIDC provider, as a job sees it. */
export interface GitHubOidc {
  /** Without a slash at its end. */
  readonly url: string;
  readonly issuer: string;
  /** What the runner gives a job with `permissions: id-token: write`. */
  readonly environment: {
    readonly ACTIONS_ID_TOKEN_REQUEST_URL: string;
    readonly ACTIONS_ID_TOKEN_REQUEST_TOKEN: string;
  };
  /** The ID tokens made so far, each once, in order. */
  readonly issued: readonly IssuedIdToken[];
  readonly publicKeys: KeySet;
  /** The subject of the job's tokens. */
  readonly subject: string;
  readonly requests: readonly IdentityRequest<GitHubOidcRoute>[];
  setFaults(faults: readonly IdentityFault<GitHubOidcRoute, GitHubOidcTwist>[]): void;
  /** Makes a token without being asked over HTTP, such as the one that `azure/login` used. */
  issue(audience: string): Promise<string>;
  close(): Promise<void>;
}

const tokenPath = "/idtoken/5f1c0b1e-8a5d-4f0e-9c56-7d2f8a2b1c3d/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d";

/** Starts GitHub's OIDC provider on plain HTTP. */
export async function startGitHubOidc(options: GitHubOidcOptions = {}): Promise<GitHubOidc> {
  const { clock = realClock, job = {}, issuer = gitHubIssuer, lifetimeSeconds = 300 } = options;
  const key = options.key ?? (await createSigningKey());
  const issued: IssuedIdToken[] = [];
  const requestToken = `request-token-${randomUUID()}`;
  const claims = { ...jobClaims(job), ...options.claims };

  async function issue(audience: string, twist?: GitHubOidcTwist): Promise<string> {
    const signer = twist?.kind === "forged" ? await createSigningKey() : key;
    const ageMs = twist?.kind === "expired" ? (lifetimeSeconds + 3600) * 1000 : 0;
    const issuedAtMs = clock.now() - ageMs;
    const iat = toSeconds(issuedAtMs);
    const jti = randomUUID();
    const special = twist?.kind === "claims" ? twist.claims : {};
    const times = { nbf: iat, exp: iat + lifetimeSeconds, iat };
    const all = { jti, ...claims, aud: audience, iss: issuer, ...times, ...special };
    const token = await signer.sign(all);
    const expiresAtMs = (iat + lifetimeSeconds) * 1000;
    issued.push({ token, jti, audience, subject: all.sub, issuedAtMs, expiresAtMs });
    return token;
  }

  async function answer(request: ArrivedRequest, route: GitHubOidcRoute, twist?: GitHubOidcTwist): Promise<Answer> {
    if (route === "unknown") return jsonAnswer(404, { message: "Not Found" });
    if (request.headers["authorization"] !== `Bearer ${requestToken}`)
      return jsonAnswer(401, { message: "Unauthorized" });
    if (twist?.kind === "value") return jsonAnswer(200, twist.value === undefined ? {} : { value: twist.value });
    const used = twist?.kind === "used" ? issued.at(-1)?.token : undefined;
    const audience = queryOf(request.target).get("audience") ?? `https://github.com/${job.owner ?? "contoso"}`;
    const value = used ?? (await issue(audience, twist));
    return jsonAnswer(200, { count: value.length, value });
  }

  const server = await startIdentityServer<GitHubOidcRoute, GitHubOidcTwist>({
    clock,
    port: options.port,
    host: options.host,
    faults: options.faults,
    mainRoute: "token",
    routeOf: ({ method, target }) => (method === "GET" && target.startsWith(`${tokenPath}?`) ? "token" : "unknown"),
    answer,
  });
  return {
    url: server.url,
    issuer,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}${tokenPath}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    issued,
    publicKeys: key.publicKeys,
    subject: claims.sub,
    requests: server.requests,
    setFaults: server.setFaults,
    issue: (audience) => issue(audience),
    close: server.close,
  };
}
