import { once } from "node:events";
import { createServer as createSilentServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { createCertificateAuthority } from "../harness/certificates.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { annotations, startScenario, texts } from "../harness/scenario.ts";

/** The tries and pauses of a look take half a minute of the step's clock, and five more when each try times out. */
const timeFactor = 80;

function expectation(endpoint: string, reason: string, remedy: string): string {
  return `${reason}: ${new URL(endpoint).host}.\n${remedy}`;
}

test.each([
  [
    "The host has no address",
    "https://marketplace.invalid",
    /^The host name could not be found \((ENOTFOUND|EAI_AGAIN)\): marketplace\.invalid\.\nCheck `endpoint` and the runner's DNS\. A self-hosted runner may need HTTPS_PROXY\.\nThis API serves only offers that were managed through it before\. [^\n]*finds out which\.$/,
  ],
  [
    "nobody listens there",
    "http://127.0.0.1:9",
    /^The connection was refused \(ECONNREFUSED\): 127\.0\.0\.1:9\.\nCheck `endpoint` and that the runner's firewall lets it out\. A self-hosted runner may need HTTPS_PROXY\.$/,
  ],
])("says what to do when %s", async (_what, endpoint, text) => {
  const { run } = await startScenario();
  // An opaque one, for a token that says what it is for goes nowhere else.
  const result = await run({ endpoint, token: "an-opaque-token" }, { timeFactor });
  expect(texts(result, "error")).toEqual([expect.stringMatching(text)]);
  expect(annotations(result)).toHaveLength(1);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("says what to do when the certificate comes from an unknown authority", async () => {
  const authority = await createCertificateAuthority();
  const { run, emulator } = await startScenario({ tls: await authority.issue("localhost") });
  const endpoint = emulator.url.replace("127.0.0.1", "localhost");
  const result = await run({ endpoint }, { timeFactor });
  expect(texts(result, "error")).toEqual([
    expectation(
      endpoint,
      "No secure connection (TLS) could be made (UNABLE_TO_VERIFY_LEAF_SIGNATURE)",
      "If a proxy opens TLS on the way, set NODE_EXTRA_CA_CERTS to a file with its certificate authority, in the environment of the runner or of the job.",
    ),
  ]);
  expect(emulator.requests).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("says what to do when the certificate is another host's", async () => {
  const authority = await createCertificateAuthority();
  const { run, emulator } = await startScenario({ tls: await authority.issue("marketplace.example") });
  const environment = { NODE_EXTRA_CA_CERTS: authority.file };
  const result = await run({ endpoint: emulator.url.replace("127.0.0.1", "localhost") }, { timeFactor, environment });
  expect(texts(result, "error")[0]).toContain(
    "No secure connection (TLS) could be made (ERR_TLS_CERT_ALTNAME_INVALID)",
  );
  expect(emulator.requests).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("says what to do when no connection can be made in time", async () => {
  const sockets: Socket[] = [];
  const silent = createSilentServer((socket) => sockets.push(socket.on("error", () => undefined)));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    silent.close();
    await once(silent, "close");
  });
  const endpoint = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { run } = await startScenario();
  const result = await run({ endpoint }, { timeFactor: 200 });
  expect(texts(result, "error")).toEqual([
    expectation(
      endpoint,
      "No connection could be made in time (UND_ERR_CONNECT_TIMEOUT)",
      "Check the runner's network and firewall. A self-hosted runner may need HTTPS_PROXY.",
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("says what to do when the service never answers", async () => {
  const { run, emulator, asked } = await startScenario({
    faults: [{ on: "list", act: { kind: "stall", at: "headers" } }],
  });
  const result = await run({}, { timeFactor: 230 });
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^No complete answer came in time.*\.\nThe service or the network is slow or down\. Run this job again in a while\.$/,
    ),
  ]);
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("says what to do when the connection always breaks", async () => {
  const { run, asked } = await startScenario({ faults: [{ on: "list", act: { kind: "reset", at: "request" } }] });
  const result = await run({}, { timeFactor });
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^The connection broke.*\.\nThe network or the service gave up the connection\. Run this job again in a while\.$/,
    ),
  ]);
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
