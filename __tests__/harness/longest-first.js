import TestSequencer from "@jest/test-sequencer";

/** Files that keep a worker many times as long as others, the longest first, by the ends of their paths. */
const LONGEST = [
  "model/model.test.ts",
  "identity/long-wait.test.ts",
  "faults/fault-table.test.ts",
  "faults/product-ingestion/fault-table.test.ts",
  "once/sent-again.test.ts",
  "once/stray.test.ts",
  "once/cancel-asked.test.ts",
  "identity/trouble.test.ts",
  "once/contradiction.test.ts",
  "unit/secrets.test.ts",
];

/** Begins with the longest files: one that comes last would run alone. Jest itself only knows them by an earlier run. */
// oxlint-disable-next-line import/no-default-export -- Jest looks for it there
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ path }) {
  const place = LONGEST.findIndex((name) => path.replaceAll("\\", "/").endsWith(name));
  return place === -1 ? LONGEST.length : place;
}
