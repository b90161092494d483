import { expect, test } from "@jest/globals";
import { createService, failureOf, TOKEN } from "../harness/bearer-service.ts";

const PARTS = TOKEN.split(".");
/** The token as JSON may spell it: every character escaped. */
const ESCAPED = [...TOKEN].map((one) => String.raw`\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

function textOf(value: unknown): string {
  const fields = value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value;
  return JSON.stringify(fields).toLowerCase();
}

test("takes the token out of everything that a service echoes in a success", async () => {
  const { get } = createService({
    headers: {
      location: [`/api/operations/${TOKEN}`],
      "x-ms-request-id": [`id ${PARTS[1]}`],
      "x-echo": ["fine", `Bearer ${TOKEN.toUpperCase()}`],
    },
    body: `{"status":"${TOKEN}","escaped":"${ESCAPED}","deep":[{"text":"x ${PARTS[2]} y"}]}`,
  });
  const { json, ...answer } = await get();
  expect(answer.headers["x-echo"]).toEqual(["fine", expect.stringMatching(/^Bearer \[secret\]/)]);
  expect(answer.requestId).toBe("id [secret]");
  expect(json()).toEqual({ status: "[secret]", escaped: "[secret]", deep: [{ text: "x [secret] y" }] });
  for (const part of PARTS) expect(textOf([answer, json()])).not.toContain(part.toLowerCase());
});

test.each([
  ["JSON", `{"error":{"code":"${TOKEN}","message":"your token ${TOKEN}"}}`],
  ["JSON with escapes", `{"error":{"code":"${ESCAPED}","message":"your token ${ESCAPED}"}}`],
  ["a page", `<html><title>your token ${TOKEN}</title>`],
  ["plain text", `your token ${TOKEN}`],
])("takes the token out of a refusal that echoes it in %s", async (_title, body) => {
  const { get, exchanges } = createService({ status: 401, headers: { "x-ms-request-id": [TOKEN] }, body });
  const error = await failureOf(get());
  expect(error).toMatchObject({ serviceText: "your token [secret]", requestId: "[secret]" });
  for (const part of PARTS) expect(textOf([error, exchanges].flat())).not.toContain(part.toLowerCase());
  for (const part of PARTS) expect(textOf(error)).not.toContain(part.toLowerCase());
});
