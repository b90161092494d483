import { type Answer, type Headers, jsonAnswer, refusal } from "../wire/answer.ts";
import { examineBearer } from "../wire/bearer.ts";
import type { Moment } from "../wire/delayed-effects.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";
import type { Offer } from "./offer.ts";
import { documentSlots, draftInSlot, draftOfVersion, newestDraft, type VersionedDraft } from "./offer-document.ts";
import type { OfferRequest, Service } from "./offer-request.ts";
import { offerStatusBody } from "./offer-status.ts";
import type { RouteMatch } from "./route-table.ts";

/** The answer to `GET publishers`: those that the token may touch. */
export function answerPublishers({ marketplace, access }: Service, request: ArrivedRequest, nowMs: number): Answer {
  const finding = examineBearer(access, request, nowMs);
  const allowed = finding.kind === "known" ? finding.plan.publishers : undefined;
  const ids = marketplace.publisherIds.filter((id) => allowed?.includes(id) ?? true);
  const bodies = ids.map((id, index) => ({
    id,
    version: 1,
    definition: { displayText: id, offerTypeCategories: ["virtualmachines"], sellerId: 40_000 + index },
  }));
  return jsonAnswer(200, bodies);
}

/** The answer to `GET …/offers`: each without what it sells. The one filter that a client sends is obeyed. */
export function answerOffers(service: Service, { target }: ArrivedRequest, publisherId: string, nowMs: number): Answer {
  const wanted = /^offerTypeId eq '(?<type>.*)'$/.exec(queryOf(target).get("$filter") ?? "")?.groups?.["type"];
  const offers = service.marketplace.offers.filter(({ plan }) => plan.publisherId === publisherId);
  const bodies = offers.map((offer) => {
    const draft = newestDraft(offer);
    return { ...documentBody(service, offer, draft, nowMs), definition: { displayText: displayTextOf(offer, draft) } };
  });
  return jsonAnswer(
    200,
    bodies.filter(({ offerTypeId }) => wanted === undefined || offerTypeId === wanted),
  );
}

/** The answer to `GET` of an offer: its draft, or one of its versions or slots. */
export function answerOffer({ service, moment, offer }: OfferRequest, { version, slot }: RouteMatch): Answer {
  const draft = version === "" ? findSlot(offer, slot, moment.nowMs) : draftOfVersion(offer, Number(version));
  if (draft !== undefined) return documentAnswer(200, service, offer, draft, moment.nowMs);
  const what = version === "" ? `is not in the slot '${slot}'` : `has no version '${version}'`;
  return refusal(404, "NotFound", `The offer '${offer.plan.offerId}' ${what}.`);
}

/** The answer to `PUT` of an offer, which exists or not: https://learn.microsoft.com/partner-center/marketplace/cloud-partner-portal-api-creating-offer */
export function answerSaveOffer(service: Service, request: ArrivedRequest, match: RouteMatch, moment: Moment): Answer {
  const { publisherId, offerId } = match;
  const former = service.marketplace.findOffer(publisherId, offerId);
  const wanted = request.headers["if-match"];
  const isMet = wanted === undefined || (former !== undefined && ["*", etagOf(newestDraft(former))].includes(wanted));
  if (!isMet) return refusal(412, "PreconditionFailed", "The offer is not the one that If-Match names.");
  const document = readDocument(request.body);
  if (document === undefined) return refusal(400, "BadRequest", "The body is an object with a definition.");
  const isOther = (name: string, id: string): boolean => document[name] !== undefined && document[name] !== id;
  if (isOther("id", offerId) || isOther("publisherId", publisherId))
    return refusal(400, "BadRequest", "The body and the path name different offers.");
  const { offerTypeId, definition } = document;
  const known = former === undefined ? "" : newestDraft(former).offerTypeId;
  const draft = { offerTypeId: typeof offerTypeId === "string" ? offerTypeId : known, definition };
  const offer = service.marketplace.saveOffer({ publisherId, offerId, draft }, moment);
  return documentAnswer(former === undefined ? 201 : 200, service, offer, newestDraft(offer), moment.nowMs);
}

function findSlot(offer: Offer, name: string, nowMs: number): VersionedDraft | undefined {
  const found = Object.entries(documentSlots).find(([each]) => each === name.toLowerCase());
  if (name === "" || found?.[0] === "draft") return newestDraft(offer);
  return found?.[1] === undefined ? undefined : draftInSlot(offer, found[1], nowMs);
}

function documentAnswer(status: number, service: Service, offer: Offer, draft: VersionedDraft, nowMs: number): Answer {
  const headers: Headers = { etag: etagOf(draft) };
  return jsonAnswer(status, documentBody(service, offer, draft, nowMs), headers);
}

function documentBody({ behaviour }: Service, offer: Offer, draft: VersionedDraft, nowMs: number) {
  return {
    offerTypeId: draft.offerTypeId,
    publisherId: offer.plan.publisherId,
    status: offerStatusBody(offer, nowMs, behaviour).status,
    id: offer.plan.offerId,
    version: draft.version,
    definition: draft.definition,
    changedTime: changedTime(draft),
  };
}

/** In the form of the reference's sample. */
function etagOf(draft: VersionedDraft): string {
  return `W/"datetime'${encodeURIComponent(changedTime(draft))}'"`;
}

function changedTime({ changedAtMs }: VersionedDraft): string {
  return new Date(changedAtMs).toISOString().replace("Z", "0000Z");
}

function displayTextOf({ plan }: Offer, { definition }: VersionedDraft): string {
  return String(readFields(definition)?.["displayText"] ?? plan.offerId);
}

function readDocument(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document = readFields(JSON.parse(text));
    return readFields(document?.["definition"]) === undefined ? undefined : document;
  } catch {
    return undefined;
  }
}

function readFields(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}
