import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The variable by which the processes of a run are known; GitHub's runner has one of its own for it. */
export const TRACKING_ID = "FIELD_TRACKING_ID";

/** Ends the processes that were given this id, as GitHub's runner does when a job is over. Does nothing where there is no /proc. */
export function endOrphans(id: string): void {
  if (!existsSync("/proc")) return;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (!environmentOf(pid).includes(`${TRACKING_ID}=${id}`)) continue;
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended by itself in between.
    }
  }
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
