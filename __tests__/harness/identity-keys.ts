import { createCertificates } from "../../emulator/certificate.ts";
import { createSigningKey } from "../../emulator/jwt.ts";

/** GitHub's key, and Entra's key and certificates: they take long to make, so the tests of a file share them. */
export const identityKeys = Promise.all([
  createSigningKey(),
  createSigningKey(),
  createCertificates(["127.0.0.1", "login.microsoftonline.com"]),
]);
