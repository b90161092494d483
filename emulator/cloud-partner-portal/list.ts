import { type Answer, jsonAnswer } from "../wire/answer.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import { listEntryBody } from "./list-entry.ts";
import { type Page, pageOf, skippedBy } from "./list-page.ts";
import { listFilters } from "./list-behaviour.ts";
import type { OfferRequest } from "./offer-request.ts";
import { type Operation, statusAt } from "./operation.ts";
import { queryOf } from "../wire/request.ts";

/** The answer to `GET …/submissions/`. */
export function answerList({ service, request, moment: { nowMs }, offer }: OfferRequest): Answer {
  const { behaviour, marketplace } = service;
  const nth = marketplace.countList(offer, skippedBy(request) === 0);
  const wanted = wantedOf(request.target, behaviour);
  const shown = offer.operations
    .filter((operation) => nowMs >= operation.listedAtMs && nth >= (operation.plan.listedFromNth ?? 1))
    .filter((operation) => wanted.every((word) => hasStatus(operation, word, nowMs, behaviour)));
  const ordered = behaviour.listOrder === "newestFirst" ? shown.toReversed() : shown;
  const { entries, next } = pageOf(ordered, request, behaviour);
  return pageAnswer(
    { entries: entries.map((each) => listEntryBody(each, { offer, nowMs, nth, behaviour })), next },
    behaviour,
  );
}

/** The words of the filters that are obeyed. */
function wantedOf(target: string, { listFilters: obeyed }: ResolvedBehaviour): readonly string[] {
  const query = queryOf(target);
  return listFilters.flatMap((name) => (obeyed === "both" || obeyed === name ? (query.get(name) ?? []) : []));
}

function pageAnswer({ entries, next }: Page<unknown>, { listPaging, listPartial }: ResolvedBehaviour): Answer {
  const status = listPartial ? 206 : 200;
  const hasNext = next !== undefined;
  switch (listPaging) {
    case "none":
      return jsonAnswer(status, entries);
    case "nextLink":
    case "@nextLink":
    case "@odata.nextLink":
      return jsonAnswer(status, { value: entries, ...(hasNext ? { [listPaging]: next.link } : {}) });
    case "link":
      return jsonAnswer(status, entries, hasNext ? { link: `<${next.link}>; rel="next"` } : {});
    case "continuation":
      return jsonAnswer(status, entries, hasNext ? { "x-ms-continuation": next.token } : {});
  }
}

function hasStatus(operation: Operation, wanted: string, nowMs: number, behaviour: ResolvedBehaviour): boolean {
  const status = statusAt(operation, nowMs);
  return [status, behaviour.words[status]].some((word) => fold(word) === fold(wanted));
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]/g, "");
}
