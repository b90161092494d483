import { expect, test } from "@jest/globals";
import { annotations, soon } from "../harness/scenario.ts";
import { startSearch } from "./search-scenario.ts";

const offerId = "contoso-vm";
const FOREVER = { durationMs: Infinity } as const;
const APP = { center: { products: [{ offerId }] } } as const;
const STALLED = {
  products: [{ offerId }],
  faults: [{ on: "product", act: { kind: "stall", at: "headers" } }],
} as const;

test.each([
  [{}, "rejected", "No go-live of contoso/contoso-vm was started\nThe run was cancelled.\n"],
  [{ dryRun: "true" }, "unknown", "It could not be found out whether a go-live of contoso/contoso-vm would be"],
])(
  "a run that is cancelled while the API is to be found starts nothing and asks no other: %j",
  async (inputs, status, says) => {
    const scenario = await startSearch({ ...APP, ingestion: STALLED });
    const step = scenario.begin({ ...inputs, onCancel: "cancel" }, { timeFactor: 1 });
    expect(await soon(() => scenario.asked().ingestion !== undefined)).toBe(true);
    step.process.kill("SIGINT");
    const result = await step.result;
    expect(scenario.asked()).toEqual({ ingestion: ["GET product"] });
    const [annotation] = annotations(result);
    const read = `${annotation?.title}\n${annotation?.text}`;
    expect(read).toContain(says);
    expect(read).toMatch(/the run was cancelled/i);
    expect([result.exitCode, result.outputs["status"], result.outputs["api"]]).toEqual([1, status, undefined]);
    expect(result.outputs["ready"]).toBe("dryRun" in inputs ? "false" : undefined);
    // The post phase has nothing to do, and asks nobody what it is about.
    const post = await scenario.run({ ...inputs, onCancel: "cancel" }, { state: result.state });
    expect([post.exitCode, scenario.asked()]).toEqual([0, { ingestion: ["GET product"] }]);
  },
);

test("the post phase of a cancelled run asks the API that was found, and finds nothing itself", async () => {
  const scenario = await startSearch({ ...APP, ingestion: { products: [{ offerId, push: FOREVER }] } });
  const { state } = await scenario.run();
  expect(state).toMatchObject({ api: "productIngestion", sent: "true", origin: "started" });
  const { concluded: _, ...cutShort } = state;
  const { api: __, ...older } = cutShort;
  const before = scenario.asked().ingestion?.length ?? 0;
  for (const left of [cutShort, older]) {
    const post = await scenario.run({ onCancel: "cancel" }, { state: left });
    expect([post.exitCode, annotations(post)[0]?.title]).toEqual([0, expect.stringMatching(/cancel/i)]);
  }
  const asked = scenario.asked().ingestion?.slice(before) ?? [];
  expect(asked[0]).toBe("GET job");
  expect(asked.filter((each) => each.startsWith("POST"))).toEqual(["POST cancel"]);
  expect(Object.keys(scenario.asked())).toEqual(["ingestion"]);
});

test("the post phase cannot ask where nobody knows what was found, and says so", async () => {
  const scenario = await startSearch(APP);
  const post = await scenario.run({ onCancel: "cancel" }, { state: { phase: "main", sent: "true" } });
  expect([post.exitCode, scenario.asked()]).toEqual([0, {}]);
  expect(annotations(post)).toEqual([
    expect.objectContaining({ level: "warning", title: "The service was not asked to cancel" }),
  ]);
});

test("an endpoint that is given stands for all three, with one token for all", async () => {
  const scenario = await startSearch({ portal: { offers: [{ publisherId: "contoso", offerId }] }, ...APP });
  const result = await scenario.run({ endpoint: "https://graph.microsoft.com" });
  expect(scenario.asked()).toEqual({
    ingestion: ["GET product", "GET unknown", "GET unknown", "GET unknown"],
  });
  expect(scenario.entra.tokens.map(({ resource }) => resource)).toEqual(["https://graph.microsoft.com"]);
  expect([result.outputs["api"], result.outputs["status"]]).toEqual(["cloudPartnerPortal", "rejected"]);
  expect(result.log).toContain("Endpoint: https://graph.microsoft.com/, whichever API it is.");
});
