import { expect, test } from "@jest/globals";
import { annotations, soon, texts } from "../harness/scenario.ts";
import { FOREVER, FIRST, LOOK, POST, product, readable, startCenter } from "./center-scenario.ts";

const CANCEL = { onCancel: "cancel" } as const;
const IMPOSSIBLE = "this API cannot take a go-live back";

/** Windows has no signals: there a runner ends a step as SIGKILL does. */
const onPosix = process.platform === "win32" ? [] : (["leave", "cancel"] as const);

test.each(onPosix)(
  "a step that is cancelled with onCancel: %s sends nothing, and the go-live goes on",
  async (onCancel) => {
    const { begin, asked, sent, service, addressOf } = await startCenter(product({ goLive: FOREVER }));
    const step = begin({ wait: "true", pollIntervalSeconds: "0.05", onCancel });
    expect(await soon(() => asked().includes("GET submission") && "operationLocation" in step.soFar().outputs)).toBe(
      true,
    );
    step.process.kill("SIGINT");
    const result = await step.result;
    expect(sent()).toEqual([POST]);
    expect(service.deletes()).toEqual([]);
    expect(service.stageOf(FIRST)).toBe("publishing");
    expect(result.outputs).toMatchObject({ status: "running", operationLocation: addressOf(FIRST) });
    expect(result.exitCode).toBe(1);
    // Who did not ask for it need not hear that it cannot be done.
    expect(result.log.includes(IMPOSSIBLE)).toBe(onCancel === "cancel");
    expect(readable(result).includes(IMPOSSIBLE)).toBe(onCancel === "cancel");
  },
);

/** A product that goes live, and the state that a main phase leaves which has started that and died. */
async function startLeft(goLive = FOREVER as { readonly durationMs: number }) {
  const scenario = await startCenter(product({ goLive }));
  await scenario.run();
  const operationLocation = scenario.addressOf(FIRST);
  const state = { phase: "main", sent: "true", origin: "started", operationLocation };
  return { ...scenario, state, askedSince: () => scenario.asked().slice(LOOK.length + 1) };
}

test("says in the post phase that the go-live cannot be taken back, and sends nothing", async () => {
  const { run, state, sent, service, askedSince } = await startLeft();
  const result = await run(CANCEL, { state });
  expect(sent()).toEqual([POST]);
  expect(askedSince().every((each) => each.startsWith("GET "))).toBe(true);
  expect(service.stageOf(FIRST)).toBe("publishing");
  expect([...texts(result, "notice"), ...texts(result, "error")]).toEqual([expect.stringContaining(IMPOSSIBLE)]);
});

test("leaves the go-live alone in the post phase by default, and says where it is", async () => {
  const { run, state, askedSince } = await startLeft();
  const result = await run({}, { state });
  expect(askedSince()).toEqual([]);
  expect(texts(result, "notice")).toEqual([expect.stringContaining(state.operationLocation)]);
});

test("says in the post phase that nothing is left to cancel where it is in the store", async () => {
  const { run, state, sent } = await startLeft({ durationMs: 0 });
  const result = await run(CANCEL, { state });
  expect(sent()).toEqual([POST]);
  expect(annotations(result)).toEqual([expect.objectContaining({ title: "Nothing was left to cancel" })]);
});

test.each(["adopted", "watched", "doubtful"])(
  "asks nothing in the post phase of a go-live that is %s",
  async (origin) => {
    const { run, state, askedSince } = await startLeft();
    await run(CANCEL, { state: { ...state, origin } });
    expect(askedSince()).toEqual([]);
  },
);
