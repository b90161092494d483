/**
 * The fake Azure CLI's program: `az` in the folder of {@link startAzureCli} runs it with the address of its stand-in,
 * tells that what it was asked and which variables it was given, and writes what it is told.
 */
import { writeSync } from "node:fs";
import { request } from "node:http";

const [url = "", ...words] = process.argv.slice(2);
const asking = request(url, { method: "POST", headers: { "content-type": "application/json" } }, (response) => {
  let text = "";
  response.setEncoding("utf8").on("data", (part: string) => (text += part));
  response.on("end", () => {
    const told = JSON.parse(text) as { readonly stdout: string; readonly stderr: string; readonly exitCode: number };
    writeSync(1, told.stdout);
    writeSync(2, told.stderr);
    process.exitCode = told.exitCode;
  });
});
asking.on("error", (error) => {
  writeSync(2, `The fake Azure CLI has lost its stand-in: ${error.message}\n`);
  process.exitCode = 70;
});
asking.end(JSON.stringify({ words, variables: Object.keys(process.env) }));
