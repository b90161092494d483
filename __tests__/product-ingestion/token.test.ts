import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { defaultTenant, startEntra } from "../../emulator/entra/entra.ts";
import {
  type ProductIngestionOptions,
  startProductIngestion,
} from "../../emulator/product-ingestion/product-ingestion.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { realClock } from "../../emulator/wire/clock.ts";
import { startBystander } from "../harness/bystander.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { createFolder } from "../harness/identity-process.ts";
import { INPUTS } from "../harness/identity-scenario.ts";
import { endStep, texts } from "../harness/scenario.ts";
import { shared } from "../harness/shared-global.ts";
import {
  fast,
  FAST,
  GRAPH_TOKEN,
  LOOK,
  POST,
  startIngestion,
  tokenFor,
  WAITING,
  withoutRepeats,
} from "./ingestion-scenario.ts";

const OTHER_TOKEN = tokenFor("https://api.partner.microsoft.com");
const TURNED_AWAY = { kind: "status", status: 401 } as const;

/** Runs a step that signs in itself, at a service that takes the tokens of that Entra only. */
async function signedIn(options: ProductIngestionOptions) {
  const [, key, tls] = await shared.identityKeys();
  const service = await startProductIngestion({
    tokens: {},
    tokenCheck: (token) => entra.tokenPlan(token, service.url),
    ...options,
  });
  closeAfterTest(() => service.close());
  const tenants = [{ ...defaultTenant, resources: [service.url] }];
  const entra = await startEntra({ clock: realClock, key, tls, issuers: [], tenants });
  closeAfterTest(() => entra.close());
  const caFile = join(createFolder(), "authority.pem");
  writeFileSync(caFile, entra.ca);
  const ids = { publisherId: "contoso", offerId: "contoso-vm", api: "productIngestion" };
  const result: StepResult = await endStep({
    with: { ...ids, endpoint: service.url, authorityHost: entra.url, ...INPUTS.secret },
    environment: { NODE_EXTRA_CA_CERTS: caFile },
  });
  return { service, entra, result, asked: service.requests.map(({ method, route }) => `${method} ${route}`) };
}

test("sends a push once more with a new token when it was turned away at the door", async () => {
  const { service, entra, result, asked } = await signedIn({ faults: [{ on: "configure", nth: 1, act: TURNED_AWAY }] });
  expect(asked).toEqual([...LOOK, POST, POST]);
  const [first, second] = service.requests.slice(2).map(({ headers }) => headers["authorization"]);
  expect(first).not.toBe(second);
  expect(entra.tokens).toHaveLength(2);
  expect(service.pushes()).toHaveLength(1);
  expect(result.outputs["status"]).toBe("running");
});

test("takes a second 401 for the last word", async () => {
  const { service, result, asked } = await signedIn({ faults: [{ on: "configure", act: TURNED_AWAY }] });
  expect(asked).toEqual([...LOOK, POST, POST]);
  expect(service.pushes()).toEqual([]);
  expect(result.outputs["status"]).toBe("rejected");
});

test("sends nothing again with a token that was handed in, for there is no other", async () => {
  const { run, sent, service } = await startIngestion({ faults: [{ on: "configure", nth: 1, act: TURNED_AWAY }] });
  const result = await run();
  expect(sent()).toEqual([POST]);
  expect(service.pushes()).toEqual([]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(texts(result, "error")).toEqual([expect.stringContaining("HTTP 401")]);
});

const USERS_TOKEN = tokenFor("https://graph.microsoft.com", { scp: "user_impersonation" });

test.each([
  ["a token that it does not know", GRAPH_TOKEN, {}, 401],
  ["a token for the onboarding page's resource", OTHER_TOKEN, { [OTHER_TOKEN]: {} }, "token"],
  ["a user's token", USERS_TOKEN, { [USERS_TOKEN]: {} }, 403],
  ["a stranger's token", GRAPH_TOKEN, { [GRAPH_TOKEN]: { role: "stranger" } }, 403],
] as const)("says what is wrong with %s, and sends nothing", async (_what, token, tokens, problem) => {
  const { run, asked, service } = await startIngestion({ tokens });
  const result = await run({ token });
  // What a token says itself is seen before anything is asked.
  expect(asked()).toEqual(problem === "token" ? [] : ["GET product"]);
  expect(service.pushes()).toEqual([]);
  const text = problem === "token" ? "it is for “https://api.partner.microsoft.com”" : `HTTP ${problem}`;
  expect(texts(result, "error")).toEqual([expect.stringContaining(text)]);
  expect(result.outputs["status"]).toBe("rejected");
});

test("sees no product of publishers that the token's account does not have", async () => {
  const { run, asked } = await startIngestion({ tokens: { [GRAPH_TOKEN]: { publishers: ["fabrikam"] } } });
  const result = await run();
  expect(asked()).toEqual(["GET product"]);
  expect(texts(result, "error")).toEqual([expect.stringContaining("shows no such offer")]);
});

test("the token goes nowhere but to the endpoint: not to a resource on another host, nor after a redirect", async () => {
  const bystander = await startBystander();
  const to = `http://127.0.0.1:${bystander.port}/rp/product-ingestion/configure/x/status`;
  const { run, service, asked } = await startIngestion({
    ...fast(),
    products: [{ offerId: "contoso-vm", push: { durationMs: 8_000 } }],
    behaviour: { resourceUri: "otherHost" },
    faults: [
      { on: "job", nth: 2, act: { kind: "redirect", to } },
      { on: "submissions", nth: 2, act: { kind: "redirect", to, status: 307 } },
      { on: "job", nth: 3, act: { kind: "headers", set: { location: to, link: `<${to}>; rel="next"` } } },
    ],
  });
  const { outputs } = await run(WAITING, FAST);
  expect(bystander.requests).toEqual([]);
  expect(service.requests.every(({ headers }) => headers["authorization"] === `Bearer ${GRAPH_TOKEN}`)).toBe(true);
  expect(withoutRepeats(asked()).slice(0, 4)).toEqual([...LOOK, POST, "GET job"]);
  expect(outputs["status"]).toBe("succeeded");
});

test.each([301, 302, 307, 308])("a push that is answered with a redirect (%i) is followed nowhere", async (status) => {
  const bystander = await startBystander();
  const to = `http://127.0.0.1:${bystander.port}/rp/product-ingestion/configure`;
  const { run, sent, service } = await startIngestion({
    faults: [{ on: "configure", act: { kind: "redirect", to, status } }],
  });
  const { outputs } = await run();
  expect(bystander.requests).toEqual([]);
  expect(sent()).toEqual([POST]);
  expect(service.pushes()).toEqual([]);
  expect(outputs["status"]).toBe("rejected");
});
