import { expect, test } from "@jest/globals";
import type { PartnerCenterOptions } from "../../emulator/partner-center/partner-center.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { soon, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FIRST,
  FOREVER,
  idOf,
  LOOK,
  POST,
  product,
  resultOf,
  SECOND,
  startCenter,
  WAITING,
} from "./center-scenario.ts";

/** A minute in a third of a second. */
const USUAL = { timeFactor: 200 } as const;
const GO_LIVE = { durationMs: 60_000 } as const;

/** Runs a step that waits, at a service that lives as fast as it does. */
async function wait(options: PartnerCenterOptions) {
  const scenario = await startCenter({ ...fast(USUAL), ...product({ goLive: GO_LIVE }), ...options });
  const result = await scenario.run(WAITING, USUAL);
  return { ...scenario, result };
}

/** Everything that a step leaves for others to see. */
function leftBehind({ log, summary, outputs, state }: StepResult): string {
  return JSON.stringify({ log, summary, outputs, state });
}

test.concurrent("follows the submission until it is in the store, and no sooner", async () => {
  const { result, asked, service } = await wait(product({ goLive: GO_LIVE, wasLive: true }));
  expect(new Set(asked())).toEqual(new Set([...LOOK, POST, "GET submission", "GET workflowDetails"]));
  expect(asked().filter((each) => each === POST)).toHaveLength(1);
  expect(service.liveSubmission()).toBe(SECOND);
  expect(result.outputs).toMatchObject({ status: "succeeded", submissionId: idOf(SECOND) });
  expect(resultOf(result)).toMatchObject({ ending: "ended", operation: { origin: "started" } });
  expect(result.exitCode).toBe(0);
});

const WAYS: readonly (readonly [string, PartnerCenterOptions["behaviour"]])[] = [
  [
    "all that the words leave open",
    {
      words: { publishing: { state: "InProgress", substate: "PUBLISHING" } },
      pendingUpdate: "absent",
      formerLive: "stays",
      promotedEntries: "previewBeside",
      workflowDetails: "odd",
      clockOffsetMs: 3_600_000,
    },
  ],
  [
    "lists in pages that lag",
    { paging: "nextLink", pagedLists: "both", listLagMs: 40_000, workflowDetails: "notFoundOnceReady" },
  ],
  [
    "an update that runs beside ReadyToPublish",
    { words: { publishing: { substate: "ReadyToPublish", pending: "Running" } }, formerLive: "goes" },
  ],
];

test.concurrent.each(WAYS)("follows to the store with %s", async (_what, behaviour = {}) => {
  const { result, sent } = await wait({ ...product({ goLive: GO_LIVE, wasLive: true }), behaviour });
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(result.exitCode).toBe(0);
});

test.concurrent(
  "shows the steps of the way to the store in the log and the summary, and none to the preview",
  async () => {
    const { result } = await wait({
      ...product({ goLive: { ...GO_LIVE, steps: ["Certification", "Sign & publish"] } }),
      behaviour: { signOffStep: "live" },
    });
    for (const text of [result.log, result.summary]) {
      expect(text).toContain("Certification");
      expect(text).toMatch(/Sign (&|&amp;|&#38;) publish/);
      expect(text).not.toContain("Preview Creation");
    }
  },
);

test.concurrent(
  "takes a preview that waits again for a failure where only the list has shown it on its way",
  async () => {
    const { service, run, sent } = await startCenter({
      ...fast(),
      ...product({ state: "goingLive", running: FOREVER }),
    });
    service.setFaults([{ on: "submission", nth: 1, act: { kind: "status", status: 503 } }]);
    const waiting = run(WAITING, FAST);
    expect(await soon(() => service.requests.some(({ route }) => route === "submission"))).toBe(true);
    service.move(FIRST, "ready");
    const result = await waiting;
    expect(sent()).toEqual([]);
    expect(result.outputs["status"]).toBe("failed");
    expect(texts(result, "error")).toEqual([expect.stringContaining("waits for the publisher again")]);
  },
);

const REASONS = {
  failureReason: "Active validation errors",
  validations: [
    { errorCode: "Resell-20007", message: "ResellerConfiguration module is missing..", resource: "Reseller" },
    { errorCode: "Package-1", message: "The package is\n::error::not signed." },
  ],
  reports: [
    { status: "Passed", fileUri: "https://reports.example/passed.pdf?sig=first-secret-signature" },
    { status: "Failed", fileUri: "https://reports.example/failed.pdf?sig=second-secret-signature" },
  ],
} as const;

test.concurrent.each(["failedInCertification", "canceled"] as const)(
  "tells why a go-live has failed (%s): the reasons in order, the step, and the address of a report's file nowhere",
  async (outcome) => {
    const { result, sent } = await wait(
      product({ goLive: { ...GO_LIVE, outcome, failure: REASONS, failingStep: "Certification" } }),
    );
    expect(sent()).toEqual([POST]);
    expect(result.outputs["status"]).toBe(outcome === "canceled" ? "canceled" : "failed");
    expect(resultOf(result).ending).toBe("ended");
    expect(result.exitCode).toBe(1);
    const [text = ""] = texts(result, "error");
    const order = ["Active validation errors.", "Resell-20007", "ResellerConfiguration module is missing", "Package-1"];
    const places = [...order, "There is a report of the certification (Failed)", "“Certification”"].map((words) =>
      text.indexOf(words),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(Math.min(...places)).toBeGreaterThan(-1);
    expect(leftBehind(result)).not.toMatch(/reports\.example|secret-signature|fileUri/i);
  },
);

test.concurrent("bears findings without end", async () => {
  const validations = Array.from({ length: 500 }, (_, at) => ({ errorCode: `E-${at}`, message: "x".repeat(5_000) }));
  const { run } = await startCenter(
    product({ goLive: { durationMs: 0, outcome: "failed", failure: { validations } } }),
  );
  const result = await run({ wait: "true" });
  expect(texts(result, "error")).toEqual([expect.stringContaining("E-0")]);
  expect(result.outputs["status"]).toBe("failed");
});
