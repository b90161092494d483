import { durationText } from "../text/time-text.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import { APIS, paceOf } from "../marketplace/apis.ts";
import { apiLines } from "./api-text.ts";
import { nameOf, type Plan } from "./report.ts";

/** What this step is about to do, in plain lines for the beginning of the log. */
export function planLines(plan: Plan): readonly Harmless[] {
  return [...taskLines(plan), ...apiLines(plan.api), ...endpointLines(plan)];
}

function taskLines(plan: Plan): readonly Harmless[] {
  const name = nameOf(plan.offer);
  if (plan.dryRun) {
    return [ours`Plan: find out whether a go-live of ${name} would be accepted now; nothing is sent (dryRun).`];
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
    ours`Plan: make ${name} go live, once. If a go-live is running already: ${ifRunning[plan.ifRunning]} (ifRunning: ${plan.ifRunning}).`,
    plan.wait ? ours`Then ${waitText(plan)}` : ours("Then leave it running: it takes hours to days (wait: false)."),
    ...(plan.onCancel === "cancel"
      ? [
          ours(
            "If the run is cancelled: ask the service to cancel the go-live, if this run has started it (onCancel: cancel).",
          ),
        ]
      : []),
  ];
}

function waitText({ api, timeoutMs, pollIntervalMs }: Plan): Harmless {
  const pace = api === "toBeFound" ? undefined : paceOf(api.name).pace;
  const longestMs = Math.max(pollIntervalMs, pace?.shortestPauseMs ?? 0);
  return ours`wait until it has ended, up to ${durationText(timeoutMs)} (timeoutMinutes), with pauses of ${durationText(longestMs)} at the most, unless the service wants longer ones.`;
}

function endpointLines({ api, endpoint, apiVersion }: Plan): readonly Harmless[] {
  if (endpoint === undefined) return [];
  if (api === "toBeFound") return [ours`Endpoint: ${harmlessLine(endpoint.href)}, whichever API it is.`];
  const usual = APIS[api.name];
  const version = apiVersion ?? usual.apiVersion;
  const isUsual = endpoint.href === new URL(usual.endpoint).href && version === usual.apiVersion;
  return isUsual ? [] : [ours`Endpoint: ${harmlessLine(endpoint.href)}, api-version ${harmlessLine(version)}.`];
}
