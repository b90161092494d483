import type { Fault, OfferPlan, StepPlan } from "../../emulator/emulator.ts";
import type { Story } from "./story.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WAIT = { wait: "true" } as const;

const STEPS: readonly StepPlan[] = [
  {
    id: "displaycertify",
    stepName: "Certification",
    estimatedTimeFrame: "~2-5 days",
    share: 40,
    messages: [
      { messageHtml: "The scan has begun.", level: "information" },
      {
        messageHtml: 'The image has an old kernel: see <a href="https://aka.ms/kernel">how to update</a>.',
        level: "warning",
        atShare: 0.5,
      },
    ],
  },
  { id: "displayprovision", stepName: "Provisioning", estimatedTimeFrame: "< 1 day", share: 30 },
  { id: "displaypackage", stepName: "Packaging and Lead Generation Registration", estimatedTimeFrame: "< 1 hour" },
  { id: "live", stepName: "Live", estimatedTimeFrame: "~2-5 days", share: 20 },
];
const BLOCKED: readonly StepPlan[] = STEPS.map((step) =>
  step.id === "displayprovision" ? { ...step, blockedFrom: 0.2, blockedUntil: 0.6 } : step,
);
const REJECTED: readonly StepPlan[] = STEPS.map((step) =>
  step.id === "displaycertify" ? { ...step, ending: "rejected" } : step,
);

function offers(goLive: NonNullable<OfferPlan["goLive"]>): readonly OfferPlan[] {
  return [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { steps: STEPS, ...goLive } }];
}

function refuse(on: Fault["on"], status: number, error: object, nth?: readonly number[]): Fault {
  const act = { kind: "status", status, body: JSON.stringify({ error }) } as const;
  return nth === undefined ? { on, act } : { on, nth, act };
}

const FROM_THE_40TH_ON = Array.from({ length: 100 }, (_, at) => 40 + at);

const APPROVED = [
  {
    state: "approved",
    comment: "Release notes are out, ship it.",
    environments: [{ name: "production" }],
    user: { login: "release-captain", type: "User" },
  },
] as const;

/** A go-live that somebody else has started. */
const GOING_LIVE: NonNullable<Story["options"]> = {
  offers: [
    {
      publisherId: "contoso",
      offerId: "contoso-vm",
      state: "goingLive",
      running: { durationMs: 2 * HOUR_MS, steps: STEPS },
    },
  ],
};

/** Every ending and every status, as it looks to whoever is responsible for the release. */
export const STORIES: readonly Story[] = [
  {
    name: "succeeded",
    options: { offers: offers({ durationMs: 3.5 * HOUR_MS }) },
    inputs: WAIT,
    reviews: APPROVED,
  },
  {
    name: "succeeded-after-blocked",
    options: { offers: offers({ durationMs: 2 * HOUR_MS, steps: BLOCKED }) },
    inputs: { ...WAIT, pollIntervalSeconds: "600" },
  },
  {
    name: "failed",
    options: {
      offers: offers({
        durationMs: HOUR_MS,
        steps: REJECTED.slice(0, 1),
        outcome: "failed",
        error: { code: "CertificationFailed", message: "The image answers on port 22 with a default password." },
      }),
    },
    inputs: WAIT,
  },
  {
    name: "canceled",
    options: { offers: offers({ durationMs: 2 * HOUR_MS, outcome: "canceled" }) },
    inputs: WAIT,
  },
  { name: "running-under-way", options: { offers: offers({ durationMs: DAY_MS }) } },
  { name: "running-adopted", options: GOING_LIVE, inputs: WAIT },
  { name: "running-adopted-approved", options: GOING_LIVE, inputs: WAIT, reviews: APPROVED },
  {
    name: "running-deadline",
    options: { offers: offers({ durationMs: 2 * DAY_MS }) },
    inputs: { ...WAIT, timeoutMinutes: "240" },
  },
  {
    name: "not-started-deadline",
    options: { offers: offers({ durationMs: DAY_MS }), behaviour: { notStartedMs: DAY_MS } },
    inputs: { ...WAIT, timeoutMinutes: "30" },
  },
  {
    name: "running-interrupted",
    options: { offers: offers({ durationMs: DAY_MS }) },
    inputs: { ...WAIT, onCancel: "cancel" },
    cancelledAfterMs: HOUR_MS,
  },
  {
    name: "unknown-lost",
    options: {
      offers: offers({ durationMs: DAY_MS }),
      faults: [refuse("operation", 403, { code: "Forbidden", message: "The principal is no user." }, FROM_THE_40TH_ON)],
    },
    inputs: WAIT,
  },
  {
    name: "unknown-contradicted",
    options: {
      offers: offers({ durationMs: HOUR_MS }),
      behaviour: { statusAfterSuccess: "waiting" },
    },
    inputs: WAIT,
    reviews: APPROVED,
  },
  {
    name: "unknown-deadline",
    options: { offers: offers({ durationMs: DAY_MS }), faults: [refuse("operation", 503, { code: "Busy" })] },
    inputs: { ...WAIT, timeoutMinutes: "2" },
  },
  {
    name: "unknown-unclear",
    options: {
      faults: [
        refuse("goLive", 500, { code: "InternalError", message: "Something went wrong." }),
        refuse("list", 403, { code: "Forbidden", message: "The principal is no user." }, [2, 3, 4]),
      ],
    },
    inputs: WAIT,
  },
  {
    name: "rejected-refused",
    options: { faults: [refuse("goLive", 400, { code: "NotReady", message: "The preview is still being made." })] },
    inputs: WAIT,
  },
  {
    name: "preview-succeeded",
    options: { offers: [{ publisherId: "contoso", offerId: "contoso-vm", publish: { durationMs: 3.5 * HOUR_MS } }] },
    inputs: { ...WAIT, target: "preview" },
  },
  {
    name: "preview-interrupted",
    options: { offers: [{ publisherId: "contoso", offerId: "contoso-vm", publish: { durationMs: DAY_MS } }] },
    inputs: { ...WAIT, target: "preview", onCancel: "cancel" },
    cancelledAfterMs: HOUR_MS,
  },
  { name: "rejected-not-approved", inputs: WAIT, reviews: [] },
  { name: "rejected-interrupted", inputs: WAIT, reviews: APPROVED, cancelledAfterMs: 0 },
  { name: "rejected-inputs", inputs: { publisherId: "Contoso Ltd.", timeoutMinutes: "soon" } },
  { name: "unknown-bug", isBroken: "transport" },
  { name: "running-bug", inputs: { wait: "true" }, isBroken: "pause" },
];
