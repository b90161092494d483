import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CertificatePurpose, createAuthority } from "../../emulator/wire/certificate.ts";
import { closeAfterTest } from "./closing.ts";

/** A certificate authority that lives for one test. */
export interface CertificateAuthority {
  /** Its certificate (PEM) as a file, for NODE_EXTRA_CA_CERTS. */
  readonly file: string;
  /** A key and certificate (PEM) of a server with that host name, unless it is good for something else. */
  issue(host: string, purpose?: CertificatePurpose): Promise<{ readonly key: string; readonly cert: string }>;
}

/** Makes a certificate authority that nobody knows yet; its file goes with the test. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const authority = await createAuthority();
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const file = join(folder, "authority.pem");
  writeFileSync(file, authority.cert);
  closeAfterTest(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  return { file, issue: (host, purpose) => authority.issue([host], purpose) };
}
