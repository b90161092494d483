import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { operationKey, readLocation } from "../../src/marketplace/cloud-partner-portal/location.ts";
import type { LocationFault } from "../../src/marketplace/location.ts";

const ORIGIN = "https://service.example";
const SCOPE = {
  endpoint: new URL(ORIGIN),
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
} as const;
const OPERATIONS = "/api/publishers/contoso/offers/contoso-vm/operations";
const ID = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";
const SHARED = "contoso$contoso-vm$2$preview";

test.each([
  [`${ORIGIN}${OPERATIONS}/${ID}`, `${OPERATIONS}/${ID}`, ID],
  [`${OPERATIONS}/${ID}?api-version=1`, `${OPERATIONS}/${ID}?api-version=1`, ID],
  [`${OPERATIONS}/${ID}`, `${OPERATIONS}/${ID}`, ID],
  [`  ${OPERATIONS}/7\r\n`, `${OPERATIONS}/7`, "7"],
  [`${OPERATIONS}/${"x".repeat(100)}`, `${OPERATIONS}/${"x".repeat(100)}`, "x".repeat(100)],
  [`${ORIGIN}:443${OPERATIONS}/7`, `${OPERATIONS}/7`, "7"],
  [`HTTPS://SERVICE.EXAMPLE${OPERATIONS}/7`, `${OPERATIONS}/7`, "7"],
  [
    `/api/publishers/Contoso/offers/CONTOSO-VM/operations/7`,
    `/api/publishers/Contoso/offers/CONTOSO-VM/operations/7`,
    "7",
  ],
  // Of the query the version alone is kept, and only if it is one.
  [`${OPERATIONS}/7?API-Version=1&x=$(id)`, `${OPERATIONS}/7?api-version=1`, "7"],
  [`${OPERATIONS}/7?api-version=2&api-version=3`, `${OPERATIONS}/7?api-version=2`, "7"],
  [`${OPERATIONS}/7?api-version=$(id)`, `${OPERATIONS}/7`, "7"],
  [`${OPERATIONS}/7?`, `${OPERATIONS}/7`, "7"],
])("the location %j is %s with the id %j", (text, path, id) => {
  expect(readLocation(text, SCOPE)).toStrictEqual({ id, location: new URL(ORIGIN + path), key: id });
});

test("compares operations without case, and keeps the id as it was spelled", () => {
  expect(readLocation(`${OPERATIONS}/AB-9f`, SCOPE)).toMatchObject({ id: "AB-9f", key: "ab-9f" });
  expect(operationKey("AB-9f")).toBe("ab-9f");
});

test.each([
  [`/api/operations/${SHARED}?api-version=1`, `/api/operations/${SHARED}?api-version=1`, SHARED],
  [`${ORIGIN}/api/operations/${SHARED}`, `/api/operations/${SHARED}`, SHARED],
  [`/api/operations/contoso%24contoso-vm%242%24preview`, `/api/operations/contoso%24contoso-vm%242%24preview`, SHARED],
  [
    "/api/operations/CONTOSO$contoso-vm$2$preview",
    "/api/operations/CONTOSO$contoso-vm$2$preview",
    "CONTOSO$contoso-vm$2$preview",
  ],
])("the location %j is one that operations share", (text, path, id) => {
  expect(readLocation(text, SCOPE)).toStrictEqual({
    ...{ id, location: new URL(ORIGIN + path), key: SHARED, isShared: true },
  });
});

const REFUSED: readonly (readonly [LocationFault, readonly string[]])[] = [
  ["is not a URL", ["https://", "https://[", `http://a b${OPERATIONS}/7`]],
  [
    "is on another origin",
    [
      `https://elsewhere.example${OPERATIONS}/7`,
      `http://service.example${OPERATIONS}/7`,
      `https://service.example:8443${OPERATIONS}/7`,
      `//elsewhere.example${OPERATIONS}/7`,
      `\\\\elsewhere.example${OPERATIONS}/7`,
      `/\\elsewhere.example${OPERATIONS}/7`,
      `https:\\\\elsewhere.example${OPERATIONS}/7`,
      `https://service.example.elsewhere.example${OPERATIONS}/7`,
      `https://service.example@elsewhere.example${OPERATIONS}/7`,
      `ht\ntps://elsewhere.example${OPERATIONS}/7`,
      `data:text/plain,${OPERATIONS}/7`,
      "javascript:alert(1)",
      `file://${OPERATIONS}/7`,
      `ftp://service.example${OPERATIONS}/7`,
    ],
  ],
  [
    "carries a user name or password",
    [
      `https://me@service.example${OPERATIONS}/7`,
      `https://:word@service.example${OPERATIONS}/7`,
      `//me:word@service.example${OPERATIONS}/7`,
    ],
  ],
  [
    "names an operation of another offer",
    [
      "/api/publishers/fabrikam/offers/contoso-vm/operations/7",
      "/api/publishers/contoso/offers/contoso-app/operations/7",
      "/api/publishers/contoso-vm/offers/contoso/operations/7",
      "/api/operations/contoso$contoso-app$2$preview",
      "/api/operations/fabrikam$contoso-vm$2$preview",
      "/api/operations/contoso%24contoso-app%242%24preview",
      "/api/publishers/contoso/offers/contoso-vm2/operations/7",
    ],
  ],
  [
    "is not written as the address of an operation",
    [
      "",
      "/",
      "/api",
      "/api/",
      "/api/operations",
      "/api/operations/7",
      `/api/operations/${ID}`,
      "/operations/7",
      "operations/7",
      "golive",
      "?api-version=2",
      "#part",
      "/api/publishers/contoso/offers/contoso-vm/golive",
      "/api/publishers/contoso/offers/contoso-vm/status",
      "/api/publishers/contoso/offers/contoso-vm",
      OPERATIONS,
      `${OPERATIONS}/`,
      `${OPERATIONS}/7/`,
      `${OPERATIONS}/7/cancel`,
      `${OPERATIONS}//7`,
      `${ORIGIN}/${OPERATIONS}/7`,
      `//service.example${OPERATIONS}/7`,
      `/v2${OPERATIONS}/7`,
      OPERATIONS.replace("/api/", "/api/v2/") + "/7",
      OPERATIONS.replace("/api/", "/API/") + "/7",
      `/x/..${OPERATIONS}/7`,
      `${OPERATIONS}/x/../7`,
      `${OPERATIONS}/./7`,
      `${OPERATIONS}/..`,
      `${OPERATIONS}/%2e%2e`,
      `${OPERATIONS}/%2e%2e/7`,
      `${OPERATIONS}%2f7`,
      `${OPERATIONS}%5C7`,
      `${OPERATIONS}\\7`,
      `${OPERATIONS}/7;x=1`,
      `${OPERATIONS};x=1/7`,
      `${OPERATIONS}/a%zz`,
      `${OPERATIONS}/%ff`,
      `${OPERATIONS}/a%20b`,
      `${OPERATIONS}/a b`,
      `${OPERATIONS}/a\tb`,
      `${OPERATIONS}/a\nb`,
      `${OPERATIONS}/é`,
      `${OPERATIONS}/--`,
      `${OPERATIONS}/7#part`,
      `${OPERATIONS}/$(id)`,
      `${OPERATIONS}/\`id\``,
      `${OPERATIONS}/'7'`,
      `${OPERATIONS}/"7"`,
      `${OPERATIONS}/7.8`,
      `${OPERATIONS}/${SHARED}`,
      `${OPERATIONS}/${"x".repeat(101)}`,
      OPERATIONS.replace("contoso-vm", "contoso%2Dvm") + "/7",
      `/api/operations/${SHARED}/7`,
      "/api/operations/contoso$contoso-vm$1$preview",
      "/api/operations/contoso$contoso-vm$2$live",
      "/api/operations/contoso$contoso-vm$2",
      "/api/operations/contoso$contoso-vm$2$preview$3",
      "/api/operations/$contoso-vm$2$preview",
      `/api/x/api/operations/${SHARED}`,
      `blob:${ORIGIN}${OPERATIONS}/7`,
    ],
  ],
];

test.each(REFUSED.flatMap(([fault, texts]) => texts.map((text) => [text, fault] as const)))(
  "the location %j %s",
  (text, fault) => {
    expect(readLocation(text, SCOPE)).toBe(fault);
  },
);

test("a location that is taken is of this offer, of this origin, and harmless to a shell but for its $", () => {
  const piece = fc.constantFrom(
    ...["https://service.example", "https://", "//", "/", "\\", "..", ".", "%2e", "%2f", "%5c", "@", ":", "me:word@"],
    ...["elsewhere.example", OPERATIONS, OPERATIONS, `/api/operations/${SHARED}`, "/7", "7", "?", "#", "\n", "\t", " "],
    ...["é", "%25", "%24", "$", ";", "'", '"', "`", "(", "?api-version=", "&", "=", "1", "x", "\u212a"],
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join("")),
    fc.string(),
    fc.string().map((end) => `${OPERATIONS}/${end}`),
    fc.string().map((end) => `${OPERATIONS}/7?${end}`),
  );
  const taken =
    /^https:\/\/service\.example\/api\/(publishers\/contoso\/offers\/contoso-vm\/operations\/[\w-]{1,100}|operations\/contoso(\$|%24)contoso-vm(\$|%24)2(\$|%24)preview)(\?api-version=[\w.-]+)?$/;
  fc.assert(
    fc.property(text, (location) => {
      const reference = readLocation(location, SCOPE);
      if (typeof reference === "string") return;
      expect(reference.location.href).toMatch(taken);
      expect(reference.id).toMatch(/^[\w-]{1,100}$|^contoso\$contoso-vm\$2\$preview$/);
      // What is taken once is taken again, as it is: it comes back as an input.
      expect(readLocation(reference.location.href, SCOPE)).toEqual(reference);
    }),
    { numRuns: 2_000 },
  );
});

test("does not hand out the endpoint, nor change it", () => {
  const endpoint = new URL(ORIGIN);
  readLocation(`${OPERATIONS}/7?api-version=1`, { ...SCOPE, endpoint });
  expect(endpoint.href).toBe(`${ORIGIN}/`);
});
