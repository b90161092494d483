import { deepEqual, equal } from "node:assert/strict";
import type { Ended } from "../workshop/command.ts";
import type { ClientWorld } from "./world.ts";

/** A request, and what it was answered, such as `POST /api/… 202`. */
export function requestsOf({ emulator, entra }: ClientWorld): readonly string[] {
  const all = [
    ...entra.requests,
    ...emulator.requests,
    ...emulator.productIngestion.requests,
    ...emulator.partnerCenter.requests,
  ];
  return all.map(({ method, path, answer }) => `${method} ${path} ${answer}`);
}

/** Sees to it that a program has ended well, and that nothing which it asked was refused or unknown. */
export function mustSucceed(world: ClientWorld, { exitCode, output }: Ended): void {
  equal(exitCode, 0, `It ended with ${exitCode}:\n${output.slice(-2_000)}\n${requestsOf(world).join("\n")}`);
  deepEqual(
    requestsOf(world).filter((line) => !/ 2\d\d$/.test(line)),
    [],
  );
}
