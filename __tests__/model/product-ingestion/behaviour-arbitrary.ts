import * as fc from "fast-check";
import type { Behaviour } from "../../../emulator/product-ingestion/behaviour.ts";

const MINUTE_MS = 60_000;
/** Longer than anybody looks. */
const BLIND_MS = 60 * MINUTE_MS;

/** Everything that the reference of the service leaves open, or that differs from offer to offer. */
export const behaviourArbitrary: fc.Arbitrary<Partial<Behaviour>> = fc
  .tuple(commonArbitrary(), configureArbitrary(), jobArbitrary(), lagArbitrary(), entryArbitrary(), pageArbitrary())
  .map((parts) => Object.assign({}, ...parts) as Partial<Behaviour>);

function commonArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      clockOffsetMs: fc.constantFrom(0, 1_200_000, -10_800_000),
      requestIds: fc.constantFrom("both", "requestIdOnly", "none"),
      versionCheck: fc.constantFrom("required", "optional"),
      idCase: fc.constantFrom("lower", "upper"),
      productForm: fc.constantFrom("list", "list", "bare"),
      productFilter: fc.constantFrom("exact", "exact", "ignored"),
      externalIdName: fc.constantFrom("externalId", "externalID"),
    },
    { requiredKeys: [] },
  );
}

function configureArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      // What it does not refuse shows in what it does.
      bodyCheck: fc.constantFrom("liberal", "liberal", "strict"),
      secondPush: fc.constantFrom("accepted", "accepted", "accepted", "refused"),
      acceptedStatus: fc.constantFrom(202, 200, 201),
      acceptedBody: fc.constantFrom("job", "job", "job", "job", "job", "job", "noJobId", "empty"),
      jobIdName: fc.constantFrom("jobId", "jobID"),
      refusedBy: fc.constantFrom("answer", "job"),
      busyStatus: fc.constantFrom(409, 400, 423),
    },
    { requiredKeys: ["bodyCheck", "secondPush"] },
  );
}

function jobArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      notStartedMs: fc.constantFrom(0, 5_000, MINUTE_MS),
      jobLagMs: fc.constantFrom(0, 0, 2_000, MINUTE_MS, 10 * MINUTE_MS, BLIND_MS),
      jobLostAfterMs: fc.constantFrom(Infinity, Infinity, 0, 30_000, 10 * MINUTE_MS),
      jobLostStatus: fc.constantFrom(404, 410),
      jobWords: fc.constantFrom(
        {},
        { notStarted: "Not Started", running: "In_Progress", succeeded: "SUCCEEDED", cancelled: "Canceled" },
        { running: "reviewing", failed: "Failed", completed: "COMPLETED" },
      ),
      jobEnd: fc.constantFrom("end", "early", "yearOne", "yearOneDate"),
      resourceUri: fc.constantFrom("none", "otherHost"),
      // Mostly such as keep the questions few.
      pollRetryAfter: fc.constantFrom("40", "40", "60", "0", "7200", "soon", "Thu, 01 Jan 2026 00:01:00 GMT"),
      cancelMs: fc.constantFrom(0, 5_000, MINUTE_MS),
      cancelWithinMs: fc.constantFrom(Infinity, 0, 10_000),
    },
    { requiredKeys: ["pollRetryAfter"] },
  );
}

/** How late the submissions show what has happened, or that they never do. */
function lagArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  const lags = fc.record(
    {
      submissionsLagMs: fc.constantFrom(0, 5_000, MINUTE_MS, 5 * MINUTE_MS, 11 * MINUTE_MS, Infinity),
      acceptanceShowsMs: fc.constantFrom(0, 30_000, 9 * MINUTE_MS, BLIND_MS, Infinity),
      endShowsMs: fc.constantFrom(0, -5_000, MINUTE_MS, 10 * MINUTE_MS, Infinity),
    },
    { requiredKeys: [] },
  );
  return fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: lags });
}

/** What a push leaves among the submissions. */
function entryArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      previewDuringPush: fc.constantFrom("goes", "stays"),
      previewAfterSuccess: fc.constantFrom("goes", "stays"),
      previewAfterFailure: fc.constantFrom("back", "gone"),
      liveAfterFailure: fc.constantFrom("failed", "cancelled", "gone"),
      formerDuringPush: fc.constantFrom("stays", "goes"),
      createdIs: fc.constantFrom("preview", "push", "none"),
      entryWords: fc.constantFrom(
        {},
        { notStarted: "Not Started", running: "In_Progress", completed: "Completed", succeeded: "SUCCEEDED" },
        { running: "certifying" },
      ),
      listOrder: fc.constantFrom("oldestFirst", "newestFirst"),
    },
    { requiredKeys: [] },
  );
}

/** Pages; seldom such as lead nowhere. */
function pageArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  const paging = fc.constantFrom("@nextLink", "@odata.nextLink", "continuationToken");
  const usual = fc.record({ paging, pageSize: fc.constantFrom(1, 2) });
  const elsewhere = fc.record({ paging, linkOrigin: fc.constant("http://[::1]:1") });
  // Fifty pages take their time.
  const endless = fc
    .integer({ min: 0, max: 9 })
    .map((rare) => ({ paging: "@nextLink", linksTo: rare === 0 ? "endlessPages" : "samePage" }) as const);
  return fc.oneof(
    { weight: 40, arbitrary: fc.constant({}) },
    { weight: 9, arbitrary: usual },
    { weight: 1, arbitrary: elsewhere },
    { weight: 1, arbitrary: endless },
  );
}
