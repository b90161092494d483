import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { defaultTenant, startEntra } from "../../emulator/entra/entra.ts";
import { type PartnerCenterOptions, startPartnerCenter } from "../../emulator/partner-center/partner-center.ts";
import { realClock } from "../../emulator/wire/clock.ts";
import { startBystander } from "../harness/bystander.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { createFolder } from "../harness/identity-process.ts";
import { INPUTS } from "../harness/identity-scenario.ts";
import { endStep, texts } from "../harness/scenario.ts";
import { shared } from "../harness/shared-global.ts";
import {
  CENTER_TOKEN,
  fast,
  FAST,
  LOOK,
  POST,
  product,
  readable,
  startCenter,
  tokenFor,
  WAITING,
} from "./center-scenario.ts";

const GRAPH_TOKEN = tokenFor("https://graph.microsoft.com");
const TURNED_AWAY = { kind: "status", status: 401 } as const;

/** Runs a step that signs in itself, at a service that takes the tokens of that Entra only. */
async function signedIn(options: PartnerCenterOptions) {
  const [, key, tls] = await shared.identityKeys();
  const service = await startPartnerCenter({
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
  const ids = { publisherId: "contoso", offerId: "contoso-app", api: "partnerCenter" };
  const result = await endStep({
    with: { ...ids, endpoint: service.url, authorityHost: entra.url, ...INPUTS.secret },
    environment: { NODE_EXTRA_CA_CERTS: caFile },
  });
  return { service, entra, result, asked: service.requests.map(({ method, route }) => `${method} ${route}`) };
}

test("looks with a new token when a promote was turned away at the door, and sends it once more with that", async () => {
  const { service, entra, result, asked } = await signedIn({ faults: [{ on: "promote", nth: 1, act: TURNED_AWAY }] });
  expect(asked).toEqual([...LOOK, POST, "GET submissions", POST]);
  const [first, look, second] = service.requests.slice(2).map(({ headers }) => headers["authorization"]);
  expect(look).not.toBe(first);
  expect(second).toBe(look);
  expect(entra.tokens).toHaveLength(2);
  expect(service.promotes()).toHaveLength(1);
  expect(result.outputs["status"]).toBe("running");
});

test("goes on with a new token when a question was turned away", async () => {
  const { service, entra, result, asked } = await signedIn({
    faults: [{ on: "submissions", nth: 1, act: TURNED_AWAY }],
  });
  expect(asked).toEqual([...LOOK, "GET submissions", POST]);
  expect(entra.tokens).toHaveLength(2);
  expect(service.promotes()).toHaveLength(1);
  expect(result.outputs["status"]).toBe("running");
});

test.each([
  ["a token that it does not know", CENTER_TOKEN, {}, /HTTP 401[^]*the role Manager/],
  ["a token for another resource", GRAPH_TOKEN, { [GRAPH_TOKEN]: {} }, /it is for “https:\/\/graph\.microsoft\.com”/],
  [
    "a token without the role in the account, which this API answers with 401",
    CENTER_TOKEN,
    { [CENTER_TOKEN]: { role: "stranger" } },
    /HTTP 401[^]*an application without the role Manager in the Partner Center account/,
  ],
] as const)("says what is wrong with %s, and sends nothing", async (_what, token, tokens, says) => {
  const { run, asked, service } = await startCenter({ tokens });
  const result = await run({ token });
  // What a token says itself is seen before anything is asked.
  expect(asked()).toEqual(token === GRAPH_TOKEN ? [] : ["GET products"]);
  expect(service.promotes()).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(says)]);
  expect(readable(result)).toMatch(says);
  expect(result.outputs["status"]).toBe("rejected");
});

test("sees no product of publishers that the token's account does not have", async () => {
  const { run, asked } = await startCenter({ tokens: { [CENTER_TOKEN]: { publishers: ["fabrikam"] } } });
  const result = await run();
  expect(asked()).toEqual(["GET products", "GET products"]);
  expect(texts(result, "error")).toEqual([expect.stringContaining("shows no such offer")]);
});

test("the token goes nowhere but to the endpoint: not after a redirect of any question, nor to a location", async () => {
  const bystander = await startBystander();
  const to = `http://127.0.0.1:${bystander.port}/v1.0/ingestion/products`;
  const redirect = { kind: "redirect", to, status: 307 } as const;
  for (const on of ["products", "submissions", "promote", "submission", "workflowDetails"] as const) {
    const { run, service } = await startCenter({
      ...fast(),
      ...product({ goLive: { durationMs: 30_000 } }),
      faults: [{ on, nth: 1, act: redirect, carriedOut: on === "promote" }],
    });
    const result = await run(WAITING, FAST);
    expect(service.promotes()).toHaveLength(1);
    expect(result.outputs["status"]).toBe("succeeded");
  }
  const { run } = await startCenter({
    ...product({ goLive: { durationMs: 0 } }),
    faults: [{ on: "promote", act: { kind: "headers", set: { location: to, "content-location": to } } }],
  });
  expect((await run({ wait: "false" })).outputs["status"]).toBe("running");
  expect(bystander.requests).toEqual([]);
});
