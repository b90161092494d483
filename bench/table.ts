import type { CrowdResult } from "./crowd.ts";
import type { InformedResult, Telling } from "./informed.ts";
import type { LongWaitResult } from "./long-wait.ts";
import type { MoneyResult, Way } from "./money.ts";
import type { StartUpResult, Usage } from "./start-up.ts";
import type { WaitingFigures, WaitingResult } from "./waiting.ts";
import type { WorstAnswerResult } from "./worst-answer.ts";

/** Everything that one run of the benchmark has found. */
export interface Results {
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly startUp: StartUpResult;
  readonly waiting: WaitingResult;
  readonly informed: InformedResult;
  readonly longWait: LongWaitResult;
  readonly crowd: CrowdResult;
  readonly worstAnswer: WorstAnswerResult;
  readonly money: MoneyResult;
  /** Bytes of source that are bundled, by package. */
  readonly dist: { readonly total: number; readonly packages: Readonly<Record<string, number>> };
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly beside: string;
  /** Undefined where the figure is only told. */
  readonly aim?: Aim;
}

export interface Aim {
  readonly text: string;
  readonly isMet: boolean;
}

const WAYS = {
  inTheJob: "waiting in the job",
  scheduledCheck: "start, then a check every hour",
  waitTimer: "start, then a check behind each 4 h wait timer",
} as const satisfies Record<Way, string>;
const TELLINGS = {
  evenly: "grow evenly",
  inTens: "come in tens",
  tooSoon: "grow too soon",
  tooLate: "grow too late",
  stopsAt99: "stop at 99 %",
  nothing: "say nothing",
} as const satisfies Record<Telling, string>;
const PACKAGES_SHOWN = 6;

/** The lines of the one table. */
export function rowsOf(results: Results): readonly Row[] {
  return [
    ...startUpRows(results.startUp),
    ...waitingRows(results.waiting),
    ...informedRows(results.informed),
    ...longWaitRows(results.longWait),
    ...crowdRows(results.crowd),
    ...worstAnswerRows(results.worstAnswer),
    ...moneyRows(results.money),
    ...distRows(results.dist),
  ];
}

/** The lines as a table in Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, figure, beside, aim }) => [what, figure, beside, aim?.text ?? "", metText(aim)]);
  const head = ["What", "Figure", "Beside it", "Aim", "Met"];
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function metText(aim: Aim | undefined): string {
  if (aim === undefined) return "";
  return aim.isMet ? "yes" : "**no**";
}

function startUpRows({ medians, ratios }: StartUpResult): readonly Row[] {
  return [
    startUpRow("wall clock", "ms", ratios.wall, medians, ({ wallMs }) => wallMs),
    startUpRow("CPU", "ms", ratios.cpu, medians, ({ cpuMs }) => cpuMs),
    startUpRow("peak memory", "MB", ratios.memory, medians, ({ peakMb }) => peakMb),
  ];
}

function startUpRow(
  what: string,
  unit: string,
  ratio: number,
  { action, bareFetch, empty, curl }: StartUpResult["medians"],
  figure: (usage: Usage) => number | undefined,
): Row {
  return {
    what: `Start-up, ${what}`,
    figure: `${figure(action)} ${unit}, ${ratio} × the bare script`,
    beside: `bare script ${figure(bareFetch)}, empty script ${figure(empty)}, curl ${figure(curl)} ${unit}`,
    aim: atMost(ratio, 1.5, "1.5 × the bare script"),
  };
}

function waitingRows({ all, belowOneHour }: WaitingResult): readonly Row[] {
  const lessLate = belowOneHour.fixed300s.meanLateSeconds / belowOneHour.action.meanLateSeconds;
  const questions = all.action.meanQuestions / all.fixed30s.meanQuestions;
  return [
    {
      what: "Waiting, how late the end is noticed, of the duration",
      figure: percent(all.action),
      beside: besideIt(all, percent),
      aim: atMost(all.action.meanLatePercent, 1.5, "1.5 % on average"),
    },
    { what: "Waiting, how late, in seconds", figure: seconds(all.action), beside: besideIt(all, seconds) },
    {
      what: "Waiting, how late, go-lives below one hour",
      figure: `${seconds(belowOneHour.action)}, ${lessLate.toFixed(1)} × less late than fixed 300 s`,
      beside: besideIt(belowOneHour, seconds),
      aim: { text: "at least 12 × less late than fixed 300 s", isMet: lessLate >= 12 },
    },
    {
      what: "Waiting, questions asked",
      figure: `${all.action.meanQuestions}, ${questions.toFixed(3)} × fixed 30 s`,
      beside: besideIt(all, ({ meanQuestions }) => String(meanQuestions)),
      aim: atMost(questions, 0.6, "0.6 × fixed 30 s"),
    },
  ];
}

function informedRows({ byTelling }: InformedResult): readonly Row[] {
  const { evenly, nothing, ...others } = byTelling;
  const beside = (figure: (figures: typeof evenly) => string): string =>
    Object.entries({ nothing, ...others })
      .map(([name, figures]) => `${TELLINGS[name as Telling]}: ${figure(figures)}`)
      .join(", ");
  const isNoLater = Object.values(byTelling).every((figures) => figures.meanLatePercent <= nothing.meanLatePercent);
  return [
    {
      what: "Waiting, percentages of the steps that grow evenly, how late, of the duration",
      figure: percent(evenly),
      beside: beside(percent),
      aim: { text: "never later than without", isMet: isNoLater },
    },
    {
      what: "Waiting, the same, questions asked",
      figure: String(evenly.meanQuestions),
      beside: beside(({ meanQuestions }) => String(meanQuestions)),
    },
  ];
}

function besideIt(figures: WaitingResult["all"], text: (figure: WaitingFigures) => string): string {
  return [
    `fixed 4 h ${text(figures.fixed4h)}`,
    `fixed 300 s ${text(figures.fixed300s)}`,
    `fixed 30 s ${text(figures.fixed30s)}`,
    `doubling ${text(figures.doubling)}`,
  ].join(", ");
}

function seconds({ meanLateSeconds, p95LateSeconds }: WaitingFigures): string {
  return `${meanLateSeconds} s (p95 ${p95LateSeconds} s)`;
}

function percent({
  meanLatePercent,
  p95LatePercent,
}: Pick<WaitingFigures, "meanLatePercent" | "p95LatePercent">): string {
  return `${meanLatePercent} % (p95 ${p95LatePercent} %)`;
}

function longWaitRows(result: LongWaitResult): readonly Row[] {
  const { days, questions, faults, renewals, expiredTokensSent, heapGrowthMb, timersLeft, listenersLeft } = result;
  return [
    {
      what: `A wait of ${days} days, heap growth from the first day to the last`,
      figure: `${heapGrowthMb} MB`,
      beside: `${questions} questions, ${faults} of them with a fault`,
      aim: { text: "less than 2 MB", isMet: heapGrowthMb < 2 },
    },
    {
      what: `A wait of ${days} days, left behind`,
      figure: `${timersLeft} timers, ${listenersLeft} listeners`,
      beside: "",
      aim: { text: "none", isMet: timersLeft === 0 && listenersLeft === 0 },
    },
    {
      what: `A wait of ${days} days, tokens`,
      figure: `${renewals} obtained, ${expiredTokensSent} sent after they had expired`,
      beside: "good for 75 min each, and turned away now and then",
      aim: { text: "every renewal made", isMet: expiredTokensSent === 0 && renewals >= (days * 24 * 60) / 75 },
    },
  ];
}

function crowdRows({ actions, steady, worstMinuteRatio, whole }: CrowdResult): readonly Row[] {
  const shown = actions.toLocaleString("en");
  return [
    {
      what: `${shown} at once, busiest second`,
      figure: `${worstMinuteRatio} × the mean of its minute, at worst`,
      beside: `after half an hour ${steady.peak} questions against ${steady.mean}: ${steady.ratio} ×`,
      aim: { text: "less than 3 ×", isMet: worstMinuteRatio < 3 },
    },
    {
      what: `${shown} at once, the first minute against three hours`,
      figure: `${whole.ratio} ×`,
      beside: `${whole.peak} questions in a second against ${whole.mean}`,
      aim: { text: "less than 3 ×", isMet: whole.ratio < 3 },
    },
  ];
}

function worstAnswerRows({ kinds, slowest, largest }: WorstAnswerResult): readonly Row[] {
  return [
    {
      what: `The worst of ${kinds} answers of 4 MiB, time`,
      figure: `${slowest.ms} ms`,
      beside: slowest.name,
      aim: { text: "less than 1 s", isMet: slowest.ms < 1_000 },
    },
    {
      what: `The worst of ${kinds} answers of 4 MiB, peak of memory above a small one`,
      figure: `${largest.peakMb} MB`,
      beside: largest.name,
      aim: { text: "less than 200 MB", isMet: largest.peakMb < 200 },
    },
  ];
}

function moneyRows({ goLives }: MoneyResult): readonly Row[] {
  return Object.entries(goLives).map(([duration, bills]) => {
    const text = (way: Way): string =>
      `${WAYS[way]} ${bills[way].runnerMinutes} min ($${bills[way].dollars.toFixed(2)}), at most ${bills[way].mostLate} late`;
    return {
      what: `Money, a go-live of ${duration}`,
      figure: text("inTheJob"),
      beside: `${text("scheduledCheck")}; ${text("waitTimer")}`,
    };
  });
}

function distRows({ total, packages }: Results["dist"]): readonly Row[] {
  const shown = Object.entries(packages).slice(0, PACKAGES_SHOWN);
  return [
    {
      what: "dist, source bundled",
      figure: `${kilobytes(total)} of ${Object.keys(packages).length} packages`,
      beside: shown.map(([name, bytes]) => `${name} ${kilobytes(bytes)}`).join(", "),
    },
  ];
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000).toLocaleString("en")} kB`;
}

function atMost(value: number, most: number, text: string): Aim {
  return { text: `at most ${text}`, isMet: value <= most };
}
