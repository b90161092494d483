import { durationText } from "../text/time-text.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import { APIS, paceOf } from "../marketplace/apis.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { apiLines } from "./api-text.ts";
import { nameOf, type Plan } from "./report.ts";

/** What this step is about to do, in plain lines for the beginning of the log. */
export function planLines(plan: Plan): readonly Harmless[] {
  return [...taskLines(plan), ...apiLines(plan.api), ...endpointLines(plan)];
}

function taskLines(plan: Plan): readonly Harmless[] {
  const name = nameOf(plan.offer);
  const { start } = GOAL_TEXTS[plan.goal];
  if (plan.dryRun) {
    return plan.wait && plan.goal === "live"
      ? [
          ours`Plan: find out when a go-live of ${name} would be accepted; nothing is sent (dryRun).`,
          ours`Look until it is ready or certainly will not be, ${longestText(plan)}`,
        ]
      : [ours`Plan: find out whether a ${start} of ${name} would be accepted now; nothing is sent (dryRun).`];
  }
  if (plan.watchOnly !== undefined) {
    const how = plan.wait ? waitText(plan) : ours("look at it once (wait: false).");
    return [
      ours`Plan: start nothing; for ${name}, follow the operation that operationLocation names.`,
      ours`Then ${how}`,
    ];
  }
  const ifRunning = { attach: "follow that one instead", fail: "send nothing and fail" } as const;
  return [
    ours`Plan: ${plan.goal === "live" ? ours`make ${name} go live` : ours`publish ${name} to preview`}, once. If a ${start} is running already: ${ifRunning[plan.ifRunning]} (ifRunning: ${plan.ifRunning}).`,
    plan.wait ? ours`Then ${waitText(plan)}` : ours("Then leave it running: it takes hours to days (wait: false)."),
    ...(plan.onCancel === "cancel"
      ? [
          ours`If the run is cancelled: ask the service to cancel the ${start}, if this run has started it (onCancel: cancel).`,
        ]
      : []),
  ];
}

function waitText(plan: Plan): Harmless {
  return ours`wait until it has ended, ${longestText(plan)}`;
}

function longestText({ api, timeoutMs, pollIntervalMs, onTimeout }: Plan): Harmless {
  const pace = api === "toBeFound" ? undefined : paceOf(api.name).pace;
  const longestMs = Math.max(pollIntervalMs, pace?.shortestPauseMs ?? 0);
  const left = onTimeout === "leave" ? ours(", then leave it to a later run (onTimeout: leave)") : ours("");
  return ours`up to ${durationText(timeoutMs)} (timeoutMinutes)${left}, with pauses of ${durationText(longestMs)} at the most, unless the service wants longer ones.`;
}

function endpointLines({ api, endpoint, apiVersion }: Plan): readonly Harmless[] {
  if (endpoint === undefined) return [];
  if (api === "toBeFound") return [ours`Endpoint: ${harmlessLine(endpoint.href)}, whichever API it is.`];
  const usual = APIS[api.name];
  const version = apiVersion ?? usual.apiVersion;
  const isUsual = endpoint.href === new URL(usual.endpoint).href && version === usual.apiVersion;
  return isUsual ? [] : [ours`Endpoint: ${harmlessLine(endpoint.href)}, api-version ${harmlessLine(version)}.`];
}
