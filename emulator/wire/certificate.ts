import { isIP } from "node:net";

/** A server's key and certificate (PEM), and the authority that vouches for it. */
export interface Certificates {
  /** The authority's certificate, for NODE_EXTRA_CA_CERTS (as a file) or the `ca` of a TLS client. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** What a certificate is good for; a server with one of a client's is turned away. */
export type CertificatePurpose = "server" | "client";

/** A certificate authority that nobody knows yet. */
export interface Authority {
  /** Its certificate (PEM). */
  readonly cert: string;
  /** A key and certificate (PEM) with those names or IP addresses, good for a server unless it is said for what. */
  issue(
    hosts: readonly string[],
    purpose?: CertificatePurpose,
  ): Promise<{ readonly key: string; readonly cert: string }>;
}

const common = { keyType: "ec", algorithm: "sha256" } as const;

/** Makes a throw-away certificate authority. */
export async function createAuthority(): Promise<Authority> {
  const { generate } = await import("selfsigned");
  const authority = await generate([{ name: "commonName", value: "Throw-away authority" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  return {
    cert: authority.cert,
    async issue(hosts, purpose = "server") {
      const server = await generate([{ name: "commonName", value: hosts[0] ?? "localhost" }], {
        ...common,
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: "basicConstraints", cA: false },
          { name: "keyUsage", digitalSignature: true },
          { name: "extKeyUsage", serverAuth: purpose === "server", clientAuth: purpose === "client" },
          {
            name: "subjectAltName",
            altNames: hosts.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host })),
          },
        ],
      });
      return { key: server.private, cert: server.cert };
    },
  };
}

/** Makes a throw-away certificate authority and a server certificate of its making for those names or IP addresses. */
export async function createCertificates(hosts: readonly string[]): Promise<Certificates> {
  const authority = await createAuthority();
  return { ca: authority.cert, ...(await authority.issue(hosts)) };
}
