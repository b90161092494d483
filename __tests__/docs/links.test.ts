import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "@jest/globals";
import { filesOf, PAGES, read, ROOT } from "./workflow.ts";

interface Link {
  readonly page: string;
  readonly target: string;
}

/** The links of the pages that lead to this repository. */
const links = PAGES.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^()\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, markdown, html]): Link => ({ page, target: markdown ?? html ?? "" }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
);

test("there are links to look at", () => {
  const targets = links.map(({ target }) => target);
  expect(targets).toEqual(expect.arrayContaining(["docs/faults.md", "docs/recipes.md", "faults.md"]));
});

test.each(links)("$page leads to $target", ({ page, target }) => {
  expect(existsSync(join(ROOT, fileOf({ page, target })))).toBe(true);
});

test.each(links.filter(({ target }) => target.includes("#")))("$page leads to the heading of $target", (link) => {
  expect(anchorsOf(fileOf(link))).toContain(link.target.split("#")[1]);
});

/** The files of ours that the pages name in code, such as `src/go-live/poll.ts`. */
const named = PAGES.flatMap((page) =>
  [...read(page).matchAll(/`((?:__tests__|emulator|examples|scripts|src|\.github)\/[\w./-]*)`/g)].map(([, file]) => ({
    page,
    file: file ?? "",
  })),
);

test("there are named files to look for", () => {
  expect(named.map(({ file }) => file)).toEqual(
    expect.arrayContaining(["src/text/secrets.ts", "scripts/check-dist.ts"]),
  );
});

test.each(named)("$page names $file, which is there", ({ file }) => {
  expect(existsSync(join(ROOT, file))).toBe(true);
});

test.each(filesOf("docs/images", ".png"))("%s is small enough for a page, and shown on one", (file) => {
  expect(statSync(join(ROOT, file)).size).toBeLessThan(300_000);
  expect(links.map(fileOf)).toContain(file);
});

/** The file that a link leads to. */
function fileOf({ page, target }: Link): string {
  const [path = ""] = target.split("#");
  return path === "" ? page : posix.join(posix.dirname(page), path);
}

/** The text of a page without its code. */
function proseOf(page: string): string {
  return read(page)
    .replaceAll(/^```.*?^```$/gms, "")
    .replaceAll(/`[^`\n]*`/g, "");
}

/** The names of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  const headings = [
    ...read(page)
      .replaceAll(/^```.*?^```$/gms, "")
      .matchAll(/^#+ (.*)$/gm),
  ];
  return headings.map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
