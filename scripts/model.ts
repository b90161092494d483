/**
 * Checks the promise of one go-live against any number of random schedules of faults:
 * `npm run model -- 100000 [--api=NAME] [--seed=N] [--path=P]`, seed and path as a failure prints them. Without
 * a number the standard schedules are checked, among which every ending must be.
 */
import { parseArgs } from "node:util";
import { MODEL_NAMES, MODELS, readModelName, STANDARD } from "../__tests__/model/models.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { api: { type: "string" }, seed: { type: "string" }, path: { type: "string" } },
});
const api = readModelName(values.api ?? MODEL_NAMES[0]);
const standard = positionals.length === 0 && api !== undefined ? STANDARD[api] : undefined;
const runs = standard?.runs ?? Number(positionals[0]);
const seed = Number(values.seed ?? standard?.seed ?? Math.trunc(Math.random() * 2 ** 31));
if (api === undefined || !Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  throw new TypeError(
    `Usage: npm run model -- [NUMBER_OF_SCHEDULES] [--api=${MODEL_NAMES.join("|")}] [--seed=N] [--path=P]`,
  );
}
console.log(`Seed ${seed}`);
const startMs = performance.now();
const report = await MODELS[api]({
  runs,
  seed,
  ...(values.path === undefined ? {} : { path: values.path }),
  onRun: (count) => {
    if (count % 5_000 === 0) console.log(`${count} schedules, ${secondsText()}`);
  },
});
console.log(`${report.runs} schedules with ${report.requests} requests in ${secondsText()}, seed ${seed}`);
const endings = Object.entries(report.endings).sort(([, one], [, other]) => other - one);
for (const [kind, count] of endings) console.log(`  ${kind}: ${count}`);
if (report.failure !== undefined) console.error(report.failure);
const rare = (standard?.kinds ?? []).filter((kind) => (report.endings[kind] ?? 0) < (standard?.leastOfEach ?? 0));
if (rare.length > 0) console.error(`Too rare to prove anything: ${rare.join(", ")}`);
process.exitCode = report.failure === undefined && rare.length === 0 ? 0 : 1;

function secondsText(): string {
  return `${((performance.now() - startMs) / 1_000).toFixed(1)} s`;
}
