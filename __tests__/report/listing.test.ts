import { expect, test } from "@jest/globals";
import { listingUrl } from "../../src/report/listing.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const USUAL = "https://azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm";

function listed(...urls: readonly string[]): string | undefined {
  return listingUrl(
    OFFER,
    urls.map((url) => ({ url, text: "x" })),
    true,
  );
}

test("is none where nothing shows that there is such a page, and the service's own link all the same", () => {
  expect(listingUrl(OFFER, [], false)).toBeUndefined();
  const own = "https://marketplace.microsoft.com/product/contoso.contoso-vm";
  expect(listingUrl(OFFER, [{ url: own, text: "x" }], false)).toBe(own);
});

test("is the usual address when the service names none", () => {
  expect(listed()).toBe(USUAL);
});

test.each([
  "https://azuremarketplace.microsoft.com/en-us/marketplace/apps/contoso.contoso-vm?tab=Overview",
  "https://appsource.microsoft.com/product/contoso.contoso-vm",
  "https://marketplace.microsoft.com/product/contoso.contoso-vm",
])("is the service's own link where it leads to a marketplace: %s", (url) => {
  expect(listed("https://portal.azure.com/#create/contoso", url)).toBe(url);
});

test.each([
  "http://azuremarketplace.microsoft.com/marketplace/apps/x",
  "https://azuremarketplace.microsoft.com.evil.example/x",
  "https://evil.example/azuremarketplace.microsoft.com",
  "https://azuremarketplace.microsoft.com:8443/x",
  "https://user@azuremarketplace.microsoft.com/x",
  "https://:word@azuremarketplace.microsoft.com/x",
  "https://azuremarketplace.microsoft.com/x)[y](z",
  "https://azuremarketplace.microsoft.com/?x=${{secrets.X}}",
  "https://azuremarketplace.microsoft.com/?`",
  `https://azuremarketplace.microsoft.com/${"x".repeat(500)}`,
  "javascript:alert(1)",
  "/marketplace/apps/x",
  "",
])("takes nothing else for a listing: %s", (url) => {
  expect(listed(url)).toBe(USUAL);
});
