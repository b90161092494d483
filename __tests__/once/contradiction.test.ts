import { expect, test } from "@jest/globals";
import type { Behaviour } from "../../emulator/emulator.ts";
import { fastService, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

const FAST = 150;
const OFFERS = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 30_000 } }] as const;

/** What the service says beside its word that the go-live is complete, and how that reads. */
const AGAINST: readonly (readonly [what: string, behaviour: Partial<Behaviour>, says: string])[] = [
  ["its live step failed", { liveStepAtEnd: "failed" }, "its step “Live”, which makes the offer live, is “failed”"],
  [
    "its live step has not begun",
    { liveStepAtEnd: "notStarted" },
    "its step “Live”, which makes the offer live, is “notStarted”",
  ],
  [
    "the offer still waits for the sign-off",
    { statusAfterSuccess: "waiting" },
    "the offer still waits for the publisher's sign-off, which a go-live gives (status “waitingForPublisherReview”)",
  ],
  [
    "the sign-off step of a migrated offer still waits",
    { statusAfterSuccess: "waiting", offerStatus: "migrated" },
    "the offer still waits for the publisher's sign-off, which a go-live gives (status “running”)",
  ],
  ["the list calls it running", { listStateLagMs: Infinity }, "the list of the offer's operations calls it “running”"],
];

test.each(AGAINST)("is not live for us when the service says complete and %s", async (_what, behaviour, says) => {
  const { run, asked } = await startScenario({ ...fastService(FAST), behaviour, offers: OFFERS });
  const result = await run(WAITING_FAST, { timeFactor: FAST });
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(`The operation of contoso/contoso-vm says “completed”, but ${says}.`),
  ]);
  expect(texts(result, "notice")).toEqual([]);
  expect(result.log).toContain(
    `The operation says that it succeeded, but ${says}. Asking again, for three minutes at the most.`,
  );
  expect(result.summary).toContain("the service contradicts itself");
  expect(result.summary).not.toContain("✅");
  // An entry that says that it runs is enough to know: then the status is not asked.
  const look = "listStateLagMs" in behaviour ? ["GET list"] : ["GET list", "GET status"];
  expect(asked().slice(asked().lastIndexOf("GET operation") + 1)).toEqual(look);
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test.each([
  ["the status", { statusAfterSuccess: "waiting", statusAfterSuccessMs: 100_000 }],
  ["the list", { listStateLagMs: 100_000 }],
] as const)("believes the success once %s no longer lags", async (_what, behaviour) => {
  const { run } = await startScenario({ ...fastService(FAST), behaviour, offers: OFFERS });
  const result = await run(WAITING_FAST, { timeFactor: FAST });
  expect(result).toMatchObject({ outputs: { status: "succeeded" }, exitCode: 0 });
});

test("believes a success that nobody else can be asked about", async () => {
  const { run } = await startScenario({
    ...fastService(FAST),
    offers: OFFERS,
    faults: [
      { on: "status", nth: 2, act: { kind: "status", status: 403 } },
      { on: "list", nth: [2, 3, 4, 5], act: { kind: "reset", at: "request" } },
    ],
  });
  const result = await run(WAITING_FAST, { timeFactor: FAST });
  expect(result).toMatchObject({ outputs: { status: "succeeded" }, exitCode: 0 });
});

test("takes the sign-off that waits for a later preview's, days after the go-live", async () => {
  const { run } = await startScenario({
    offers: [
      {
        publisherId: "contoso",
        offerId: "contoso-vm",
        history: [
          { slot: "staging", endedAgoMs: 300_000_000 },
          { slot: "production", endedAgoMs: 200_000_000 },
          { slot: "staging" },
        ],
      },
    ],
  });
  const operationLocation = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";
  const result = await run({ operationLocation });
  expect(result).toMatchObject({ outputs: { status: "succeeded" }, exitCode: 0 });
});
