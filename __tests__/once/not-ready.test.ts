import { expect, test } from "@jest/globals";
import type { EmulatorOptions, OfferPlan } from "../../emulator/emulator.ts";
import { fastService, startScenario, texts } from "../harness/scenario.ts";

const FAST = 150;
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const PREVIEW_ID = "56615b67-2185-49fe-80d2-000000000001";

interface State {
  readonly what: string;
  readonly offer?: Partial<OfferPlan>;
  readonly options?: EmulatorOptions;
  /** Why not, as a clause, and what to do about it. */
  readonly reason: string;
  readonly remedy: string;
  /** How often is looked: again, where a go-live may be at work that the list does not show yet. */
  readonly looks?: number;
}

/** Answers every question after the offer's status with this body. */
function statusIs(body: object): EmulatorOptions {
  return { faults: [{ on: "status", act: { kind: "garbage", body: JSON.stringify(body) } }] };
}

const PUBLISH = "Publish the offer to preview in Partner Center, and wait until the preview is there.";
const LOOK_WHETHER = "Look in Partner Center whether the offer's preview is ready to go live.";

/** Every state but that of a preview that waits and that of a go-live that runs. */
const STATES: readonly State[] = [
  {
    what: "was never published",
    offer: { state: "neverPublished" },
    reason: "the offer was never published",
    remedy: "Publish it to preview in Partner Center first.",
  },
  {
    what: "is being published to preview",
    offer: { state: "publishing" },
    reason: `a publish to preview is running (${PREVIEW_ID})`,
    remedy: "Wait until it has ended and its preview is ready.",
  },
  {
    what: "is being published to preview, which its list does not show",
    offer: { state: "publishing", running: { durationMs: Infinity, listedFromNth: 100 } },
    reason: "something runs for the offer, and its list does not show what (step “Publisher signoff”: “notStarted”)",
    remedy: "Look in Partner Center what runs, and wait until the preview is ready.",
    looks: 9,
  },
  {
    what: "is live, with no later preview",
    offer: { state: "live" },
    reason:
      "no preview waits for the publisher's sign-off; of the offer the service says that its last publish or go-live has succeeded (step “Publisher signoff”: “complete”)",
    remedy: PUBLISH,
  },
  {
    what: "goes live, which its list never shows",
    offer: { state: "goingLive", running: { durationMs: Infinity, listedFromNth: 100 } },
    reason: "something runs for the offer, and its list does not show what (step “Publisher signoff”: “complete”)",
    remedy: "Look in Partner Center what runs, and wait until the preview is ready.",
    looks: 9,
  },
  ...(
    [
      ["failed", "its last publish or go-live has failed"],
      ["canceled", "its last publish or go-live was canceled"],
      ["notStarted", "nothing was started since it was last changed"],
    ] as const
  ).map(([status, says]): State => ({
    what: `has the status ${status}`,
    options: statusIs({ status }),
    reason: `no preview waits for the publisher's sign-off; of the offer the service says that ${says}`,
    remedy: PUBLISH,
  })),
  {
    what: "has a status that nobody knows",
    options: statusIs({ status: "dreaming" }),
    reason: "the service says “dreaming” of the offer, a word that this action does not know",
    remedy: LOOK_WHETHER,
  },
];

test.each(STATES)(
  "sends nothing for an offer that $what, and says why as a dry run does",
  async ({ offer, options, reason, remedy, looks = 1 }) => {
    const plan = { ...fastService(FAST), ...options, offers: [{ ...OFFER, ...offer }] };
    const { emulator, run, asked } = await startScenario(plan);
    const result = await run({ wait: "true" }, { timeFactor: FAST });
    expect(asked()).toEqual(Array.from({ length: looks }, () => ["GET list", "GET status"]).flat());
    expect(emulator.goLives).toEqual([]);
    expect(texts(result, "error")).toEqual([`${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.\n${remedy}`]);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
    const dry = await (await startScenario(plan)).run({ dryRun: "true" });
    expect(texts(dry, "warning")).toEqual([
      `A go-live of contoso/contoso-vm would not be accepted now: ${reason}.\n${remedy}\nNothing was sent (\`dryRun\`).`,
    ]);
  },
);

test.each([
  ["is answered with a 503", { kind: "status", status: 503 }, 6],
  ["is answered with nonsense", { kind: "garbage", body: '{"status":7}' }, 6],
  ["breaks off", { kind: "reset", at: "request" }, 6],
  ["is refused", { kind: "status", status: 403 }, 1],
] as const)("sends nothing while the offer's status, asked for again, %s", async (_what, act, looks) => {
  const { emulator, run, asked } = await startScenario({ faults: [{ on: "status", act }] });
  const result = await run({}, { timeFactor: FAST });
  expect(asked()).toEqual(Array.from({ length: looks }, () => ["GET list", "GET status"]).flat());
  expect(emulator.goLives).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(/^(“The emulator|The answer|The connection)/)]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("sends the go-live once the offer's status can be read", async () => {
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "status", nth: [1, 2], act: { kind: "status", status: 503 } }],
  });
  const result = await run({}, { timeFactor: FAST });
  const look = ["GET list", "GET status"];
  expect(asked()).toEqual([...look, ...look, ...look, "POST goLive"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "running" } });
});
