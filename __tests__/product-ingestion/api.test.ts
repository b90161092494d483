import { expect, test } from "@jest/globals";
import { type Emulator, startEmulator } from "../../emulator/emulator.ts";
import type { StepPlan, StepResult } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { endStep, texts, TOKEN } from "../harness/scenario.ts";
import { GRAPH_TOKEN, LOOK, POST, ROOT, tokenFor } from "./ingestion-scenario.ts";

const GRAPH_ID_TOKEN = tokenFor("00000003-0000-0000-c000-000000000000");
const OPAQUE = "an-opaque-token-that-says-nothing";
const OPERATION_PATH = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";
const JOB_PATH = `${ROOT}/configure/7/status`;
const INGESTION = [...LOOK, POST];
const PORTAL = ["GET list", "GET status", "POST goLive"];

/** Both services, and a step at the one of these. */
async function startBoth() {
  const tokens = Object.fromEntries([TOKEN, GRAPH_TOKEN, GRAPH_ID_TOKEN, OPAQUE].map((token) => [token, {}]));
  const emulator: Emulator = await startEmulator({ tokens });
  closeAfterTest(() => emulator.close());
  const urls = { ingestion: emulator.productIngestion.url, portal: emulator.url } as const;
  const run = (
    at: keyof typeof urls,
    inputs: StepPlan["with"],
    plan: Pick<StepPlan, "timeFactor"> = {},
  ): Promise<StepResult> =>
    endStep({ ...plan, with: { publisherId: "contoso", offerId: "contoso-vm", endpoint: urls[at], ...inputs } });
  const asked = () => ({
    ingestion: emulator.productIngestion.requests.map(({ method, route }) => `${method} ${route}`),
    portal: emulator.requests.map(({ method, route }) => `${method} ${route}`),
  });
  return { run, asked, urls };
}

test.each([
  ["a token for Graph's address", { token: GRAPH_TOKEN }, "ingestion"],
  ["a token for Graph's id", { token: GRAPH_ID_TOKEN }, "ingestion"],
  ["`auto` and a token for Graph", { api: "auto", token: GRAPH_TOKEN }, "ingestion"],
  ["its name and an opaque token", { api: "productIngestion", token: OPAQUE }, "ingestion"],
  ["a token for the Cloud Partner Portal", { token: TOKEN }, "portal"],
  ["an opaque token", { token: OPAQUE }, "portal"],
  ["`auto` and an opaque token", { api: "auto", token: OPAQUE }, "portal"],
  ["its name and an opaque token", { api: "cloudPartnerPortal", token: OPAQUE }, "portal"],
] as const)("with %s it is that API which is asked, and no other (%j, %s)", async (_what, inputs, at) => {
  const { run, asked } = await startBoth();
  const result = await run(at, inputs);
  expect(asked()).toEqual({ ingestion: [], portal: [], [at]: at === "ingestion" ? INGESTION : PORTAL });
  expect(result.outputs["status"]).toBe("running");
  expect(result.exitCode).toBe(0);
});

test.each([
  ["this API's", JOB_PATH, "ingestion", [...LOOK, "GET job", "GET job", "GET job"]],
  [
    "the other's",
    OPERATION_PATH,
    "portal",
    ["GET list", "GET status", "GET operation", "GET operation", "GET operation"],
  ],
] as const)(
  "follows %s operation by the path of its address, whatever the token says",
  async (_what, path, at, questions) => {
    const { run, asked, urls } = await startBoth();
    await run(at, { token: OPAQUE, operationLocation: urls[at] + path }, { timeFactor: 100 });
    expect(new Set(asked()[at])).toEqual(new Set(questions));
    expect(asked()[at === "portal" ? "ingestion" : "portal"]).toEqual([]);
  },
);

test.each([
  ["a token for Graph", "portal", { api: "cloudPartnerPortal", token: GRAPH_TOKEN }, "token"],
  ["a token for Graph's id", "portal", { api: "cloudPartnerPortal", token: GRAPH_ID_TOKEN }, "token"],
  ["a token for the Cloud Partner Portal", "ingestion", { api: "productIngestion", token: TOKEN }, "token"],
  [
    "an address of the other API",
    "ingestion",
    { api: "productIngestion", operationLocation: OPERATION_PATH },
    "operationLocation",
  ],
  ["an address of this API", "portal", { api: "cloudPartnerPortal", operationLocation: JOB_PATH }, "operationLocation"],
  ["a submission", "portal", { api: "cloudPartnerPortal", submissionId: "7" }, "submissionId"],
  ["a product", "portal", { productId: "3f0c7a11-2185-49fe-80d2-000000000001" }, "productId"],
  ["an unknown name", "ingestion", { api: "graph" }, "api"],
] as const)("refuses %s with %s (%j), and asks nothing", async (_what, at, inputs, name) => {
  const { run, asked, urls } = await startBoth();
  const { operationLocation, ...others }: StepPlan["with"] = inputs;
  const where = operationLocation === undefined ? {} : { operationLocation: urls[at] + operationLocation };
  const result = await run(at, { token: OPAQUE, ...others, ...where });
  expect(asked()).toEqual({ ingestion: [], portal: [] });
  expect(texts(result, "error")).toEqual([expect.stringContaining(`\`${name}\``)]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(result.exitCode).toBe(1);
});
