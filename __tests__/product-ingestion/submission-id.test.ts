import { expect, test } from "@jest/globals";
import type { ProductIngestionOptions } from "../../emulator/product-ingestion/product-ingestion.ts";
import { texts } from "../harness/scenario.ts";
import { FIRST, LOOK, POST, product, PRODUCT, SECOND, startIngestion, THIRD } from "./ingestion-scenario.ts";

const FOREVER = { durationMs: Infinity } as const;
const number = (id: string): string => id.split("/")[2] ?? "";

test.each([
  ["its number", number(SECOND), SECOND],
  ["its whole id", SECOND, SECOND],
  ["its whole id in another case", SECOND.toUpperCase(), SECOND],
])("pushes the preview that the inputs name by %s", async (_what, submissionId, pushed) => {
  const { run, asked, service } = await startIngestion(product({ wasLive: true, push: FOREVER }));
  const { outputs } = await run({ submissionId });
  expect(asked()).toEqual([...LOOK, POST]);
  expect(service.pushes()).toMatchObject([{ submissionId: pushed }]);
  expect(outputs["status"]).toBe("running");
});

test("chooses between two that are ready, where the service takes the newer one only", async () => {
  const { run, asked, service } = await startIngestion(product({ state: "twoReady", push: FOREVER }));
  const { outputs } = await run({ submissionId: SECOND });
  expect(asked()).toEqual([...LOOK, POST]);
  expect(service.pushes()).toMatchObject([{ submissionId: SECOND }]);
  expect(outputs["status"]).toBe("running");
});

const OTHERS: readonly (readonly [string, ProductIngestionOptions, string, RegExp])[] = [
  ["another preview stands", product(), number(SECOND), new RegExp(`names ${SECOND}, and what is there is ${FIRST}`)],
  [
    "another product's is named",
    product(),
    `submission/${PRODUCT.slice(0, -1)}9/${number(FIRST)}`,
    /and what is there is/,
  ],
  ["no preview is there", product({ state: "live" }), number(SECOND), /names .*222, and no preview is ready/],
  ["it is live already", product({ state: "live" }), number(FIRST), new RegExp(`live already \\(${FIRST}\\)`)],
  [
    "another one goes live",
    product({ state: "goingLive", push: FOREVER }),
    number(THIRD),
    new RegExp(`names ${THIRD}, and what is there is ${FIRST}`),
  ],
  [
    "it is published still",
    product({ state: "publishing", publish: FOREVER }),
    number(FIRST),
    /a publish to preview is running/,
  ],
];

test.each(OTHERS)(
  "sends nothing when %s, in a dry run and in a real one",
  async (_what, options, submissionId, says) => {
    const { run, asked } = await startIngestion(options);
    const dry = await run({ submissionId, dryRun: "true" });
    expect(texts(dry, "warning")).toEqual([expect.stringMatching(says)]);
    expect(dry.outputs).toMatchObject({ ready: "false" });
    const real = await run({ submissionId });
    expect(texts(real, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
    expect(real.outputs["status"]).toBe("rejected");
    expect(real.exitCode).toBe(1);
    expect(asked()).toEqual([...LOOK, ...LOOK]);
  },
);

test("follows the go-live that runs of the very submission that the inputs name", async () => {
  const { run, asked, service } = await startIngestion(product({ state: "goingLive", push: FOREVER }));
  const { outputs } = await run({ submissionId: FIRST });
  expect(asked()).toEqual(LOOK);
  expect(outputs).toMatchObject({ status: "running", operationLocation: `${service.endpoint}/${FIRST}` });
});

test.each(["0", "00", `submission/${PRODUCT}/0`, "latest", `product/${PRODUCT}`, "1.5"])(
  "refuses %s, and asks nothing",
  async (submissionId) => {
    const { run, asked } = await startIngestion();
    const result = await run({ submissionId });
    expect(asked()).toEqual([]);
    expect(texts(result, "error")).toEqual([expect.stringContaining("submissionId")]);
    expect(result.outputs["status"]).toBe("rejected");
    expect(result.exitCode).toBe(1);
  },
);

test("refuses a product that is no GUID, and asks nothing", async () => {
  const { run, asked } = await startIngestion();
  const result = await run({ productId: "contoso-vm" });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringContaining("productId")]);
});
