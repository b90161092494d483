// Keeps what `npm ci` leaves behind small: takes away what packages bring along and nothing here reads.
import { globSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const unread = [
  // The `node` package's headers and second npm, beside the binary that it hard-links.
  "node/node_modules",
  // Only the browser build of @azure/identity imports it.
  "@azure/msal-browser",
  // Builds for other places than Node.
  "@azure/*/dist/{browser,react-native,workerd}",
  "@azure/msal-common/dist-browser",
  "@typespec/*/dist/{browser,react-native,workerd}",
  // Source maps.
  "**/*.map",
];
const cwd = fileURLToPath(new URL("../node_modules", import.meta.url));
for (const entry of globSync(unread, { cwd })) {
  rmSync(new URL(`../node_modules/${entry}`, import.meta.url), { recursive: true, force: true });
}
