import { expect, test } from "@jest/globals";
import { startEmulator } from "../../emulator/emulator.ts";
import { readCommandLine } from "../../emulator/shell/cli-options.ts";
import { UsageError } from "../../emulator/shell/usage-error.ts";
import { closeAfterTest } from "../harness/closing.ts";

function optionsOf(...words: readonly string[]) {
  const command = readCommandLine(words);
  if (command.kind === "help") throw new Error("The command line asks for help.");
  return command.options.partnerCenter;
}

test("the options become those of the service", () => {
  const product = ["--offer", "app", "--center-type", "AzureContainer", "--center-state", "twoReady"];
  const goLive = ["--duration", "1h", "--center-queued", "2m", "--center-outcome", "failedInCertification"];
  const reasons = ["--center-reason", "Why.", "--center-finding", "E-1=a = b", "--center-report", "PassedWithNotes"];
  const flags = ["--center-was-live", "--center-port", "99"];
  expect(optionsOf(...product, ...goLive, ...reasons, ...flags)).toEqual({
    port: 99,
    products: [
      {
        offerId: "app",
        type: "AzureContainer",
        state: "twoReady",
        wasLive: true,
        goLive: {
          durationMs: 3_600_000,
          queuedMs: 120_000,
          outcome: "failedInCertification",
          failure: {
            failureReason: "Why.",
            validations: [{ errorCode: "E-1", message: "a = b" }],
            reports: [{ status: "PassedWithNotes" }],
          },
        },
      },
    ],
    behaviour: {},
    happenings: [],
    faults: [],
  });
});

test.each([
  ["succeeded", "live"],
  ["failed", "failed"],
  ["canceled", "canceled"],
])("an outcome that is all's, %s, is %s here", (outcome, own) => {
  expect(optionsOf("--outcome", outcome)?.products?.[0]?.goLive?.outcome).toBe(own);
});

test("an option changes how the service behaves", () => {
  const words = ["--center-workflow", "notFound", "--center-publishing-words", '{"state":"InProgress"}'];
  expect(optionsOf(...words)?.behaviour).toStrictEqual({
    workflowDetails: "notFound",
    words: { publishing: { state: "InProgress" } },
  });
});

test("a fault and a happening name this API's routes", () => {
  const given = optionsOf(
    "--center-fault",
    "promote:1=status:503+carriedOut",
    "--center-happening",
    "promoteStarted@before:promote:2",
  );
  expect(given?.faults).toEqual([{ on: "promote", nth: [1], carriedOut: true, act: { kind: "status", status: 503 } }]);
  expect(given?.happenings).toEqual([{ what: "promoteStarted", when: { before: "promote", nth: 2 } }]);
});

test.each([
  [["--center-fault", "goLive=reset"], /^The route of a fault is one of products, product, .*, any, not "goLive"/],
  [["--center-happening", "jobCancelled@1s"], /^What happens is one of previewReplaced, .*, not "jobCancelled"\.$/],
  [["--center-happening", "promoteStarted@before:job"], /^The route of --center-happening is one of products, /],
  [["--center-state", "readyForGoLive"], /^--center-state is one of neverPublished, publishing, ready, /],
  [["--center-outcome", "succeeded"], /^--center-outcome is one of live, failed, failedInCertification, /],
  [["--center-report", "Bad"], /^--center-report is one of Pending, Failed, /],
  [["--center-queued", "soon"], /^--center-queued is a duration such as /],
  [["--center-port", "x"], '--center-port is a number from 0 (any free port) to 65535, not "x".'],
])("the words %j are refused", (words, message) => {
  expect(() => readCommandLine(words)).toThrow(message);
  expect(() => readCommandLine(words)).toThrow(UsageError);
});

test("the three services live side by side: one clock, one token, and one reset", async () => {
  const emulator = await startEmulator({ partnerCenter: { products: [{ offerId: "contoso-vm" }] } });
  closeAfterTest(() => emulator.close());
  const { partnerCenter, productIngestion } = emulator;
  expect(new Set([emulator.url, productIngestion.url, partnerCenter.url]).size).toBe(3);
  const headers = { authorization: "Bearer emulator-token" };
  const ask = () => fetch(`${partnerCenter.endpoint}/products?$filter=resourceType eq 'AzureApplication'`, { headers });
  expect(await (await ask()).json()).toMatchObject({ value: [{ externalIDs: [{ value: "contoso-vm" }] }] });
  expect(partnerCenter.requests).toHaveLength(1);
  expect(emulator.requests).toEqual([]);
  emulator.reset({ tokens: { another: {} } });
  expect(partnerCenter.requests).toEqual([]);
  expect((await ask()).status).toBe(401);
});
