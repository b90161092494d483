import { expect, test } from "@jest/globals";
import type { Cancellation } from "../../src/go-live/cancel.ts";
import type { Outcome } from "../../src/go-live/outcome.ts";
import { summaryMarkdown } from "../../src/report/summary.ts";
import { harmlessLine } from "../../src/text/harmless.ts";
import { LateError } from "../../src/time-limit.ts";
import { brokenRows, strangeLines } from "../harness/summary-form.ts";
import { followed, message, operation, step } from "../harness/operation.ts";
import { BAITS } from "../hostile/bait.ts";
import { PLAN, report } from "./report-of.ts";

/** Markdown as it is read: references are characters, what is written between words is not shown. */
const readable = (markdown: string): string =>
  markdown.replaceAll(/&#(\d+);/g, (_all, code: string) => (code === "8203" ? "" : String.fromCodePoint(Number(code))));

const page = (parts: Parameters<typeof report>[0]): string => readable(summaryMarkdown(report(parts)));
const error = new Error("x");
const submission = {
  id: "7",
  status: "running",
  statusWord: "running",
  isKnownWord: true,
  isGoLive: true,
  changedAtMs: undefined,
} as const;
const sighting = undefined;

test.each<[Outcome, string]>([
  [{ ...followed(), kind: "ended", status: "succeeded", operation: operation() }, "✅ Live: contoso/contoso-vm"],
  [
    { ...followed(), kind: "ended", status: "failed", operation: operation() },
    "❌ Not live: the go-live of contoso/contoso-vm failed",
  ],
  [
    { ...followed(), kind: "ended", status: "canceled", operation: operation() },
    "❌ Not live: the go-live of contoso/contoso-vm was canceled",
  ],
  [
    { ...followed(), kind: "underWay", status: "notStarted", operation: undefined },
    "⏳ Not live yet: the go-live of contoso/contoso-vm is under way",
  ],
  [
    { ...followed(), kind: "deadline", status: "running", sighting, error: undefined },
    "⏳ Not live yet: the go-live of contoso/contoso-vm took longer than the wait",
  ],
  [
    { ...followed(), kind: "deadline", status: "unknown", sighting, error },
    "⚠️ Live or not, nobody can tell: the go-live of contoso/contoso-vm was not seen",
  ],
  [
    { ...followed(), kind: "interrupted", status: "running", sighting },
    "⏳ Not live yet: the run was cancelled, the go-live of contoso/contoso-vm was not",
  ],
  [
    { ...followed(), kind: "interrupted", status: "unknown", sighting },
    "⚠️ Live or not, nobody can tell: the run for contoso/contoso-vm was cancelled",
  ],
  [
    { ...followed(), kind: "lost", status: "unknown", sighting, error },
    "⚠️ Live or not, nobody can tell: the go-live of contoso/contoso-vm is out of sight",
  ],
  [{ kind: "notStarted", status: "rejected", error }, "❌ Not live: no go-live of contoso/contoso-vm was started"],
  [
    { kind: "unclear", status: "unknown", error },
    "⚠️ Started or not, nobody can tell: the go-live of contoso/contoso-vm",
  ],
])("says first whether it is live (%#)", (outcome, title) => {
  const markdown = page({ ending: outcome });
  expect(markdown.startsWith(`## ${title}\n`)).toBe(true);
  expect(markdown).toContain(`| status | ${outcome.status} |`);
  expect(markdown).toContain(`| ending | ${outcome.kind} |`);
});

const FAILED = { kind: "failed", error: new LateError("no answer within 3 s") } as const;

test.each<[Cancellation, string]>([
  [
    { kind: "asked", answer: "underWay" },
    "⏳ The run was cancelled, the service was asked to cancel the go-live of contoso/contoso-vm",
  ],
  [
    { kind: "ended", operation: operation({ status: "failed" }) },
    "⚠️ The run was cancelled when the go-live of contoso/contoso-vm had ended",
  ],
  [FAILED, "⚠️ The run was cancelled, the go-live of contoso/contoso-vm may still run"],
  [{ kind: "notOwn" }, "⏳ Not live yet: the run was cancelled, the go-live of contoso/contoso-vm was not"],
])("says first what became of cancelling it (%#)", (cancellation, title) => {
  const outcome: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting };
  expect(page({ ending: outcome, cancellation }).startsWith(`## ${title}\n`)).toBe(true);
});

test.each([
  ["doubtful", " (perhaps not started by this step)"],
  ["adopted", " (not started by this step)"],
  ["watched", " (not started by this step)"],
  ["started", ""],
  ["found", ""],
] as const)("the heading of a go-live that was %s says whether this step started it", (origin, suffix) => {
  const base = followed(origin);
  const live = page({ ending: { ...base, kind: "ended", status: "succeeded", operation: operation() } });
  expect(live.split("\n")[0]).toBe(`## ✅ Live: contoso/contoso-vm${suffix}`);
  const lost = page({ ending: { ...base, kind: "lost", status: "unknown", sighting, error } });
  expect(lost.split("\n")[0]).toMatch(new RegExp(`is out of sight${suffix.replaceAll(/[()]/g, String.raw`\$&`)}$`));
});

test.each(["adopted", "watched"] as const)("credits no approval to a go-live that was %s", (origin) => {
  const approval = { environment: "production", approvedBy: ["ada"], comments: ["Ship it."] };
  const outcome: Outcome = { ...followed(origin), kind: "ended", status: "succeeded", operation: operation() };
  const lines = page({ approval, ending: outcome }).split("\n");
  expect(lines).toContain(
    "- **Approved in this run** by ada (environment “production”), but this step did not start the go-live above, see [the page of the run](https://github.com/contoso/release/actions/runs/7)",
  );
  expect(lines.join("\n")).not.toContain("**Approved by**");
});

test("says how long it took, where the listing is and who approved it", () => {
  const approval = { environment: "production", approvedBy: ["ada", "@bob"], comments: ["Ship it."] };
  const lines = page({ approval }).split("\n");
  expect(lines).toContain("- **This step took** 2 h (2026-11-23 16:00:00 to 2026-11-23 18:00:00 UTC)");
  expect(lines).toContain(
    "- **Listing** [azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm](https://azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm)",
  );
  const at = lines.indexOf(
    "- **Approved by** ada, @bob (environment “production”), see [the page of the run](https://github.com/contoso/release/actions/runs/7)",
  );
  expect(lines[at + 1]).toBe("  - “Ship it.”");
});

test("says that nobody approved where an approval was asked for", () => {
  const plan = { ...PLAN, approval: { ...PLAN.approval, isRequired: true } };
  const nowhere = { url: undefined, id: undefined, attempt: undefined, uses: undefined };
  expect(page({ plan, page: nowhere })).toContain("- **Approved** by nobody that this step could see\n");
  expect(page({ page: nowhere })).toContain("- **Approved** not asked for by this step\n");
});

test("shows steps with state, time and their worst messages, and those about the whole", () => {
  const messages = ["one", "two", "three"].map((text) => message("information", text));
  const certify = step({ status: "succeeded", messages: [...messages, message("error", "Bad|")] });
  const seen = operation({
    status: "failed",
    steps: [certify, step({ name: "Live" })],
    messages: [message("warning", "W.")],
  });
  const given = report({ operation: seen });
  given.timeline.begin(0);
  given.timeline.see({ ...seen, steps: [step()] }, 0);
  given.timeline.see(seen, 3_600_000);
  const markdown = readable(summaryMarkdown(given));
  expect(markdown).toContain(
    [
      "### Steps",
      "",
      "| Step and messages | State | Took |",
      "|---|---|---|",
      "| Certification<br>error: Bad|<br>information: one<br>information: two<br>information: three | succeeded | 1 h |",
      "| Live | running at the end | 0 s |",
      "",
      "- warning: W.",
      "",
      "```mermaid",
    ].join("\n"),
  );
});

const reference = {
  id: BAITS.join(" "),
  key: "7",
  location: new URL("https://service.example/api/operations/7?`${{x}}|<b>"),
};

test.each([0, 1, 2, 3])("lets nothing that others said be markup, whatever the sign-in or ending (%#)", (nth) => {
  const messages = BAITS.map((bait) => message("error", bait));
  const steps = BAITS.map((bait, at) =>
    step({ id: `${at}`, name: bait, estimate: bait, messages: messages.slice(at) }),
  );
  const outcomes: readonly Outcome[] = [
    { reference, origin: "started", kind: "ended", status: "failed", operation: operation({ messages, steps }) },
    { reference, origin: "watched", kind: "underWay", status: "running", operation: operation({ steps }) },
    { reference, origin: "adopted", kind: "lost", status: "unknown", sighting, error: new Error(BAITS.join(" ")) },
    { kind: "unclear", status: "unknown", error: new Error(BAITS.join("\n")) },
  ];
  const outcome = outcomes[nth];
  const given = report({
    ...(outcome === undefined ? {} : { ending: outcome }),
    operation: operation({ messages, steps }),
    approval: { environment: BAITS.join(), approvedBy: BAITS, comments: BAITS },
    requestIds: { goLive: BAITS.join(), last: BAITS.join() },
  });
  given.timeline.see(operation({ steps }), 0);
  given.timeline.see(operation({ steps }), 60_000);
  const markdown = summaryMarkdown(given);
  expect(strangeLines(markdown)).toEqual([]);
  expect(brokenRows(markdown)).toEqual([]);
  expect(readable(markdown)).toContain("bait");
});

test("stays far below what GitHub takes, however much is said", () => {
  const messages = Array.from({ length: 500 }, (_, at) => message("error", `${at} ${"語".repeat(2_000)}`));
  const steps = Array.from({ length: 500 }, (_, at) =>
    step({ id: `${at}`, name: `${"|".repeat(500)}${at}`, messages }),
  );
  const comments = Array.from({ length: 500 }, () => "|".repeat(2_000));
  const approval = { environment: "|".repeat(5_000), approvedBy: comments, comments };
  const markdown = summaryMarkdown(report({ operation: operation({ steps, messages }), approval }));
  expect(Buffer.byteLength(markdown)).toBeLessThan(150_000);
  expect(markdown).toContain("| and 460 more | | |\n");
  expect(strangeLines(markdown)).toEqual([]);
});

test("of an end without an offer says what happened, how long that took, and links the run", () => {
  const problems = [harmlessLine("One."), harmlessLine("<b>")];
  const given = { ending: { kind: "badInputs", problems }, plan: undefined, listing: undefined } as const;
  expect(page({ ...given, operation: undefined }).split("<details>")[0]).toBe(
    [
      "## ❌ Not live: inputs not usable, nothing was sent",
      "",
      ...["One.", "", "<b>", ""],
      "- **This step took** 2 h (2026-11-23 16:00:00 to 2026-11-23 18:00:00 UTC)",
      "- [The run's page](https://github.com/contoso/release/actions/runs/7)",
      ...["", ""],
    ].join("\n"),
  );
  const nowhere = { url: undefined, id: undefined, attempt: undefined, uses: undefined };
  expect(page({ ...given, page: nowhere })).not.toContain("page](");
});

test("of a dry run says the verdict, what now, and all that other pages say", () => {
  const finding = { kind: "neverPublished" } as const;
  const markdown = page({ ending: { kind: "dryRun", finding }, operation: undefined });
  expect(markdown).toContain("## ⚠️ contoso/contoso-vm is not ready to go live\n");
  expect(markdown).toContain("- **Nothing was sent** (<code>dryRun</code>)\n- **This step took** 2 h");
  expect(markdown).toContain("### What now\n\nPublish it to preview in Partner Center first.\n");
  expect(markdown).toContain("| ready | false |\n| ending | dryRun |\n");
  expect(markdown).toContain("[the page of the run](https://github.com/contoso/release/actions/runs/7)");
});

test("shows how to follow the go-live that a dry run has found running", () => {
  const goLive = { ...submission, reference: followed().reference };
  const markdown = page({ ending: { kind: "dryRun", finding: { kind: "goLiveRuns", goLive } } });
  expect(markdown).toContain(`    operationLocation: "${goLive.reference.location.href}"\n`);
});

test.each(["| a | b |\n|---|---|\n| a |", "| a |\n| b | c |"])("a broken table would be found: %j", (table) => {
  expect(brokenRows(table)).toHaveLength(1);
});

test.each([
  "<b>",
  "[x](https://evil.example)",
  "```mermaid\nclick a\n```",
  "```yaml\nrun: x\n```",
  "```yaml",
  "## x",
  "@x",
])("live markup would be found: %j", (markup) => {
  expect(strangeLines(markup)).toHaveLength(1);
});
