import { expect, test } from "@jest/globals";
import { type Emulator, startEmulator } from "../../emulator/emulator.ts";
import type { RunningStep } from "../../emulator/step/runner.ts";
import { createCertificateAuthority } from "../harness/certificates.ts";
import { type Proxy, startProxy } from "../harness/proxy.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { annotations, beginStep, texts, TOKEN, operationOutputs } from "../harness/scenario.ts";

const HOST = "cloudpartner.azure.com";
const OFFER = { publisherId: "contoso", offerId: "contoso-virtualmachineoffer" } as const;
const PATH = "/api/publishers/contoso/offers/contoso-virtualmachineoffer";

interface Production {
  readonly service: Emulator;
  readonly proxy: Proxy;
  /** Runs a step that overrides nothing of action.yml's defaults but what it is given. */
  readonly begin: (inputs?: Readonly<Record<string, string>>) => RunningStep;
}

/** The production address as a runner behind a proxy sees it; the proxy leads to an emulator on this machine. */
async function startProduction(): Promise<Production> {
  const authority = await createCertificateAuthority();
  const service = await startEmulator({
    tls: await authority.issue(HOST),
    tokens: { [TOKEN]: {} },
    offers: [{ ...OFFER, goLive: { durationMs: 100 } }],
    behaviour: { location: "absolute" },
  });
  closeAfterTest(() => service.close());
  const proxy = await startProxy({ map: { [`${HOST}:443`]: service.url } });
  const environment = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority.file };
  return {
    service,
    proxy,
    begin: (inputs = {}) => beginStep({ with: { ...OFFER, token: TOKEN, ...inputs }, environment }),
  };
}

test("makes an offer go live at the production address with nothing overridden", async () => {
  const { service, proxy, begin } = await startProduction();
  const result = await begin().result;
  const id = service.goLives[0]?.id;
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${HOST}:443`]));
  expect(service.requests.map(({ method, path, headers }) => [method, path, headers["host"]])).toEqual([
    ["GET", `${PATH}/submissions/?api-version=2017-10-31`, HOST],
    ["GET", `${PATH}/status?api-version=2017-10-31`, HOST],
    ["POST", `${PATH}/golive?api-version=2017-10-31`, HOST],
  ]);
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "The go-live is under way" }]);
  expect(result).toMatchObject({
    exitCode: 0,
    outputs: {
      operationLocation: `https://${HOST}${PATH}/operations/${id}`,
      operationId: id,
      status: "running",
    },
  });
});

test("follows the go-live at the production address when the step says `wait: true`", async () => {
  const { service, proxy, begin } = await startProduction();
  const { exitCode, outputs, log } = await begin({ wait: "true", pollIntervalSeconds: "0.05" }).result;
  const id = service.goLives[0]?.id;
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${HOST}:443`]));
  const last = ["operations/" + id, "submissions/", "status"].map((path) => ({
    path: `${PATH}/${path}?api-version=2017-10-31`,
    headers: { host: HOST, authorization: `Bearer ${TOKEN}` },
  }));
  expect(service.requests.slice(-3)).toMatchObject(last);
  expect(texts({ log }, "notice")[0]).toContain("The go-live of contoso/contoso-virtualmachineoffer succeeded");
  expect(operationOutputs(outputs)).toEqual({
    operationLocation: `https://${HOST}${PATH}/operations/${id}`,
    operationId: id,
    status: "succeeded",
  });
  expect(exitCode).toBe(0);
});

test("takes the same defaults when the runner hands over empty inputs", async () => {
  const { service, begin } = await startProduction();
  const empty = ["wait", "timeoutMinutes", "pollIntervalSeconds", "ifRunning", "onCancel", "apiVersion", "endpoint"];
  const { exitCode, outputs } = await begin(Object.fromEntries(empty.map((name) => [name, ""]))).result;
  expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${PATH}/submissions/?api-version=2017-10-31`,
    `GET ${PATH}/status?api-version=2017-10-31`,
    `POST ${PATH}/golive?api-version=2017-10-31`,
  ]);
  expect(outputs["status"]).toBe("running");
  expect(exitCode).toBe(0);
});
