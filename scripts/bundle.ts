import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { licenseTexts } from "./licenses.ts";
import { packageSizes } from "./package-sizes.ts";

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What the last bundle is made of, in bytes by package; it stays until the next one is made. */
export const SIZES = join(ROOT, "lib", "package-sizes.json");

/** Compiles `src` and bundles it into the emptied `folder`, with the licences of all that went in. */
export function bundle(folder: string): void {
  const work = mkdtempSync(join(tmpdir(), "bundle-"));
  const statistics = join(work, "statistics.json");
  try {
    rmSync(join(ROOT, "lib"), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    run("node_modules/typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
    noteNoSideEffects("@actions/core");
    run("node_modules/@vercel/ncc/dist/ncc/cli.js", [
      ...["build", "lib/index.js", "--out", folder, "--stats-out", statistics],
      ...["--no-cache", "--quiet", "--target", "es2024"],
    ]);
    dropBrowserOpener(folder);
    // Not bundled: it loads the bundle.
    copyFileSync(join(ROOT, "lib", "post-entry.js"), join(folder, "post.js"));
    // ncc's own --license keeps the packages of the last chunk only.
    writeFileSync(join(folder, "licenses.txt"), licenseTexts(readFileSync(statistics, "utf8")));
    writeFileSync(SIZES, JSON.stringify(packageSizes(readFileSync(statistics, "utf8"))));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Says in a package's own description what is true of it and not said there: its modules do nothing when they are
 * loaded. Without that the bundler keeps the ones that nobody uses; @actions/core would bring an HTTP client along.
 */
function noteNoSideEffects(name: string): void {
  const file = join(ROOT, "node_modules", name, "package.json");
  const description = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
  writeFileSync(file, `${JSON.stringify({ ...description, sideEffects: false }, undefined, 2)}\n`);
}

/** @azure/identity can open a browser to sign in; this action never does, so it carries neither chunk nor program. */
function dropBrowserOpener(folder: string): void {
  for (const name of readdirSync(folder)) {
    const isOpener = /^\d+\.index\.js$/.test(name) && readFileSync(join(folder, name), "utf8").includes("xdg-open");
    if (isOpener || name === "xdg-open") rmSync(join(folder, name));
  }
}

function run(script: string, options: readonly string[]): void {
  execFileSync(process.execPath, [script, ...options], { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
}
