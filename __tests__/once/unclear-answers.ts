import type { EmulatorOptions, Fault } from "../../emulator/emulator.ts";
import { fastService } from "../harness/scenario.ts";

/** The 185 s of looks pass in 1.2 s. */
export const FAST = { timeFactor: 150 } as const;
export const SERVICE = (): Pick<EmulatorOptions, "clock"> => fastService(FAST.timeFactor);
export const POST = "POST goLive";
/** A look that shows no go-live which runs. */
export const LOOK = ["GET list", "GET status"] as const;
export const NO_TRACE = looks(11);

/** So many looks that show no go-live which runs. */
export function looks(count: number): readonly string[] {
  return Array.from({ length: count }, () => LOOK).flat();
}

/** Ways in which it stays open whether the go-live was started. */
export const UNCLEAR = [
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a connection that closes", act: { kind: "close", at: "request" } },
  { what: "a time-out", act: { kind: "stall", at: "headers" } },
  { what: "a 500", act: { kind: "status", status: 500 } },
  { what: "a gateway's 502", act: { kind: "status", status: 502, body: "<html><title>Bad Gateway</title></html>" } },
  { what: "a 408", act: { kind: "status", status: 408 } },
] as const satisfies readonly { readonly what: string; readonly act: Fault["act"] }[];

/** Words of the service that it took the go-live, without a place where it is. */
export const ACCEPTED = [
  { what: "a 200", act: { kind: "status", status: 200, body: "{}" } },
  { what: "a 201", act: { kind: "status", status: 201, body: "" } },
  { what: "a 202", act: { kind: "status", status: 202, body: "" } },
  { what: "a 204", act: { kind: "status", status: 204, body: "" } },
  { what: "a 303", act: { kind: "redirect", to: "/elsewhere", status: 303 } },
] as const satisfies readonly { readonly what: string; readonly act: Fault["act"] }[];

export const UNKNOWN =
  /^.*\.\nThe go-live had been sent, and the offer's operations could not settle whether it was started\.\nIt was not sent again\. Look in Partner Center whether the offer is going live\.\nWait some minutes before you run this job again: /;
