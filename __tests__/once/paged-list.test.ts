import { expect, test } from "@jest/globals";
import type { FaultAct } from "../../emulator/emulator.ts";
import { annotations, startScenario, texts } from "../harness/scenario.ts";

const PATH = "/api/publishers/contoso/offers/contoso-vm/submissions/";
const RUNNING_ID = "56615b67-2185-49fe-80d2-000000000002";
const offers = [
  { publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running: { durationMs: Infinity } },
] as const;
const behaviour = { secondGoLive: "accepted" } as const;

const OLD = [{ id: "old", submissionState: "succeeded", slot: "production", submissionType: "publish" }];

/** The first part of the list, which shows nothing that runs. */
function firstPart(more: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): FaultAct {
  return { kind: "status", status: 200, headers, body: JSON.stringify({ value: OLD, ...more }) };
}

test.each<[string, FaultAct]>([
  ["`nextLink`", firstPart({ nextLink: `${PATH}?api-version=2017-10-31&page=2` })],
  ["`@nextLink`", firstPart({ "@nextLink": "?page=2" })],
  ["`@odata.nextLink`", firstPart({ "@odata.nextLink": `${PATH}?page=2` })],
  ["a Link header", firstPart({}, { link: `<${PATH}?page=2>; REL=Next` })],
])("a go-live that runs on the second page of the list, told by %s, is followed", async (_what, act) => {
  const { emulator, run, asked } = await startScenario({
    offers,
    behaviour,
    faults: [{ on: "list", nth: [1, 3], act }],
  });
  const result = await run();
  // The first page is read again at the end, for what may have moved there meanwhile.
  expect(asked()).toEqual(["GET list", "GET list", "GET list"]);
  for (const { path } of emulator.requests)
    expect(path.match(/api-version=[^&]*/g)).toEqual(["api-version=2017-10-31"]);
  expect(result.outputs).toMatchObject({ operationId: RUNNING_ID, status: "running" });
  expect(result.log).toContain("A go-live of this offer is already running: no other is started");
});

test.each<[string, FaultAct]>([
  ["a continuation token", firstPart({}, { "x-ms-continuation": "token" })],
  ["a next page elsewhere", firstPart({ nextLink: "https://elsewhere.example/api/" })],
  ["HTTP 206", { kind: "status", status: 206, body: JSON.stringify(OLD) }],
])("nothing is sent while the list shows %s", async (_what, act) => {
  const { emulator, run, asked } = await startScenario({ offers, behaviour, faults: [{ on: "list", act }] });
  const result = await run({}, { timeFactor: 60 });
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^The answer was a part of the list, with no readable rest.*\nA go-live that runs may stand in the part that was not read, so no other is sent\./,
    ),
  ]);
});

test.each<[string, object]>([
  ["without slot and type", {}],
  ["with the slot `live`", { slot: "live" }],
  ["with a number as its slot", { slot: 1, submissionType: "publish" }],
  ["with a state that is no word", { submissionState: 3, slot: "production" }],
])("an entry %s may be a go-live that runs: no other is sent", async (_what, more) => {
  const body = JSON.stringify([{ id: RUNNING_ID, submissionState: "running", ...more }]);
  const { emulator, run, asked } = await startScenario({
    ...{ offers, behaviour },
    faults: [{ on: "list", act: { kind: "garbage", body } }],
  });
  const result = await run({ ifRunning: "fail" });
  expect(asked()).toEqual("submissionState" in more ? ["GET list", "GET status"] : ["GET list"]);
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  expect(annotations(result).at(-1)?.text).toContain("A go-live of this offer is already running");
});
