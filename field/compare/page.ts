import { type Api, APIS } from "../clients/client.ts";
import type { JudgedRun, Result } from "./result.ts";
import type { Subject } from "./subject.ts";
import { TROUBLES, type Trouble } from "./trouble.ts";

/** What came of every subject, by trouble. */
export type Results = ReadonlyMap<Subject, ReadonlyMap<Trouble, Result>>;

const apiNames = {
  cloudPartnerPortal: "Cloud Partner Portal API",
  productIngestion: "Product Ingestion API",
  partnerCenter: "Partner Center submission API",
} as const satisfies Record<Api, string>;

/** The page, in markdown; `day` such as 2026-11-25. */
export function comparedPage(results: Results, day: string): string {
  return [
    "# The same troubles, side by side",
    `What this action and public clients of the three APIs do in the same troubles, measured on ${day} by
\`npm run compare\`. Each cell is one run (or two) against the emulated services: the clients run as they are on PyPI, with
nothing changed in them, and find the emulators by the names of the real hosts (the action through a proxy); time passes a
hundred times as fast for all. What Microsoft's own servers do in these troubles was not tried.`,
    `Each run finds an offer whose preview is ready, and is to make it go live. The emulated services take every go-live, a
second one too: so what keeps a second one away is the client. A cell says how many go-lives the service accepted, the exit
code, the last word of the run, and whether that was true when the run ended. “Accepted” is the last word of a client that
does not wait for the end. “Not done” is that of one that ends with an error; it is true when no go-live that this run
started runs or has succeeded. “Unknown” says that nobody can tell, and where to look.`,
    `A client that does not wait asks nothing after the acceptance: the 500 and the expired token do not reach it. \`cloudpub\` is
told to ask once a minute; it pushes the preview that holds the image it was given.`,
    ...APIS.map((api) => apiSection(results, api)),
  ].join("\n\n");
}

function apiSection(results: Results, api: Api): string {
  const subjects = [...results].filter(([subject]) => subject.api === api);
  const rows = TROUBLES.map((trouble) =>
    row([trouble.title, ...subjects.map(([, byTrouble]) => cellOf(byTrouble.get(trouble)))]),
  );
  return [
    `## ${apiNames[api]}\n`,
    row(["", ...subjects.map(([{ name, version }]) => `${name} ${version}`)]),
    row(Array.from({ length: subjects.length + 1 }, () => "---")),
    row(["Waits for the end", ...subjects.map(([{ waits }]) => (waits ? "yes" : "no"))]),
    ...rows,
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cellOf(result: Result | undefined): string {
  if (result === undefined) return "not measured";
  const runs = result.runs.map(runText).join("; then ");
  return `${result.accepted} accepted; ${runs}`;
}

function runText({ exitCode, lastWord, isTrue }: JudgedRun): string {
  return `exit code ${exitCode ?? "none"}, “${lastWord}”: ${isTrue ? "true" : "not true"}`;
}
