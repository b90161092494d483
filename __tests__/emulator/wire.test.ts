import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const WIRE = fileURLToPath(new URL("../../emulator/wire/", import.meta.url));

test("what all services stand on knows none of them: the wire imports itself alone", () => {
  const imports = globSync("*.ts", { cwd: WIRE }).flatMap((file) =>
    [...readFileSync(join(WIRE, file), "utf8").matchAll(/\bfrom "(\.[^"]+)"/g)].map(([, path = ""]) => path),
  );
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter((path) => !path.startsWith("./"))).toEqual([]);
});
