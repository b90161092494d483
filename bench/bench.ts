/**
 * Measures and prints one table; writes `bench/results.json` and the table in `docs/performance.md`: `npm run bench`.
 * `-- --rounds=N` starts every process so often, 25 times unless told.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { measureCrowd } from "./crowd.ts";
import { measureInformed } from "./informed.ts";
import { measureLongWait } from "./long-wait.ts";
import { reckonMoney } from "./money.ts";
import { measureStartUp } from "./start-up.ts";
import { markdownTable, type Results, rowsOf } from "./table.ts";
import { measureWaiting } from "./waiting.ts";
import { measureWorstAnswer } from "./worst-answer.ts";

const OPERATIONS = 10_000;
/** Fewer, because each is waited for in six ways. */
const INFORMED_OPERATIONS = 2_000;
const ACTIONS = 10_000;
const RESULTS = "results.json";
const PAGE = "../docs/performance.md";
const [START, END] = ["<!-- bench -->", "<!-- /bench -->"] as const;

const { rounds } = parseArgs({ options: { rounds: { type: "string", default: "25" } } }).values;
if (!(Number(rounds) >= 15)) throw new TypeError("Usage: npm run bench [-- --rounds=N], with N of 15 or more");

const results: Results = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  platform: `${platform()} ${arch()}, ${cpus().length} cores`,
  startUp: await measureStartUp(Number(rounds)),
  waiting: await measureWaiting(OPERATIONS),
  longWait: await measureLongWait(),
  informed: await measureInformed(INFORMED_OPERATIONS),
  crowd: measureCrowd(ACTIONS),
  worstAnswer: measureWorstAnswer(),
  money: reckonMoney(),
  dist: JSON.parse(read("dist-size.json")) as Results["dist"],
};
write(RESULTS, await format(JSON.stringify(results), { parser: "json", printWidth: 120 }));
const table = await format(markdownTable(rowsOf(results)), { parser: "markdown" });
write(PAGE, filled(read(PAGE), table));
console.log(table);

/** The page with the table of this run between its markers, and where and when it was made. */
function filled(page: string, text: string): string {
  const [before, rest] = page.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} lacks the markers ${START} and ${END}`);
  const { date, node, startUp } = results;
  const made = `Measured on ${date} with Node ${node} on ${results.platform}; start-up: medians of ${startUp.rounds} rounds.`;
  return `${before}${START}\n\n${made}\n\n${text}\n${END}${after}`;
}

function read(file: string): string {
  return readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8");
}

function write(file: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(file, import.meta.url)), text);
}
