import * as fc from "fast-check";
import type { Behaviour } from "../../emulator/emulator.ts";

/** What has happened shows at one of its two witnesses, the list and the offer's status, in less than this. */
export const LONGEST_LAG_MS = 179_900;
/** Longer than anybody looks. */
const BLIND_MS = 3_600_000;

/** Everything that the reference of the service leaves open, or that differs from offer to offer. */
export const behaviourArbitrary: fc.Arbitrary<Partial<Behaviour>> = fc
  .tuple(witnessArbitrary(), goLiveArbitrary(), operationArbitrary(), listArbitrary(), formArbitrary())
  .map((parts) => Object.assign({}, ...parts) as Partial<Behaviour>);

/** Whether the list shows what has happened too late for everybody who looks, so that only the status tells of it. */
export function hasBlindList({ listLagMs = 0 }: Partial<Behaviour>): boolean {
  return listLagMs > LONGEST_LAG_MS;
}

/** One of the two witnesses may be blind, never both. */
function witnessArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        listLagMs: fc.constantFrom(0, 0, 1_000, 4_000, 14_000, 45_000, 100_000, 150_000),
        statusLagMs: fc.constantFrom(0, 0, 5_000, 150_000, BLIND_MS),
        statusAfterSuccess: fc.constantFrom("succeeded", "succeeded", "waiting", "waiting", "running"),
        statusAfterSuccessMs: fc.constantFrom(20_000, 150_000, Infinity),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        listLagMs: fc.constant(BLIND_MS),
        statusLagMs: fc.constantFrom(0, 5_000, 100_000, 150_000),
        statusAfterSuccess: fc.constantFrom("succeeded", "running"),
      }),
    },
  );
}

function goLiveArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      acceptedStatus: fc.constantFrom(202, 202, 202, 202, 200, 201, 204, 303),
      location: fc.constantFrom("absolute", "migrated", "notMigrated", "notMigrated", "none"),
      secondGoLive: fc.constantFrom("conflict", "badRequest", "accepted", "accepted"),
      cancelBody: fc.constantFrom("optional", "required"),
      cancelStatus: fc.constantFrom(202, 200),
      clockOffsetMs: fc.constantFrom(0, 1_200_000, -10_800_000),
    },
    { requiredKeys: ["location", "secondGoLive"] },
  );
}

function operationArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      body: fc.constantFrom("array", "object"),
      words: fc.constantFrom(
        {},
        { notStarted: "Not Started", running: "In_Progress", succeeded: "SUCCEEDED", canceled: "Cancelled" },
        { running: "reviewing", succeeded: "complete", failed: "Failed" },
      ),
      operationId: fc.constantFrom("none", "own"),
      liveStepAtEnd: fc.constantFrom("complete", "complete", "complete", "failed", "notStarted"),
      operationLagMs: fc.constantFrom(0, 0, 2_000, 20_000, 60_000, BLIND_MS),
      sharedShowsPreviewMs: fc.constantFrom(0, 60_000, 200_000, BLIND_MS),
      notStartedMs: fc.constantFrom(0, 0, 5_000, 60_000),
      pollRetryAfter: fc.constantFrom("0", "3", "40", "7200", "soon", "Thu, 01 Jan 2026 00:01:00 GMT"),
      offerStatus: fc.constantFrom("plain", "migrated"),
    },
    { requiredKeys: ["liveStepAtEnd", "sharedShowsPreviewMs"] },
  );
}

function listArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      listStateLagMs: fc.constantFrom(0, 20_000, 150_000),
      listOrder: fc.constantFrom("newestFirst", "oldestFirst"),
      listEntryForm: fc.constantFrom("plain", "full"),
      listIdCase: fc.constantFrom("lower", "upper", "alternating", "alternating"),
      listChangedTime: fc.constantFrom("zoned", "unzoned", "none"),
      goLiveSubmissionType: fc.constantFrom("goLive", "publish"),
    },
    { requiredKeys: [] },
  );
}

/** What a reader may overlook, or take for something else. */
function formArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  const forms = fc.record(
    {
      location: fc.constantFrom("migrated", "none", "otherOffer", "otherPublisher", "noOperation"),
      operationId: fc.constantFrom("other", "none", "own", "own"),
      slotLagMs: fc.constantFrom(0, 150_000, BLIND_MS),
      listEntries: fc.constantFrom(
        {},
        { production: { slot: undefined, submissionType: undefined } },
        { production: { slot: "live" } },
        { production: { slot: 2 } },
      ),
      listPaging: fc.constantFrom("none", "nextLink", "@nextLink", "@odata.nextLink", "link", "continuation"),
      listOrder: fc.constantFrom("oldestFirst", "oldestFirst", "newestFirst"),
      listPageSize: fc.constantFrom(1, 1, 2),
      listLinks: fc.constantFrom("absolute", "relative"),
      listLinksTo: fc.constantFrom("nextPage", "nextPage", "nextPage", "nextPage", "samePage"),
      listPartial: fc.constantFrom(false, false, false, false, true),
    },
    { requiredKeys: ["listOrder", "listPaging"] },
  );
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: forms });
}
