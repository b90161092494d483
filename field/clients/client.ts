import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "../workshop/command.ts";
import type { Workshop } from "../workshop/workshop.ts";
import type { ClientWorld } from "./world.ts";

/** The APIs, by the names that the action's input has for them. */
export const APIS = ["cloudPartnerPortal", "productIngestion", "partnerCenter"] as const;

/** An API, by the name that the action's input has for it. */
export type Api = (typeof APIS)[number];

/** A public client that ran against the service, and what its users do to make an offer go live whose preview is ready. */
export interface Client {
  readonly name: string;
  readonly api: Api;
  /** The folder with its requirements. */
  readonly folder: string;
  /** What it says by the exit code 0: that a go-live was accepted, or that the offer is live. */
  readonly saysByZero: "accepted" | "live";
  /** Runs it to its end; `programs` is where those of its virtual environment are. */
  readonly goLive: (programs: string, world: ClientWorld) => Promise<Ended>;
}

/** The folder of a client's programs. Rejects when they cannot be had. */
export function programsOf(client: Client, workshop: Workshop): Promise<string> {
  return workshop.pythonPrograms(client.folder);
}

/** The client's version, as its requirements pin it. */
export function versionOf({ name, folder }: Client): string {
  const pinned = readFileSync(join(folder, "requirements.in"), "utf8").split("\n");
  const line = pinned.find((each) => each.startsWith(`${name}==`));
  if (line === undefined) throw new Error(`The requirements of ${name} pin no version.`);
  return line.slice(`${name}==`.length);
}
