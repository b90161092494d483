import type { StepPlan } from "./plan.ts";
import type { Slot } from "./vocabulary.ts";

const validation: StepPlan = {
  id: "displaydummycertify",
  stepName: "Validate Pre-Requisites",
  description: "The offer's settings are validated.",
  estimatedTimeFrame: "< 15 min",
  share: 5,
};

const certification: StepPlan = {
  id: "displaycertify",
  stepName: "Certification",
  description: "The certification systems look for issues in the offer.",
  estimatedTimeFrame: "~2-5 days",
  share: 40,
  ending: "rejected",
};

const provisioning: StepPlan = {
  id: "displayprovision",
  stepName: "Provisioning",
  description: "The virtual machine is replicated to the production systems.",
  estimatedTimeFrame: "< 1 day",
  share: 30,
};

const packaging: StepPlan = {
  id: "displaypackage",
  stepName: "Packaging and Lead Generation Registration",
  description: "The virtual machine is packaged for customers and the lead systems are connected.",
  estimatedTimeFrame: "< 1 hour",
  share: 10,
};

/** Has no `estimatedTimeFrame` in the reference either: it takes as long as the publisher does. */
export const signOffStep: StepPlan = {
  id: "publisher-signoff",
  stepName: "Publisher signoff",
  description: "The offer can be previewed. Look at it before making it live.",
};

const live: StepPlan = {
  id: "live",
  stepName: "Live",
  description: "The offer is public and can be bought.",
  estimatedTimeFrame: "~2-5 days",
  share: 20,
};

/** The steps of an operation that has no plan of its own, with the ids of the reference. */
export const defaultSteps = {
  staging: [validation, certification, provisioning, packaging],
  production: [certification, provisioning, packaging, live],
} as const satisfies Record<Slot, readonly StepPlan[]>;

/** The steps of a whole offer, from its validation to the marketplace. */
export const offerSteps = [validation, certification, provisioning, packaging, signOffStep, live] as const;
