import { expect, test } from "@jest/globals";
import { type Behaviour, resolveBehaviour } from "../../emulator/partner-center/behaviour.ts";
import {
  centerOptionGroups,
  centerOptions,
  readCenterBehaviour,
} from "../../emulator/partner-center/behaviour-options.ts";
import { ingestionOptions } from "../../emulator/shell/ingestion-options.ts";

const NAMES = Object.keys(centerOptions);

test("every way to behave has an option, and every option is in the help once", () => {
  const members: readonly string[] = [...Object.keys(resolveBehaviour()), "linkOrigin"];
  const examples = Object.entries(centerOptions).flatMap(([name, { value, usual }]) =>
    Object.keys(readCenterBehaviour({ [name]: exampleOf(value, usual) })),
  );
  expect(examples.toSorted()).toEqual(members.toSorted());
  expect(centerOptionGroups.flatMap(([, options]) => Object.keys(options))).toEqual(NAMES);
});

test("no option has a name that another API's has", () => {
  expect(NAMES.filter((name) => name in ingestionOptions || !name.startsWith("center-"))).toEqual([]);
});

test("what an option calls usual is what is done without it", () => {
  const usual = resolveBehaviour();
  const told = Object.entries(centerOptions)
    .filter(([, { usual: word, value }]) => word !== undefined && (value !== "COUNT" || word !== "none"))
    .map(([name, option]) => readCenterBehaviour({ [name]: option.usual }));
  expect(told.length).toBeGreaterThan(20);
  expect(resolveBehaviour(Object.assign({}, ...told))).toEqual(usual);
});

const CHANGES: readonly (readonly [keyof typeof centerOptions, string, Partial<Behaviour>])[] = [
  ["center-accepted-status", "204", { acceptedStatus: 204 }],
  ["center-accepted-body", "text", { acceptedBody: "text" }],
  ["center-accepted-location", "submission", { acceptedLocation: "submission" }],
  ["center-second-promote", "accepted", { secondPromote: "accepted" }],
  ["center-lag", "5s", { submissionsLagMs: 5000 }],
  ["center-publishing-words", `{"state":"InProgress"}`, { words: { publishing: { state: "InProgress" } } }],
  ["center-pending-update", "absent", { pendingUpdate: "absent" }],
  ["center-never", "0001-01-01T00:00:00Z", { neverTime: "0001-01-01T00:00:00Z" }],
  ["center-promoted-entries", "previewBeside", { promotedEntries: "previewBeside" }],
  ["center-former-live", "goes", { formerLive: "goes" }],
  ["center-workflow", "notFoundOnceReady", { workflowDetails: "notFoundOnceReady" }],
  ["center-sign-off-step", "live", { signOffStep: "live" }],
  ["center-paged", "both", { pagedLists: "both" }],
  ["center-paging", "@odata.nextLink", { paging: "@odata.nextLink" }],
  ["center-page-size", "5", { pageSize: 5 }],
  ["center-empty-pages", "2", { emptyPages: 2 }],
  ["center-links", "absolute", { links: "absolute" }],
  ["center-link-origin", "https://pages.example", { linkOrigin: "https://pages.example" }],
  ["center-links-to", "deadEnd", { linksTo: "deadEnd" }],
  ["center-order", "scattered", { listOrder: "scattered" }],
  ["center-list-lag", "1m", { listLagMs: 60_000 }],
  ["center-refused-filters", "withType", { refusedFilters: "withType" }],
  ["center-filter", "ignored", { ignoresFilter: true }],
  ["center-external-id", "AzureOfferID", { externalIdType: "AzureOfferID" }],
  ["center-product", "down", { productRoute: "down" }],
  ["center-error-shape", "html", { errorShape: "html" }],
  ["center-foreign-token", "404", { foreignToken: 404 }],
  ["center-request-ids", "none", { requestIds: "none" }],
  ["center-clock-offset", "-20m", { clockOffsetMs: -1_200_000 }],
];

test.each(CHANGES)("--%s %s", (name, text, change) => {
  expect(readCenterBehaviour({ [name]: text })).toEqual(change);
});

test("each option's change is tried, and a word that it does not know is refused", () => {
  expect(CHANGES.map(([name]) => name).toSorted()).toEqual(NAMES.toSorted());
  expect(() => readCenterBehaviour({ "center-links-to": "nowhere" })).toThrow("--center-links-to is");
});

/** A value that the option takes, whatever it is usually. */
function exampleOf(value: string, usual: string | undefined): string {
  if (value === "COUNT") return "1";
  if (value === "JSON") return "{}";
  return usual ?? "https://pages.example";
}
