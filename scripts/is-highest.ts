/** `node scripts/is-highest.ts v1.2.3 < tags`: says `yes` or `no`, see {@link isHighest}; the tags come a line each. */
import { readFileSync } from "node:fs";
import { isHighest } from "./version-tag.ts";

const [tag = ""] = process.argv.slice(2);
const tags = readFileSync(0, "utf8").split(/\s+/);
console.log(isHighest(tag, tags) ? "yes" : "no");
