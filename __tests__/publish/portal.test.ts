import { expect, test } from "@jest/globals";
import type { Behaviour, EmulatorOptions, Fault, OfferState } from "../../emulator/emulator.ts";
import { offer, publish } from "./publish-story.ts";

const HOUR_MS = 3_600_000;
const PUBLISH = 'publish {"metadata":{"notification-emails":""}}';
const LOOK = ["GET list", "GET status"] as const;
const OPERATIONS = "https://service.example/api/publishers/contoso/offers/contoso-vm/operations";
/** The service counts the operations: one of the history, then one that runs or is started. */
const [FIRST, SECOND] = ["56615b67-2185-49fe-80d2-000000000001", "56615b67-2185-49fe-80d2-000000000002"];

test("publishes to preview, once, waits until it is ready to go live, and says what comes next", async () => {
  const run = await publish(offer({ publish: { durationMs: 2 * HOUR_MS } }), {
    notificationEmails: "jane@contoso.com, ann@contoso.com\n jane@contoso.com",
  });
  expect(run.sent).toEqual(['publish {"metadata":{"notification-emails":"jane@contoso.com,ann@contoso.com"}}']);
  expect(run.asked).toEqual([...LOOK, "POST publish", "GET operation", ...LOOK]);
  expect({ exitCode: run.exitCode, ...run.outputs }).toMatchObject({
    exitCode: 0,
    status: "succeeded",
    submissionId: SECOND,
    operationId: SECOND,
  });
  expect(run.annotations).toEqual([
    {
      level: "notice",
      title: "contoso/contoso-vm is in preview, ready to go live",
      text: [
        "The publish to preview of contoso/contoso-vm succeeded; this step watched it for 2 h.",
        `Look at the preview, have it approved, then run this action with \`target: live\` and \`submissionId: ${SECOND}\`. Nothing is live with this change yet.`,
        `Operation: ${OPERATIONS}/${SECOND}?api-version=2017-10-31`,
      ].join("\n"),
    },
  ]);
  expect(run.summaries[0]).toContain("## ✅ In preview&#44; ready to go live&#58; contoso");
  // Nothing has gone live, and the offer may never have been.
  expect(run.summaries[0]).not.toMatch(/Went live|Listing/);
  expect(JSON.parse(run.outputs["result"] ?? "")).toMatchObject({ target: "preview", status: "succeeded" });
});

const ENDS = ["completed", "stepWaits", "statusWaits", "offerWaits"] as const satisfies Behaviour["publishAtEnd"][];

test.each(
  ENDS.flatMap((publishAtEnd) =>
    (["plain", "migrated"] as const).map((offerStatus): [string, Partial<Behaviour>] => [
      `${publishAtEnd}, ${offerStatus}`,
      { publishAtEnd, offerStatus, location: offerStatus === "plain" ? "notMigrated" : "migrated" },
    ]),
  ),
)("sends a publish over a preview that waits, and is done when the new one waits: %s", async (_name, behaviour) => {
  const run = await publish({ ...offer({ publish: { durationMs: HOUR_MS } }), behaviour });
  expect(run.sent).toEqual([PUBLISH]);
  expect({ exitCode: run.exitCode, status: run.outputs["status"] }).toEqual({ exitCode: 0, status: "succeeded" });
  expect(run.outputs["durationSeconds"]).toMatch(/^(3[67]\d\d|38\d\d)$/);
  expect(run.log.join("\n")).not.toContain("unknown");
});

test.each([["neverPublished"], ["live"], ["readyForGoLive"]] satisfies [OfferState][])(
  "publishes an offer that is %s",
  async (state) => {
    const run = await publish(offer({ state, publish: { durationMs: HOUR_MS } }));
    expect(run.sent).toEqual([PUBLISH]);
    expect(run.outputs["status"]).toBe("succeeded");
  },
);

test("follows a publish that runs already, and counts no approval for it", async () => {
  const run = await publish(offer({ state: "publishing", running: { durationMs: HOUR_MS }, history: [] }));
  expect(run.sent).toEqual([]);
  expect(run.exitCode).toBe(0);
  expect(run.log.join("\n")).toContain(
    "A publish to preview of this offer is already running: no other is started, this run follows that one.",
  );
  expect(run.annotations[0]?.text).toContain("This step did not start that publish to preview.");
});

const REJECTED: readonly (readonly [string, EmulatorOptions, Readonly<Record<string, string>>, string])[] = [
  [
    "fails where one runs and that is to be no other's",
    offer({ state: "publishing" }),
    { ifRunning: "fail" },
    "publish to preview of this offer is already running and `ifRunning` is `fail`",
  ],
  ["never follows a go-live in its place", offer({ state: "goingLive" }), {}, "go-live is already running."],
  [
    "says what the service says to an offer that is not valid",
    {
      faults: [
        { on: "publish", act: { kind: "status", status: 422, body: '{"error":{"message":"The plan has no price."}}' } },
      ],
    },
    {},
    "“The plan has no price.” [HTTP 422 (validation failed)].",
  ],
];

test.each(REJECTED)("%s", async (_name, options, inputs, text) => {
  const run = await publish(options, inputs);
  expect({ exitCode: run.exitCode, status: run.outputs["status"] }).toEqual({ exitCode: 1, status: "rejected" });
  expect(run.sent).toHaveLength(options.faults === undefined ? 0 : 1);
  expect(run.annotations[0]?.text).toContain(text);
  expect(run.annotations[0]?.title).toBe("No publish to preview of contoso/contoso-vm was started");
  expect(run.summaries[0]).toContain("## ❌ Not in preview&#58; no publish to preview of");
});

test.each([
  [
    "failed",
    "The publish to preview of contoso/contoso-vm failed",
    "Mend this in Partner Center, then run this job again.",
  ],
  [
    "canceled",
    "The publish to preview of contoso/contoso-vm was canceled",
    "To start another publish to preview, run this job again.",
  ],
] as const)("says that a publish has %s", async (outcome, title, next) => {
  const run = await publish(offer({ publish: { durationMs: HOUR_MS, outcome } }));
  expect({ exitCode: run.exitCode, status: run.outputs["status"] }).toEqual({ exitCode: 1, status: outcome });
  expect(run.annotations.at(-1)).toMatchObject({ level: "error", title, text: expect.stringContaining(next) });
  expect(run.outputs["submissionId"]).toBeUndefined();
});

/** The publish is carried out or not, and its answer is lost. */
const lost = (isCarriedOut: boolean): Fault => ({
  on: "publish",
  nth: 1,
  act: { kind: "reset", at: "request" },
  ...(isCarriedOut ? { carriedOut: true } : {}),
});

test.each([
  ["finds the publish whose answer was lost, and sends no other", { faults: [lost(true)] }, 1, "found"],
  ["sends again what left no trace for three minutes", { faults: [lost(false)] }, 2, "started"],
  ["finds one that was taken without a word of where it is", { behaviour: { location: "none" } as const }, 1, "found"],
] as const)("%s", async (_name, options, sendings, origin) => {
  const run = await publish({ ...offer({ publish: { durationMs: HOUR_MS } }), ...options });
  expect(run.sent).toEqual(Array(sendings).fill(PUBLISH));
  expect(run.outputs["status"]).toBe("succeeded");
  expect(JSON.parse(run.outputs["result"] ?? "")).toMatchObject({ operation: { origin } });
});

test("follows the publish that a refusal is about", async () => {
  const running = { durationMs: HOUR_MS, listedFromNth: 2 };
  const run = await publish({
    ...offer({ state: "publishing", running, history: [{ slot: "staging" }] }),
    behaviour: { statusLagMs: HOUR_MS },
    faults: [{ on: "status", nth: 1, act: { kind: "garbage", body: '{"status":"succeeded"}' } }],
  });
  expect(run.sent).toEqual([PUBLISH]);
  expect(JSON.parse(run.outputs["result"] ?? "")).toMatchObject({
    status: "succeeded",
    operation: { origin: "adopted", id: SECOND },
  });
});

test("leaves a publish running where nobody waits, and says how to follow it", async () => {
  const run = await publish(offer({ publish: { durationMs: HOUR_MS } }), { wait: "false" });
  const location = `${OPERATIONS}/${SECOND}?api-version=2017-10-31`;
  expect({ exitCode: run.exitCode, status: run.outputs["status"] }).toEqual({ exitCode: 0, status: "running" });
  expect(run.annotations[0]).toMatchObject({
    title: "The publish to preview is under way",
    text: [
      "The publish to preview of contoso/contoso-vm was accepted and is under way; it takes hours to days.",
      `To follow it, run this action with \`operationLocation: ${location}\`, \`target: preview\` and \`wait: true\`: that starts nothing.`,
    ].join("\n"),
  });
  expect(run.summaries[0]).toContain("    target: preview\n    wait: true");
});

test("follows the publish that the inputs name, and nothing that is none", async () => {
  const options = offer({ state: "publishing", running: { durationMs: HOUR_MS }, history: [{ slot: "production" }] });
  const [own, other, asLive] = await Promise.all([
    publish(options, { operationLocation: `/api/publishers/contoso/offers/contoso-vm/operations/${SECOND}` }),
    publish(options, { operationLocation: `/api/publishers/contoso/offers/contoso-vm/operations/${FIRST}` }),
    publish(options, {
      operationLocation: `/api/publishers/contoso/offers/contoso-vm/operations/${SECOND}`,
      target: "live",
    }),
  ]);
  expect([own, other, asLive].flatMap(({ sent }) => sent)).toEqual([]);
  expect(own.outputs).toMatchObject({ status: "succeeded", submissionId: SECOND });
  expect(other.outputs["status"]).toBe("rejected");
  expect(other.annotations[0]?.text).toContain("`operationLocation` names a go-live, not a publish to preview");
  expect(asLive.outputs["status"]).toBe("rejected");
  expect(asLive.annotations[0]?.text).toContain("To follow the publish, set `target: preview`.");
});

test("asks to cancel the publish of a cancelled run, if it has started it", async () => {
  const options = offer({ publish: { durationMs: HOUR_MS } });
  const [own, left] = await Promise.all([
    publish(options, { onCancel: "cancel" }, HOUR_MS / 2),
    publish(options, {}, HOUR_MS / 2),
  ]);
  expect(own.sent).toEqual([PUBLISH, "cancel"]);
  expect(own.annotations.at(-1)).toMatchObject({
    title: "The run was cancelled, and the service was asked to cancel the publish to preview",
    text: expect.stringContaining("it takes 1 to 3 minutes until the publish to preview is canceled"),
  });
  expect(left.sent).toEqual([PUBLISH]);
  expect(left.annotations.at(-1)?.title).toBe("The run was cancelled, the publish to preview was not");
});

test("believes no publish after which the offer is not ready to go live", async () => {
  const faults: readonly Fault[] = [
    {
      on: "status",
      nth: Array.from({ length: 99 }, (_, at) => at + 2),
      act: { kind: "garbage", body: '{"status":"succeeded"}' },
    },
  ];
  const run = await publish({ ...offer({ publish: { durationMs: HOUR_MS } }), faults });
  expect({ exitCode: run.exitCode, status: run.outputs["status"] }).toEqual({ exitCode: 1, status: "unknown" });
  expect(run.annotations.at(-1)).toMatchObject({
    title: "Nobody can tell whether it is in preview",
    text: expect.stringContaining(
      "says “completed”, but the offer is not ready to go live: no preview waits for the publisher's sign-off; of the offer the service says that its last publish or go-live has succeeded.",
    ),
  });
});

const DRY: readonly (readonly [OfferState, string, string | undefined, string])[] = [
  [
    "readyForGoLive",
    "true",
    undefined,
    "A publish to preview of contoso/contoso-vm would be accepted now: nothing of it runs.",
  ],
  ["neverPublished", "true", undefined, "would be accepted now"],
  ["publishing", "false", "running", "would not be accepted now: a publish to preview is running"],
  ["goingLive", "false", undefined, "would not be accepted now: a go-live is already running"],
];

test.each(DRY)(
  "a dry run says of an offer that is %s whether a publish would be accepted",
  async (state, ready, status, text) => {
    const run = await publish(offer({ state }), { dryRun: "true" });
    expect(run.sent).toEqual([]);
    expect({ exitCode: run.exitCode, ready: run.outputs["ready"], status: run.outputs["status"] }).toEqual({
      exitCode: 0,
      ready,
      status,
    });
    expect(run.annotations[0]?.text).toContain(text);
  },
);
