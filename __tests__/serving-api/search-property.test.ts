import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Asked } from "./search-scenario.ts";
import { OTHER_GUID, type SignInWord, tell, type Told, type Word, type WorldScript } from "./scripted-world.ts";

const WORDS = [
  ...["vm", "app", "stranger", "alike", "mixed", "empty", "garbage", "reset"],
  ...[400, 401, 403, 404, 410, 429, 503],
] as const satisfies readonly Word[];
const DENIALS: readonly unknown[] = ["empty", 401, 403, 404, "unknownResource", "notPermitted"];
const NAMES = [
  ["productIngestion", "ingestion"],
  ["partnerCenter", "center"],
  ["cloudPartnerPortal", "portal"],
] as const;

const signIns = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant("granted" as const) },
    fc.constantFrom<SignInWord>("unknownResource", "notPermitted", "refused", "down"),
  ),
  { minLength: 1, maxLength: 2 },
);
const offers = fc.array(
  fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...WORDS) }, fc.constantFrom<Word>("empty", "app", "vm", 403)),
  { minLength: 1, maxLength: 4 },
);

const scripts: fc.Arbitrary<WorldScript> = fc.record({
  offers: fc.record({ ingestion: offers, center: offers }),
  signIns: fc.record({ ingestion: signIns, center: signIns, portal: signIns }),
  start: fc.constantFrom("accepted", "lost", "refused"),
  inputs: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    fc.constant({ dryRun: "true" }),
    fc.constant({ productId: OTHER_GUID }),
  ),
  cancelledAt: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined, freq: 5 }),
});

/** Whether what was said last lets that API be taken. */
function isJustified(name: Asked, { ingestion, center }: Told["last"]): boolean {
  switch (name) {
    case "ingestion":
      return ["vm", "alike", "mixed"].includes(String(ingestion));
    case "center":
      return (
        ["app", "mixed"].includes(String(ingestion)) ||
        (DENIALS.includes(ingestion) && ["app", "mixed"].includes(String(center)))
      );
    case "portal":
      // Partner Center lists virtual machines, and promotes none.
      return DENIALS.includes(ingestion) && [...DENIALS, "vm", "alike"].includes(center);
  }
}

test("no answers and no faults let a start go to two APIs, or to any before it is known which one serves the offer", async () => {
  const found = new Set<string>();
  await fc.assert(
    fc.asyncProperty(scripts, async (script) => {
      const told = await tell(script);
      const { sent, outputs, last } = told;
      const starts = sent.filter(({ method }) => method === "POST");
      const { api = "none" } = outputs;
      const name = NAMES.find(([each]) => each === api)?.[1];
      found.add(starts.length > 0 ? api : "nothing");
      expect(new Set(starts.map(({ to }) => to)).size).toBeLessThanOrEqual(1);
      // By then the step had said which API it is, and that is the one.
      expect(starts.filter((start) => start.api !== api || start.to !== name)).toEqual([]);
      expect(name === undefined || isJustified(name, last)).toBe(true);
      // No token goes anywhere else.
      expect(sent.filter(({ token, to }) => token !== to)).toEqual([]);
      expect(told.texts.join("\n")).not.toContain("token-for-");
      expect(starts.length === 0 || script.inputs["dryRun"] === undefined).toBe(true);
    }),
    { numRuns: 200 },
  );
  // It looks at what it means to look at.
  expect([...found].toSorted()).toEqual(["cloudPartnerPortal", "nothing", "partnerCenter", "productIngestion"]);
}, 60_000);
