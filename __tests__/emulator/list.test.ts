import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { resolveBehaviour } from "../../emulator/cloud-partner-portal/behaviour.ts";
import type { Behaviour } from "../../emulator/emulator.ts";
import { type Page, pageOf } from "../../emulator/cloud-partner-portal/list-page.ts";
import { OFFER_PATH, openEmulator, VERSION } from "../harness/emulator-client.ts";

const { begin, beginWith, advance, ask, goLive, goLives, list, operation, statusOf, url } = openEmulator();

const LIST = `${OFFER_PATH}/submissions/`;
/** Three entries: a publish, a go-live that failed, and one that runs. */
const THREE = {
  state: "goingLive",
  history: [{ slot: "staging" }, { slot: "production", outcome: "failed" }],
} as const;

/** A page's next link, wherever it stands. */
function nextOf({ headers, body }: Awaited<ReturnType<typeof list>>): string | undefined {
  const link = /^<(.*)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
  return link ?? body.nextLink ?? body["@nextLink"] ?? body["@odata.nextLink"];
}

/** All pages, by their links. */
async function readPages(first: string) {
  const pages = [];
  for (let next: string | undefined = first; next !== undefined;) {
    const page = await ask("GET", next);
    pages.push(page.body.value ?? page.body);
    next = nextOf(page);
  }
  return pages;
}

test.each(["nextLink", "@nextLink", "@odata.nextLink", "link"] as const)(
  "the list can be read page by page, %s leads to the next",
  async (listPaging) => {
    beginWith(THREE);
    const whole: unknown[] = (await list()).body;
    for (const listLinks of ["absolute", "relative"] as const) {
      beginWith(THREE, { behaviour: { listPaging, listPageSize: 2, listLinks } });
      const first = await list();
      expect(new URL(nextOf(first) ?? "", url()).origin).toBe(url());
      expect(nextOf(first)?.startsWith("/")).toBe(listLinks === "relative");
      expect(await readPages(LIST + VERSION)).toEqual([whole.slice(0, 2), whole.slice(2)]);
    }
  },
);

test("whatever the size of the pages, together they are the list, and none but the last is short", () => {
  const behaviour = fc.record({
    listPaging: fc.constantFrom("nextLink", "link", "continuation"),
    listPageSize: fc.integer({ min: 1, max: 12 }),
    listLinks: fc.constantFrom("absolute", "relative"),
  });
  const request = { method: "GET", target: LIST + VERSION, headers: {}, body: "", origin: "https://service.example" };
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 40 }), behaviour, (entries, given) => {
      const pages = [];
      for (let target: string | undefined = request.target; target !== undefined;) {
        const page: Page<number> = pageOf(entries, { ...request, target }, resolveBehaviour(given));
        expect(page.next === undefined || page.entries.length === given.listPageSize).toBe(true);
        pages.push(...page.entries);
        target = page.next?.link.replace(request.origin, "");
      }
      expect(pages).toEqual(entries);
    }),
  );
});

test("a page that is whole names no next one", async () => {
  beginWith(THREE, { behaviour: { listPaging: "nextLink", listPageSize: 3 } });
  expect((await list()).body).toEqual({ value: Array(3).fill(expect.any(Object)) });
});

test("a token says that there is more, and no request takes it", async () => {
  beginWith(THREE, { behaviour: { listPaging: "continuation" } });
  const first = await list();
  expect(first.body).toHaveLength(1);
  expect(first.headers.get("x-ms-continuation")).toBe("after-1");
  expect((await list("&continuation=after-1")).body).toEqual(first.body);
});

test("the running go-live is on the last page where the oldest come first", async () => {
  beginWith(THREE, { behaviour: { listPaging: "link", listPageSize: 2, listOrder: "oldestFirst" } });
  const pages = await readPages(LIST + VERSION);
  expect(pages[1]).toMatchObject([{ slot: "production", submissionState: "running" }]);
});

test("links can lead to another origin, to their own page, or on for ever", async () => {
  const paged = { listPaging: "nextLink", listPageSize: 3 } as const;
  beginWith(THREE, { behaviour: { ...paged, listPageSize: 1, listLinkOrigin: "https://pages.example" } });
  expect((await list()).body.nextLink).toBe(`https://pages.example${LIST}?api-version=2017-10-31&%24skiptoken=1`);
  beginWith(THREE, { behaviour: { ...paged, listLinksTo: "samePage" } });
  expect((await list()).body.nextLink).toBe(`${url()}${LIST}${VERSION}`);
  beginWith(THREE, { behaviour: { ...paged, listLinksTo: "endlessPages", listLinks: "relative" } });
  const { nextLink } = (await list()).body;
  const second = (await ask("GET", nextLink)).body;
  expect(second).toEqual({ value: [], nextLink: `${LIST}?api-version=2017-10-31&%24skiptoken=6` });
});

test("the list can be answered as a part", async () => {
  begin({ behaviour: { listPartial: true } });
  expect(await list()).toMatchObject({ status: 206, body: [{ slot: "staging" }] });
});

test("the members of an entry can be others, or be missing, by the slot it truly has", async () => {
  const production = { slot: undefined, submissionType: undefined };
  begin({ behaviour: { listEntries: { production, staging: { slot: 7 } } } });
  await goLive();
  const [live, preview] = (await list()).body;
  expect(live).toMatchObject({ id: goLives()[0]?.id, submissionState: "running" });
  expect(live).not.toHaveProperty("slot");
  expect(live).not.toHaveProperty("submissionType");
  expect(preview).toMatchObject({ slot: 7, submissionType: "publish" });
});

test("a new entry can get its slot later, one from before has it", async () => {
  begin({ behaviour: { slotLagMs: 30_000 } });
  await goLive();
  expect((await list()).body.map((entry: { slot?: string }) => entry.slot)).toEqual([undefined, "staging"]);
  advance(30_000);
  expect((await list()).body.map((entry: { slot?: string }) => entry.slot)).toEqual(["production", "staging"]);
});

test("an entry can have the state it had before, for a while", async () => {
  begin({ behaviour: { listStateLagMs: 30_000 } });
  await goLive();
  expect((await list()).body[0]).toMatchObject({ submissionState: "running", changedTime: "2026-01-01T00:00:00.000Z" });
  advance(89_999);
  expect((await list()).body[0]).toMatchObject({ submissionState: "running", changedTime: "2026-01-01T00:00:00.000Z" });
  advance(1);
  expect((await list()).body[0]).toMatchObject({
    submissionState: "completed",
    changedTime: "2026-01-01T00:01:00.000Z",
  });
});

test("an earlier entry can appear, or get its slot, only in a later answer", async () => {
  const history = [
    { slot: "production", listedFromNth: 2, endedAgoMs: 2_592_000_000 },
    { slot: "staging", slotFromNth: 3 },
  ] as const;
  beginWith({ history }, { behaviour: { listPaging: "nextLink" } });
  const seen = [];
  for (let count = 0; count < 3; count += 1) {
    const pages = await readPages(LIST + VERSION);
    seen.push(pages.flat().map((entry: { slot?: string }) => entry.slot));
  }
  expect(seen).toEqual([[undefined], [undefined, "production"], ["staging", "production"]]);
});

test("a new go-live can appear, or get its slot, only in a later answer", async () => {
  beginWith({ goLive: { listedFromNth: 2, slotFromNth: 3 } });
  await goLive();
  const [first, second, third] = [await list(), await list(), await list()];
  expect(first.body).toHaveLength(1);
  expect(second.body[0]).not.toHaveProperty("slot");
  expect(third.body[0].slot).toBe("production");
});

test.each([
  ["lower", [false, false, false]],
  ["upper", [true, true, true]],
  ["alternating", [false, true, false]],
] as const)("ids are in %s case, and found in any", async (listIdCase, areUpper) => {
  beginWith(THREE, { behaviour: { listIdCase, operationId: "own" } });
  for (const isUpper of areUpper) {
    const { id } = (await list()).body[0];
    expect(id).toMatch(isUpper ? /^[\dA-F-]+$/ : /^[\da-f-]+$/);
    expect((await operation(id)).body).toMatchObject({ id: id.toLowerCase(), status: "running" });
    expect(statusOf(id)).toBe("running");
  }
});

const CHANGED: readonly (readonly [Behaviour["listChangedTime"], string | undefined])[] = [
  ["zoned", "2026-01-01T00:00:00.000Z"],
  ["unzoned", "2026-01-01T00:00:00.000000"],
  ["none", undefined],
];

test.each(CHANGED)("the time of the last change can be %s", async (listChangedTime, changedTime) => {
  begin({ behaviour: { listChangedTime } });
  await goLive();
  expect((await list()).body[0].changedTime).toBe(changedTime);
});

test("an entry can have another offer id, a long version and a definition", async () => {
  begin({ behaviour: { listEntryForm: "full" } });
  const [entry] = (await list()).body;
  expect(entry).toMatchObject({ version: 636_486_400_000_000_000, definition: { plans: [{ planId: "standard" }] } });
  expect(entry.offerId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});
