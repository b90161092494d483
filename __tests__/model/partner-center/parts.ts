import { endingOf } from "../ending.ts";
import { openBench } from "./bench.ts";
import { brokenPromises } from "./promise.ts";
import { scheduleArbitrary } from "./schedule.ts";

/** The model of the Partner Center submission API. */
export const partnerCenter = { schedules: scheduleArbitrary, openBench, endingOf, brokenPromises } as const;
