import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { BearerAnswer } from "../../src/bearer/bearer-client.ts";
import { readSubmissionList } from "../../src/marketplace/cloud-partner-portal/submission-pages.ts";

const ORIGIN = "https://service.example";
const PATH = "/api/publishers/contoso/offers/contoso-vm/submissions";
const FIRST = `${ORIGIN}${PATH}/?api-version=1`;
const SECOND = `${ORIGIN}${PATH}/?page=2`;

interface Part {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
  readonly serviceTimeMs?: number;
}

const entry = (id: string) => ({ id, submissionState: "running", slot: "production" });
const locate = (id: string) => ({ id, location: new URL(`${ORIGIN}/${id}`), key: id.toLowerCase() });
const list = (...ids: readonly string[]) => ids.map(entry);

/** Reads a list whose parts are these, the last one for ever, and the first one again when it is asked for again. */
async function readParts(...parts: readonly Part[]) {
  const asked: string[] = [];
  const ask = async (url: URL): Promise<BearerAnswer> => {
    const isAgain = url.href === FIRST && asked.length >= parts.length;
    const part = parts[isAgain ? 0 : Math.min(asked.length, parts.length - 1)];
    asked.push(url.href);
    return {
      request: { method: "GET", url: url.href },
      status: part?.status ?? 200,
      headers: part?.headers ?? {},
      requestId: `id-${asked.length}`,
      retryAfterMs: undefined,
      serviceTimeMs: part?.serviceTimeMs,
      json: () => part?.body,
      text: () => "",
    };
  };
  try {
    const { submissions, serviceTimeMs } = await readSubmissionList({ url: new URL(FIRST), ask, locate });
    return { asked, ids: submissions.map(({ id }) => id), serviceTimeMs };
  } catch (error) {
    return { asked, error };
  }
}

const partial = { name: "AnswerError", reason: "partialList" };

test.each<[string, Part]>([
  ["a bare list", { body: list("1") }],
  ["a list in `value`", { body: { value: list("1") } }],
  ["a next link that is null", { body: { value: list("1"), nextLink: null, "@odata.nextLink": "" } }],
  ["a count of what is there", { body: { value: list("1"), "@odata.count": 1, count: 0 } }],
  ["a link to elsewhere", { body: list("1"), headers: { link: [`<${SECOND}>; rel="prev", </x>; rel=last`] } }],
  ["an empty continuation token", { body: list("1"), headers: { "x-ms-continuation": [" "] } }],
  ["that there is no more", { body: { value: list("1"), hasMore: false, continuationToken: null } }],
])("a list is read with one question when its answer shows %s", async (_what, part) => {
  expect(await readParts(part)).toEqual({ asked: [FIRST], ids: ["1"], serviceTimeMs: undefined });
});

const inBody = (name: string, link: unknown): Part => ({ body: { value: list("1"), [name]: link } });
const inHeader = (...link: readonly string[]): Part => ({ body: list("1"), headers: { link } });

test.each<[Part, string]>([
  ...["nextLink", "@nextLink", "@odata.nextLink", "odata.nextLink", "NextLink", "next_page_url", "next"].map(
    (name): [Part, string] => [inBody(name, SECOND), SECOND],
  ),
  [inBody("nextLink", "?page=2"), SECOND],
  [inBody("nextLink", `${PATH}?page=2&api-version=2`), `${ORIGIN}${PATH}?page=2&api-version=2`],
  [inBody("nextLink", `${PATH}/more/7`), `${ORIGIN}${PATH}/more/7`],
  [inBody("nextLink", `${SECOND}#part`), SECOND],
  [inHeader(`<${SECOND}>; rel="next"`), SECOND],
  [inHeader(`<?page=2>; rel=next`), SECOND],
  [inHeader(`<?page=2>;REL='NEXT'`), SECOND],
  [inHeader(`<?page=2> ; title="a, b" ; Rel = "Next"; x=y`), SECOND],
  [inHeader(`<?page=9>; rel="last", <?page=2>; rel="prefetch next"`), SECOND],
  [inHeader(`<?page=9>; rel="last"`, `<?page=2>; rel="next"`), SECOND],
  [{ ...inBody("nextLink", SECOND), headers: { link: [`<?page=2>; rel="next"`], "x-ms-continuation": ["t"] } }, SECOND],
])("the list goes on where the answer says: %j", async (first, second) => {
  const { asked, ids } = await readParts(first, { body: { value: list("2") } });
  expect(asked).toEqual([FIRST, second, FIRST]);
  expect(ids).toEqual(["1", "2"]);
});

test.each<[string, Part]>([
  ["on another origin", inBody("nextLink", `https://elsewhere.example${PATH}/?page=2`)],
  ["on another scheme", inBody("@odata.nextLink", SECOND.replace("https", "http"))],
  ["with a user name", inBody("nextLink", SECOND.replace("https://", "https://me@"))],
  ["of another offer", inBody("nextLink", SECOND.replace("contoso-vm", "contoso-app"))],
  ["of something else of the offer", inBody("nextLink", "../status")],
  ["of something that begins alike", inBody("nextLink", `${PATH}-of-another?page=2`)],
  ["outside by encoded slashes", inBody("nextLink", `${PATH}/..%2f..%2fx`)],
  ["that is no URL", inBody("nextLink", "https://[")],
  ["that is no text", inBody("nextLink", { href: SECOND })],
  ["true", inBody("nextLink", true)],
  ["a number", inBody("next", 2)],
  ["two of them", { ...inBody("nextLink", SECOND), headers: { link: ["<?page=3>; rel=next"] } }],
  ["one good and one not", { ...inBody("nextLink", SECOND), headers: { link: ["<https://x.example>; rel=next"] } }],
  ["in a form of its own", inHeader(`${SECOND}; rel="next"`)],
  ["in an encoded parameter", inHeader(`<?page=2>; rel*=UTF-8''next`)],
  ["only a token", { body: list("1"), headers: { "x-ms-continuation": ["token"] } }],
  ["only a token of another name", { body: list("1"), headers: { "x-ms-continuationtoken": ["token"] } }],
  ["only a token in the body", inBody("continuationToken", "token")],
  ["only a skip token", inBody("$skipToken", "token")],
  ["only that there is more", inBody("hasMore", true)],
  ["only a larger count", inBody("@odata.count", 2)],
  ["only a larger total", inBody("totalCount", 2)],
  ["HTTP 206", { status: 206, body: list("1") }],
  ["HTTP 206 with a link", { ...inBody("nextLink", SECOND), status: 206 }],
  ["a range", { body: list("1"), headers: { "content-range": ["items 0-0/2"] } }],
])("a list whose next part is told in a way that cannot be followed is no list: %s", async (_what, part) => {
  const { asked, error } = await readParts(part, { body: list("2") });
  expect(error).toMatchObject({ ...partial, requestId: "id-1" });
  expect(asked).toEqual([FIRST]);
});

test("a count of more entries than all parts hold makes it no list", async () => {
  const second = { body: { value: list("2"), count: 3 } };
  expect((await readParts(inBody("nextLink", "?page=2"), second)).error).toMatchObject(partial);
  expect((await readParts(inBody("nextLink", "?page=2"), { body: { value: list("2"), count: 2 } })).ids).toHaveLength(
    2,
  );
});

test.each<[string, unknown]>([
  ["a new entry", list("3", "1")],
  ["one less", []],
  ["another state", [{ ...entry("1"), submissionState: "completed" }]],
  ["another time", [{ ...entry("1"), changedTime: "2026-11-25T10:00:00Z" }]],
])(
  "a list of which the first part shows %s at the end is no list: what moved there was perhaps not read",
  async (_what, body) => {
    const parts = [inBody("nextLink", "?page=2"), { body: list("2") }, { body }];
    const { asked, error } = await readParts(...parts);
    expect(error).toMatchObject(partial);
    expect(asked).toEqual([FIRST, SECOND, FIRST]);
  },
);

test("a list whose ids are spelled in the other case when its first part is read again is the same list", async () => {
  const [upper, lower] = ["AB12", "ab12"].map((id) => ({ value: list(id), nextLink: "?page=2" }));
  const { ids } = await readParts({ body: upper }, { body: list("CD34") }, { body: lower });
  expect(ids).toEqual(["AB12", "CD34"]);
});

test.each<[string, readonly Part[], number]>([
  ["to itself", [inBody("nextLink", FIRST)], 1],
  ["to the one before", [inBody("nextLink", "?page=2"), inBody("nextLink", FIRST)], 2],
  ["to the same for ever", [inBody("nextLink", "?page=2")], 2],
])("a list whose parts lead %s is no list, and asked after no more", async (_what, parts, questions) => {
  const { asked, error } = await readParts(...parts);
  expect(error).toMatchObject({ ...partial, requestId: `id-${questions}` });
  expect(asked).toHaveLength(questions);
});

/** So many parts of one entry each, every one with a link to the next. */
const partsOf = (count: number): readonly Part[] =>
  Array.from({ length: count }, (_each, at) =>
    at === count - 1 ? { body: list(`${at}`) } : { body: { value: list(`${at}`), nextLink: `?page=${at + 2}` } },
  );

test("a list of 50 parts is read, and one of more is not read on", async () => {
  expect((await readParts(...partsOf(50))).ids).toHaveLength(50);
  expect((await readParts(...partsOf(50))).asked).toHaveLength(51);
  const { asked, error } = await readParts(...partsOf(51));
  expect(error).toMatchObject(partial);
  expect(asked).toHaveLength(50);
});

test("a list of 10,000 entries is read, and a longer one is not: what is cut off may be a go-live", async () => {
  const ids = Array.from({ length: 10_001 }, (_each, at) => `${at}`);
  expect((await readParts({ body: list(...ids.slice(1)) })).ids).toHaveLength(10_000);
  expect((await readParts({ body: list(...ids) })).error).toMatchObject(partial);
});

test.each<[string, unknown]>([
  ["no list", { no: "list" }],
  ["a running go-live without an id", [{ slot: "production", submissionState: "running" }]],
])("a later part that is %s makes the whole no list", async (_what, body) => {
  const { error } = await readParts(inBody("nextLink", "?page=2"), { body });
  expect(error).toMatchObject({ name: "AnswerError", reason: "wrongShape", requestId: "id-2" });
});

test("the time of the whole is that of its first answer: what changed since was perhaps not seen", async () => {
  const first = { ...inBody("nextLink", "?page=2"), serviceTimeMs: 5_000 };
  expect((await readParts(first, { body: list("2"), serviceTimeMs: 9_000 })).serviceTimeMs).toBe(5_000);
  expect(
    (await readParts(inBody("nextLink", "?page=2"), { body: [], serviceTimeMs: 9 })).serviceTimeMs,
  ).toBeUndefined();
});

test("whatever says where the list goes on, nobody asks anywhere else, nor for ever", async () => {
  const text = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc.constantFrom("?page=2", "//elsewhere.example", "/", "..", SECOND, "\\\\x", "%2e%2e/x", "https://me@x"),
  );
  const name = fc.constantFrom("nextLink", "@odata.nextLink", "next", "continuationToken", "x");
  const link = fc.tuple(text, fc.constantFrom('rel="next"', "rel=next", "rel=last", "next", '"'));
  const part: fc.Arbitrary<Part> = fc.record({
    body: fc.dictionary(name, fc.oneof(text, fc.jsonValue())).map((body) => ({ ...body, value: list("1") })),
    headers: fc.array(link.map(([to, rel]) => `<${to}>; ${rel}`)).map((links) => ({ link: links })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
      const { asked, error } = await readParts(...parts);
      expect(error === undefined || (error instanceof Error && error.name === "AnswerError")).toBe(true);
      expect(asked.length).toBeLessThanOrEqual(51);
      for (const url of asked) expect(url.startsWith(`${ORIGIN}${PATH}`)).toBe(true);
    }),
  );
});
