import type { EntraSignIn } from "./sign-in.ts";

/** Why no token could be had. */
export type SignInReason =
  /** GitHub gives the job no ID token. */
  | "noIdToken"
  /** GitHub turned the request for an ID token away. */
  | "idTokenRefused"
  /** GitHub could not be asked for an ID token, or answered with none. */
  | "idTokenUnreachable"
  /** Entra, the Azure CLI or the managed identity said no. */
  | "refused"
  /** They could not be asked. */
  | "unreachable"
  /** There is nothing here to sign in with. */
  | "unavailable";

/** The subject of the job, as GitHub sent it, and as a federated credential may have to name it. */
export interface Subject {
  readonly sent: string;
  /** `repo:OWNER/REPO:environment:NAME` */
  readonly plain: string | undefined;
  /** `repo:OWNER@ID/REPO@ID:environment:NAME`, for repositories created, renamed or moved after 2026-07-15. */
  readonly immutable: string | undefined;
  /** The other two that a federated credential names, as they were sent. */
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

export interface SignInErrorDetails {
  /** The way that was tried, where it matters to what can be done. */
  readonly kind?: EntraSignIn["kind"] | undefined;
  /** Entra's code, such as `AADSTS700213`. */
  readonly code?: string | undefined;
  /** What was said, whole: untrusted. */
  readonly text: string;
  readonly subject?: Subject | undefined;
  /** The application that was to be signed in, where the inputs name it. */
  readonly clientId?: string | undefined;
  readonly cause?: unknown;
}

/** No token could be had, so nothing was sent to the marketplace with one. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly reason: SignInReason;
  readonly kind: EntraSignIn["kind"] | undefined;
  readonly code: string | undefined;
  readonly text: string;
  readonly subject: Subject | undefined;
  readonly clientId: string | undefined;

  constructor(reason: SignInReason, { kind, code, text, subject, clientId, cause }: SignInErrorDetails) {
    super(`sign-in failed: ${text}`, { cause });
    this.reason = reason;
    this.kind = kind;
    this.code = code;
    this.text = text;
    this.subject = subject;
    this.clientId = clientId;
  }

  /** Whether trying again later can help. */
  get isPassing(): boolean {
    return this.reason === "unreachable" || this.reason === "idTokenUnreachable";
  }
}
