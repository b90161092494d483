/**
 * Fails when a lock file would install anything but what its hashes name, from the default registry:
 * `npm run check:locks`, and with a folder as its argument that folder instead of this one.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { concernsInstallation, lockProblems } from "./lock-problems.ts";

// Before anything is installed: nothing but node itself is there yet.
const [folder = fileURLToPath(new URL("..", import.meta.url))] = process.argv.slice(2);
const files = filesBelow("");
for (const { path, name } of files) {
  for (const problem of lockProblems(name, readFileSync(join(folder, path), "utf8"))) {
    console.error(`${path}: ${problem}`);
    process.exitCode = 1;
  }
}
console.log(`${files.length} lock files checked`);

/** What is installed is not looked at: it was made by a lock that was. */
function filesBelow(place: string): readonly { readonly path: string; readonly name: string }[] {
  return readdirSync(join(folder, place), { withFileTypes: true }).flatMap((entry) => {
    const path = join(place, entry.name);
    if (entry.isDirectory()) return [".git", "node_modules"].includes(entry.name) ? [] : filesBelow(path);
    return concernsInstallation(entry.name) ? [{ path, name: entry.name }] : [];
  });
}
