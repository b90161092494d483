import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { withoutInvisible } from "../../src/text/invisible.ts";
import { createSecrets } from "../../src/text/secrets.ts";

const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl-_c2ln";
const [HEADER, PAYLOAD, SIGNATURE] = JWT.split(".");

test("knows nothing at first", () => {
  expect(createSecrets().redact(`any text ${JWT}`)).toBe(`any text ${JWT}`);
});

test("remembers a secret and the parts of a JWT, longest first", () => {
  expect(createSecrets().add(JWT)).toEqual(
    [JWT, SIGNATURE, HEADER, PAYLOAD].toSorted((a, b) => (b?.length ?? 0) - (a?.length ?? 0)),
  );
});

test("leaves out parts that are so short that they would hit ordinary words", () => {
  expect(createSecrets().add("1234567.12345678.x")).toEqual(["1234567.12345678.x", "12345678"]);
  expect(createSecrets().add("short")).toEqual(["short"]);
});

test.each([
  [`Bearer ${JWT}!`, "Bearer [secret]!"],
  [`${JWT} and ${JWT}`, "[secret] and [secret]"],
  [`${HEADER}`, "[secret]"],
  [`x${PAYLOAD}x`, "x[secret]x"],
  [`sig=${SIGNATURE}`, "sig=[secret]"],
  [JWT.toUpperCase(), "[secret]"],
  [JWT.toLowerCase(), "[secret]"],
  [`${JWT.slice(0, 30)}\u00ad${JWT.slice(30)}`, "[secret]"],
  [`cut: ${JWT.slice(0, -1)}…`, "cut: [secret]…"],
  [`cut: ${JWT.slice(1)}`, "cut: [secret]"],
  [`cut: ${JWT.slice(5, 21)}!`, "cut: [secret]!"],
  [`cut: ${JWT.slice(5, 20)}!`, `cut: ${JWT.slice(5, 20)}!`],
  [`${JWT.slice(2, 20)}${JWT.slice(10, 30)}`, "[secret]"],
  [`${JWT.slice(2, 20)} ${JWT.slice(10, 30)}`, "[secret] [secret]"],
  [`a ${[...JWT].join("\u200b")} b`, "a [secret] b"],
  [`a ${[...JWT].join("\ufe0f\u034f\u3164\u180b\u{e0101}")} b`, "a [secret] b"],
  [`a ${[...JWT].join("\u001b")} b`, "a [secret] b"],
  [`a\t${HEADER?.slice(0, 5)}\u001b[31m${HEADER?.slice(5)}\nb`, "a\t[secret]\nb"],
  [`a ${HEADER?.slice(0, 5)}\u001b]0;${PAYLOAD}\u0007${HEADER?.slice(5)} b`, "a [secret] b"],
  [`a\u200bb`, "a\u200bb"],
  ["", ""],
])("takes a secret out of %j", (text, clean) => {
  const secrets = createSecrets();
  secrets.add(JWT);
  expect(secrets.redact(text)).toBe(clean);
});

test("leaves nothing of a short secret that overlaps itself", () => {
  const secrets = createSecrets();
  secrets.add("abcabcabc");
  expect(secrets.redact("x abcabcabcabca y")).toBe("x [secret]a y");
});

test("takes every character of a secret as it is", () => {
  const secrets = createSecrets();
  secrets.add("a+b*c(d)[e]^$|\\{1}?");
  expect(secrets.redact("x a+b*c(d)[e]^$|\\{1}? y aab")).toBe("x [secret] y aab");
  secrets.add("12.45678");
  expect(secrets.redact("12x45678")).toBe("12x45678");
});

test("leaves nothing of a secret that another secret is a part of, in whichever order they came", () => {
  for (const order of [
    ["abcdefgh", "abcdefgh1234"],
    ["abcdefgh1234", "abcdefgh"],
  ]) {
    const secrets = createSecrets();
    for (const secret of order) secrets.add(secret);
    expect(secrets.redact("x abcdefgh1234 abcdefgh y")).toBe("x [secret] [secret] y");
  }
});

test("takes a secret for the same in another case, letters of other scripts among them", () => {
  const secrets = createSecrets();
  secrets.add("\u0130stanbul\u03a3\u03c2\u00c4\u{10400}8chars");
  for (const text of ["\u0130STANBUL\u03a3\u03a3\u00c4\u{10400}8CHARS", "istanbul\u03c3\u03c2\u00e4\u{10428}8chars"]) {
    expect(secrets.redact(`x ${text} y`)).toBe("x [secret] y");
  }
  secrets.add("8kelvins");
  expect(secrets.redact("8\u212aELVINS")).toBe("[secret]");
});

test("a secret of nothing that can be seen hides nothing else", () => {
  const secrets = createSecrets();
  secrets.add("\u200b\u200b");
  expect(secrets.redact("any text\u200b")).toBe("any text\u200b");
});

const SECRET = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_+/=~."), minLength: 1, maxLength: 60 });
/** Every character that a reader is shown nothing of, but line feeds and tabs. */
const UNSEEN = Array.from({ length: 0x11_00_00 }, (_, code) => code).flatMap((code) => {
  const character = String.fromCodePoint(code);
  return /[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\t]]/v.test(character) ? [character] : [];
});
const unseen = fc.oneof(fc.constant(""), fc.constantFrom(...UNSEEN), fc.constant("\u001b[1;31m"));
const anyText = fc.string({ unit: fc.oneof(fc.constantFrom(..."abcXYZ019-_. \n"), fc.constantFrom(...UNSEEN)) });
const anyCase = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.toLowerCase(),
);

/** As a reader of a file, or of a terminal, pieces a text together. */
function readings(text: string): readonly string[] {
  return [text, withoutInvisible(text)].map((each) => fold(each));
}

function fold(text: string): string {
  return text.replaceAll(/[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\t]]/gv, "").toLowerCase();
}

/** The secret's pieces that must not be seen: of 16 characters, or the whole where there are fewer; and its long parts. */
function piecesOf(secret: string): readonly string[] {
  const parts = secret.split(".").filter((part) => part.length >= 8);
  const starts = Array.from({ length: Math.max(1, secret.length - 15) }, (_, at) => at);
  return [...parts, ...starts.map((at) => secret.slice(at, at + 16))];
}

test("no piece of 16 characters is left of any secret, in any case, whatever invisible is in it and around it", () => {
  fc.assert(
    fc.property(
      fc.array(SECRET, { minLength: 1, maxLength: 3 }),
      fc.nat(60),
      fc.integer({ min: 16, max: 60 }),
      anyCase,
      fc.array(unseen, { minLength: 60, maxLength: 60 }),
      anyText,
      anyText,
      (list, from, length, change, marks, before, after) => {
        const secrets = createSecrets();
        for (const secret of list) secrets.add(secret);
        const [secret = ""] = list;
        const piece = change(
          secret.length < 16 ? secret : secret.slice(Math.min(from, secret.length - 16)).slice(0, length),
        );
        const hidden = [...piece].map((character, at) => character + (marks[at] ?? "")).join("");
        const clean = secrets.redact(`${before}${hidden}${after}`);
        for (const reading of readings(clean)) {
          const rest = reading.replaceAll("[secret]", "\n");
          const left = list.flatMap(piecesOf).filter((each) => rest.includes(each.toLowerCase()));
          expect(left).toEqual([]);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test("a text that holds none of it comes back as it is", () => {
  fc.assert(
    fc.property(fc.array(SECRET, { maxLength: 3 }), fc.array(fc.oneof(anyText, SECRET)), (list, texts) => {
      const secrets = createSecrets();
      for (const secret of list) secrets.add(secret);
      const text = texts.join("");
      const seen = readings(text);
      const isIn = (piece: string): boolean => seen.some((reading) => reading.includes(piece.toLowerCase()));
      const spelt = list.flatMap((secret) => [secret, encodeURIComponent(secret)]);
      fc.pre(!spelt.flatMap(piecesOf).some(isIn));
      expect(secrets.redact(text)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test("what a marketplace's answer says of itself is no piece of its token", () => {
  const claims = { aud: "https://cloudpartner.azure.com", appid: "6f6a1f43-1111-2222-3333-444455556666" };
  const secrets = createSecrets();
  secrets.add(`${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${SIGNATURE}`);
  const text = `GET ${claims.aud}/api/publishers/contoso/offers/contoso-vm/submissions as app ${claims.appid}`;
  expect(secrets.redact(text)).toBe(text);
});

const LARGE = 4 * 1_024 * 1_024;
/** Random, and the same in each run. */
const LONG = Array.from({ length: 40 }, (_, at) => createHash("sha512").update(`${at}`).digest("base64url")).join("");

test.each([
  ["the secret", LONG],
  ["the secret with invisible characters in it", [...LONG].join("\u200b")],
  ["pieces that are just too short", `${LONG.slice(100, 115)} `],
  ["pieces that are just long enough", `${LONG.slice(100, 116)} `],
  ["the beginnings of pieces", LONG.slice(104, 112)],
  ["invisible characters", "a\u200b"],
  ["escapes", "\u001b]"],
  ["links that are begun", "\u001b]8;;"],
  ["another's secret", createHash("sha512").update("another").digest("base64url")],
])("keeps its patience with 4 MiB of %s", (_what, piece) => {
  const secrets = createSecrets();
  for (const secret of [LONG, JWT, "short", "aaaa"]) secrets.add(secret);
  const text = piece.repeat(LARGE / piece.length);
  // The machine's other work must not count.
  const start = process.cpuUsage();
  secrets.redact(text);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(10_000);
});

test("keeps its patience with many small texts", () => {
  const secrets = createSecrets();
  secrets.add(JWT);
  const startMs = performance.now();
  for (let times = 0; times < 10_000; times += 1) secrets.redact("hello");
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
