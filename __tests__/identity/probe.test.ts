import { test } from "@jest/globals";
import { defaultTenant, defaultApp } from "../../emulator/entra.ts";
import { startSignInScenario, planFor, SIGN_IN_KINDS, INPUTS } from "../harness/identity-scenario.ts";
import { writeFileSync, appendFileSync } from "node:fs";

writeFileSync("/tmp/probe.txt", "");
const out = (t: string) => appendFileSync("/tmp/probe.txt", t);
for (const kind of SIGN_IN_KINDS) test(kind, async () => {
  const s = await startSignInScenario();
  const t = Date.now();
  const plan = await planFor(kind, s);
  const r = await s.run({ ...plan, environment: { ...plan.environment, RUNNER_DEBUG: "1" } });
  out(`\n=== ${kind} ${Date.now() - t} ms ${r.exitCode}\n${r.log}\n${JSON.stringify(r.outputs)}`);
});
const cases: [string, any, any, any, number?][] = [];
for (const code of [700016, 700024, 70021, 700213, 700212, 7000215, 7000222, 50034, 500011, 90002, 65001, 53003, 999999, 90033])
  cases.push([`code ${code}`, { faults: [{ twist: { kind: "error", code } }] }, {}, {}]);
cases.push(["90033/503", { faults: [{ twist: { kind: "error", code: 90033, status: 503, error: "temporarily_unavailable" } }] }, {}, {}, 100]);
cases.push(["429", { faults: [{ act: { kind: "status", status: 429 } }] }, {}, {}, 100]);
cases.push(["5xx", { faults: [{ act: { kind: "status", status: 503 } }] }, {}, {}, 100]);
cases.push(["html", { faults: [{ act: { kind: "garbage", body: "<html>hello</html>", contentType: "text/html" } }] }, {}, {}, 100]);
cases.push(["html502", { faults: [{ act: { kind: "garbage", status: 502, body: "<html>hello</html>", contentType: "text/html" } }] }, {}, {}, 100]);
cases.push(["html403", { faults: [{ act: { kind: "garbage", status: 403, body: "<html>hello</html>", contentType: "text/html" } }] }, {}, {}, 100]);
cases.push(["reset", { faults: [{ act: { kind: "reset", at: "request" } }] }, {}, {}, 100]);
cases.push(["resetbody", { faults: [{ act: { kind: "reset", at: "body" } }] }, {}, {}, 100]);
cases.push(["truncate", { faults: [{ act: { kind: "truncate", keepBytes: 30 } }] }, {}, {}, 100]);
cases.push(["stall", { faults: [{ act: { kind: "stall", at: "headers" } }] }, {}, {}, 300]);
cases.push(["stallbody", { faults: [{ act: { kind: "stall", at: "body" } }] }, {}, {}, 300]);
cases.push(["config reset", { faults: [{ on: "configuration", act: { kind: "reset", at: "request" } }] }, {}, {}, 100]);
cases.push(["config html", { faults: [{ on: "configuration", act: { kind: "garbage", body: "<html>hello</html>", contentType: "text/html" } }] }, {}, {}, 100]);
cases.push(["real tenant", {}, {}, { with: { tenantId: "nobody.onmicrosoft.com" } }, 100]);
cases.push(["dns", {}, {}, { with: { authorityHost: "https://entra.invalid" } }, 100]);
cases.push(["refused", {}, {}, { with: { authorityHost: "https://127.0.0.1:1" } }, 100]);
cases.push(["tls", {}, {}, { environment: { NODE_EXTRA_CA_CERTS: "" } }, 100]);
cases.push(["no id", {}, {}, { noId: true }]);
for (const [n, act] of Object.entries({ 403: { kind: "status", status: 403 }, 401: { kind: "status", status: 401 }, 500: { kind: "status", status: 500 }, 503: { kind: "status", status: 503 }, html: { kind: "garbage", body: "<html>" }, reset: { kind: "reset", at: "request" }, stall: {kind: "stall", at: "headers"} }))
  cases.push([`gh ${n}`, {}, { faults: [{ act }] }, {}, 100]);
for (const value of [undefined, "", 7, "opaque"]) cases.push([`gh value ${value}`, {}, { faults: [{ twist: { kind: "value", value } }] }, {}]);
cases.push([`gh forged`, {}, { faults: [{ twist: { kind: "forged" } }] }, {}]);
cases.push([`gh expired`, {}, { faults: [{ twist: { kind: "expired" } }] }, {}]);
cases.push([`gh refused`, {}, {}, { environment: { ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:1/x?y=1" } }, 100]);

test.each(cases)("%s", async (name, entra, gitHub, plan, timeFactor) => {
  const s = await startSignInScenario({ entra, gitHub });
  const t = Date.now();
  const r = await s.run({ with: { ...INPUTS.oidc, ...plan.with }, environment: { ...(plan.noId ? {} : s.gitHub.environment), ...plan.environment }, ...(timeFactor ? { timeFactor } : {}) });
  out(`\n=== ${name} ${Date.now() - t} ms exit ${r.exitCode} asked ${s.asked()} issued ${s.gitHub.requests.length} tokens ${s.entra.requests.length}\n${r.log.replaceAll(/^::add-mask.*\n/gm, "")}${JSON.stringify(r.outputs)}\n`);
}, 30000);
