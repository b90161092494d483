import { expect, test } from "@jest/globals";
import { type TokenTwist, defaultApp } from "../../emulator/entra/entra.ts";
import { planFor, startSignInScenario } from "../harness/identity-scenario.ts";
import { startScenario, texts } from "../harness/scenario.ts";

const GET_NEW = "Get a new token for the resource that `endpoint` is (https://cloudpartner.azure.com, unless you";
const BECOME_USER = "as a Manager or Owner of the publisher account in Partner Center";
const OBJECT = defaultApp.objectId;

interface Refusal {
  readonly what: string;
  readonly twist: TokenTwist;
  readonly status: 401 | 403;
  readonly hint: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: "one for another audience",
    twist: { audience: "https://management.azure.com" },
    status: 401,
    hint: "The token was for “https://management.azure.com”, not for {endpoint}.",
  },
  { what: "one that has expired", twist: { lifetimeSeconds: -120 }, status: 401, hint: "The token expired 2 min " },
  {
    what: "one that shows nothing wrong",
    twist: { claims: { aud: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", exp: 4_102_444_800 }, audience: "urn:other" },
    status: 401,
    hint: "The token was for “c44b4083-3bb0-49c1-b47d-974e53cbdf3c” and good until 2100-01-01T00:00:00.000Z.",
  },
  {
    what: "one with an end that no calendar has",
    twist: { claims: { aud: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", exp: 1e300 }, audience: "urn:other" },
    status: 401,
    hint: "The token was for “c44b4083-3bb0-49c1-b47d-974e53cbdf3c”.",
  },
  { what: "an opaque one", twist: { isOpaque: true, audience: "urn:other" }, status: 401, hint: GET_NEW },
  {
    what: "one of an app that is no user",
    twist: {},
    status: 403,
    hint: `The token belongs to app ${defaultApp.clientId} (object id ${OBJECT}), which seems to be no user of the publisher account contoso.`,
  },
  {
    what: "one of a person who is no user",
    twist: { claims: { scp: "user_impersonation", upn: "someone@contoso.example" } },
    status: 403,
    hint: `The token belongs to the user with object id ${OBJECT}, which seems to be no user of the publisher account contoso.`,
  },
  {
    what: "an opaque one of a stranger",
    twist: { isOpaque: true },
    status: 403,
    hint: "Add the app's service principal",
  },
];

test.each(REFUSALS)(
  "says why the marketplace answers $status to a token, as far as that shows it: $what",
  async (row) => {
    const { twist, status, hint } = row;
    const stranger = status === 403 ? { tokenCheck: () => ({ role: "stranger" as const }) } : {};
    const scenario = await startSignInScenario({
      entra: { faults: [{ twist: { kind: "token", ...twist } }] },
      emulator: stranger,
    });
    const result = await scenario.run(await planFor("secret", scenario));
    const [error = ""] = texts(result, "error");
    expect(texts(result, "error")).toHaveLength(1);
    expect(error).toContain(`HTTP ${status}`);
    expect(error).toContain(hint.replace("{endpoint}", scenario.emulator.url));
    expect(error).toContain(status === 401 ? GET_NEW : BECOME_USER);
    expect(error.includes(status === 401 ? BECOME_USER : GET_NEW)).toBe(false);
    expect(error).not.toContain("someone@contoso.example");
    expect([result.exitCode, result.outputs["status"]]).toEqual([1, "rejected"]);
    // One more sign-in after a 401 that a question was answered with; none after a 403.
    expect(scenario.asked()).toEqual(status === 401 ? ["GET list", "GET list"] : ["GET list"]);
    expect(scenario.entra.tokens).toHaveLength(status === 401 ? 2 : 1);
  },
);

test("a token that was handed in is turned away with its own words, and is not sent twice", async () => {
  const claims = { aud: "https://cloudpartner.azure.com", appid: "app-7", oid: "oid-7" };
  const token = ["{}", JSON.stringify(claims), "signature"].map((part) => btoa(part).replaceAll("=", "")).join(".");
  const { run, asked } = await startScenario({ tokens: { [token]: { role: "stranger" } } });
  const [error = ""] = texts(await run({ token }), "error");
  expect(error).toContain("The token belongs to app app-7 (object id oid-7)");
  expect(asked()).toEqual(["GET list"]);
});
