import { followed, type Outcome } from "../outcome.ts";
import type { Conclusion } from "./conclusion.ts";
import { harmlessMarkdown } from "./harmless.ts";
import { STATUS_TEXTS } from "./operation-text.ts";

const ICONS = { notice: "✅", warning: "⚠️", error: "❌" } as const;

/** The page of the run: the conclusion, and the facts that a later run needs. */
export function summaryMarkdown(outcome: Outcome, conclusion: Conclusion): string {
  const icon = outcome.kind === "underWay" ? "⏳" : ICONS[conclusion.level];
  const operation = followed(outcome);
  const facts = [
    ["status", `\`${outcome.status}\` (${STATUS_TEXTS[outcome.status]})`],
    ...(operation === undefined
      ? []
      : [
          ["operationLocation", harmlessMarkdown(operation.reference.location.href)],
          ["operationId", harmlessMarkdown(operation.reference.id)],
        ]),
  ];
  return [
    `## ${icon} ${harmlessMarkdown(conclusion.title)}`,
    "",
    ...conclusion.sentences.flatMap((sentence) => [harmlessMarkdown(sentence, 3_000), ""]),
    "| | |",
    "|---|---|",
    ...facts.map(([name, value]) => `| ${name} | ${value} |`),
    "",
  ].join("\n");
}
