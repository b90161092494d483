import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readInputs } from "../../src/inputs/inputs.ts";
import { targetProblems } from "../../src/inputs/target-inputs.ts";
import type { ApiName } from "../../src/marketplace/apis.ts";
import type { Goal } from "../../src/marketplace/marketplace.ts";

const BASE = { publisherId: "contoso", offerId: "contoso-vm", token: "opaque" } as const;
type Texts = Readonly<Record<string, string>>;

function read(inputs: Texts) {
  const all: Texts = { ...BASE, ...inputs };
  return readInputs(
    (name) => all[name] ?? "",
    {},
    (name) => name in all,
  );
}

/** What is wrong with these inputs, a message for each. */
function problems(inputs: Texts): readonly string[] {
  const reading = read(inputs);
  return reading.kind === "usable" ? [] : reading.problems.map(({ message }) => message);
}

const PORTAL = { api: "cloudPartnerPortal", target: "preview" } as const;

test("makes an offer go live unless the inputs ask for a preview", () => {
  expect(read({})).toMatchObject({ inputs: { goal: "live", notificationEmails: [] } });
  expect(read({ target: "live" })).toMatchObject({ inputs: { goal: "live" } });
  expect(read(PORTAL)).toMatchObject({ inputs: { goal: "preview", notificationEmails: [] } });
  expect(read({ api: "productIngestion", target: "preview" })).toMatchObject({ inputs: { goal: "preview" } });
});

const REFUSED: readonly (readonly [Texts, string])[] = [
  [{ target: "" }, "`target`: it is empty, which would make the offer go live."],
  [{ target: "Preview" }, '`target`: got "Preview". Allowed are `live`, `preview`; mind the case.'],
  [
    { api: "partnerCenter", target: "preview" },
    "`target`: the Partner Center submission API is not used to publish to preview: a submission is put together from its parts there. Publish to preview in Partner Center (https://partner.microsoft.com/",
  ],
  [
    { api: "productIngestion", target: "preview", submissionId: "1152921505690000222" },
    "`submissionId`: it contradicts `target: preview`",
  ],
  [{ notificationEmails: "jane@contoso.com" }, "`notificationEmails`: only a publish to preview"],
  [
    { api: "productIngestion", target: "preview", notificationEmails: "jane@contoso.com" },
    "`notificationEmails`: only a publish to preview (`target: preview`) through the Cloud Partner Portal API takes addresses.",
  ],
  [{ ...PORTAL, notificationEmails: "jane@contoso.com;ann@contoso.com" }, "`notificationEmails`: got "],
  [{ ...PORTAL, notificationEmails: "jane" }, '`notificationEmails`: got "jane". Allowed are email addresses'],
  [{ ...PORTAL, notificationEmails: "," }, '`notificationEmails`: got ",". Allowed are email addresses'],
  [{ ...PORTAL, notificationEmails: "jane@localhost" }, "`notificationEmails`: got "],
  [{ ...PORTAL, notificationEmails: '"jane doe"@contoso.com' }, "`notificationEmails`: got "],
  [
    { ...PORTAL, notificationEmails: Array.from({ length: 51 }, (_, at) => `user${at}@contoso.com`).join() },
    "`notificationEmails`: got 51 addresses. Allowed are up to 50",
  ],
];

test.each(REFUSED)("refuses %j", (inputs, text) => {
  expect(problems(inputs)).toEqual([expect.stringContaining(text)]);
});

/** The inputs that an API, once it is found, has no use for. */
function told(api: ApiName, goal: Goal, ...notificationEmails: readonly string[]): readonly string[] {
  return targetProblems(api, { goal, notificationEmails }).map(({ input }) => input);
}

test("says of an API that was found what it has no use for", () => {
  expect(told("partnerCenter", "preview")).toEqual(["target"]);
  expect(told("partnerCenter", "live")).toEqual([]);
  expect(told("productIngestion", "preview", "jane@contoso.com")).toEqual(["notificationEmails"]);
  expect(told("cloudPartnerPortal", "preview", "jane@contoso.com")).toEqual([]);
});

test("takes addresses between commas and lines, each once, in their order", () => {
  const name = fc.stringMatching(/^[a-z0-9.+_-]{1,20}$/);
  const address = fc.tuple(name, fc.domain()).map(([user, host]) => `${user}@${host}`);
  const separator = fc.constantFrom(",", ", ", "\n", "\r\n", ",\n", " ,\n\n ");
  fc.assert(
    fc.property(fc.array(fc.tuple(address, separator), { minLength: 1, maxLength: 50 }), (parts) => {
      const text = parts.map(([one, between]) => one + between).join("");
      const addresses = [...new Set(parts.map(([one]) => one))];
      expect(read({ ...PORTAL, notificationEmails: text })).toMatchObject({
        inputs: { notificationEmails: addresses },
      });
    }),
  );
});
