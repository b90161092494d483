import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { type BundleScope, compileBundle } from "../../emulator/step/bundle-function.ts";

const folder = mkdtempSync(join(tmpdir(), "bundle-function-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of a bundle with that text. */
function fileOf(text: string): string {
  const file = join(folder, `${crypto.randomUUID()}.js`);
  writeFileSync(file, text);
  return file;
}

/** What a step is given; its process is a name only. */
function scopeOf(name: string): BundleScope {
  const globals = { process: { name }, console, Date, performance, setTimeout };
  return {
    globals,
    meta: { url: `file:///${name}.js` },
    createRequire: (url) => (id) => `${id} for ${url}`,
    load: (file) => Promise.resolve(`${file} of ${name}`),
  };
}

const BUNDLE = `import { createRequire as require_ } from "module";
var count = 0;
count += 1;
export const told = [count, process.name, require_(import.meta.url)("node:fs"), await import("./" + "7.index.js")];
export const isStrict = this === undefined;
`;

test("evaluates a bundle anew for each step, with what is the step's own", async () => {
  const evaluate = compileBundle(fileOf(BUNDLE));
  expect(JSON.stringify(await evaluate(scopeOf("one")))).toBe(
    '{"told":[1,"one","node:fs for file:///one.js","./7.index.js of one"],"isStrict":true}',
  );
  expect(JSON.stringify(await evaluate(scopeOf("two")))).toBe(
    '{"told":[1,"two","node:fs for file:///two.js","./7.index.js of two"],"isStrict":true}',
  );
});

test("the lines of an error are those of the file", async () => {
  const file = fileOf("var one = 1;\nthrow new Error(`in line ${one + 1}`);\n");
  const error: unknown = await compileBundle(file)(scopeOf("one")).catch((reason: unknown) => reason);
  expect(String((error as Error).stack)).toContain(`${file}:2:`);
});

test.each(['import fs from "node:fs";', "export default 1;", "var a = 1;\nexport { a };", 'import "../other.js";'])(
  "refuses what a function cannot hold: %s",
  (text) => {
    expect(() => compileBundle(fileOf(text))).toThrow("holds what no function can: ");
  },
);
