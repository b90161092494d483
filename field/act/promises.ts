import { deepEqual, match, ok } from "node:assert/strict";
import type { World } from "../world/world.ts";
import type { Journey } from "./journey.ts";
import { actionSteps } from "./steps.ts";

/** What holds of every workflow: one go-live an offer and no other, the truth about each, a page, and no secret. */
export function checkPromises({ runs, world }: Journey): void {
  const steps = runs.flatMap(({ entries }) => actionSteps(entries));
  const log = runs.map((run) => run.log).join("\n");
  ok(steps.length > 0, `No step of the action has run.\n${log}`);
  for (const { summary, result } of steps) {
    match(summary, /^## /, "A step wrote no summary.");
    ok(!["unknown", "rejected", "failed"].includes(result.status), log);
  }
  // What a workflow's own emulator was told to do is not the world's.
  const pushing = steps.filter(({ result }) => result.target !== "preview");
  const operations = pushing.flatMap(({ result: { operation } }) => operation ?? []);
  const started = operations.flatMap(({ id, location, startedByThisStep }) =>
    startedByThisStep && location.startsWith("https:") ? [id] : [],
  );
  const goLives = goLivesOf(world);
  deepEqual(goLives.map(({ id }) => id).toSorted(), started.toSorted(), "Other go-lives than told.");
  const offers = goLives.map(({ offerId }) => offerId);
  deepEqual(offers, [...new Set(offers)], "An offer went live twice.");
  checkMasks({ runs, world });
}

/** What each service truly took, whichever the action found for the offer; a cancel or an end does not take it off. */
export function goLivesOf({ emulator }: World): readonly { readonly id: string; readonly offerId: string }[] {
  const { goLives, productIngestion, partnerCenter } = emulator;
  return [
    ...goLives,
    ...productIngestion.pushes().map(({ jobId, offerId }) => ({ id: jobId, offerId })),
    ...partnerCenter.promotes().map(({ submissionId, offerId }) => ({ id: submissionId, offerId })),
  ];
}

/** No secret shows in a log. */
export function checkMasks({ runs, world }: Pick<Journey, "runs" | "world">): void {
  // What asks the runner to hide a secret has to name it.
  const shown = runs.flatMap(({ entries }) => entries.filter(({ command }) => command !== "add-mask"));
  const text = shown.map((entry) => JSON.stringify(entry)).join("\n");
  for (const secret of world.secrets()) ok(!text.includes(secret), `A secret shows in the log: ${secret}`);
}

/** What people were told, in order. */
export function textsOf({ messages }: Journey): readonly string[] {
  return messages.map((message) => (JSON.parse(message) as { readonly text: string }).text);
}
