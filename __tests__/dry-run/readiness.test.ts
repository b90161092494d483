import { expect, test } from "@jest/globals";
import { decideReadiness } from "../../src/marketplace/cloud-partner-portal/standing.ts";
import type { Submission } from "../../src/marketplace/marketplace.ts";
import { type OfferStatus, readOfferStatus } from "../../src/marketplace/cloud-partner-portal/offer-status.ts";
import { readOperationStatus } from "../../src/marketplace/cloud-partner-portal/words.ts";
import { dryRunConclusion } from "../../src/report/dry-run-text.ts";
import { statusOf } from "../../src/report/ending.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const NOTHING_KNOWN = { status: undefined, wasSent: false, followed: undefined } as const;
const toText = (text: string): Promise<string> => Promise.resolve(text);

function entry(word: string, isGoLive = false): Submission {
  const location = new URL("https://service.example/api/publishers/contoso/offers/contoso-vm/operations/7");
  return {
    id: "7",
    isGoLive,
    changedAtMs: undefined,
    ...readOperationStatus(word),
    reference: { id: "7", location, key: "7" },
  };
}

async function offer(status: string, signOff?: string): Promise<OfferStatus> {
  const certified = { id: "displaycertify", status: "complete" };
  const steps = signOff === undefined ? [] : [certified, { id: "publisher-signoff", status: signOff }];
  const read = await readOfferStatus([{ status, steps }], toText);
  if (typeof read === "string") throw new Error(read);
  return read;
}

interface Row {
  readonly status: string;
  readonly signOff?: string;
  readonly list?: readonly Submission[];
  readonly kind: string;
  /** The first sentence, after the offer's name. */
  readonly says: string;
}

const READY = "would be accepted now: its preview waits for the publisher's sign-off.";
const NO = "would not be accepted now:";
const RUNS = `${NO} a go-live is already running`;
const NOT_WAITING = `${NO} no preview waits for the publisher's sign-off; of the offer the service says that`;

const ROWS: readonly Row[] = [
  { status: "waitingForPublisherReview", kind: "ready", says: READY },
  { status: "Waiting for publisher-review", kind: "ready", says: READY },
  { status: "running", signOff: "waitingForPublisherReview", kind: "ready", says: READY },
  { status: "running", signOff: "WaitingForPublisherReview", list: [entry("running")], kind: "ready", says: READY },
  { status: "dreaming", signOff: "waitingForPublisherReview", kind: "ready", says: READY },
  {
    status: "waitingForPublisherReview",
    list: [entry("failed", true), entry("completed"), entry("canceled", true)],
    kind: "ready",
    says: "would be accepted now: its preview 7 is ready.",
  },
  { status: "waitingForPublisherReview", list: [entry("running", true)], kind: "goLiveRuns", says: `${RUNS}.` },
  { status: "succeeded", list: [entry("notStarted", true)], kind: "goLiveRuns", says: `${RUNS}.` },
  {
    status: "running",
    list: [entry("dreaming", true)],
    kind: "goLiveRuns",
    says: `${RUNS} (the service calls it “dreaming”, which is taken as running).`,
  },
  {
    status: "running",
    list: [entry("", true)],
    kind: "goLiveRuns",
    says: `${RUNS} (the service names no state of it, which is taken as running).`,
  },
  { status: "neverPublished", kind: "neverPublished", says: `${NO} the offer was never published.` },
  {
    status: "neverPublished",
    signOff: "waitingForPublisherReview",
    kind: "neverPublished",
    says: `${NO} the offer was never published.`,
  },
  {
    status: "running",
    signOff: "notStarted",
    list: [entry("completed"), entry("running")],
    kind: "previewRuns",
    says: `${NO} a publish to preview is running (7).`,
  },
  {
    status: "failed",
    list: [entry("inProgress")],
    kind: "previewRuns",
    says: `${NO} a publish to preview is running (7).`,
  },
  {
    status: "running",
    signOff: "notStarted",
    kind: "busy",
    says: `${NO} something runs for the offer, and its list does not show what (step “publisher-signoff”: “notStarted”).`,
  },
  {
    status: "running",
    list: [entry("dreaming")],
    kind: "unknownWord",
    says: `${NO} the service says “dreaming” of the offer, a word that this action does not know.`,
  },
  {
    status: "running",
    list: [entry("")],
    kind: "busy",
    says: `${NO} something runs for the offer, and its list does not show what.`,
  },
  {
    status: "dreaming",
    signOff: "notStarted",
    kind: "unknownWord",
    says: `${NO} the service says “dreaming” of the offer, a word that this action does not know.`,
  },
  {
    status: "succeeded",
    signOff: "complete",
    kind: "notWaiting",
    says: `${NOT_WAITING} its last publish or go-live has succeeded (step “publisher-signoff”: “complete”).`,
  },
  {
    status: "succeeded",
    signOff: "waitingForApproval",
    kind: "notWaiting",
    says: `${NOT_WAITING} its last publish or go-live has succeeded (step “publisher-signoff”: “waitingForApproval”).`,
  },
  {
    status: "failed",
    list: [entry("dreaming")],
    kind: "notWaiting",
    says: `${NOT_WAITING} its last publish or go-live has failed.`,
  },
  { status: "cancelled", kind: "notWaiting", says: `${NOT_WAITING} its last publish or go-live was canceled.` },
  { status: "not started", kind: "notWaiting", says: `${NOT_WAITING} nothing was started since it was last changed.` },
];

test.each(ROWS)(
  "status $status, sign-off $signOff, list $list: $kind",
  async ({ status, signOff, list = [], kind, says }) => {
    const finding = decideReadiness(await offer(status, signOff), list);
    expect(finding.kind).toBe(kind);
    const { level, title, sentences, next } = dryRunConclusion(
      { finding },
      { offer: OFFER, goal: "live", timeoutMs: 0 },
    );
    expect(sentences[0]).toBe(`A go-live of contoso/contoso-vm ${says}`);
    expect(next).toHaveLength(kind === "ready" ? 0 : 1);
    expect([level, title]).toEqual(
      kind === "ready"
        ? ["notice", "contoso/contoso-vm is ready to go live"]
        : ["warning", "contoso/contoso-vm is not ready to go live"],
    );
    expect([...sentences, ...next].every((sentence) => sentence.endsWith("."))).toBe(true);
    expect(statusOf({ kind: "dryRun", finding }, NOTHING_KNOWN)).toBe(kind === "goLiveRuns" ? "running" : undefined);
  },
);

test("says that a publish to preview runs beside a preview that waits", async () => {
  const finding = decideReadiness(await offer("running", "waitingForPublisherReview"), [entry("running")]);
  expect(dryRunConclusion({ finding }, { offer: OFFER, goal: "live", timeoutMs: 0 }).sentences[1]).toBe(
    "A publish to preview is running, too (7); the service decides whether it takes a go-live meanwhile.",
  );
});
