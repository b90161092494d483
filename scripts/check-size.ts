/**
 * Fails when the bundle, or a package in it, has grown by more than 5 % against the committed figure:
 * `npm run check:size`, and with `--update` the figures of now are the ones to compare with from then on.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle, ROOT, SIZES } from "./bundle.ts";
import type { PackageSizes } from "./package-sizes.ts";

const MOST_GROWTH = 1.05;
const COMMITTED = join(ROOT, "bench", "dist-size.json");

const { update } = parseArgs({ options: { update: { type: "boolean", default: false } } }).values;
const now = measure();
if (update) {
  writeFileSync(COMMITTED, `${JSON.stringify(now, undefined, 2)}\n`);
} else {
  const grown = growth(read(COMMITTED), now);
  if (grown.length > 0) {
    console.error(`dist/ has grown by more than 5 %:\n${grown.join("\n")}`);
    console.error("If that is what it takes, run `npm run check:size -- --update` and say in the commit why.");
    process.exitCode = 1;
  }
}

/** The figures of the last build, which `check:dist` has just made; alone, this makes one. */
function measure(): PackageSizes {
  if (!existsSync(SIZES)) {
    const folder = mkdtempSync(join(tmpdir(), "dist-"));
    bundle(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  return read(SIZES);
}

function growth(before: PackageSizes, after: PackageSizes): readonly string[] {
  const pairs = Object.entries(after.packages).map(
    ([name, bytes]) => [name, before.packages[name] ?? 0, bytes] as const,
  );
  return [["the whole", before.total, after.total] as const, ...pairs].flatMap(([name, was, is]) =>
    is > was * MOST_GROWTH ? [`  ${name}: ${was} → ${is} bytes`] : [],
  );
}

function read(file: string): PackageSizes {
  return JSON.parse(readFileSync(file, "utf8")) as PackageSizes;
}
