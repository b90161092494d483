import { expect, test } from "@jest/globals";
import type { EmulatorOptions, OfferPlan } from "../../emulator/emulator.ts";
import { readResult } from "../report/result-schema.ts";
import { startScenario, texts, WAITING } from "../harness/scenario.ts";
import { FAST, LOOK, NO_TRACE, POST, SERVICE } from "./unclear-answers.ts";

const [FIRST, SECOND] = ["56615b67-2185-49fe-80d2-000000000001", "56615b67-2185-49fe-80d2-000000000002"];
const OTHER = "56615b67-2185-49fe-80d2-0000000000ff";
const TWO = { history: [{ slot: "staging", endedAgoMs: 172_800_000 }, { slot: "staging" }] } as const;

function scenario(offer: Partial<OfferPlan> = {}, options: EmulatorOptions = {}) {
  return startScenario({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", ...offer }], ...options });
}

test("lets the preview go live that a dry run has named, and says which one that was", async () => {
  const { emulator, run } = await scenario({ ...TWO, goLive: { durationMs: 0 } });
  const { outputs } = await run({ dryRun: "true" });
  const submissionId = outputs["submissionId"] ?? "";
  expect(submissionId).toBe(SECOND);
  const result = await run({ submissionId, ...WAITING });
  expect(emulator.goLives).toMatchObject([{ submissionId: SECOND }]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded", submissionId: SECOND } });
  expect(result.summary.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))).toContain(
    `- **Went live** ${SECOND} (publishing version 3, offer version 2)`,
  );
  const told = { submissionId: SECOND, publishingVersion: 3, offerVersion: 2 };
  expect(readResult(result.outputs["result"])).toMatchObject(told);
});

const REFUSED: readonly (readonly [string, Partial<OfferPlan>, string, string])[] = [
  ["an older preview", TWO, FIRST ?? "", `and what is there is ${SECOND}`],
  ["a publish that the offer does not have", {}, OTHER, `and what is there is ${FIRST}`],
  [
    "the preview before a publish that runs",
    { state: "publishing", history: [{ slot: "staging" }] },
    FIRST ?? "",
    `and what is there is ${SECOND}`,
  ],
  [
    "the preview before a publish that failed",
    {
      history: [
        { slot: "staging", endedAgoMs: 172_800_000 },
        { slot: "staging", outcome: "failed" },
      ],
    },
    FIRST ?? "",
    `and the offer's list does not tell which publish the preview is from (it shows ${SECOND}, ${FIRST})`,
  ],
  [
    "another preview than the one that goes live already",
    { ...TWO, state: "goingLive", running: { durationMs: Infinity } },
    FIRST ?? "",
    `and what is there is ${SECOND}`,
  ],
];

test("sends nothing against a pin, and names both that it names and what is there", () =>
  Promise.all(
    REFUSED.map(async ([_what, offer, submissionId, says]) => {
      const { emulator, run, asked } = await scenario(offer);
      const result = await run({ submissionId });
      expect(asked().filter((one) => !one.startsWith("GET "))).toEqual([]);
      expect(emulator.goLives).toEqual([]);
      expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
      expect(texts(result, "error")[0]).toContain(`\`submissionId\` names ${submissionId}, ${says}.`);
    }),
  ));

test("follows the go-live that runs already where it is that of the pinned preview", async () => {
  const { run, asked } = await scenario({ ...TWO, state: "goingLive", running: { durationMs: Infinity } });
  const result = await run({ submissionId: SECOND?.toUpperCase() ?? "" });
  expect(asked()).toEqual(["GET list"]);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "running", submissionId: SECOND } });
});

test("looks again before each sending", async () => {
  const turnedAway = { on: "goLive", nth: 1, act: { kind: "status", status: 429 } } as const;
  const calm = await scenario({}, { ...SERVICE(), faults: [turnedAway] });
  const sent = await calm.run({ submissionId: FIRST ?? "" }, FAST);
  expect(calm.asked()).toEqual([...LOOK, POST, ...LOOK, POST]);
  expect(sent).toMatchObject({ outputs: { status: "running", submissionId: FIRST } });
});

test("sends nothing again after an unclear answer once another publish has begun", async () => {
  const { emulator, run, asked } = await scenario(
    { publishes: [{ afterMs: 150_000, durationMs: Infinity }] },
    { ...SERVICE(), faults: [{ on: "goLive", nth: 1, act: { kind: "reset", at: "request" } }] },
  );
  const result = await run({ submissionId: FIRST ?? "" }, FAST);
  expect(asked()).toEqual([...LOOK, POST, ...NO_TRACE]);
  expect(emulator.goLives).toEqual([]);
  expect(result.log).toMatch(
    /The list shows no go-live, but `submissionId` names \S+01, and what is there is \S+03: it is not sent again\./,
  );
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown" } });
});
