import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import type { RunningStep } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { soon, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

const MEBIBYTE = 1024 * 1024;
const timeFactor = 60;

/** How long requests took, in milliseconds of the step's clock. */
function durationsMs(log: string, method: string): readonly number[] {
  return [...log.matchAll(/^::debug::(\w+) \S+: \w+ in (\d+) ms/gm)].flatMap(([, name, durationMs]) =>
    name === method ? [Number(durationMs)] : [],
  );
}

/** How long the first question takes that is slow, once it has an end. */
async function firstSlowMs({ soFar }: RunningStep): Promise<number> {
  const slow = (): readonly number[] => durationsMs(soFar().log, "GET").filter((durationMs) => durationMs > 25_000);
  await soon(() => slow().length > 0);
  return slow()[0] ?? 0;
}

/** A busy machine is late by some milliseconds, and the step's clock runs fast. */
const LIMIT_MS = { from: 30_000, below: 50_000 } as const;

test.each(["list", "operation"] as const)("gives each request 30 s, to the last byte: %s", async (on) => {
  const { begin } = await startScenario({ faults: [{ on, nth: 1, act: { kind: "stall", at: "body" } }] });
  const durationMs = await firstSlowMs(begin(WAITING_FAST, { timeFactor }));
  expect(durationMs).toBeGreaterThanOrEqual(LIMIT_MS.from);
  expect(durationMs).toBeLessThan(LIMIT_MS.below);
});

test("counts the 30 s for the whole answer, not from one piece to the next", async () => {
  const server = createServer((_request, response) => {
    const drip = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(drip));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { begin } = await startScenario();
  const durationMs = await firstSlowMs(begin({ endpoint }, { timeFactor }));
  expect(durationMs).toBeGreaterThanOrEqual(LIMIT_MS.from);
  expect(durationMs).toBeLessThan(LIMIT_MS.below);
});

test("waits for an answer that comes within the 30 s", async () => {
  const { run } = await startScenario({ faults: [{ on: "goLive", act: { kind: "delay", durationMs: 250 } }] });
  const { exitCode, log } = await run({}, { timeFactor });
  expect(durationsMs(log, "POST")).toEqual([expect.any(Number)]);
  expect(durationsMs(log, "POST")[0]).toBeGreaterThan(14_000);
  expect(log).not.toContain("NetworkError");
  expect(exitCode).toBe(0);
});

test("takes an answer of 4 MiB, and none that is a byte larger", async () => {
  const { run, asked } = await startScenario({
    faults: [
      { on: "list", nth: 1, act: { kind: "garbage", body: "[]".padEnd(4 * MEBIBYTE + 1) } },
      { on: "list", nth: 2, act: { kind: "garbage", body: "[]".padEnd(4 * MEBIBYTE) } },
    ],
  });
  const { exitCode, log } = await run({}, { timeFactor });
  expect(asked()).toEqual(["GET list", "GET list", "GET status", "POST goLive"]);
  expect(log.match(/^.*: the answer was larger than 4 MiB.*$/gm)).toHaveLength(1);
  expect(exitCode).toBe(0);
});

test("says what to do when every answer is too large, and quotes the request id", async () => {
  const { run, asked, emulator } = await startScenario({
    faults: [{ on: "list", act: { kind: "huge", bytes: 4 * MEBIBYTE + 1 } }],
  });
  const result = await run({}, { timeFactor });
  const id = `7e905701-2185-49fe-80d2-${String(emulator.requests.length).padStart(12, "0")}`;
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(texts(result, "error")).toEqual([
    `The answer was larger than 4 MiB.\nSomething between this machine and the service answered in its place, or the service changed. Check \`endpoint\` and the proxy.`,
  ]);
  expect(JSON.parse(result.outputs["result"] ?? "")).toMatchObject({ requestIds: { failed: id } });
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
