import { expect, test } from "@jest/globals";
import { readEndpoint } from "../../src/inputs/input-value.ts";
import { problemOf } from "../harness/input-problem.ts";

const DEFAULT = "https://cloudpartner.azure.com";
const ALLOWED = `Allowed is an https address without path, query or user name, such as \`${DEFAULT}\`.`;

test.each([
  ["", DEFAULT],
  ["https://cloudpartner.azure.com", DEFAULT],
  ["https://cloudpartner.azure.com/", DEFAULT],
  ["HTTPS://CloudPartner.Azure.Com:443", DEFAULT],
  ["https://service.example:8443", "https://service.example:8443"],
  ["http://localhost", "http://localhost"],
  ["http://localhost:8080", "http://localhost:8080"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://127.255.255.254", "http://127.255.255.254"],
  ["http://127.1", "http://127.0.0.1"],
  ["http://[::1]:8080", "http://[::1]:8080"],
  ["https://localhost", "https://localhost"],
])("reads the endpoint %j as %s", (text, origin) => {
  expect(readEndpoint("endpoint", text, DEFAULT).href).toBe(`${origin}/`);
});

test.each(["cloudpartner.azure.com", "https://", "http://[::1", "127.0.0.1:443", "http://a b", "http://256.0.0.1"])(
  "says that the endpoint %j is not a URL",
  (text) => {
    expect(problemOf(() => readEndpoint("endpoint", text, DEFAULT)).message).toBe(
      `\`endpoint\`: got ${JSON.stringify(text)}, which is not a URL. ${ALLOWED}`,
    );
  },
);

test.each([
  "https://service.example/api",
  "https://service.example//",
  "https://service.example/?a=b",
  "https://service.example/#x",
  "http://localhost/api",
  "localhost:443",
  "data:,x",
  "service.example:443",
])("refuses the endpoint %j, which is more than an address", (text) => {
  expect(problemOf(() => readEndpoint("endpoint", text, DEFAULT)).message).toBe(
    `\`endpoint\`: got ${JSON.stringify(text)}. ${ALLOWED}`,
  );
});

test.each([
  ["https://name:hidden@service.example", "https://service.example/"],
  ["https://hidden@service.example/x?y=z#w", "https://service.example/x?y=z"],
  ["https://:hidden@service.example", "https://service.example/"],
])("refuses the endpoint %j without showing the user name or password", (text, shown) => {
  const { message } = problemOf(() => readEndpoint("endpoint", text, DEFAULT));
  expect(message).toBe(`\`endpoint\`: got "${shown}". ${ALLOWED}`);
});

test.each([
  "http://cloudpartner.azure.com",
  "http://127.0.0.1.evil.com",
  "http://localhost.evil.com",
  "http://evil-localhost",
  "http://1.127.0.0",
  "http://[::2]",
  "http://[::ffff:127.0.0.1]",
  "http://0.0.0.0",
  "http://127.evil.com",
  "ftp://127.0.0.1",
  "ws://localhost",
  "wss://service.example",
])("takes plain http, and no other scheme, for this machine only: not %s", (text) => {
  expect(problemOf(() => readEndpoint("endpoint", text, DEFAULT)).message).toBe(
    `\`endpoint\`: got ${JSON.stringify(text)}. ${ALLOWED} Plain http is accepted only for this machine (localhost, 127.0.0.1, [::1]).`,
  );
});
