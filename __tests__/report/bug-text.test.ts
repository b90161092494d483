import { expect, test } from "@jest/globals";
import { conclude } from "../../src/report/conclusion.ts";
import type { LastKnown } from "../../src/report/ending.ts";
import { followed, LOCATION } from "../harness/operation.ts";

const GO_ON = `To follow it, run this action with \`operationLocation: ${LOCATION}\` and \`wait: true\`: that starts nothing.`;
const LOOK = "Before you run the job again, look in Partner Center whether the offer is going live.";
const known = (parts: Partial<LastKnown>): LastKnown => ({
  ...{ status: undefined, wasSent: false, followed: undefined },
  ...parts,
});
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const CONTEXT = { goal: "live", startMs: 0, nowMs: 0, timeoutMs: 0, approval: { isRequired: false } } as const;

test.each<[string, LastKnown, string, readonly string[]]>([
  ["before anything is known", known({}), "Live or not, nobody can tell", [LOOK]],
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
  const bug = new TypeError("x");
  expect(conclude({ kind: "bug", error: bug }, { ...CONTEXT, offer: OFFER, known: state })).toEqual({
    headline: `⚠️ ${headline}: a bug in this action`,
    level: "error",
    title: "There is a bug in this action",
    sentences: ["TypeError: x"],
    closing: bug.stack?.split("\n").slice(1).join("\n").trim(),
    next: ["This should not happen; please report it.", ...next],
  });
});

const told = (error: unknown) =>
  conclude({ kind: "bug", error }, { ...CONTEXT, offer: undefined, known: known({ wasSent: true }) });

test("tells whatever was thrown, harmless, without a name of the offer before the inputs are read", () => {
  expect(told("##[error]x").sentences).toEqual(["## [error]x"]);
  expect(told("x")).not.toHaveProperty("closing");
  expect(told("x").headline).toContain("the go-live of the offer");
  const error = new Error("x");
  Object.assign(error, { stack: undefined, message: "y\n::error::z" });
  expect(told(error)).toMatchObject({ sentences: ["y"], closing: ": :error::z" });
});
