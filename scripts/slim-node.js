// The `node` package keeps its headers and a second npm beside the binary that it hard-links: 68 MB that nothing here reads.
import { rmSync } from "node:fs";

rmSync(new URL("../node_modules/node/node_modules", import.meta.url), { recursive: true, force: true });
