/**
 * Notes which files a program reads as modules, or opens by itself: one line each in the file that FILES_READ names.
 * Loaded with `node --import`.
 */
import fs from "node:fs";
import { registerHooks, syncBuiltinESMExports } from "node:module";

const list = process.env["FILES_READ"] ?? "";
const note = fs.appendFileSync.bind(fs, list);

registerHooks({
  load(url, context, next) {
    note(`${url}\n`);
    return next(url, context);
  },
});
const { openSync, readFileSync } = fs;
fs.openSync = (...values) => {
  if (values[0] !== list) note(`${String(values[0])}\n`);
  return openSync(...values);
};
fs.readFileSync = ((...values: Parameters<typeof readFileSync>) => {
  note(`${String(values[0])}\n`);
  return readFileSync(...values);
}) as typeof readFileSync;
syncBuiltinESMExports();
