import type { AnyCase } from "../__tests__/faults/fault-case.ts";
import { caseText, type FaultLine } from "../__tests__/faults/fault-line.ts";

/** What a table is about. */
export interface FaultSection {
  readonly title: string;
  readonly text: string;
}

/** The section in Markdown, a row of its table for each line. */
export function faultSection({ title, text }: FaultSection, lines: readonly FaultLine[]): readonly string[] {
  const rows = lines.map(row);
  return [
    `### ${title}`,
    "",
    text,
    "",
    "| Fault | When | Requests sent | Ends as | What happens |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ];
}

function row({ fault, entry }: FaultLine): string {
  const cells =
    "senseless" in entry
      ? [fault.title, "–", "–", "–", `Makes no sense: ${entry.senseless}`]
      : [fault.title, caseText(entry), `\`${entry.ending.sent}\``, endText(entry), entry.ending.meaning];
  return `| ${cells.join(" | ")} |`;
}

function endText({ ending }: AnyCase): string {
  const step = ending.exitCode === 0 ? "succeeds" : "fails";
  return ending.status === undefined ? step : `\`${ending.status}\`, step ${step}`;
}
