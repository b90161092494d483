import { expect, test } from "@jest/globals";
import type { FaultAct } from "../../emulator/emulator.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { createCertificateAuthority } from "../harness/certificates.ts";
import { INPUTS, startSignInScenario } from "../harness/identity-scenario.ts";
import { startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

const OK = "HTTP/1.1 202 Accepted\r\n";

/** What is no HTTP, in the ways in which gateways, other programs and other protocols are none. */
const NO_HTTP: readonly (readonly [what: string, bytes: string])[] = [
  ["another protocol's text", "220 smtp.example ESMTP\r\n"],
  ["TLS", "\u0015\u0003\u0003\u0000\u0002\u0002\u000a"],
  ["lines that end in LF only", "HTTP/1.1 202 Accepted\ncontent-length: 2\n\n{}"],
  ["a bad length", `${OK}content-length: two\r\n\r\n{}`],
  ["two lengths", `${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
  ["a bad header", `${OK}bad header\r\n\r\n{}`],
  ["a switch of protocols", "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
];

const CHUNKS = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`;

function said({ log, summary }: StepResult): string {
  return log + summary;
}

test.each(NO_HTTP)("looks before anything is sent again when the answer to the go-live is %s", async (_what, bytes) => {
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "goLive", nth: 1, carriedOut: true, act: { kind: "raw", bytes } }],
  });
  const result = await run({}, { timeFactor: 60 });
  expect(asked().slice(0, 4)).toEqual(["GET list", "GET status", "POST goLive", "GET list"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(said(result)).not.toContain("There is a bug in this action");
  expect(result).toMatchObject({ exitCode: 0, outputs: { operationId: emulator.goLives[0]?.id, status: "running" } });
});

test.each([...NO_HTTP, ["a bad chunk", CHUNKS]] as const)(
  "asks again when a question is answered with %s, before the go-live and after it",
  async (_what, bytes) => {
    const act: FaultAct = { kind: "raw", bytes };
    const { emulator, run } = await startScenario({
      offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 100 } }],
      faults: [
        { on: "list", nth: 1, act },
        { on: "operation", nth: [1, 2], act },
      ],
    });
    const result = await run(WAITING_FAST, { timeFactor: 60 });
    expect(emulator.goLives).toHaveLength(1);
    expect(said(result)).not.toContain("There is a bug in this action");
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  },
);

test("says what to do when nothing but something else than HTTP comes back", async () => {
  const { emulator, run } = await startScenario({
    faults: [{ on: "any", act: { kind: "raw", bytes: "220 smtp.example ESMTP\r\n" } }],
  });
  const result = await run({}, { timeFactor: 200 });
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^What came back was no HTTP.*\nSomething else than the service answered, or plain text met TLS\. Check `endpoint` \(its scheme and port\) and the proxy, then run this job again\.$/,
    ),
  ]);
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test.each<FaultAct>([
  { kind: "interim", statuses: [100] },
  { kind: "interim", statuses: [103, 100] },
  { kind: "packed", encoding: "gzip" },
  { kind: "packed", encoding: "deflate" },
  { kind: "packed", encoding: "br" },
])("understands answers with %j, which nobody asked for", async (act) => {
  const { emulator, run, asked } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 100 } }],
    faults: [{ on: "any", act }],
  });
  const result = await run(WAITING_FAST, { timeFactor: 60 });
  expect(asked().slice(0, 4)).toEqual(["GET list", "GET status", "POST goLive", "GET operation"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result.log).not.toMatch(/No (clear )?answer/);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test.each([
  { what: "packed in an unknown way", act: { kind: "packed", encoding: "zip" }, says: "The answer was packed" },
  {
    what: "far too large when it is unpacked",
    act: { kind: "packed", encoding: "gzip", bytes: 6_000_000 },
    says: "The answer was larger than 4 MiB",
  },
] as const)("a list that is $what cannot be read, and nothing is sent", async ({ act, says }) => {
  const { run, asked } = await startScenario({ faults: [{ on: "list", act }] });
  const result = await run({}, { timeFactor: 60 });
  expect(texts(result, "error")[0]).toContain(says);
  expect(asked()).not.toContain("POST goLive");
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("a certificate that is not good for a server is a fault of TLS, at the service and at Entra", async () => {
  const authority = await createCertificateAuthority();
  const tls = await authority.issue("127.0.0.1", "client");
  const environment = { NODE_EXTRA_CA_CERTS: authority.file };
  const { run, emulator } = await startScenario({ tls });
  const atService = await run({}, { environment, timeFactor: 200 });
  const scenario = await startSignInScenario({ entra: { tls: { ...tls, ca: "" } } });
  const atEntra = await scenario.run({ with: INPUTS.secret, environment, timeFactor: 200 });
  for (const result of [atService, atEntra]) {
    expect(texts(result, "error").join()).toMatch(/no secure connection \(TLS\) could be made \(INVALID_PURPOSE\)/i);
    expect(said(result)).not.toContain("There is a bug in this action");
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  }
  expect([emulator.requests, scenario.entra.requests]).toEqual([[], []]);
});
