import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const EMULATOR = fileURLToPath(new URL("../../emulator/", import.meta.url));

/** The rooms that files of a room import from, apart from their own. */
function roomsKnownBy(room: string): readonly string[] {
  const files = globSync("*.ts", { cwd: join(EMULATOR, room) });
  const imports = files.flatMap((file) =>
    [...readFileSync(join(EMULATOR, room, file), "utf8").matchAll(/\bfrom "(\.[^"]+)"/g)].map(([, path = ""]) =>
      dirname(join(room, path)),
    ),
  );
  expect(imports.length).toBeGreaterThan(20);
  return [...new Set(imports)].filter((known) => known !== room);
}

test("what all services stand on knows none of them", () => {
  expect(roomsKnownBy("wire")).toEqual([]);
});

test.each(["cloud-partner-portal", "product-ingestion"])("the API in %s knows the wire, and no other API", (room) => {
  expect(roomsKnownBy(room)).toEqual(["wire"]);
});
