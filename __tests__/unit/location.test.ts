import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { isOfOtherOffer, readLocation } from "../../src/marketplace/location.ts";

const BASE = new URL("https://service.example/api/publishers/p/offers/o/golive?api-version=1");
const ORIGIN = "https://service.example";

test.each([
  [`${ORIGIN}/api/publishers/p/offers/o/operations/7`, `${ORIGIN}/api/publishers/p/offers/o/operations/7`, "7"],
  [
    "/api/publishers/p/offers/o/operations/7?api-version=1",
    `${ORIGIN}/api/publishers/p/offers/o/operations/7?api-version=1`,
    "7",
  ],
  [
    "/api/operations/p$o$2$preview?api-version=1",
    `${ORIGIN}/api/operations/p$o$2$preview?api-version=1`,
    "p$o$2$preview",
  ],
  ["operations/7", `${ORIGIN}/api/publishers/p/offers/o/operations/7`, "7"],
  ["  /api/operations/7\r\n", `${ORIGIN}/api/operations/7`, "7"],
  ["/api/operations/7/", `${ORIGIN}/api/operations/7/`, "7"],
  ["/api/operations/7//", `${ORIGIN}/api/operations/7//`, "7"],
  ["/api/operations/7#part", `${ORIGIN}/api/operations/7`, "7"],
  ["/api/operations/a%20b", `${ORIGIN}/api/operations/a%20b`, "a b"],
  ["/api/operations/a%zz", `${ORIGIN}/api/operations/a%zz`, "a%zz"],
  ["/api/operations/%ff", `${ORIGIN}/api/operations/%ff`, "%ff"],
  [`${ORIGIN}:443/api/operations/7`, `${ORIGIN}/api/operations/7`, "7"],
  ["//service.example/api/operations/7", `${ORIGIN}/api/operations/7`, "7"],
  ["\\api\\operations\\7", `${ORIGIN}/api/operations/7`, "7"],
  ["HTTPS://SERVICE.EXAMPLE/api/operations/7", `${ORIGIN}/api/operations/7`, "7"],
  ["/x/../api/operations/7", `${ORIGIN}/api/operations/7`, "7"],
])("the location %j is %s with the id %j", (text, href, id) => {
  const reference = readLocation(text, BASE);
  expect(reference).toEqual({ id, location: new URL(href), ...(id.includes("$") ? { isShared: true } : {}) });
});

test.each([
  ...["https://", "https://[", "http://a b/api/operations/7"].map((text) => [text, "is not a URL"]),
  ...[
    "https://elsewhere.example/api/operations/7",
    "http://service.example/api/operations/7",
    "https://service.example:8443/api/operations/7",
    "//elsewhere.example/api/operations/7",
    "\\\\elsewhere.example\\api\\operations\\7",
    "/\\elsewhere.example/api/operations/7",
    "https:\\\\elsewhere.example/api/operations/7",
    "https://service.example.elsewhere.example/api/operations/7",
    "https://service.example@elsewhere.example/api/operations/7",
    "https://service.example\\@elsewhere.example/api".replace("\\", ".x"),
    "ht\ntps://elsewhere.example/api/operations/7",
    "data:text/plain,/api/operations/7",
    "javascript:alert(1)",
    "file:///api/operations/7",
    "ftp://service.example/api/operations/7",
  ].map((text) => [text, "is on another origin"]),
  ...[
    "https://me@service.example/api/operations/7",
    "https://:word@service.example/api/operations/7",
    "//me:word@service.example/api/operations/7",
  ].map((text) => [text, "carries a user name or password"]),
  ...[
    "/",
    "/operations/7",
    "/API/operations/7",
    "/apis/operations/7",
    "/x/api/operations/7",
    "/api/../operations/7",
    "/api/%2e%2e/operations/7",
    "/api/%2E./operations/7",
    "/api/operations%2f7",
    "/api/operations%2F..%2Fx",
    "/api/operations/a%5Cb",
    "/api/operations/a%5cb",
    "/api/a%2eb/7",
    "/api/a%2Eb/7",
    "../../../../../x",
    "/api",
    "blob:https://service.example/api/operations/7",
  ].map((text) => [text, "is outside /api/"]),
  ...[
    "/api/",
    "/api//",
    "/api/?x=operations/7",
    "/api/operations",
    "/api/publishers/p/offers/o/operations/",
    "/api/x/..",
    // Where the go-live was sent itself, however that is spelled.
    ...["", "#part", "?api-version=2", "golive", "/api/publishers/p/offers/o/golive"],
  ].map((text) => [text, "names no operation"]),
])("the location %j %s", (text, fault) => {
  expect(readLocation(text, BASE)).toBe(fault);
});

test("a location that is taken never leaves the origin or /api/, and carries no user name", () => {
  const piece = fc.constantFrom(
    "https://",
    "http://",
    "//",
    "/",
    "\\",
    "/api/",
    "..",
    ".",
    "%2e",
    "%2f",
    "%5c",
    "@",
    ":",
    "me:word@",
    "service.example",
    "elsewhere.example",
    "operations",
    "7",
    "?",
    "#",
    "\n",
    "\t",
    " ",
    "é",
    "%25",
    ":443",
    "api",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join("")),
        fc.string(),
      ),
      (text) => {
        const reference = readLocation(text, BASE);
        const location = typeof reference === "string" ? new URL(`${ORIGIN}/api/none`) : reference.location;
        const { origin, pathname, username, password, hash, href } = location;
        expect([origin, username, password, hash, new URL(href).href]).toEqual([ORIGIN, "", "", "", href]);
        expect(/^\/api\/./.test(pathname) && !/%2f|%5c|%2e|\\|\/\.\.?(\/|$)/i.test(pathname)).toBe(true);
        expect(typeof reference === "string" || reference.id !== "").toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test("does not change the base, nor hand it out", () => {
  const base = new URL(`${ORIGIN}/api/operations/7#part`);
  const reference = readLocation("#other", base);
  expect(base.hash).toBe("#part");
  expect(typeof reference === "string" ? undefined : reference.location).not.toBe(base);
});

test.each([
  ["/api/publishers/contoso/offers/contoso-vm/operations/7", false],
  ["/api/publishers/Contoso/offers/CONTOSO-VM/operations/7", false],
  ["/api/operations/contoso$contoso-vm$2$preview", false],
  ["/api/operations/7", false],
  ["/api/publishers/fabrikam/offers/contoso-vm/operations/7", true],
  ["/api/publishers/contoso/offers/contoso-app/operations/7", true],
  ["/api/operations/contoso$contoso-app$2$preview", true],
  ["/api/x/api/publishers/fabrikam/offers/contoso-vm/operations/7", false],
  ["/api/x/api/operations/contoso$contoso-app$2$preview", false],
])("tells whether %s is about another offer: %s", (path, isOther) => {
  const reference = { id: "7", location: new URL(path, BASE) };
  expect(isOfOtherOffer(reference, { publisherId: "contoso", offerId: "contoso-vm" })).toBe(isOther);
});
