/** Measures this action and public clients in the same troubles and writes docs/compared.md: `npm run compare`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { ROOT } from "../scripts/bundle.ts";
import { comparedPage } from "./compare/page.ts";
import { compare, type Result } from "./compare/result.ts";
import { openSubjects, type Subject } from "./compare/subject.ts";
import { TROUBLES, type Trouble } from "./compare/trouble.ts";
import { keptFolder, openWorkshop } from "./workshop/workshop.ts";

const subjects = await openSubjects(openWorkshop(keptFolder(process.env), "usual", console.log));
const results = new Map<Subject, ReadonlyMap<Trouble, Result>>();
for (const subject of subjects) results.set(subject, await measure(subject));
const page = comparedPage(results, new Date().toISOString().slice(0, 10));
writeFileSync(join(ROOT, "docs", "compared.md"), await format(page, { parser: "markdown", printWidth: 120 }));

async function measure(subject: Subject): Promise<ReadonlyMap<Trouble, Result>> {
  const byTrouble = new Map<Trouble, Result>();
  for (const trouble of TROUBLES) {
    const result = await compare(subject, trouble);
    console.log(`${subject.name} ${subject.version} (${subject.api}): ${trouble.title}: ${JSON.stringify(result)}`);
    byTrouble.set(trouble, result);
  }
  return byTrouble;
}
