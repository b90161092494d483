import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { previewLinks, previewText } from "../../src/report/preview.ts";

const PORTAL = "https://portal.azure.com/#create/contoso.contoso-vm-preview";
const FLIGHT = "https://azuremarketplace.microsoft.com/en-us/marketplace/apps/contoso.x-preview?flightCodes=0fe7a1d2";
const GUID = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const PAGE = `https://partner.microsoft.com/en-us/dashboard/commercial-marketplace/offers/${GUID}/overview`;

const shown = (...urls: readonly string[]): readonly string[] =>
  previewLinks(
    urls.map((url) => ({ url, text: "x" })),
    undefined,
  ).map(({ url }) => url);

test.each([PORTAL, FLIGHT, "https://portal.azure.us/#create/contoso.contoso-vm-preview"])(
  "shows the service's own link as it is: %s",
  (url) => {
    expect(shown(url)).toEqual([url]);
  },
);

test.each([
  "http://portal.azure.com/",
  "javascript:alert(1)",
  "/relative",
  "",
  "https://user@portal.azure.com/",
  "https://:word@portal.azure.com/",
  `https://portal.azure.com/${"x".repeat(2_000)}`,
  "https://store.blob.core.windows.net/x?sv=1&sig=abc",
  "https://portal.azure.com/?access_token=abc",
  "https://portal.azure.com/#access_token=abc",
  "https://portal.azure.com/#/id_token=abc",
  "https://portal.azure.com/?code=abc",
  "https://portal.azure.com/?x=1&client_secret=abc",
  "https://portal.azure.com/?apiKey=abc",
  "https://portal.azure.com/?flightSasSig=abc",
  "https://portal.azure.com/?sharedAccessSignature=abc",
  "https://portal.azure.com/?X-Amz-Signature=abc",
  "https://portal.azure.com/?s%69g=abc",
  "https://portal.azure.com/?bad=%E0%A4%A&%73ig=abc",
  "https://portal.azure.com/?previewKey=abc",
  "https://portal.azure.com/?hash=abc",
  "https://portal.azure.com/?hmac=abc",
  "https://portal.azure.com/#/login?redirect=https%3A%2F%2Fy.example%2F%3Fsig%3Dabc",
  "https://portal.azure.com/?next=https%253A%252F%252Fy.example%252F%253Fsig%253Dabc",
  `https://portal.azure.com/?x=eyJ${"a".repeat(20)}`,
])("shows no link that leads elsewhere, or lets in whoever has it: %s", (url) => {
  expect(shown(url)).toEqual([]);
});

test("shows each link once, in the order of the service, and no more than people read", () => {
  const many = Array.from({ length: 30 }, (_, at) => `https://portal.azure.com/${at}`);
  expect(shown(PORTAL, FLIGHT, PORTAL)).toEqual([PORTAL, FLIGHT]);
  expect(shown(...many)).toEqual(many.slice(0, 20));
});

test("shows the offer's page in Partner Center where the service names no link, and the submission tells which", () => {
  const text = "The offer's page in Partner Center";
  expect(previewLinks([], `submission/${GUID}/7`)).toEqual([{ text, url: PAGE }]);
  expect(previewLinks([{ text: "x", url: "http://x" }], `submission/${GUID}/7`)).toEqual([{ text, url: PAGE }]);
  expect(previewLinks([], "56615b67-2185-49fe-80d2-000000000001")).toEqual([]);
  expect(previewLinks([], undefined)).toEqual([]);
});

test("whatever a link is, what is shown is https and ends no text, and reading it again changes nothing", () => {
  const urls = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: "binary" }).map((text) => `https://portal.azure.com/${text}#${text}`),
  );
  fc.assert(
    fc.property(urls, (url) => {
      const links = shown(url);
      expect(links.filter((link) => !/^https:\/\/[\w\-.~:/?=&%$,;@+]+(?:#[\w\-.~:/?=&%$,;@+]*)?$/.test(link))).toEqual(
        [],
      );
      expect(shown(...links)).toEqual(links);
    }),
  );
});

test.each([
  [undefined, undefined, undefined],
  [undefined, { publishingVersion: 3 }, undefined],
  ["7", undefined, "7"],
  ["7", {}, "7"],
  ["7", { publishingVersion: 3 }, "7 (publishing version 3)"],
  ["7", { publishingVersion: 3, offerVersion: 2 }, "7 (publishing version 3, offer version 2)"],
])("says which preview it is: %j, %j", (submissionId, version, text) => {
  expect(previewText(submissionId, version)).toBe(text);
});
