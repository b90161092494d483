import * as fc from "fast-check";
import type { Behaviour } from "../../../emulator/partner-center/behaviour.ts";
import { errorShapes } from "../../../emulator/partner-center/error.ts";

const MINUTE_MS = 60_000;

/** Everything that the reference of the service leaves open, or that differs from offer to offer. */
export const behaviourArbitrary: fc.Arbitrary<Partial<Behaviour>> = fc
  .tuple(commonArbitrary(), promoteArbitrary(), lagArbitrary(), entryArbitrary(), productArbitrary(), pageArbitrary())
  .map((parts) => Object.assign({}, ...parts) as Partial<Behaviour>);

function commonArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      errorShape: fc.constantFrom(...errorShapes),
      clockOffsetMs: fc.constantFrom(0, 1_200_000, -10_800_000),
      requestIds: fc.constantFrom("both", "requestIdOnly", "none"),
    },
    { requiredKeys: [] },
  );
}

function promoteArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      // What it does not refuse shows in what it does.
      secondPromote: fc.constantFrom("accepted", "accepted", "accepted", "conflict", "badRequest"),
      acceptedStatus: fc.constantFrom(200, 202, 204),
      acceptedBody: fc.constantFrom("workflow", "empty", "text"),
      acceptedLocation: fc.constantFrom("none", "submission"),
    },
    { requiredKeys: ["secondPromote"] },
  );
}

/** How late the submissions show what has happened, or that they never do. */
function lagArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  const lags = fc.record(
    {
      submissionsLagMs: fc.constantFrom(0, 5_000, 5_000, MINUTE_MS, 5 * MINUTE_MS, 11 * MINUTE_MS, 20 * MINUTE_MS),
      listLagMs: fc.constantFrom(0, 5_000, MINUTE_MS, 11 * MINUTE_MS, Infinity),
    },
    { requiredKeys: [] },
  );
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: lags });
}

/** How submissions, and the details of their way, are worded. */
function entryArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      words: fc.constantFrom(
        { publishing: { state: "InProgress" }, published: { state: "InProgress" } },
        {
          publishing: { substate: "PUBLISHING" },
          live: { substate: "in_store" },
          ready: { substate: "readyToPublish" },
        },
        { publishing: { substate: "Certifying" } },
        { ready: { pending: "Running" } },
        { ready: { pending: "Failed" } },
        { live: { pending: "Running" } },
        { canceled: { state: "Cancelled", substate: "Canceled" }, failed: { state: "Published" } },
      ),
      pendingUpdate: fc.constantFrom("told", "absent"),
      neverTime: fc.constantFrom("1601-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
      promotedEntries: fc.constantFrom("one", "previewBeside"),
      formerLive: fc.constantFrom("stays", "goes"),
      workflowDetails: fc.constantFrom("halves", "empty", "notFound", "notFoundOnceReady", "odd"),
      signOffStep: fc.constantFrom("none", "preview", "live"),
      listOrder: fc.constantFrom("oldestFirst", "newestFirst", "scattered"),
    },
    { requiredKeys: [] },
  );
}

/** How the product is found, or that it cannot be. */
function productArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  return fc.record(
    {
      refusedFilters: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom("none", "unfiltered", "withoutType", "withType") },
        { weight: 1, arbitrary: fc.constant("all") },
      ),
      ignoresFilter: fc.constantFrom(false, false, true),
      externalIdType: fc.constantFrom("AzureOfferId", "AzureOfferID", "azureofferid"),
      productRoute: fc.constantFrom("up", "up", "down"),
    },
    { requiredKeys: [] },
  );
}

/** Pages; seldom such as lead nowhere. */
function pageArbitrary(): fc.Arbitrary<Partial<Behaviour>> {
  const way = {
    paging: fc.constantFrom("nextLink", "@odata.nextLink"),
    pagedLists: fc.constantFrom("products", "submissions", "both"),
    links: fc.constantFrom("hostRelative", "relative", "absolute"),
  } as const;
  const usual = fc.record({ ...way, pageSize: fc.constantFrom(1, 2), emptyPages: fc.constantFrom(0, 0, 1) });
  const deadEnd = fc.record({ ...way, pagedLists: fc.constant("products"), linksTo: fc.constant("deadEnd") });
  const elsewhere = fc.record({
    ...way,
    links: fc.constant("absolute"),
    linkOrigin: fc.constant("http://[::1]:1"),
  });
  // Fifty pages take their time.
  const endless = fc
    .integer({ min: 0, max: 9 })
    .map((rare) => ({ paging: "nextLink", linksTo: rare === 0 ? "endlessPages" : "samePage" }) as const);
  return fc.oneof(
    { weight: 40, arbitrary: fc.constant({}) },
    { weight: 9, arbitrary: usual },
    { weight: 3, arbitrary: deadEnd },
    { weight: 1, arbitrary: elsewhere },
    { weight: 1, arbitrary: endless },
  );
}
