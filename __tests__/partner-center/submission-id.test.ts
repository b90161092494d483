import { expect, test } from "@jest/globals";
import type { PartnerCenterOptions } from "../../emulator/partner-center/partner-center.ts";
import { texts } from "../harness/scenario.ts";
import { DRY, FIRST, FOREVER, idOf, LOOK, POST, product, PRODUCT, SECOND, startCenter } from "./center-scenario.ts";

test.each([
  ["its number", SECOND],
  ["its whole id", idOf(SECOND)],
  ["its whole id in another case", idOf(SECOND).toUpperCase()],
])("promotes the preview that the inputs name by %s", async (_what, submissionId) => {
  const { run, asked, service } = await startCenter(product({ wasLive: true, goLive: FOREVER }));
  const { outputs } = await run({ submissionId });
  expect(asked()).toEqual([...LOOK, POST]);
  expect(service.promotes()).toMatchObject([{ submissionId: SECOND }]);
  expect(outputs).toMatchObject({ status: "running", submissionId: idOf(SECOND) });
});

test.each([
  ["beside another that is ready", product({ state: "twoReady", goLive: FOREVER }), FIRST],
  ["the newer of two that are ready", product({ state: "twoReady", goLive: FOREVER }), SECOND],
  ["beside one that is published", product({ submissions: [{}, { stage: "submitted" }], goLive: FOREVER }), FIRST],
  ["beside one that failed", product({ submissions: [{ stage: "failed" }, {}], goLive: FOREVER }), SECOND],
] as const)("promotes exactly the one that the inputs name, %s", async (_what, options, number) => {
  const { run, asked, service } = await startCenter(options);
  await run({ submissionId: number });
  expect(asked()).toEqual([...LOOK, POST]);
  expect(service.promotes()).toMatchObject([{ submissionId: number }]);
});

const OTHERS: readonly (readonly [string, PartnerCenterOptions, string, RegExp])[] = [
  [
    "another preview stands",
    product(),
    SECOND,
    new RegExp(`names ${idOf(SECOND)}, and what is there is ${idOf(FIRST)}`),
  ],
  ["another product's is named", product(), `submission/${PRODUCT.slice(0, -1)}9/${FIRST}`, /and what is there is/],
  ["no preview is there", product({ state: "live" }), SECOND, /names .*223, and no preview is ready/],
  ["it is live already", product({ state: "live" }), FIRST, new RegExp(`live already \\(${idOf(FIRST)}\\)`)],
  [
    "another one goes live",
    product({ state: "goingLive", goLive: FOREVER }),
    SECOND,
    new RegExp(`names ${idOf(SECOND)}, and what is there is ${idOf(FIRST)}`),
  ],
];

test.each(OTHERS)(
  "sends nothing when %s, in a dry run and in a real one",
  async (_what, options, submissionId, says) => {
    const { run, asked } = await startCenter(options);
    const dry = await run({ submissionId, ...DRY });
    expect(texts(dry, "warning")).toEqual([expect.stringMatching(says)]);
    expect(dry.outputs).toMatchObject({ ready: "false" });
    const real = await run({ submissionId });
    expect(texts(real, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
    expect(real.outputs["status"]).toBe("rejected");
    expect(real.exitCode).toBe(1);
    expect(asked()).toEqual([...LOOK, ...LOOK]);
  },
);

test.each([
  ["publishing", {}, /a publish to preview is running/],
  ["publishFailed", {}, /last publish to preview has failed/],
] as const)("says of the one that the inputs name how it stands (%s)", async (state, plan, says) => {
  const { run, sent } = await startCenter(product({ ...plan, state }));
  const result = await run({ submissionId: FIRST });
  expect(sent()).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
});

test("follows the go-live that runs of the very submission that the inputs name", async () => {
  const { run, asked, addressOf } = await startCenter(product({ state: "goingLive", goLive: FOREVER }));
  const { outputs } = await run({ submissionId: FIRST });
  expect(asked()).toEqual(LOOK);
  expect(outputs).toMatchObject({ status: "running", operationLocation: addressOf(FIRST) });
});

test.each(["0", "00", `submission/${PRODUCT}/0`, "latest", `product/${PRODUCT}`, "1.5"])(
  "refuses %s, and asks nothing",
  async (submissionId) => {
    const { run, asked } = await startCenter();
    const result = await run({ submissionId });
    expect(asked()).toEqual([]);
    expect(texts(result, "error")).toEqual([expect.stringContaining("submissionId")]);
    expect(result.outputs["status"]).toBe("rejected");
    expect(result.exitCode).toBe(1);
  },
);

test("follows the go-live of the one that the inputs name, though another one runs before it in the list", async () => {
  const submissions = [{ stage: "publishing" }, { stage: "publishing" }] as const;
  const { run, asked } = await startCenter(product({ submissions }));
  const { outputs } = await run({ submissionId: SECOND });
  expect(asked()).toEqual([...LOOK]);
  expect(outputs).toMatchObject({ status: "running", submissionId: idOf(SECOND) });
});
