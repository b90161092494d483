import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { Outcome } from "../../src/go-live/outcome.ts";
import type { Plan } from "../../src/report/report.ts";
import { watchStepLines } from "../../src/report/watch-step.ts";
import { readSignIn } from "../../src/inputs/sign-in-inputs.ts";
import { strangeLines } from "../harness/summary-form.ts";
import { followed, LOCATION } from "../harness/operation.ts";
import { PLAN, report } from "./report-of.ts";

function underWay(location = LOCATION): Outcome {
  const reference = { id: "7", key: "7", location: new URL(location) };
  return { reference, origin: "started", kind: "underWay", status: "running", operation: undefined };
}

/** The inputs of the step, as a workflow would read them. */
function inputsOf(outcome: Outcome, plan: Partial<Plan> = {}): Readonly<Record<string, unknown>> {
  const lines = watchStepLines(report({ ending: outcome, plan: { ...PLAN, ...plan } }));
  expect(strangeLines(["```yaml", ...lines, "```"].join("\n"))).toEqual([]);
  const [step] = parse(lines.join("\n")) as readonly { readonly with: Record<string, unknown> }[];
  return step?.with ?? {};
}

test("is a step that can be pasted as it is", () => {
  expect(watchStepLines(report({ ending: underWay() }))).toEqual([
    "- name: Follow the go-live of contoso-vm",
    "  uses: contoso/azure-marketplace-go-live@v1",
    "  with:",
    '    publisherId: "contoso"',
    '    offerId: "contoso-vm"',
    `    operationLocation: "${LOCATION}"`,
    "    wait: true",
    "    token: ${{ steps.sign-in.outputs.token }} # of a step before this one that gets a new one: tokens live 60 to 90 minutes",
  ]);
});

const publicEntra = { tenantId: "t", clientId: "c", authorityHost: "https://login.microsoftonline.com" } as const;
const entra = { tenantId: "t", clientId: "c", authorityHost: "https://login.example" } as const;

test.each<[Plan["signIn"], readonly string[]]>([
  [{ kind: "token", token: "secret-token" }, ["token"]],
  [{ kind: "oidc", ...publicEntra, audience: "api://AzureADTokenExchange" }, ["tenantId", "clientId"]],
  [{ kind: "oidc", ...entra, audience: "a" }, ["tenantId", "clientId", "authorityHost", "audience"]],
  [{ kind: "secret", ...publicEntra, clientSecret: "secret-token" }, ["tenantId", "clientId", "clientSecret"]],
  [
    { kind: "secret", ...entra, clientSecret: "secret-token" },
    ["tenantId", "clientId", "clientSecret", "authorityHost"],
  ],
  [{ kind: "azureCli", tenantId: "t" }, ["signIn", "tenantId"]],
  [{ kind: "managedIdentity", clientId: "c" }, ["signIn", "clientId"]],
  [{ kind: "azureCli", tenantId: undefined }, ["signIn"]],
  [{ kind: "managedIdentity", clientId: undefined }, ["signIn"]],
  [{ kind: "ambient", candidates: [] }, []],
])("signs in the way this step did, without a secret in it: %j", (signIn, names) => {
  const inputs = inputsOf(underWay(), { signIn });
  expect(Object.keys(inputs).slice(4)).toEqual(names);
  expect(JSON.stringify(inputs)).not.toContain("secret-token");
});

test("keeps an endpoint and a version that are not the usual ones", () => {
  const plan = { endpoint: new URL("http://127.0.0.1:8080"), apiVersion: "2018-08-01" };
  expect(inputsOf(underWay(), plan)).toMatchObject({ endpoint: "http://127.0.0.1:8080/", apiVersion: "2018-08-01" });
});

test("signs in at the same Entra, for the same audience", () => {
  const signIn = { kind: "oidc", ...entra, audience: "api://AzureADTokenExchangeChina" } as const;
  expect(inputsOf(underWay(), { signIn })).toMatchObject({
    authorityHost: "https://login.example",
    audience: "api://AzureADTokenExchangeChina",
  });
});

test.each(["${{secrets.TOKEN}}", '"', "a\\nb", "```", "a #b", "x".repeat(501)])(
  "lets no audience end the text or be an expression, and no step run without it: %j",
  (audience) => {
    const inputs = inputsOf(underWay(), { signIn: { kind: "oidc", ...entra, audience } });
    expect(inputs["audience"]).toBe("…");
    const read = (name: string): string => String(inputs[name] ?? "");
    const ids = { tenantId: "contoso.example", clientId: "00001111-aaaa-2222-bbbb-3333cccc4444" } as const;
    expect(() => readSignIn((name) => ({ ...ids, audience: read("audience") })[name] ?? "", {})).toThrow("`audience`");
  },
);

test("names no repository that it does not know", () => {
  const page = { url: undefined, id: undefined, attempt: undefined, uses: undefined };
  expect(watchStepLines(report({ ending: underWay(), page }))[1]).toBe("  uses: OWNER/azure-marketplace-go-live@v1");
});

test.each([
  "https://service.example/api/operations/7?x=${{secrets.TOKEN}}",
  "https://service.example/api/operations/7?x=```",
  "https://service.example/api/operations/7?a='b'\\c!(d)*",
  "https://service.example/api/operations/publisher$offer$2$preview?api-version=2017-10-31",
])("lets no location end the text or be an expression: %s", (location) => {
  const told = String(inputsOf(underWay(location))["operationLocation"]);
  expect(told).toMatch(/^https:\/\/service\.example\/api\/operations\/[\w.$%?=&-]+$/);
  expect(told).not.toMatch(/[{}`'"\\]/);
  expect(decodeURIComponent(told)).toBe(decodeURIComponent(location));
});

test("leaves out a location too long to be pasted, and an operation that has ended or never was", () => {
  expect(watchStepLines(report({ ending: underWay(`${LOCATION}${"x".repeat(2_000)}`) }))).toEqual([]);
  expect(watchStepLines(report())).toEqual([]);
  const error = new Error("x");
  expect(watchStepLines(report({ ending: { kind: "notStarted", status: "rejected", error } }))).toEqual([]);
  expect(watchStepLines(report({ ending: { kind: "unclear", status: "unknown", error } }))).toEqual([]);
  const lost: Outcome = { ...followed(), kind: "lost", status: "unknown", sighting: undefined, error };
  expect(watchStepLines(report({ ending: lost }))).not.toEqual([]);
});
