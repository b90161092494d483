import type { Message, MessageLevel, Operation, Step } from "../../src/marketplace/operation.ts";
import type { Followed, Origin } from "../../src/go-live/outcome.ts";

/** An operation that runs, with nothing in it but what is named. */
export function operation(parts: Partial<Operation> = {}): Operation {
  return {
    status: "running",
    statusWord: "running",
    isKnownWord: true,
    messages: [],
    steps: [],
    liveLinks: [],
    ...parts,
  };
}

/** A step at work, with nothing in it but what is named. */
export function step(parts: Partial<Step> = {}): Step {
  return {
    id: "displaycertify",
    name: "Certification",
    status: "running",
    statusWord: "inProgress",
    messages: [],
    ...parts,
  };
}

export function message(level: MessageLevel, text: string): Message {
  return { level, text };
}

export const LOCATION = "https://service.example/api/publishers/contoso/offers/contoso-vm/operations/7";

export function followed(origin: Origin = "started"): Followed {
  return { origin, reference: { id: "7", location: new URL(LOCATION), key: "7" } };
}
