import { expect, test } from "@jest/globals";
import { givenTokenLine } from "../../src/report/token-text.ts";
import { planLines } from "../../src/report/plan-text.ts";
import type { Plan } from "../../src/report/report.ts";
import { followed } from "../harness/operation.ts";
import { PLAN } from "./report-of.ts";

const NOW_MS = Date.UTC(2026, 10, 23, 16);
const PLANNED =
  "Plan: make contoso/contoso-vm go live, once. If a go-live is running already: follow that one instead (ifRunning: attach).";
const WAITS =
  "Then wait until it has ended, up to 5 h 30 min (timeoutMinutes), with pauses of 1 min at the most, unless the service wants longer ones.";
const OPAQUE = "Using the token passed in; when it ends is not known.";

function jwt(claims: object): string {
  return ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

test.each<[Partial<Plan>, readonly string[]]>([
  [{}, [PLANNED, WAITS]],
  [
    {
      pollIntervalMs: 20_000,
      api: { name: "productIngestion", by: "token" },
      endpoint: undefined,
      apiVersion: undefined,
    },
    [PLANNED, WAITS, "API: the Product Ingestion API (the token is for it)."],
  ],
  [{ wait: false }, [PLANNED, "Then leave it running: it takes hours to days (wait: false)."]],
  [
    { ifRunning: "fail", onCancel: "cancel" },
    [
      "Plan: make contoso/contoso-vm go live, once. If a go-live is running already: send nothing and fail (ifRunning: fail).",
      WAITS,
      "If the run is cancelled: ask the service to cancel the go-live, if this run has started it (onCancel: cancel).",
    ],
  ],
  [
    { watchOnly: followed().reference },
    ["Plan: start nothing; for contoso/contoso-vm, follow the operation that operationLocation names.", WAITS],
  ],
  [
    { watchOnly: followed().reference, wait: false },
    [
      "Plan: start nothing; for contoso/contoso-vm, follow the operation that operationLocation names.",
      "Then look at it once (wait: false).",
    ],
  ],
  [
    { dryRun: true, wait: false },
    ["Plan: find out whether a go-live of contoso/contoso-vm would be accepted now; nothing is sent (dryRun)."],
  ],
  [
    { dryRun: true },
    [
      "Plan: find out when a go-live of contoso/contoso-vm would be accepted; nothing is sent (dryRun).",
      "Look until it is ready or certainly will not be, up to 5 h 30 min (timeoutMinutes), with pauses of 1 min at the most, unless the service wants longer ones.",
    ],
  ],
  [
    { onTimeout: "leave" },
    [
      PLANNED,
      "Then wait until it has ended, up to 5 h 30 min (timeoutMinutes), then leave it to a later run (onTimeout: leave), with pauses of 1 min at the most, unless the service wants longer ones.",
    ],
  ],
  [
    { endpoint: new URL("http://127.0.0.1:8080") },
    [PLANNED, WAITS, "Endpoint: http://127.0.0.1:8080/, api-version 2017-10-31."],
  ],
  [
    { apiVersion: "2018-08-01" },
    [PLANNED, WAITS, "Endpoint: https://cloudpartner.azure.com/, api-version 2018-08-01."],
  ],
  [{ signIn: { kind: "azureCli", tenantId: undefined } }, [PLANNED, WAITS]],
])("says what will be done: %j", (parts, lines) => {
  expect(planLines({ ...PLAN, ...parts })).toEqual(lines);
});

test.each([
  [
    { appid: "app-7", exp: NOW_MS / 1_000 + 3_600 },
    "Using the token passed in, of app app-7; it says that it is good until 2026-11-23T17:00:00Z (1 h).",
  ],
  [{ appid: "a\n::error::b" }, "Using the token passed in, of app a ::error::b; when it ends is not known."],
  [{ exp: 1e300 }, OPAQUE],
  [undefined, OPAQUE],
])("says which token is used that was passed in, and until when it says that it is good: %j", (claims, line) => {
  const token = claims === undefined ? "opaque" : jwt(claims);
  expect(givenTokenLine(token, NOW_MS)).toBe(line);
});
