import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle, ROOT } from "./bundle.ts";

// Built beside and then swapped in: whoever runs the bundle meanwhile meets the old or the new one, never half of it.
const dist = join(ROOT, "dist");
const fresh = mkdtempSync(join(ROOT, "dist-"));
bundle(fresh);
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);
