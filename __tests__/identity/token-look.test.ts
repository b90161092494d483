import { expect, test } from "@jest/globals";
import { readInputs } from "../../src/inputs/inputs.ts";
import { inspectToken } from "../../src/inputs/given-token.ts";
import { startProxy } from "../harness/proxy.ts";
import { annotations, startScenario, texts } from "../harness/scenario.ts";

const SERVICE = "https://cloudpartner.azure.com";
const RESOURCE_REMEDY = `Ask for a token of the right resource: \`az account get-access-token --resource ${SERVICE}\`.`;
const minutes = (count: number): number => Math.floor(Date.now() / 1_000) + count * 60;

/** A JWT with those claims; nobody checks its signature. */
function jwt(claims: Readonly<Record<string, unknown>>): string {
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { appid: "an-app-of-ours", ...claims },
  ];
  return [...parts, "a signature of some length"].map((part) => base64(JSON.stringify(part))).join(".");
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64url");
}

test.each([
  ["another address", { aud: "https://management.azure.com/" }],
  ["Microsoft Graph", { aud: "https://graph.microsoft.com" }],
  ["the exchange of ID tokens", { aud: "api://AzureADTokenExchange" }],
  ["Microsoft Graph by its id", { aud: "00000003-0000-0000-C000-000000000000" }],
  ["a list that begins with another address", { aud: ["https://vault.azure.net"] }],
  ["another port of the right host", { aud: "https://cloudpartner.azure.com:8443" }],
])("refuses a token that is for %s, names what it is for, and sends nothing", async (_what, claims) => {
  const token = jwt({ ...claims, exp: minutes(60) });
  const { run, asked, emulator } = await startScenario({ tokens: {} });
  const result = await run({ token, api: "cloudPartnerPortal" });
  const audience = [claims.aud].flat()[0];
  const text = `\`token\`: it is for “${audience}”, not for ${emulator.url} or ${SERVICE}. ${RESOURCE_REMEDY}\nNothing was sent.`;
  expect(texts(result, "error")).toEqual([text]);
  expect([result.exitCode, result.outputs["status"], asked()]).toEqual([1, "rejected", []]);
});

test("refuses a token that has expired, says since when, and sends nothing", async () => {
  const { run, asked } = await startScenario({ tokens: {} });
  const result = await run({ token: jwt({ aud: SERVICE, exp: minutes(-90) }) });
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^`token`: it expired 1 h 30 min( \d s)? ago\. Get a new one in a step just before this one \(tokens live 60 to 90 minutes\), or let the action sign in itself with `tenantId` and `clientId`\.\nNothing was sent\.$/,
    ),
  ]);
  expect([result.exitCode, result.outputs["status"], asked()]).toEqual([1, "rejected", []]);
});

test("warns of a token that expires during the wait, and sends the go-live all the same", async () => {
  const token = jwt({ aud: SERVICE, exp: minutes(60) });
  const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 50 } }];
  const { run, asked } = await startScenario({ tokens: { [token]: {} }, offers });
  const result = await run({ token, wait: "true", timeoutMinutes: "330", pollIntervalSeconds: "0.02" });
  const warnings = annotations(result).filter(({ level }) => level === "warning");
  expect(warnings.map(({ title }) => title)).toEqual(["Token expires during the wait"]);
  expect(warnings[0]?.text).toMatch(/^The token expires in (59 min|1 h).*, and the wait may take 5 h 30 min\. /);
  expect(warnings[0]?.text).toContain("Let the action sign in itself with `tenantId` and `clientId`");
  expect([result.exitCode, result.outputs["status"]]).toEqual([0, "succeeded"]);
  expect(asked().filter((request) => request === "POST goLive")).toHaveLength(1);
});

const GOOD: readonly (readonly [string, string, Readonly<Record<string, string>>?])[] = [
  ["an opaque one", "EwB4A8l6BAAUbDba3x2OMJElkF7gJ4z_VbCPEz0AAS"],
  ["two dots and no JSON", "abcdefgh.ijklmnop.qrstuvwx"],
  ["the address with a slash at its end", jwt({ aud: `${SERVICE}/`, exp: minutes(60) })],
  ["the address in capitals", jwt({ aud: "HTTPS://CloudPartner.azure.com", exp: minutes(60) })],
  ["an id that may be the marketplace's own", jwt({ aud: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", exp: minutes(60) })],
  ["no audience and no end", jwt({})],
  ["an end that is no number", jwt({ aud: SERVICE, exp: "soon" })],
  ["an end that no calendar has", jwt({ aud: SERVICE, exp: 1e300 })],
  ["less life than timeoutMinutes, and nobody waits", jwt({ aud: SERVICE, exp: minutes(5) }), { wait: "false" }],
  [
    "enough life for timeoutMinutes",
    jwt({ aud: SERVICE, exp: minutes(60) }),
    { wait: "true", timeoutMinutes: "59", pollIntervalSeconds: "0.02" },
  ],
];

test.each(GOOD)("takes a token without a word: %s", async (...row) => {
  const [, token, inputs = {}] = row;
  const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 20 } }];
  const { run, asked } = await startScenario({ tokens: { [token]: {} }, offers });
  const result = await run({ token, ...inputs });
  expect([texts(result, "warning"), texts(result, "error"), result.exitCode]).toEqual([[], [], 0]);
  expect(asked()).toEqual(expect.arrayContaining(["GET list", "GET status", "POST goLive"]));
});

const FOREIGN = "https://evil.example";

test.each([
  ["the marketplace", { aud: SERVICE }, `is for “${SERVICE}”`],
  ["the marketplace, with a slash", { aud: `${SERVICE}/` }, `is for “${SERVICE}/”`],
  ["the marketplace first", { aud: [SERVICE, FOREIGN] }, `is for “${SERVICE}”`],
  ["another port of that host", { aud: `${FOREIGN}:8443` }, `is for “${FOREIGN}:8443”`],
  ["that host in the clear", { aud: "http://evil.example" }, "is for “http://evil.example”"],
  ["a longer host", { aud: `${FOREIGN}.com` }, `is for “${FOREIGN}.com”`],
  ["an id that may be anybody's", { aud: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c" }, "is for “c44b4083-"],
  ["nobody that it names", {}, "does not say what it is for."],
])("refuses to send a token that is for %s to another host", async (_what, claims, meant) => {
  const { url, asked } = await startProxy({ map: {} });
  const { run } = await startScenario({ tokens: {} });
  const result = await run({ token: jwt(claims), endpoint: FOREIGN }, { environment: { HTTPS_PROXY: url } });
  const [error = ""] = texts(result, "error");
  expect(error).toContain(`\`endpoint\`: it is ${FOREIGN}, and the token ${meant}`);
  expect(error).toContain(
    `Leave \`endpoint\` out, or pass a token of its own: \`az account get-access-token --resource ${FOREIGN}\`.`,
  );
  expect([result.exitCode, result.outputs["status"], asked]).toEqual([1, "rejected", []]);
});

function inspected(token: string, endpoint: string): ReturnType<typeof inspectToken> {
  const values: Readonly<Record<string, string>> = { publisherId: "contoso", offerId: "vm", token, endpoint };
  const reading = readInputs((name) => values[name] ?? "", {});
  if (reading.kind === "unusable") throw new Error("the inputs of this test cannot be used");
  return inspectToken(reading.inputs, Date.now());
}

test.each([
  ["its own token", { aud: `${FOREIGN}/.default` }, FOREIGN],
  ["its own token, in capitals", { aud: "HTTPS://Evil.Example" }, `${FOREIGN}:443`],
  ["the marketplace's token, at the marketplace", { aud: SERVICE }, ""],
  ["the marketplace's token, on this machine", { aud: SERVICE }, "https://localhost:8443"],
  ["a token of this machine's", { aud: "http://127.0.0.1:8080" }, "http://127.0.0.1:8080"],
  ["an id, at the marketplace", { aud: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c" }, SERVICE],
])("a host is sent %s", (_what, claims, endpoint) => {
  expect(inspected(jwt(claims), endpoint)).toBeUndefined();
});

test("the marketplace is sent no token that is for another host, however it is spelt", () => {
  expect(inspected(jwt({ aud: FOREIGN }), SERVICE)).toMatchObject({ input: "token" });
  expect(inspected(jwt({ aud: FOREIGN }), "")).toMatchObject({ input: "token" });
});

test("an opaque token tells nothing: it goes where `endpoint` says", () => {
  expect(inspected("EwB4A8l6BAAUbDba3x2OMJElkF7gJ4z", FOREIGN)).toBeUndefined();
});
