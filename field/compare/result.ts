import { setTimeout as sleep } from "node:timers/promises";
import { inClientWorld, type ClientWorld } from "../clients/world.ts";
import { isTrueWord } from "./last-word.ts";
import { SERVICES, type Service } from "./service.ts";
import type { RunEnd, Subject } from "./subject.ts";
import { type Trouble, USUAL } from "./trouble.ts";

/** What came of a subject in a trouble. */
export interface Result {
  /** How many go-lives the service accepted. */
  readonly accepted: number;
  readonly runs: readonly JudgedRun[];
}

/** How a run has ended, and whether its last word was true then. */
export interface JudgedRun extends RunEnd {
  readonly isTrue: boolean;
}

/** Runs a subject through a trouble, in a world of its own. */
export function compare(subject: Subject, trouble: Trouble): Promise<Result> {
  const service: Service = SERVICES[subject.api];
  const options = service.options({ ...USUAL, ...trouble.plan }, trouble.fault);
  const { isDirect } = subject;
  return inClientWorld({ ...options, entra: { ...trouble.entra }, isDirect }, async (world) => {
    const first = judged(subject, service, world);
    const runs = [first];
    if (trouble.laterFault !== undefined || trouble.isTwice === true) {
      await untilAccepted(service, world, first);
      if (trouble.laterFault !== undefined) service.err(world, trouble.laterFault);
      if (trouble.isTwice === true) runs.push(judged(subject, service, world));
    }
    const ended = await Promise.all(runs);
    return { accepted: service.accepted(world).length, runs: ended };
  });
}

async function judged(subject: Subject, service: Service, world: ClientWorld): Promise<JudgedRun> {
  const before = service.accepted(world).length;
  const end = await subject.run(world);
  const all = service.accepted(world);
  return { ...end, isTrue: isTrueWord(end.lastWord, { all, sinceStart: all.slice(before) }) };
}

/** Looks often, until a go-live was accepted or the run has ended. */
async function untilAccepted(service: Service, world: ClientWorld, run: Promise<unknown>): Promise<void> {
  const end = run.then(() => "ended");
  const isAccepted = (): boolean => service.accepted(world).length > 0;
  while (!isAccepted() && (await Promise.race([sleep(5, "not yet"), end])) === "not yet");
}
