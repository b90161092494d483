/** Draws the plots of `docs/performance.md` from `bench/results.json`: `npm --prefix bench ci && npm --prefix bench run plot`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as charts from "echarts";
import type { Results } from "./table.ts";
import type { ScheduleName } from "./waiting.ts";

const label = { show: true, position: "right" } as const;
const IMAGES = new URL("../docs/images/", import.meta.url);
const TEXT = "#57606a";
const SCHEDULES = {
  fixed4h: ["fixed 4 h", "#8c959f"],
  fixed300s: ["fixed 300 s", "#bf8700"],
  doubling: ["doubling", "#cf222e"],
  fixed30s: ["fixed 30 s", "#8250df"],
  action: ["this action", "#0969da"],
} as const satisfies Record<ScheduleName, readonly [name: string, colour: string]>;

const results = JSON.parse(readFileSync(new URL("results.json", import.meta.url), "utf8")) as Results;
mkdirSync(IMAGES, { recursive: true });
draw("waiting.svg", waitingPlot(results.waiting));
draw("start-up.svg", startUpPlot(results.startUp));

function draw(file: string, option: charts.EChartsCoreOption): void {
  const chart = charts.init(null, null, { renderer: "svg", ssr: true, width: 760, height: 380 });
  chart.setOption({ animation: false, backgroundColor: "#ffffff", textStyle: { color: TEXT }, ...option });
  writeFileSync(fileURLToPath(new URL(file, IMAGES)), `${chart.renderToSVGString()}\n`);
  chart.dispose();
}

/** How late the end is noticed by how long the go-live takes, both on scales of powers of ten. */
function waitingPlot({ curve }: Results["waiting"]): charts.EChartsCoreOption {
  return {
    title: { text: "How late the end of a go-live is noticed, on average", left: "center" },
    legend: { bottom: 0 },
    grid: { left: 80, right: 30, top: 50, bottom: 90 },
    xAxis: { ...timeAxis("duration of the go-live"), min: 30, max: 432_000 },
    yAxis: timeAxis("noticed late by"),
    series: (Object.keys(SCHEDULES) as ScheduleName[]).map((name) => ({
      type: "line",
      name: SCHEDULES[name][0],
      color: SCHEDULES[name][1],
      symbol: "none",
      lineStyle: { width: name === "action" ? 4 : 2 },
      data: curve.map((point) => [point.durationSeconds, point[name]]),
    })),
  };
}

function timeAxis(name: string): object {
  return { type: "log", name, nameLocation: "middle", nameGap: 40, axisLabel: { formatter: durationText } };
}

/** Wall clock and CPU of the whole process. */
function startUpPlot({ medians }: Results["startUp"]): charts.EChartsCoreOption {
  const subjects = [medians.curl, medians.empty, medians.bareFetch, medians.action];
  return {
    title: { text: "A whole process that sends one go-live", left: "center" },
    legend: { bottom: 0 },
    grid: { left: 150, right: 60, top: 50, bottom: 70 },
    xAxis: { type: "value", name: "ms", nameLocation: "end" },
    yAxis: { type: "category", data: ["curl", "empty script", "bare fetch script", "this action"] },
    series: [
      { type: "bar", name: "wall clock", color: "#0969da", label, data: subjects.map(({ wallMs }) => wallMs) },
      { type: "bar", name: "CPU", color: "#54aeff", label, data: subjects.map(({ cpuMs }) => cpuMs) },
    ],
  };
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${round(seconds / 60)} min`;
  return seconds < 86_400 ? `${round(seconds / 3_600)} h` : `${round(seconds / 86_400)} d`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
