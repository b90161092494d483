import { expect, test } from "@jest/globals";
import type { PartnerCenterOptions } from "../../emulator/partner-center/partner-center.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { annotations, soon, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
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
async function wait(options: PartnerCenterOptions, factor: { readonly timeFactor: number } = USUAL, inputs = {}) {
  const scenario = await startCenter({ ...fast(factor), ...product({ goLive: GO_LIVE }), ...options });
  const result = await scenario.run({ ...WAITING, ...inputs }, factor);
  return { ...scenario, result };
}

/** Everything that a step leaves for others to see. */
function leftBehind({ log, summary, outputs, state }: StepResult): string {
  return JSON.stringify({ log, summary, outputs, state });
}

test("follows the submission until it is in the store, and no sooner", async () => {
  const { result, asked, service } = await wait(product({ goLive: GO_LIVE, wasLive: true }));
  expect(new Set(asked())).toEqual(new Set([...LOOK, POST, "GET submission", "GET workflowDetails"]));
  expect(asked().filter((each) => each === POST)).toHaveLength(1);
  expect(service.liveSubmission()).toBe(SECOND);
  expect(result.outputs).toMatchObject({ status: "succeeded", submissionId: idOf(SECOND) });
  expect(resultOf(result)).toMatchObject({ ending: "ended", operation: { origin: "started" } });
  expect(result.exitCode).toBe(0);
});

test("does not take Published/Published for the end", async () => {
  const { result, service } = await wait(
    { ...product({ goLive: { durationMs: 12 * 60_000, publishedMs: 12 * 60_000 } }) },
    FASTEST,
  );
  const [promote, end] = [service.promotes()[0]?.atMs ?? 0, service.requests.at(-1)?.atMs ?? 0];
  expect(end - promote).toBeGreaterThanOrEqual(11 * 60_000);
  expect(result.outputs["status"]).toBe("succeeded");
});

test("says at the end of its time that what is pushed and not in the store yet goes on", async () => {
  const { result, sent } = await wait({ ...product({ goLive: { ...FOREVER, publishedMs: Infinity } }) }, FASTEST, {
    timeoutMinutes: "5",
  });
  expect(sent()).toEqual([POST]);
  expect(resultOf(result).ending).toBe("deadline");
  expect(result.outputs["status"]).toBe("running");
  expect(annotations(result).map(({ level }) => level)).toEqual(["error"]);
});

test("asks at most once a minute after the first minutes, and well before", async () => {
  const factor = { timeFactor: 200 } as const;
  const { service, result } = await wait({ ...product({ goLive: { durationMs: 500_000 } }) }, factor);
  const times = service.requests.filter(({ route }) => route === "submission").map(({ atMs }) => atMs);
  const [start = 0] = times;
  const pauses = times
    .slice(1)
    .map((time, at) => ({ sinceMs: (times[at] ?? 0) - start, pauseMs: time - (times[at] ?? 0) }));
  const late = pauses.filter(({ sinceMs }) => sinceMs > 200_000);
  expect(late.length).toBeGreaterThanOrEqual(3);
  // A busy machine takes a request late, so that the pause behind it looks shorter than it was.
  expect(Math.min(...late.map(({ pauseMs }) => pauseMs))).toBeGreaterThanOrEqual(45_000);
  expect(Math.min(...pauses.map(({ pauseMs }) => pauseMs))).toBeLessThan(30_000);
  expect(result.outputs["status"]).toBe("succeeded");
});

test.each([
  ["InProgress beside Publishing", { words: { publishing: { state: "InProgress" } } }],
  ["words in another case", { words: { publishing: { substate: "PUBLISHING" }, live: { substate: "inStore" } } }],
  ["an update that runs beside Publishing", { words: { publishing: { pending: "Running" } } }],
  [
    "an update that runs beside ReadyToPublish",
    { words: { publishing: { substate: "ReadyToPublish", pending: "Running" } } },
  ],
  ["no pendingUpdateInfo", { pendingUpdate: "absent" }],
  ["a former version that stays live", { formerLive: "stays" }],
  ["a former version that goes", { formerLive: "goes" }],
  ["an entry that still waits beside the one that goes live", { promotedEntries: "previewBeside" }],
  ["the lists in pages", { paging: "nextLink", pagedLists: "both" }],
  ["a list that lags", { listLagMs: 40_000 }],
  ["no workflow details at all", { workflowDetails: "notFound" }],
  ["no workflow details once the preview stands", { workflowDetails: "notFoundOnceReady" }],
  ["empty workflow details", { workflowDetails: "empty" }],
  ["odd workflow details", { workflowDetails: "odd" }],
  ["a sign-off among the steps of the preview", { signOffStep: "preview" }],
  ["a sign-off among the steps of the go-live", { signOffStep: "live" }],
  ["a clock that is ahead", { clockOffsetMs: 3_600_000 }],
] as const)("follows to the store with %s", async (_what, behaviour) => {
  const { result, sent } = await wait({ ...product({ goLive: GO_LIVE, wasLive: true }), behaviour });
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(result.exitCode).toBe(0);
});

test("shows the steps of the way to the store in the log and the summary, and none of the way to the preview", async () => {
  const { result } = await wait({ ...product({ goLive: { ...GO_LIVE, steps: ["Certification", "Sign & publish"] } }) });
  for (const text of [result.log, result.summary]) {
    expect(text).toContain("Certification");
    expect(text).toMatch(/Sign (&|&amp;|&#38;) publish/);
    expect(text).not.toContain("Preview Creation");
  }
});

test.each([404, 400, 500])("bears workflow details that are answered with HTTP %i", async (status) => {
  const { result } = await wait({ faults: [{ on: "workflowDetails", act: { kind: "status", status } }] });
  expect(result.outputs["status"]).toBe("succeeded");
});

test("waits for what an unknown word may mean, with a warning that quotes it", async () => {
  const { result, sent } = await wait({ behaviour: { words: { publishing: { substate: "Pondering" } } } });
  expect(sent()).toEqual([POST]);
  expect(texts(result, "warning")).toEqual([expect.stringContaining("Pondering")]);
  expect(result.outputs["status"]).toBe("succeeded");
});

test.each([60_000, 10 * 60_000, 14 * 60_000])(
  "bears that nothing shows of an accepted promote for %i ms",
  async (queuedMs) => {
    const { result, sent } = await wait({ ...product({ goLive: { ...GO_LIVE, queuedMs } }) }, FASTEST);
    expect(sent()).toEqual([POST]);
    expect(result.outputs["status"]).toBe("succeeded");
  },
);

test("cannot tell what became of an accepted promote of which nothing shows for fifteen minutes", async () => {
  const { result, sent, service } = await wait({ ...product({ goLive: { queuedMs: Infinity } }) }, FASTEST);
  expect(sent()).toEqual([POST]);
  const [promote, end] = [service.promotes()[0]?.atMs ?? 0, service.requests.at(-1)?.atMs ?? 0];
  expect(end - promote).toBeGreaterThanOrEqual(14 * 60_000);
  expect(end - promote).toBeLessThan(20 * 60_000);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("contradicted");
  expect(texts(result, "error")).toEqual([expect.stringMatching(/had taken the go-live, and has not begun it since/)]);
  expect(result.exitCode).toBe(1);
});

test("takes a preview that waits again after it was on its way for a failure, and says so", async () => {
  const { result, sent } = await wait({ ...product({ goLive: { ...GO_LIVE, outcome: "ready" } }) });
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("failed");
  expect(texts(result, "error")).toEqual([
    expect.stringContaining("waits for the publisher again: withdrawn, or failed"),
  ]);
  expect(result.exitCode).toBe(1);
});

test("takes the same for a failure where only the list has shown it on its way", async () => {
  const { service, run, sent } = await startCenter({ ...fast(), ...product({ state: "goingLive", running: FOREVER }) });
  service.setFaults([{ on: "submission", nth: 1, act: { kind: "status", status: 503 } }]);
  const waiting = run(WAITING, FAST);
  expect(await soon(() => service.requests.some(({ route }) => route === "submission"))).toBe(true);
  service.move(FIRST, "ready");
  const result = await waiting;
  expect(sent()).toEqual([]);
  expect(result.outputs["status"]).toBe("failed");
  expect(texts(result, "error")).toEqual([expect.stringContaining("waits for the publisher again")]);
});

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

test.each(["failed", "failedInCertification", "updateFailed", "canceled"] as const)(
  "tells why a go-live has failed late (%s): the reasons in order, and the address of a report's file nowhere",
  async (outcome) => {
    const failing = { durationMs: 60 * 60_000, outcome, failure: REASONS, failingStep: "Certification" } as const;
    const { result, sent } = await wait(
      { ...product({ goLive: failing }) },
      { timeFactor: 2_000 },
      { timeoutMinutes: "600" },
    );
    expect(sent()).toEqual([POST]);
    expect(result.outputs["status"]).toBe(outcome === "canceled" ? "canceled" : "failed");
    expect(resultOf(result).ending).toBe("ended");
    expect(result.exitCode).toBe(1);
    const [text = ""] = texts(result, "error");
    const order = ["Active validation errors", "Resell-20007", "ResellerConfiguration module is missing", "Package-1"];
    const places = [...order, "There is a report of the certification (Failed)"].map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(Math.min(...places)).toBeGreaterThan(-1);
    expect(leftBehind(result)).not.toMatch(/reports\.example|secret-signature|fileUri/i);
  },
);

test.each([
  ["nothing at all", {}, /The service gives no reason\./],
  ["a reason alone", { failureReason: "Active validation errors" }, /Active validation errors/],
  ["findings alone", { validations: REASONS.validations }, /Resell-20007/],
  ["a report alone", { reports: REASONS.reports }, /report of the certification \(Failed\)/],
  ["a report that has passed", { reports: [{ status: "PassedWithNotes" }] }, /The service gives no reason\./],
  [
    "findings without end",
    { validations: Array.from({ length: 500 }, (_, at) => ({ errorCode: `E-${at}`, message: "x".repeat(5_000) })) },
    /E-0/,
  ],
] as const)("says of a failed go-live what the service says of it: %s", async (_what, failure, says) => {
  const { result } = await wait({ ...product({ goLive: { ...GO_LIVE, outcome: "failed", failure } }) }, FASTEST);
  expect(texts(result, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
  expect(result.outputs["status"]).toBe("failed");
});

test.each(["validations", "reports"] as const)("tells the other reasons where the %s cannot be read", async (on) => {
  const { result } = await wait({
    ...product({ goLive: { ...GO_LIVE, outcome: "failed", failure: REASONS } }),
    faults: [{ on, act: { kind: "garbage", body: "<html>" } }],
  });
  const [text = ""] = texts(result, "error");
  expect(text).toContain("Active validation errors");
  expect(text).toContain(on === "reports" ? "Resell-20007" : "report of the certification");
});

test("names the step that failed", async () => {
  const { result } = await wait({
    ...product({ goLive: { ...GO_LIVE, outcome: "failed", failingStep: "Certification" } }),
  });
  expect(result.outputs["status"]).toBe("failed");
  expect(texts(result, "error")).toEqual([expect.stringContaining("Certification")]);
});

test("is lost when its submission is gone for good, and says that nobody can tell", async () => {
  const { result, sent } = await wait({ ...product({ goLive: { ...GO_LIVE, outcome: "absent" } }) }, FASTEST);
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("lost");
  expect(result.exitCode).toBe(1);
});

test("follows the list when the address of the submission answers 404", async () => {
  const { result, sent } = await wait(
    {
      ...product({ goLive: { durationMs: 20 * 60_000 } }),
      faults: [{ on: "submission", act: { kind: "status", status: 404 } }],
    },
    FASTEST,
  );
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(resultOf(result)).toMatchObject({ ending: "ended" });
});

test("says that somebody else has canceled it", async () => {
  const { result } = await wait({
    ...product({ goLive: FOREVER }),
    happenings: [{ what: "goLiveCanceled", when: { after: "submission", nth: 3 } }],
  });
  expect(result.outputs["status"]).toBe("canceled");
  expect(resultOf(result).ending).toBe("ended");
  expect(result.exitCode).toBe(1);
});

test("waits out single faults of every kind, and the end that they hide", async () => {
  const { result } = await wait({
    faults: [
      { on: "submission", nth: 1, act: { kind: "status", status: 500 } },
      { on: "submission", nth: 2, act: { kind: "garbage", body: "<html>" } },
      { on: "submission", nth: 3, act: { kind: "reset", at: "body" } },
      { on: "submission", nth: 4, act: { kind: "status", status: 401 } },
      { on: "submission", nth: 5, act: { kind: "garbage", body: "{}" } },
      { on: "submissions", nth: 2, act: { kind: "status", status: 503 } },
    ],
  });
  expect(result.outputs["status"]).toBe("succeeded");
});

test("takes no other submission's answer for its own", async () => {
  const other = { id: SECOND, state: "Published", substate: "InStore", pendingUpdateInfo: { status: "Completed" } };
  const { result } = await wait(
    {
      ...product({ goLive: FOREVER }),
      faults: [{ on: "submission", nth: [1, 2, 3], act: { kind: "garbage", body: JSON.stringify(other) } }],
    },
    FASTEST,
    { timeoutMinutes: "10" },
  );
  expect(result.outputs["status"]).toBe("running");
  expect(resultOf(result).ending).toBe("deadline");
});

test("what is in the store at the start is not this run's doing, and nothing is sent", async () => {
  const { result, asked } = await wait(product({ state: "live" }));
  expect(asked()).toEqual(LOOK);
  expect(result.outputs["status"]).toBe("rejected");
  expect(texts(result, "error")).toEqual([expect.stringContaining(`live already (${idOf(FIRST)})`)]);
  expect(result.exitCode).toBe(1);
});

test("does not believe a submission that says it is live while the list shows it on its way", async () => {
  const live = { id: FIRST, state: "Published", substate: "InStore", pendingUpdateInfo: { status: "Completed" } };
  const { result, sent } = await wait(
    {
      ...product({ goLive: FOREVER }),
      faults: [{ on: "submission", act: { kind: "garbage", body: JSON.stringify(live) } }],
    },
    FASTEST,
  );
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("contradicted");
});
