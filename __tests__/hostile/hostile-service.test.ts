import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { annotations, startScenario, WAITING, WAITING_FAST } from "../harness/scenario.ts";
import { BAIT_GROUPS, BAITS } from "./bait.ts";
import { expectHarmless } from "./harmless-check.ts";

const groups = BAIT_GROUPS.map((baits, at) => ({ baits, what: `${at + 1}: ${JSON.stringify(baits[0])} …` }));

function answers(on: Fault["on"], bodies: readonly unknown[]): readonly Fault[] {
  return bodies.map((body, at) => ({
    on,
    nth: at + 1,
    act: { kind: "garbage", status: 200, body: JSON.stringify(body) },
  }));
}

test.each(groups)("lets nothing of a hostile operation take effect: group $what", async ({ baits }) => {
  const steps = baits.map((bait, at) => ({
    id: `${at}`,
    stepName: bait,
    status: "blocked",
    estimatedTimeFrame: bait,
    messages: [
      { messageHtml: bait, level: "error" },
      { messageHtml: bait, level: "warning" },
    ],
  }));
  const going = baits.map((bait) => ({ status: bait, steps }));
  const ended = {
    status: "failed",
    error: { code: baits[0], message: baits[1] },
    messages: baits.map((bait) => ({ messageHtml: bait, level: "error" })),
    steps: steps.map((step) => ({ ...step, status: "rejected" })),
    liveLinks: baits.map((bait) => ({ displayText: bait, uri: bait })),
    previewLinks: baits.flatMap((bait) => [
      { displayText: bait, uri: bait },
      { displayText: bait, uri: `https://portal.azure.com/${bait}#${bait}` },
    ]),
  };
  const { run, asked } = await startScenario({ faults: answers("operation", [...going, [ended]]) });
  const result = await run(WAITING, { environment: { RUNNER_DEBUG: "1" } });
  expect(asked().filter((one) => one === "GET operation")).toHaveLength(baits.length + 1);
  expectHarmless(result);
  expect(result.outputs["status"]).toBe("failed");
  const { warning = [], error = [] } = Object.groupBy(annotations(result), ({ level }) => level);
  const warned = [...warning.map(({ title, text }) => title + text), ...(result.log.match(/^warning: .*$/gm) ?? [])];
  expect(warned.filter((text) => text.includes("bait"))).toHaveLength(2 * baits.length);
  expect(error.map(({ text }) => text).join()).toContain("bait");
  expect(result.summary).toContain("bait");
});

test.each(groups)("lets nothing of a hostile list take effect: group $what", async ({ baits }) => {
  const entries = baits.map((bait) => ({ id: bait, submissionState: "running", slot: "staging" }));
  const goLive = { id: "7", submissionState: baits.join(" "), slot: "production" };
  const { run, asked } = await startScenario({
    faults: [
      ...answers(
        "list",
        [1, 2].map(() => [...entries, goLive]),
      ),
      ...answers("operation", [{ status: "completed" }]),
      ...answers(
        "status",
        [1, 2].map(() => ({ status: baits.join(" "), steps: entries })),
      ),
    ],
  });
  const result = await run(WAITING, { environment: { RUNNER_DEBUG: "1" } });
  expect(asked()).toEqual(["GET list", "GET status", "GET operation", "GET list", "GET status"]);
  expectHarmless(result);
  // Words that nobody knows speak against nothing.
  expect(result.outputs["status"]).toBe("succeeded");
  expect(result.log).toContain("bait");
  expect(result.outputs).toMatchObject({ operationId: "7", status: "succeeded" });
});

test.each(groups)("takes nothing hostile for the id of a go-live that runs: group $what", async ({ baits }) => {
  const entries = baits.map((bait) => ({ id: bait, submissionState: "running", slot: "production" }));
  const { run, asked } = await startScenario({
    faults: [{ on: "list", act: { kind: "garbage", body: JSON.stringify(entries) } }],
  });
  const result = await run({}, { timeFactor: 60 });
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expectHarmless(result);
  expect(result.outputs["status"]).toBe("rejected");
});

test.each(groups)("lets nothing of hostile refusals take effect: group $what", async ({ baits }) => {
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = [...baits, ...BAITS];
  const bodies = [
    first,
    `<html><head><title>${second}</title></head></html>`,
    JSON.stringify({ message: third }),
    JSON.stringify({ error: { code: fourth, message: fourth } }),
    JSON.stringify(fifth),
  ];
  const refusal = {
    error: { code: first, message: baits.join(" "), details: baits.map((bait) => ({ message: bait })) },
  };
  const { run, emulator } = await startScenario({
    faults: [
      ...bodies.map((body, at): Fault => ({ on: "list", nth: at + 1, act: { kind: "status", status: 503, body } })),
      { on: "goLive", act: { kind: "status", status: 400, body: JSON.stringify(refusal) } },
    ],
  });
  const result = await run({}, { timeFactor: 60, environment: { RUNNER_DEBUG: "1" } });
  expect(emulator.goLives).toEqual([]);
  expectHarmless(result);
  expect(result.log.split("and said “")).toHaveLength(1 + bodies.length);
  expect(result.log).toContain("[HTTP 400 (bad request), ");
  expect(result.outputs["status"]).toBe("rejected");
  expect(result.summary).toContain("bait");
});

/** What HTTP lets through in a header: no line ends, but much else. */
const HEADER_BAITS = [
  "::error::bait",
  "%0A::error::bait ##[error]bait",
  "\u001B[31mbait".replace("\u001B", "\u009B"),
  "bait\u0085::error::bait",
  "<script>bait</script> @bait",
  "bait".repeat(2_000),
] as const;

// All at once, because a refusal must last for two minutes.
test(`lets nothing of hostile headers take effect: ${HEADER_BAITS.map((bait) => JSON.stringify(bait.slice(0, 40))).join(", ")}`, () =>
  Promise.all(HEADER_BAITS.map(expectNoEffect)));

async function expectNoEffect(bait: string): Promise<void> {
  const ids = { "x-ms-request-id": bait, "retry-after": bait };
  const path = "/api/publishers/contoso/offers/contoso-vm/operations";
  const location = `${path}/${encodeURIComponent(`\n${bait.slice(0, 1_000)}`)}?${encodeURIComponent(bait)}`;
  const { run, asked, emulator } = await startScenario({
    faults: [
      { on: "list", nth: 1, act: { kind: "status", status: 503, headers: ids } },
      { on: "goLive", act: { kind: "headers", set: { ...ids, location } } },
      { on: "operation", nth: 1, act: { kind: "status", status: 503, headers: ids } },
      { on: "operation", nth: 2, act: { kind: "garbage", body: `{"status":"running"}` } },
      { on: "operation", act: { kind: "status", status: 403, headers: ids } },
    ],
  });
  const result = await run(WAITING_FAST, { timeFactor: 120, environment: { RUNNER_DEBUG: "1" } });
  expectHarmless(result);
  const questions = emulator.requests.filter(({ route }) => route === "operation").map(() => "GET operation");
  expect(questions.length).toBeGreaterThan(4);
  // Such a text is no location: the go-live is found in the list.
  expect(asked()).toEqual(["GET list", "GET list", "GET status", "POST goLive", "GET list", ...questions]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result.log).toContain("bait");
  expect(result.outputs["status"]).toBe("unknown");
}

test.each(["", "?bait", "##[error]bait", "data:text/html,bait"])(
  "takes a hostile Location for none and looks into the list instead: %j",
  async (location) => {
    const { run, emulator, asked } = await startScenario({
      clock: createFastClock(60),
      faults: [{ on: "goLive", act: { kind: "headers", set: { location } } }],
    });
    const result = await run({}, { timeFactor: 60 });
    expectHarmless(result);
    expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET list"]);
    expect(result.outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
  },
);
