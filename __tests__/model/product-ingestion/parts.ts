import { endingOf } from "../ending.ts";
import { openBench } from "./bench.ts";
import { brokenPromises } from "./promise.ts";
import { scheduleArbitrary } from "./schedule.ts";

/** The model of the Product Ingestion API. */
export const productIngestion = { schedules: scheduleArbitrary, openBench, endingOf, brokenPromises } as const;
