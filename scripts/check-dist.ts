import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle, ROOT } from "./bundle.ts";

const fresh = mkdtempSync(join(tmpdir(), "dist-"));
try {
  bundle(fresh);
  const committed = join(ROOT, "dist");
  const names = new Set([...readdirSync(fresh), ...readdirSync(committed)]);
  const differing = [...names].filter((name) => read(fresh, name) !== read(committed, name));
  if (differing.length > 0) {
    console.error(`dist/ is not what src/ builds: ${differing.join(", ")}. Run \`npm run build\` and commit dist/.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

/** The content of a file, or undefined when it is missing on this side. */
function read(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), "latin1");
  } catch {
    return undefined;
  }
}
