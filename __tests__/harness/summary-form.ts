/** A word of theirs, when the references that stand for all other characters are taken away. */
const TEXT = String.raw`[\p{L}\p{N} ]*`;
/** Addresses of Microsoft's alone are links in what others said. */
const OWN_LINK = String.raw`\[${TEXT}\]\(https:\/\/(?:learn\.microsoft\.com|partner\.microsoft\.com|aka\.ms)\/[\w\-.~:/?=&%+,;]*\)`;
const SAID = `${TEXT}(?:${OWN_LINK}${TEXT})*`;
const PLAIN_URL = String.raw`https?:\/\/[\w\-.~:/?=&%$,;@+]+`;
const LISTING = String.raw`https:\/\/(?:azuremarketplace|appsource|marketplace)\.microsoft\.com\/[\w\-.~:/?=&%+,]*`;
const PREVIEW = String.raw`https:\/\/[\w\-.~:/?=&%$,;@+]+(?:#[\w\-.~:/?=&%$,;@+]*)?`;
const RUN_LINK = String.raw`\[${TEXT}\]\(https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+\/actions\/runs\/\d+\)`;
const SEE = `(?:, see ${RUN_LINK})?`;

/** A sentence of ours, with words in code. */
const SENTENCE = `${SAID}(?:<code>${TEXT}</code>${SAID})*`;

/** Every line that a summary may have outside of a code block. */
const LINES = oneOf([
  `## (?:✅|⚠️|❌|⏳) ${TEXT}`,
  SENTENCE,
  "### (?:What now|Steps|Messages)",
  String.raw`- \*\*Nothing was sent\*\* \(<code>dryRun</code>\)`,
  String.raw`- \*\*This step took\*\* ${TEXT}`,
  String.raw`- \*\*Listing\*\* \[${TEXT}\]\(${LISTING}\)(?:, which shows this change once a go-live has succeeded)?`,
  String.raw`- \*\*(?:Preview|Went live)\*\*(?: ${TEXT})?`,
  String.raw`  - \[${TEXT}\]\(${PREVIEW}\) \(${TEXT}\)`,
  String.raw`- \*\*Partner Center\*\* \[${TEXT}\]\(${PLAIN_URL}\)`,
  String.raw`- \*\*Approved\*\* by nobody that this step could see${SEE}`,
  String.raw`- \*\*Approved by\*\* ${TEXT}${SEE}`,
  String.raw`- \*\*Approved in this run\*\* by ${TEXT}, but this step did not start the go-live above${SEE}`,
  `(?:  )?- ${SAID}`,
  `- ${RUN_LINK}`,
  String.raw`\| Step and messages \| State \| Took \|`,
  String.raw`\|---\|---\|(?:---\|)?`,
  String.raw`\| ${TEXT}(?:<br>${SAID})* \| [a-z ]+ \| ${TEXT} \|`,
  String.raw`\| and \d+ more \| \| \|`,
  String.raw`\| \| \|`,
  String.raw`\| [A-Za-z -]+ \| ${TEXT} \|`,
  String.raw`\| [a-z]+ \| ${"`[a-zA-Z]+`"}(?: \([a-z ]+\))? \|`,
  "<details>",
  "<summary>Facts for support and later runs</summary>",
  "</details>",
]);

const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
const BLOCKS = {
  mermaid: oneOf([
    "gantt",
    "  title Steps as observed in UTC",
    "  dateFormat YYYY-MM-DD HH:mm:ss",
    "  axisFormat %(?:H:%M(?::%S)?|d %b %H:%M)",
    String.raw`  tickInterval \d+(?:second|minute|hour|day|week)`,
    "  todayMarker off",
    String.raw`  \d+ ${TEXT}:(?:done|active|crit), ${TIME}, ${TIME}`,
  ]),
  yaml: oneOf([
    String.raw`- name: Follow the (?:go-live|publish to preview) of [\w.-]+`,
    String.raw`  uses: [\w./-]+@[\w./-]+`,
    "  with:",
    String.raw`    (?:publisherId|offerId|apiVersion): "[\w.-]+"`,
    `    (?:operationLocation|endpoint|authorityHost): "${PLAIN_URL}"`,
    String.raw`    audience: "(?:[\w\-.~:/?=&%,;@+]+"|…" # the one of this step)`,
    "    target: preview",
    "    wait: true",
    String.raw`    (?:token|tenantId|clientId|clientSecret): \$\{\{ (?:steps\.sign-in\.outputs\.token|(?:vars|secrets)\.[A-Z_]+) \}\}(?: # [a-z0-9 :-]+)?`,
    "    signIn: (?:azureCli|managedIdentity)(?: # after azure/login)?",
  ]),
} as const;

/** The lines of a summary that are not of its form, in which nothing of what others said can be markup. */
export function strangeLines(summary: string): readonly string[] {
  const strange: string[] = [];
  let block: keyof typeof BLOCKS | undefined;
  for (const line of summary.split("\n")) {
    const opened = /^```(mermaid|yaml)$/.exec(line)?.[1];
    if (block === undefined && (opened === "mermaid" || opened === "yaml")) block = opened;
    else if (block !== undefined && line === "```") block = undefined;
    else if (block !== undefined) strange.push(...(BLOCKS[block].test(line) ? [] : [line]));
    else if (!LINES.test(line.replaceAll(/&#\d+;/g, ""))) strange.push(line);
  }
  return block === undefined ? strange : [...strange, `an open block of ${block}`];
}

/** The rows of tables that have another number of cells than the row above them. */
export function brokenRows(summary: string): readonly string[] {
  const lines = summary.split("\n");
  return lines.filter((line, at) => {
    const above = lines[at - 1] ?? "";
    return line.startsWith("|") && above.startsWith("|") && cells(line) !== cells(above);
  });
}

function cells(row: string): number {
  return row.split("|").length;
}

function oneOf(forms: readonly string[]): RegExp {
  return new RegExp(`^(?:${forms.join("|")})$`, "u");
}
