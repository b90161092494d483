import { actionsRunner } from "./runner/actions-runner.ts";
import { systemClock } from "./clock.ts";
import type { World } from "./world.ts";
import { createTransport } from "./http/transport.ts";
import { main } from "./main.ts";
import { post } from "./post.ts";

/** How long what is left of other people's work may keep the process after the step's own has ended. */
const LEFTOVERS_MS = 500;

const interrupt = new AbortController();
// Without a listener node would die at once; with one the step has 7.5 s to say where it stands.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupt.abort());

const world: World = {
  runner: actionsRunner,
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  openTransport: (proxy) => createTransport({ clock: systemClock, proxy }),
  signal: interrupt.signal,
};
// The entry says which phase it is, and nothing that a step has saved or not.
process.exitCode = await (process.goLivePhase === "post" ? post(world) : main(world));
// A connection that a library still holds, such as one that nobody answers, must not hold the job.
setTimeout(() => process.exit(), LEFTOVERS_MS).unref();
