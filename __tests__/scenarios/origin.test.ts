import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { startBystander } from "../harness/bystander.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { startScenario, texts, WAITING, WAITING_FAST, operationOutputs } from "../harness/scenario.ts";

const timeFactor = 60;
const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 100 } }] as const;
const OFFER_PATH = "/api/publishers/contoso/offers/contoso-vm";
const PATH = `${OFFER_PATH}/operations/56615b67-2185-49fe-80d2-000000000009`;

function withoutRepeats<T>(list: readonly T[]): readonly T[] {
  return list.filter((each, at) => each !== list[at - 1]);
}

/** `{port}` is the emulator's port, `{bystander}` that of another server on the same host. */
const FOREIGN_LOCATIONS = [
  ["on another port", "location", `http://127.0.0.1:{bystander}${PATH}`],
  ["on another port", "operation-location", `http://127.0.0.1:{bystander}${PATH}`],
  ["on another host, without a scheme", "location", `//localhost:{bystander}${PATH}`],
  ["on another scheme", "operation-location", `https://127.0.0.1:{port}${PATH}`],
  ["with user info", "location", `http://user:password@127.0.0.1:{port}${PATH}`],
  ["whose user info looks like the host", "location", `http://127.0.0.1:{port}@127.0.0.1:{bystander}${PATH}`],
  ["outside /api/", "operation-location", "/operations/56615b67-2185-49fe-80d2-000000000009"],
  ["outside /api/ by two dots", "location", "/api/../operations/56615b67-2185-49fe-80d2-000000000009"],
  ["outside /api/ by an encoded slash", "location", "/api/..%2foperations/56615b67-2185-49fe-80d2-000000000009"],
  ["that is no URL", "location", "http://"],
  ["of another offer", "location", PATH.replace("contoso-vm", "contoso-app")],
  ["of another publisher", "operation-location", PATH.replace("contoso/", "fabrikam/")],
  ["that another offer's operations share", "location", "/api/operations/contoso$contoso-app$2$preview"],
  ["that names no operation", "location", "/api/publishers/contoso/offers/contoso-vm/status"],
  ["of no documented form", "location", `/api/v2${PATH.slice("/api".length)}`],
  ["with a command for a shell in it", "operation-location", PATH.replace(/[^/]+$/, "$(id)`id`'")],
] as const;

test.each(FOREIGN_LOCATIONS)(
  "never asks a location %s (%s), and finds the go-live in the list instead",
  async (_what, header, text) => {
    const bystander = await startBystander();
    const clock = createFastClock(timeFactor);
    const { emulator, run } = await startScenario({ offers, clock, behaviour: { location: "none" } });
    const port = new URL(emulator.url).port;
    const location = text.replaceAll("{bystander}", String(bystander.port)).replaceAll("{port}", port);
    emulator.setFaults([{ on: "goLive", act: { kind: "headers", set: { [header]: location } } }]);
    const { exitCode, outputs } = await run(WAITING_FAST, { timeFactor });
    const [goLive] = emulator.goLives;
    const operation = `${OFFER_PATH}/operations/${goLive?.id}`;
    expect(bystander.requests).toEqual([]);
    expect(emulator.goLives).toHaveLength(1);
    expect(withoutRepeats(emulator.requests.map(({ path }) => path.split("?")[0]))).toEqual([
      `${OFFER_PATH}/submissions/`,
      `${OFFER_PATH}/status`,
      `${OFFER_PATH}/golive`,
      `${OFFER_PATH}/submissions/`,
      `${OFFER_PATH}/status`,
      operation,
      `${OFFER_PATH}/submissions/`,
      `${OFFER_PATH}/status`,
    ]);
    expect(operationOutputs(outputs)).toEqual({
      operationLocation: emulator.url + operation,
      operationId: goLive?.id,
      status: "succeeded",
    });
    expect(exitCode).toBe(0);
  },
);

test("prefers a usable Operation-Location over the Location beside it", async () => {
  const bystander = await startBystander();
  const faults: readonly Fault[] = [
    { on: "goLive", act: { kind: "headers", set: { location: bystander.url + PATH } } },
  ];
  const { run, asked } = await startScenario({ offers, behaviour: { location: "absolute" }, faults });
  const { outputs } = await run(WAITING);
  expect(bystander.requests).toEqual([]);
  expect(asked().slice(0, 4)).toEqual(["GET list", "GET status", "POST goLive", "GET operation"]);
  expect(outputs["status"]).toBe("succeeded");
});

test.each([
  [301, 302],
  [303, 307],
])("follows no redirect: %d from the list, %d from the operation", async (...statuses) => {
  const bystander = await startBystander();
  const [list, operation] = statuses;
  const to = bystander.url + PATH;
  const { emulator, run, asked } = await startScenario({
    offers,
    faults: [
      { on: "list", nth: 1, act: { kind: "redirect", to, status: list } },
      { on: "operation", nth: 1, act: { kind: "redirect", to: "/api/elsewhere", status: operation } },
    ],
  });
  const { exitCode, outputs, log } = await run(WAITING_FAST, { timeFactor });
  expect(bystander.requests).toEqual([]);
  const looks = ["GET list", "GET status", "POST goLive", "GET operation"];
  expect(withoutRepeats(asked())).toEqual([...looks, "GET list", "GET status"]);
  expect(emulator.goLives).toHaveLength(1);
  for (const status of statuses) expect(log).toContain(`was answered with HTTP ${status} (redirect, not followed)`);
  expect(outputs["status"]).toBe("succeeded");
  expect(exitCode).toBe(0);
});

test.each([301, 302, 307, 308])("takes a %d for a refusal of the go-live, which was sent once", async (status) => {
  const bystander = await startBystander();
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "goLive", act: { kind: "redirect", to: bystander.url + PATH, status } }],
  });
  const result = await run(WAITING);
  expect(bystander.requests).toEqual([]);
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(emulator.goLives).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      new RegExp(`^The service answered HTTP ${status} \\(redirect, not followed\\).*\\nRedirects are not followed`),
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("takes a 303 for an acceptance, follows it nowhere, and finds the go-live in the list", async () => {
  const bystander = await startBystander();
  const { emulator, run, asked } = await startScenario({
    offers,
    clock: createFastClock(timeFactor),
    faults: [{ on: "goLive", carriedOut: true, act: { kind: "redirect", to: bystander.url + PATH, status: 303 } }],
  });
  const result = await run(WAITING_FAST, { timeFactor });
  expect(bystander.requests).toEqual([]);
  const looks = ["GET list", "GET status", "POST goLive", "GET list", "GET status", "GET operation"];
  expect(withoutRepeats(asked())).toEqual([...looks, "GET list", "GET status"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result).toMatchObject({
    exitCode: 0,
    outputs: { status: "succeeded", operationId: emulator.goLives[0]?.id },
  });
});

test("says why a service that always redirects is of no use", async () => {
  const bystander = await startBystander();
  const { run, asked } = await startScenario({
    faults: [{ on: "list", act: { kind: "redirect", to: `${bystander.url}/sign-in` } }],
  });
  const result = await run({}, { timeFactor: 60 });
  expect(bystander.requests).toEqual([]);
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^The service answered HTTP 302 \(redirect, not followed\)\.\nRedirects are not followed, because the token must not leave the endpoint\. Check `endpoint`/,
    ),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
