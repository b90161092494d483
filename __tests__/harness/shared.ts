import { createCertificates } from "../../emulator/wire/certificate.ts";
import { createSigningKey } from "../../emulator/wire/jwt.ts";
import { createStepHost, type StepHost } from "../../emulator/step/step-host.ts";

/** Where Microsoft's APIs truly are, whose stand-ins a proxy may lead to. */
const MARKETPLACES = ["cloudpartner.azure.com", "graph.microsoft.com", "api.partner.microsoft.com"] as const;

/** What test files share: each would take a good part of a second to make it for itself. */
export interface Shared {
  /** A thread that runs steps. */
  readonly stepHost: StepHost;
  /** GitHub's key, and Entra's key and certificates. */
  readonly identityKeys: () => ReturnType<typeof createIdentityKeys>;
}

/** Makes it; the keys are made when somebody asks for them. */
export function createShared(): Shared {
  let keys: ReturnType<typeof createIdentityKeys> | undefined;
  return { stepHost: createStepHost(), identityKeys: () => (keys ??= createIdentityKeys()) };
}

function createIdentityKeys() {
  return Promise.all([
    createSigningKey(),
    createSigningKey(),
    createCertificates(["127.0.0.1", "login.microsoftonline.com", ...MARKETPLACES]),
  ]);
}
