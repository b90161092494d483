import { expect, test } from "@jest/globals";
import type { Status } from "../../src/marketplace/operation.ts";
import { brokenRun, type LastKnown } from "../../src/report/last-known.ts";
import { reportBug } from "../../src/report/refusal.ts";
import { followed, LOCATION } from "../harness/operation.ts";
import { createPageRunner } from "./page-runner.ts";

const GO_ON = `To follow it, run this action with \`operationLocation: ${LOCATION}\` and \`wait: true\`: that starts nothing.`;
const LOOK = "Before you run the job again, look in Partner Center whether the offer is going live.";
const known = (parts: Partial<LastKnown>): LastKnown => ({
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
  listing: "https://shop.example",
  ...{ status: undefined, wasSent: false, followed: undefined },
  ...parts,
});

test.each<[string, LastKnown | undefined, string, readonly string[]]>([
  ["before anything is known", undefined, "Live or not, nobody can tell", [LOOK]],
  ["before anything was sent", known({}), "Live or not, nobody can tell", [LOOK]],
  ["when it was said that nothing was started", known({ status: "rejected" }), "Live or not, nobody can tell", [LOOK]],
  [
    "between the sending and its answer",
    known({ wasSent: true }),
    "Started or not, nobody can tell: the go-live of contoso/contoso-vm",
    [`A go-live of contoso/contoso-vm was sent, and this run cannot say what became of it. ${LOOK}`],
  ],
  [
    "while the go-live runs",
    known({ wasSent: true, followed: followed(), status: "running" }),
    "The go-live of contoso/contoso-vm was not seen to its end",
    ["It was running when last seen, and may go on at Microsoft without this run.", GO_ON],
  ],
  [
    "before an operation that the inputs name was seen",
    known({ followed: followed("watched") }),
    "The go-live of contoso/contoso-vm was not seen",
    ["It may still run.", GO_ON],
  ],
  [
    "after it had ended",
    known({ wasSent: true, followed: followed(), status: "succeeded" }),
    "The go-live of contoso/contoso-vm had ended when last seen (succeeded)",
    [GO_ON],
  ],
])("a bug %s leaves what is known and how to go on", (_when, state, headline, next) => {
  expect(brokenRun(state)).toEqual({
    headline: `⚠️ ${headline}: a bug in this action`,
    next: ["This should not happen; please report it.", ...next],
  });
});

test.each<[Status | undefined, Status]>([
  ["running", "running"],
  ["notStarted", "notStarted"],
  ["succeeded", "succeeded"],
  ["failed", "failed"],
  [undefined, "unknown"],
])("the status that was last seen (%s) stays, and the result names the operation", async (status, expected) => {
  const { runner, page } = createPageRunner({});
  const context = {
    page: { url: undefined, id: undefined, attempt: undefined, uses: undefined },
    startMs: 0,
    nowMs: 5_000,
  };
  const exitCode = await reportBug(
    new TypeError("x"),
    runner,
    context,
    known({ wasSent: true, followed: followed(), status }),
  );
  expect(exitCode).toBe(1);
  expect(page.outputs["status"]).toBe(expected);
  expect(JSON.parse(page.outputs["result"] ?? "")).toMatchObject({
    ...{ status: expected, ending: "bug", durationSeconds: 5, listingUrl: "https://shop.example" },
    offer: { publisherId: "contoso", offerId: "contoso-vm" },
    operation: { id: "7", location: LOCATION, origin: "started" },
    reasons: ["TypeError: x"],
    next: expect.arrayContaining([GO_ON]),
  });
  expect(page.annotations).toMatchObject([{ level: "error", title: "A bug in this action" }]);
  expect(page.annotations[0]?.text).toContain(GO_ON);
  expect(page.summaries.join()).toContain("operationLocation");
});
