const MINUTES_PER_HOUR = 60;
/** A Linux runner of GitHub with two cores, for each started minute. */
const DOLLARS_PER_MINUTE = 0.006;
/** The default of the input `timeoutMinutes`; a hosted job ends after 360. */
const WAIT_LIMIT_MINUTES = 330;
/** A scheduled workflow that asks once. */
const CHECK_EVERY_MINUTES = 60;
/** A chain of jobs, each behind the wait timer of an environment, the runner free meanwhile. */
const TIMER_MINUTES = 240;

const GO_LIVES = { "10 min": 10, "4 h": 4 * MINUTES_PER_HOUR, "3 days": 72 * MINUTES_PER_HOUR } as const;

/** What one way of waiting costs. */
export interface Bill {
  /** Billed by GitHub: every job counts as many minutes as it has started. */
  readonly runnerMinutes: number;
  readonly dollars: number;
  readonly mostLate: string;
}

export type Way = "inTheJob" | "scheduledCheck" | "waitTimer";

export interface MoneyResult {
  readonly dollarsPerMinute: number;
  readonly goLives: Readonly<Record<string, Readonly<Record<Way, Bill>>>>;
}

/** Runner minutes by how long the go-live takes and how it is waited for; a job that only asks takes under a minute. */
export function reckonMoney(): MoneyResult {
  const goLives = Object.entries(GO_LIVES).map(([name, minutes]) => [name, billsFor(minutes)] as const);
  return { dollarsPerMinute: DOLLARS_PER_MINUTE, goLives: Object.fromEntries(goLives) };
}

function billsFor(minutes: number): Record<Way, Bill> {
  return {
    // The start and the last pause take part of a minute; each job of the chain begins a minute of its own.
    inTheJob: bill(minutes + Math.ceil(minutes / WAIT_LIMIT_MINUTES), "1 min"),
    scheduledCheck: bill(1 + Math.ceil(minutes / CHECK_EVERY_MINUTES), "1 h"),
    waitTimer: bill(1 + Math.ceil(minutes / TIMER_MINUTES), "4 h"),
  };
}

function bill(runnerMinutes: number, mostLate: string): Bill {
  return { runnerMinutes, dollars: Number((runnerMinutes * DOLLARS_PER_MINUTE).toFixed(3)), mostLate };
}
