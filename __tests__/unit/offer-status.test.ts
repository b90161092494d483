import { expect, test } from "@jest/globals";
import { readOfferStatus } from "../../src/marketplace/cloud-partner-portal/offer-status.ts";
import type { OfferStage } from "../../src/marketplace/marketplace.ts";

const toText = (text: string): Promise<string> => Promise.resolve(text);

test.each([{ id: "publisher-signoff" }, { id: "PublisherSignOff" }, { id: "x", stepName: "Publisher signoff" }])(
  "knows the sign-off step by its id or its name: %j",
  async (name) => {
    const steps = [
      { id: "displaycertify", status: "complete" },
      { ...name, status: "waitingForPublisherReview" },
    ];
    const read = await readOfferStatus([{ status: "running", steps }], toText);
    expect(read).toMatchObject({ stage: "running", signOff: { statusWord: "waitingForPublisherReview" } });
  },
);

test("takes no other step that waits for the publisher for the sign-off", async () => {
  const steps = [{ id: "displaycertify", status: "waitingForPublisherReview" }];
  expect(await readOfferStatus({ status: "running", steps }, toText)).toEqual({
    ...{ stage: "running", stageWord: "running", signOff: undefined },
  });
});

test.each<[unknown, string]>([
  [null, "wrongShape"],
  ["running", "wrongShape"],
  [[], "wrongShape"],
  [[{ status: "running" }, { status: "running" }], "wrongShape"],
  [{}, "noStatus"],
  [{ status: 7 }, "noStatus"],
  [{ status: "  " }, "noStatus"],
])("a body that names no status is a fault of the answer: %j", async (body, reason) => {
  expect(await readOfferStatus(body, toText)).toBe(reason);
});

test.each<[string, OfferStage | undefined]>([
  ["neverPublished", "neverPublished"],
  ["Never Published", "neverPublished"],
  ["completed", "succeeded"],
  ["canceled", "canceled"],
  ["toString", undefined],
])("the word %s is the stage %s", async (status, stage) => {
  expect(await readOfferStatus({ status }, toText)).toMatchObject({ stage, stageWord: status });
});
