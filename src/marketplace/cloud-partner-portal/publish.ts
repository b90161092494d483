import type { Submission } from "../marketplace.ts";
import { hasEnded, type Operation } from "../operation.ts";
import { isSignOff, type OfferStatus } from "./offer-status.ts";
import { waitsForSignOff } from "./standing.ts";
import { isWaiting } from "./words.ts";

/**
 * The body of a publish, as the reference shows it; offers that were migrated ignore the addresses:
 * https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-publish-offer
 */
export function publishBody(notificationEmails: readonly string[]): string {
  return JSON.stringify({ metadata: { "notification-emails": notificationEmails.join(",") } });
}

/**
 * A publish as its publisher sees it: it has succeeded once its preview waits for the sign-off, whatever its own status
 * says, for that may stay `running` until the offer goes live. `readStatus` is asked where the publish shows no sign-off
 * of its own and has nothing else left to do.
 */
export async function readPublish(operation: Operation, readStatus: () => Promise<OfferStatus>): Promise<Operation> {
  if (hasEnded(operation.status)) return operation;
  const { steps, statusWord } = operation;
  const signOff = steps.find(isSignOff);
  const isOver =
    isWaiting(statusWord) ||
    (signOff === undefined ? await isLeft(operation, readStatus) : isWaiting(signOff.statusWord));
  return isOver ? { ...operation, status: "succeeded", isKnownWord: true } : operation;
}

/** Whether nothing but the sign-off is left: while steps are open, the offer may still show that of the preview before. */
async function isLeft({ steps }: Operation, readStatus: () => Promise<OfferStatus>): Promise<boolean> {
  const isDone = steps.length > 0 && steps.every(({ status }) => status === "succeeded");
  return isDone && waitsForSignOff(await readStatus());
}

/**
 * The operations of an offer as their publisher sees them: a publish that runs only until its preview is signed off has
 * succeeded. While the offer shows a sign-off that waits, it may be that of the preview before: `read` tells of one itself.
 */
export async function readPublishes<T extends Submission>(
  submissions: readonly T[],
  offer: OfferStatus,
  read: (submission: T) => Promise<Operation>,
): Promise<readonly T[]> {
  const seen: T[] = [];
  for (const one of submissions) {
    const isOpen = !one.isGoLive && !hasEnded(one.status);
    const isAsked = isOpen && !isWaiting(one.statusWord) && waitsForSignOff(offer);
    const { status, isKnownWord } =
      isOpen && isWaiting(one.statusWord)
        ? { status: "succeeded" as const, isKnownWord: true }
        : isAsked
          ? await read(one)
          : one;
    seen.push({ ...one, status, isKnownWord });
  }
  return seen;
}
