import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readServiceFault } from "../../src/bearer/service-fault.ts";

const asItIs = (text: string): string => text;
const read = (body: unknown): ReturnType<typeof readServiceFault> =>
  readServiceFault(typeof body === "string" ? body : JSON.stringify(body), asItIs);

test.each<[unknown, string | undefined, string | undefined]>([
  [
    { error: { code: "BadOffer", message: "The offer is not signed off." } },
    "BadOffer",
    "The offer is not signed off.",
  ],
  [
    { error: { code: "A", message: "M.", details: [{ message: "D1." }, { message: "D2." }, null, {}, "x"] } },
    "A",
    "M. D1. D2. x",
  ],
  [{ error: { message: "M.", details: [{ message: "M." }, { message: "D." }] } }, undefined, "M. D."],
  [{ error: { details: [{ message: "D." }] } }, undefined, "D."],
  [{ error: { code: "A" } }, "A", undefined],
  [{ error: {} }, undefined, undefined],
  [
    {
      error: [
        { code: "A", message: "M." },
        { code: "B", message: "N." },
      ],
    },
    "A",
    "M. N.",
  ],
  [[{ message: "M." }, { message: "N." }], undefined, "M. N."],
  [{ errors: ["M.", "N."] }, undefined, "M. N."],
  [
    { title: "Not valid.", errors: { logo: ["The logo is too small."], plan: ["The plan has no price."] } },
    undefined,
    "Not valid. The logo is too small. The plan has no price.",
  ],
  [
    {
      error: { code: "A", message: "M.", innererror: { code: "B", innererror: { code: "C", message: "The cause." } } },
    },
    "A",
    "M. B The cause.",
  ],
  [
    { error: { message: "M.", details: [{ code: "D", details: [{ message: "Deep." }] }, { message: "Flat." }] } },
    "D",
    "M. Flat. Deep.",
  ],
  [{ error: { code: 7, message: ["x"], details: {} } }, undefined, undefined],
  [{ message: "M." }, undefined, "M."],
  [{ code: "C", message: " M. " }, "C", "M."],
  [
    { Message: "Authorization has been denied for this request." },
    undefined,
    "Authorization has been denied for this request.",
  ],
  [
    { error: "invalid_client", error_description: "AADSTS7000215: wrong secret." },
    undefined,
    "AADSTS7000215: wrong secret.",
  ],
  [{ error: "nope" }, undefined, "nope"],
  [{ title: "Bad Request", status: 400, detail: "The id is no id." }, undefined, "The id is no id."],
  [{ title: "Bad Request" }, undefined, "Bad Request"],
  [{ other: "x" }, undefined, undefined],
  [
    "a log line that quotes <html><title>Not a page</title>",
    undefined,
    "a log line that quotes <html><title>Not a page</title>",
  ],
  [{}, undefined, undefined],
  ['"a text in JSON"', undefined, "a text in JSON"],
  [
    JSON.stringify('ICH50400 - No. {"faultCode":50400,"reasonPhrase":"Not valid.","data":{"Name":["The cause."]}}'),
    undefined,
    "ICH50400 - No. Not valid. The cause.",
  ],
  [
    'E.RestClientException: Failed, API=GetProduct, ResponseContent={"code":"Bad","message":"The cause."}',
    "Bad",
    "E.RestClientException: Failed, API=GetProduct, ResponseContent= The cause.",
  ],
  [{ statusCode: 404, message: "The cause." }, undefined, "The cause."],
  [
    { code: "InvalidState", message: "The cause.", details: [], source: "s", target: "t" },
    "InvalidState",
    "The cause.",
  ],
  ['"Quotes {what is no JSON}"', undefined, "Quotes {what is no JSON}"],
  ['"Quotes {\\"other\\":1}"', undefined, 'Quotes {"other":1}'],
  ['" "', undefined, undefined],
  ["[]", undefined, undefined],
  ["[[], [null], {}]", undefined, undefined],
  ["null", undefined, undefined],
  ["42", undefined, undefined],
  ["", undefined, undefined],
  [" \n ", undefined, undefined],
  [" plain text\n", undefined, "plain text"],
  ['{"error":{"message":"cut o', undefined, '{"error":{"message":"cut o'],
  ["<html><head><title>502 Bad Gateway</title></head><body>styles</body></html>", undefined, "502 Bad Gateway"],
  ["\n <!DOCTYPE html><TITLE lang='en'> Sign in </TITLE>", undefined, "Sign in"],
  ["<?xml version='1.0'?><html><h1 class='x'>Gateway time-out</h1></html>", undefined, "Gateway time-out"],
  ["<head><title></title></head><h1>Heading</h1>", undefined, "Heading"],
  ["<body>only style</body>", undefined, "(an HTML page without a title)"],
  ["<html><title>Cut", undefined, "Cut"],
  ["I saw <title>this</title>", undefined, "I saw <title>this</title>"],
])("reads %j", (body, code, serviceText) => {
  expect(read(body)).toEqual({ code, serviceText });
});

test("cleans what is told of JSON within a text, which can spell a secret with escapes of its own", () => {
  const inner = String.raw`{"message":"a \u0073ecret"}`;
  expect(readServiceFault(JSON.stringify(`Failed. ${inner}`), (text) => text.replaceAll("secret", "***"))).toEqual({
    code: undefined,
    serviceText: "Failed. a ***",
  });
});

test("leaves room for the innermost message, however long what stands before it", () => {
  const text = `${"x".repeat(10_000)} {"message":"The cause."}`;
  expect(read(text).serviceText).toBe(`${"x".repeat(200)} The cause.`);
});

test("cuts an endless title", () => {
  expect(read(`<html><title>${"x".repeat(1_000)}`).serviceText).toBe("x".repeat(300));
  expect(read(`<html><h1>${"y".repeat(1_000)}`).serviceText).toBe("y".repeat(300));
});

test("passes every text in JSON through a function: it can spell a secret with escapes", () => {
  const body = String.raw`{"error":{"code":"\u0073ecret","message":"a \u0073ecret","details":[{"message":"the secret"}]}}`;
  expect(readServiceFault(body, (text) => text.replaceAll("secret", "***"))).toEqual({
    code: "***",
    serviceText: "a *** the ***",
  });
});

test.each(["<title", "<h1", "<title ", "<"])("does not ponder over a page of many %j", (piece) => {
  const startMs = performance.now();
  read(`<html>${piece.repeat(50_000)}`);
  expect(performance.now() - startMs).toBeLessThan(2_000);
});

test("tells the innermost of many errors and stops at a number that can be read", () => {
  const details = Array.from({ length: 10_000 }, (_each, at) => ({ message: `D${at}.` }));
  expect(read({ error: { message: "M.", details } }).serviceText?.split(" ")).toHaveLength(20);
  const deep = (levels: number): object => (levels === 0 ? { message: "Cause." } : { innererror: deep(levels - 1) });
  expect(read({ error: deep(100) }).serviceText).toBe("Cause.");
});

test("is not led astray by a body that is nested deeper than a stack holds", () => {
  const levels = 500_000;
  expect(read(`${'{"error":'.repeat(levels)}"x"${"}".repeat(levels)}`).code).toBeUndefined();
  expect(read(`${"[".repeat(levels)}${"]".repeat(levels)}`).code).toBeUndefined();
});

test("never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((json) => `{"error":${json}}`),
      ),
      (body) => {
        const { code, serviceText } = read(body);
        for (const text of [code, serviceText]) expect(text === undefined || text.trim() === text).toBe(true);
      },
    ),
  );
});
