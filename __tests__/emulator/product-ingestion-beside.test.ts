import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { expect, test } from "@jest/globals";
import { type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { startProductIngestion } from "../../emulator/product-ingestion/product-ingestion.ts";
import { closeAfterTest } from "../harness/closing.ts";

const QUESTION = "product?externalId=contoso-vm&$version=2022-07-01";

async function start(options: EmulatorOptions = {}) {
  const emulator = await startEmulator(options);
  closeAfterTest(() => emulator.close());
  return emulator;
}

function ask(url: string, token: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
}

test("both APIs have a url of their own, and neither answers for the other", async () => {
  const { url, productIngestion, requests } = await start();
  expect(productIngestion.url).not.toBe(url);
  expect(productIngestion.endpoint).toBe(`${productIngestion.url}/rp/product-ingestion`);
  expect((await ask(`${productIngestion.endpoint}/${QUESTION}`, "emulator-token")).status).toBe(200);
  expect((await ask(`${url}/rp/product-ingestion/${QUESTION}`, "emulator-token")).status).toBe(404);
  const portal = "/api/publishers/contoso/offers/contoso-vm/status?api-version=2017-10-31";
  expect((await ask(`${productIngestion.url}${portal}`, "emulator-token")).status).toBe(404);
  expect(requests.map(({ route }) => route)).toEqual(["unknown"]);
  expect(productIngestion.requests.map(({ route }) => route)).toEqual(["product", "unknown"]);
});

test("tokens are both's, unless the Product Ingestion API has its own", async () => {
  const { productIngestion, reset } = await start({ tokens: { shared: {} } });
  const statusFor = async (token: string) => (await ask(`${productIngestion.endpoint}/${QUESTION}`, token)).status;
  expect([await statusFor("shared"), await statusFor("own")]).toEqual([200, 401]);
  reset({ productIngestion: { tokens: { own: {} } } });
  expect([await statusFor("shared"), await statusFor("own")]).toEqual([401, 200]);
  reset({ tokens: {}, tokenCheck: (token) => (token === "checked" ? {} : undefined) });
  expect([await statusFor("shared"), await statusFor("checked")]).toEqual([401, 200]);
});

test("a reset lets both begin again", async () => {
  const emulator = await start();
  await ask(`${emulator.url}/`, "emulator-token");
  await ask(`${emulator.productIngestion.endpoint}/${QUESTION}`, "emulator-token");
  emulator.reset({ productIngestion: { products: [] } });
  expect([emulator.requests, emulator.productIngestion.requests]).toEqual([[], []]);
  const answer = await ask(`${emulator.productIngestion.endpoint}/${QUESTION}`, "emulator-token");
  expect(await answer.json()).toEqual({ value: [] });
  expect(emulator.productIngestion.liveSubmission()).toBeUndefined();
  expect(emulator.productIngestion.previewSubmission()).toBeUndefined();
});

test("what the Product Ingestion API is asked is announced to its own listener", async () => {
  const answers: unknown[] = [];
  const onAnswer: NonNullable<EmulatorOptions["productIngestion"]>["onAnswer"] = ({ route, answer }) =>
    answers.push([route, answer]);
  const { productIngestion } = await start({ productIngestion: { onAnswer } });
  await ask(`${productIngestion.endpoint}/${QUESTION}`, "emulator-token");
  expect(answers).toEqual([["product", 200]]);
});

test("the port of the second API is the one after the first's, and when that is taken neither listens", async () => {
  const { server, taken } = await takenBehindFree();
  await expect(startEmulator({ port: taken - 1 })).rejects.toThrow(`address already in use 127.0.0.1:${taken}`);
  await expect(fetch(`http://127.0.0.1:${taken - 1}`)).rejects.toThrow("fetch failed");
  server.close();
});

test("the Product Ingestion API can be started alone", async () => {
  const service = await startProductIngestion({ products: [{ offerId: "contoso-saas", type: "softwareAsAService" }] });
  closeAfterTest(() => service.close());
  const answer = await ask(`${service.endpoint}/${QUESTION.replace("contoso-vm", "contoso-saas")}`, "emulator-token");
  expect(await answer.json()).toMatchObject({ value: [{ type: "softwareAsAService" }] });
});

/** A server on a port whose predecessor nobody uses. */
async function takenBehindFree(): Promise<{ readonly server: Server; readonly taken: number }> {
  for (;;) {
    const server = await listening(0);
    const address = server?.address();
    const taken = typeof address === "object" && address !== null ? address.port : 0;
    const before = await listening(taken - 1);
    before?.close();
    if (server !== undefined && before !== undefined) return { server, taken };
    server?.close();
  }
}

/** A server on that port; undefined where somebody else has it. */
async function listening(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return server;
  } catch {
    return undefined;
  }
}
