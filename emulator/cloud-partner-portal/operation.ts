import type { OperationPlan } from "./plan.ts";
import type { EndedStatus, OperationStatus, Slot } from "./vocabulary.ts";

/** One operation. All times are in milliseconds since the epoch. */
export interface Operation {
  readonly id: string;
  readonly publisherId: string;
  readonly offerId: string;
  readonly slot: Slot;
  readonly plan: OperationPlan;
  readonly acceptedAtMs: number;
  readonly startsAtMs: number;
  /** From when on the list shows it. */
  readonly listedAtMs: number;
  /** From when on its entry in the list names its slot. */
  readonly slotFromMs: number;
  /** From when on it can be read. */
  readonly readableAtMs: number;
  /** From when on the status of its offer shows it. */
  readonly statusFromMs: number;
  readonly cancel?: { readonly requestedAtMs: number; readonly takesHoldAtMs: number };
  /** Counts an offer's operations from 1. */
  readonly version: number;
}

/** When and how an operation ends; `atMs` is `Infinity` when it never does. */
export interface OperationEnd {
  readonly atMs: number;
  readonly outcome: EndedStatus;
}

const defaultDurationMs = 60_000;

/** How long the operation was planned to run, in milliseconds. */
export function plannedDurationMs(operation: Operation): number {
  return operation.plan.durationMs ?? defaultDurationMs;
}

/** The operation's end as far as it is known now: as planned, or by a cancel that takes hold before that. */
export function endOf(operation: Operation): OperationEnd {
  const plannedAtMs = operation.startsAtMs + plannedDurationMs(operation);
  if (operation.cancel !== undefined && operation.cancel.takesHoldAtMs < plannedAtMs) {
    return { atMs: operation.cancel.takesHoldAtMs, outcome: "canceled" };
  }
  return { atMs: plannedAtMs, outcome: operation.plan.outcome ?? "succeeded" };
}

/** The operation's true status at that time. */
export function statusAt(operation: Operation, nowMs: number): OperationStatus {
  const end = endOf(operation);
  if (nowMs >= end.atMs) return end.outcome;
  return nowMs < operation.startsAtMs ? "notStarted" : "running";
}

/** Whether the operation has yet to end at that time. */
export function isActiveAt(operation: Operation, nowMs: number): boolean {
  return nowMs < endOf(operation).atMs;
}
