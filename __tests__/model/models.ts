import { openBench } from "./bench.ts";
import { ENDING_KINDS } from "./ending.ts";
import { type Model, modelOf, type ModelOptions } from "./model.ts";
import { partnerCenter } from "./partner-center/parts.ts";
import { productIngestion } from "./product-ingestion/parts.ts";
import { publishParts as ingestionPublishParts } from "./product-ingestion/publish.ts";
import { publishParts } from "./publish.ts";
import { brokenPromises, ENDING_KINDS as PORTAL_ENDINGS, endingOf } from "./promise.ts";
import { scheduleArbitrary } from "./schedule.ts";

/** One model for each API, and for what it is to reach. */
export const MODELS = {
  cloudPartnerPortal: modelOf({ schedules: scheduleArbitrary, openBench, endingOf, brokenPromises }),
  productIngestion: modelOf(productIngestion),
  cloudPartnerPortalPreview: modelOf(publishParts),
  productIngestionPreview: modelOf(ingestionPublishParts),
  partnerCenter: modelOf(partnerCenter),
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof MODELS;

/**
 * The schedules that are checked before a change lands: the same ones every time, and each ending must come about so
 * often, for a model that never gets anywhere would prove nothing.
 */
export const STANDARD = {
  cloudPartnerPortal: { runs: 1_000, seed: 20_260_101, kinds: PORTAL_ENDINGS, leastOfEach: 21 },
  productIngestion: { runs: 1_000, seed: 20_260_309, kinds: ENDING_KINDS, leastOfEach: 8 },
  cloudPartnerPortalPreview: { runs: 300, seed: 20_261_125, kinds: ENDING_KINDS, leastOfEach: 2 },
  productIngestionPreview: { runs: 300, seed: 20_261_126, kinds: ENDING_KINDS, leastOfEach: 1 },
  partnerCenter: { runs: 1_000, seed: 20_260_309, kinds: ENDING_KINDS, leastOfEach: 8 },
} as const satisfies Record<ModelName, object>;

/** The API of that name; undefined when it has no model. */
export function readModelName(text: string): ModelName | undefined {
  return MODEL_NAMES.find((name) => name === text);
}

/** The APIs that have a model; the first is the default. */
export const MODEL_NAMES = [
  "cloudPartnerPortal",
  "productIngestion",
  "cloudPartnerPortalPreview",
  "productIngestionPreview",
  "partnerCenter",
] as const satisfies readonly ModelName[];

/** Which model to check, and how; by default the first. */
export interface ModelOrder extends ModelOptions {
  readonly api?: ModelName;
}
