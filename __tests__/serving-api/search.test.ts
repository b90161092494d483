import { expect, test } from "@jest/globals";
import { texts } from "../harness/scenario.ts";
import { readResult } from "../report/result-schema.ts";
import { SEARCH_CASES, type SearchCase } from "./search-cases.ts";
import { ORIGINS, startSearch } from "./search-scenario.ts";

/** So many at once: each has services of its own. */
const AT_ONCE = 8;

/** What became of a case, in the words of its row. */
async function play(row: SearchCase): Promise<unknown> {
  const scenario = await startSearch(row.options);
  const { entra } = scenario;
  const granted =
    row.token === undefined ? undefined : await entra.grant({ kind: "secret", resource: ORIGINS[row.token] });
  const token = granted !== undefined && "token" in granted ? granted.token : "";
  const byToken = { token, tenantId: "", clientId: "", clientSecret: "" };
  const result = await scenario.run({ ...row.with, ...(token === "" ? {} : byToken) });
  const { outputs, log, exitCode } = result;
  const read = readResult(outputs["result"]) as { readonly api: { readonly name: string; readonly by: string } | null };
  const said = `${log}\n${["error", "warning", "notice"].flatMap((level) => texts(result, level)).join("\n")}`;
  expect(scenario.sent().length).toBeLessThanOrEqual(1);
  return {
    asked: scenario.asked(),
    api: outputs["api"] === undefined ? undefined : [read.api?.name, read.api?.by],
    isNamed: outputs["api"] === read.api?.name,
    status: outputs["status"],
    hasFailed: exitCode !== 0,
    says: (row.says ?? []).filter((text) => said.includes(text)),
  };
}

function expected({ asked, api, status, says = [] }: SearchCase): unknown {
  const hasFailed = status === "rejected" || status === "unknown";
  return { asked, api, isNamed: true, status, hasFailed, says };
}

test("asks each API at most what the table says, and starts what it says where it says", async () => {
  const played: (readonly [string, unknown])[] = [];
  for (let at = 0; at < SEARCH_CASES.length; at += AT_ONCE) {
    const rows = SEARCH_CASES.slice(at, at + AT_ONCE);
    played.push(...(await Promise.all(rows.map(async (row) => [row.what, await play(row)] as const))));
  }
  const table = SEARCH_CASES.map((row) => [row.what, expected(row)] as const);
  expect(new Set(table.map(([what]) => what)).size).toBe(table.length);
  expect(Object.fromEntries(played)).toEqual(Object.fromEntries(table));
}, 120_000);
