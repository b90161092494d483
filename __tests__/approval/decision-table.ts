import { ENVIRONMENTS } from "./environment-cases.ts";
import { PERMISSIONS } from "./permission-cases.ts";
import { REVIEWS } from "./review-cases.ts";

/** Every case of the approval gate. */
export const DECISION_TABLE = [...ENVIRONMENTS, ...REVIEWS, ...PERMISSIONS];
