import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { createSecrets } from "../../src/secrets.ts";

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
  [`${JWT.slice(0, 30)}\u00ad${JWT.slice(30)}`, "[secret].[secret].[secret]"],
  [`a ${[...JWT].join("\u200b")} b`, "a [secret] b"],
  [`a\t${HEADER?.slice(0, 5)}\u001b[31m${HEADER?.slice(5)}\nb`, "a\t[secret]\nb"],
  [`a\u200bb`, "a\u200bb"],
  ["", ""],
])("takes a secret out of %j", (text, clean) => {
  const secrets = createSecrets();
  secrets.add(JWT);
  expect(secrets.redact(text)).toBe(clean);
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

test("whatever surrounds it, no secret and no long part of it is left", () => {
  const part = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_+/="), minLength: 8, maxLength: 30 });
  const hidden = fc.constantFrom("", "\u200b", "\u00ad", "\u001b[0m", "\u202e", "\u0000");
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.string(),
      fc.string(),
      hidden,
      fc.nat(30),
      (parts, before, after, mark, at) => {
        const secret = parts.join(".");
        const secrets = createSecrets();
        secrets.add(secret);
        const text = `${before} ${secret.slice(0, at)}${mark}${secret.slice(at)} ${after}`;
        const clean = secrets.redact(text).replaceAll(mark, "").toLowerCase();
        for (const each of [secret, ...parts]) expect(clean).not.toContain(each.toLowerCase());
      },
    ),
  );
});

test("keeps its patience with a large text of many small ones", () => {
  const secrets = createSecrets();
  secrets.add(JWT);
  const startMs = performance.now();
  for (let times = 0; times < 10_000; times += 1) secrets.redact("hello");
  expect(secrets.redact("\u001b]".repeat(80_000))).toHaveLength(160_000);
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
