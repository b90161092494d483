import { readTokenFacts } from "../token/json-web-token.ts";
import { DEFAULTS } from "../inputs/inputs.ts";
import { durationText, isoText } from "../text/time-text.ts";
import { harmlessLine } from "../text/harmless.ts";
import { holderName } from "./token-text.ts";
import type { Plan } from "./report.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** What this step is about to do, in lines for the beginning of the log; harmless, and without a word of the token. */
export function planLines(plan: Plan, nowMs: number): readonly string[] {
  return [...taskLines(plan), ...endpointLines(plan), ...givenTokenLines(plan, nowMs)];
}

function taskLines(plan: Plan): readonly string[] {
  const offer = offerName(plan.offer);
  if (plan.dryRun) {
    return [`Plan: find out whether a go-live of ${offer} would be accepted now; nothing is sent (\`dryRun\`).`];
  }
  if (plan.watchOnly !== undefined) {
    const how = plan.wait ? waitText(plan) : "look at it once (`wait: false`).";
    return [`Plan: start nothing; for ${offer}, follow the operation that \`operationLocation\` names.`, `Then ${how}`];
  }
  const ifRunning = { attach: "follow that one instead", fail: "send nothing and fail" } as const;
  return [
    `Plan: make ${offer} go live, once. If a go-live is running already: ${ifRunning[plan.ifRunning]} (\`ifRunning: ${plan.ifRunning}\`).`,
    plan.wait ? `Then ${waitText(plan)}` : "Then leave it running: it takes hours to days (`wait: false`).",
    ...(plan.onCancel === "cancel"
      ? [
          "If the run is cancelled: ask the service to cancel the go-live, if this run has started it (`onCancel: cancel`).",
        ]
      : []),
  ];
}

function waitText({ timeoutMs, pollIntervalMs }: Plan): string {
  return `wait until it has ended, up to ${durationText(timeoutMs)} (\`timeoutMinutes\`), asking every ${durationText(pollIntervalMs)} at the latest, unless the service wants longer.`;
}

function endpointLines({ endpoint, apiVersion }: Plan): readonly string[] {
  const isUsual = endpoint.href === new URL(DEFAULTS.endpoint).href && apiVersion === DEFAULTS.apiVersion;
  return isUsual ? [] : [`Endpoint: ${harmlessLine(endpoint.href)}, api-version ${harmlessLine(apiVersion)}.`];
}

/** A token that the action gets itself is told of when it is there. */
function givenTokenLines({ signIn }: Plan, nowMs: number): readonly string[] {
  if (signIn.kind !== "token") return [];
  const facts = readTokenFacts(signIn.token);
  const who = facts === undefined ? "" : holderName(facts);
  const expiresAtMs = facts?.expiresAtMs;
  const isDate = expiresAtMs !== undefined && Math.abs(expiresAtMs) <= 8.64e15;
  const until = isDate
    ? `, which is good until ${isoText(expiresAtMs)} (${durationText(expiresAtMs - nowMs)})`
    : ", which does not say how long it is good";
  return [`Signed in${who} with the token that was passed${until}.`];
}
