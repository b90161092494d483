import { expect, test } from "@jest/globals";
import type { Behaviour, Fault } from "../../emulator/emulator.ts";
import { startScenario, TOKEN, WAITING, operationOutputs } from "../harness/scenario.ts";

test("sends the go-live once and leaves its location, id and status as outputs", async () => {
  const { emulator, run, asked } = await startScenario();
  const { exitCode, outputs } = await run();
  const [goLive] = emulator.goLives;
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(operationOutputs(outputs)).toEqual({
    operationLocation: `${emulator.url}/api/publishers/contoso/offers/contoso-vm/operations/${goLive?.id}?api-version=2017-10-31`,
    operationId: goLive?.id,
    status: "running",
  });
  expect(exitCode).toBe(0);
});

test("sends the documented POST: that path, that version, the token, no body and a length of 0", async () => {
  const { emulator, run } = await startScenario();
  await run();
  const goLive = emulator.requests.find(({ route }) => route === "goLive");
  expect(goLive).toMatchObject({
    method: "POST",
    path: "/api/publishers/contoso/offers/contoso-vm/golive?api-version=2017-10-31",
    body: "",
    headers: {
      authorization: `Bearer ${TOKEN}`,
      "content-length": "0",
      "content-type": "application/json",
      host: new URL(emulator.url).host,
    },
  });
  expect(goLive?.headers).not.toHaveProperty("transfer-encoding");
});

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 100 } }] as const;

test("follows the operation to its end when asked to wait", async () => {
  const { run } = await startScenario({ offers });
  const { exitCode, outputs, log } = await run(WAITING);
  expect(outputs["status"]).toBe("succeeded");
  expect(log).toContain("::notice title=contoso/contoso-vm is live::The go-live of contoso/contoso-vm succeeded");
  expect(exitCode).toBe(0);
});

type Spelling = Extract<Behaviour["location"], "absolute" | "migrated" | "notMigrated">;

const OFFER = "/api/publishers/contoso/offers/contoso-vm";
/** `{id}` is the id of the operation. */
const SPELLINGS = {
  absolute: { operationLocation: `${OFFER}/operations/{id}`, operationId: "{id}" },
  migrated: { operationLocation: `${OFFER}/operations/{id}?api-version={version}`, operationId: "{id}" },
  notMigrated: {
    operationLocation: "/api/operations/contoso$contoso-vm$2$preview?api-version={version}",
    operationId: "contoso$contoso-vm$2$preview",
  },
} as const satisfies Record<Spelling, unknown>;

test.each([
  { location: "absolute", apiVersion: "2017-10-31" },
  { location: "absolute", apiVersion: "2018-08-01" },
  { location: "migrated", apiVersion: "2018-08-01" },
  { location: "notMigrated", apiVersion: "2017-10-31" },
] as const)("follows a location that is spelled $location, with api-version $apiVersion exactly once", async (row) => {
  const { location, apiVersion } = row;
  const { emulator, run } = await startScenario({ offers, behaviour: { location }, apiVersions: [apiVersion] });
  const { exitCode, outputs } = await run({ ...WAITING, apiVersion });
  const fill = (text: string): string =>
    text.replaceAll("{id}", emulator.goLives[0]?.id ?? "").replaceAll("{version}", apiVersion);
  const { operationLocation, operationId } = SPELLINGS[location];
  expect(operationOutputs(outputs)).toEqual({
    operationLocation: emulator.url + fill(operationLocation),
    operationId: fill(operationId),
    status: "succeeded",
  });
  const asked = emulator.requests.filter(({ route }) => route === "operation");
  expect(new Set(asked.map(({ path }) => path.split("?")[0]))).toEqual(
    new Set([fill(operationLocation).split("?")[0]]),
  );
  for (const { path } of emulator.requests)
    expect(path.match(/api-version=[^&]*/gi)).toEqual([`api-version=${apiVersion}`]);
  expect(exitCode).toBe(0);
});

test.each(["?API-Version=2017-10-31", "?api-version=2017-10-31&api-version=2017-10-31", "?x=1"])(
  "names the version once, whatever query the location brings: %s",
  async (query) => {
    const id = "56615b67-2185-49fe-80d2-000000000002";
    const set = { location: `${OFFER}/operations/${id}${query}` };
    const faults: readonly Fault[] = [{ on: "goLive", act: { kind: "headers", set } }];
    const { emulator, run } = await startScenario({ offers, faults });
    const { outputs } = await run(WAITING);
    const questions = emulator.requests.filter(({ route }) => route === "operation");
    for (const { path } of questions) expect(path.match(/api-version=[^&]*/gi)).toEqual(["api-version=2017-10-31"]);
    expect(outputs).toMatchObject({ operationId: id, status: "succeeded" });
  },
);
