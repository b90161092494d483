import type { ApiName } from "../marketplace/apis.ts";
import type { Goal } from "../marketplace/marketplace.ts";
import { InputError, quoted, readChoice } from "./input-value.ts";

/** The values of `target`; the first is the default. */
const TARGETS = ["live", "preview"] as const satisfies readonly [Goal, ...Goal[]];

type Read = (name: string) => string;

/** What the run is to reach. Throws an {@link InputError} for a preview through the API that cannot make one. */
export function readGoal(read: Read, wasGiven: boolean, readApiName: () => ApiName | undefined): Goal {
  const text = read("target");
  if (text === "" && wasGiven) {
    throw new InputError(
      "target",
      "it is empty, which would make the offer go live.",
      "A variable, secret, output or workflow input that is not set arrives as empty text: check its name. To let the offer go live leave `target` out, or set it to `live`.",
    );
  }
  const goal = readChoice("target", text, TARGETS);
  if (goal === "preview" && readApiName() === "partnerCenter") throw noPublish();
  return goal;
}

/** What the inputs ask for that the API, once it is known, has none of. */
export function targetProblems(
  api: ApiName,
  { goal, notificationEmails }: { readonly goal: Goal; readonly notificationEmails: readonly string[] },
): readonly InputError[] {
  return [
    ...(goal === "preview" && api === "partnerCenter" ? [noPublish()] : []),
    ...(notificationEmails.length > 0 && api !== "cloudPartnerPortal" ? [noAddresses()] : []),
  ];
}

function noPublish(): InputError {
  return new InputError(
    "target",
    "the Partner Center submission API is not used to publish to preview: a submission is put together from its parts there.",
    "Publish to preview in Partner Center (https://partner.microsoft.com/dashboard/commercial-marketplace/overview), then run this action with `target: live`.",
  );
}

function noAddresses(): InputError {
  return new InputError(
    "notificationEmails",
    "only a publish to preview (`target: preview`) through the Cloud Partner Portal API takes addresses.",
    "Leave it out; a go-live uses those that the publish left.",
  );
}

/** A pin names what goes live: a publish makes a preview that has no name yet. Throws an {@link InputError} for both. */
export function withoutPreview(submissionId: string | undefined, readTarget: () => Goal): string | undefined {
  if (submissionId === undefined || readTarget() === "live") return submissionId;
  throw new InputError(
    "submissionId",
    "it contradicts `target: preview`, for a publish makes a new preview.",
    "Leave it out, and pass the output `submissionId` of this step to the one that goes live.",
  );
}

/** More than anybody has to tell. */
const MOST_ADDRESSES = 50;
/** What can be told apart in a comma separated list, and is no more than an address may be long (RFC 5321, 4.5.3.1). */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;
const LONGEST_ADDRESS = 254;

/** Whom the service tells of a publish, each once. Throws an {@link InputError} for what is no address, and where none is used. */
export function readNotificationEmails(
  read: Read,
  readTarget: () => Goal,
  readApiName: () => ApiName | undefined,
): readonly string[] {
  const text = read("notificationEmails");
  const addresses = text
    .split(/[,\r\n]/)
    .map((address) => address.trim())
    .filter((address) => address !== "");
  if (text === "") return [];
  const isTaken = [undefined, "cloudPartnerPortal"].includes(readApiName());
  if (readTarget() !== "preview" || !isTaken) throw noAddresses();
  const wrong = [...addresses, ...(addresses.length === 0 ? [text] : [])].find(
    (address) => !ADDRESS.test(address) || address.length > LONGEST_ADDRESS,
  );
  if (wrong !== undefined) {
    const remedy = "Allowed are email addresses such as `jane@contoso.com`, separated by commas or lines.";
    throw new InputError("notificationEmails", `got ${quoted(wrong)}.`, remedy);
  }
  if (addresses.length > MOST_ADDRESSES) {
    throw new InputError(
      "notificationEmails",
      `got ${addresses.length} addresses.`,
      `Allowed are up to ${MOST_ADDRESSES}; a group has an address of its own.`,
    );
  }
  return [...new Set(addresses)];
}
