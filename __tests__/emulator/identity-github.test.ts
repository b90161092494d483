import { expect, test } from "@jest/globals";
import { isSignedBy, readClaims } from "../../emulator/wire/jwt.ts";
import { askIdToken, startIdentityWorld } from "../harness/identity.ts";

const audience = "api://AzureADTokenExchange";

test("every request brings a new ID token with the claims of the job", async () => {
  const { gitHub, clock } = await startIdentityWorld();
  const answers = [await askIdToken(gitHub, audience), await askIdToken(gitHub, audience)];
  const tokens = answers.map(({ body }) => String(body["value"]));
  expect(gitHub.issued.map(({ token }) => token)).toEqual(tokens);
  const claims = tokens.map((token) => readClaims(token));
  expect(new Set(claims.map((each) => each?.jti)).size).toBe(2);
  const iat = clock.now() / 1000;
  expect(claims[0]).toMatchObject({
    iss: "https://token.actions.githubusercontent.com",
    aud: audience,
    sub: "repo:contoso/marketplace:environment:production",
    iat,
    nbf: iat,
    exp: iat + 300,
    environment: "production",
    repository: "contoso/marketplace",
    repository_owner: "contoso",
    repository_id: "802700117",
    repository_owner_id: "65141001",
    ref: "refs/heads/main",
    actor: "octocat",
    run_id: "19283746501",
    job_workflow_ref: "contoso/marketplace/.github/workflows/go-live.yml@refs/heads/main",
  });
  expect(await isSignedBy(tokens[0] ?? "", gitHub.publicKeys)).toBe(true);
  expect(gitHub.issued[0]).toMatchObject({ audience, subject: gitHub.subject, expiresAtMs: clock.now() + 300_000 });
});

test.each([
  [{}, "repo:contoso/marketplace:environment:production"],
  [{ subjectForm: "immutable" }, "repo:contoso@65141001/marketplace@802700117:environment:production"],
  [{ environment: null }, "repo:contoso/marketplace:ref:refs/heads/main"],
  [
    {
      owner: "Fabrikam",
      repository: "offers",
      environment: "live",
      ownerId: "1",
      repositoryId: "2",
      subjectForm: "immutable",
    },
    "repo:Fabrikam@1/offers@2:environment:live",
  ],
] as const)("the subject of the job %j is %s", async (job, subject) => {
  const { gitHub } = await startIdentityWorld({ gitHub: { job } });
  await askIdToken(gitHub, audience);
  expect(gitHub.subject).toBe(subject);
  expect(readClaims(gitHub.issued[0]?.token ?? "")?.sub).toBe(subject);
});

test("the run and its attempt are the job's", async () => {
  const { gitHub } = await startIdentityWorld({ gitHub: { job: { runId: 7, runAttempt: 3 } } });
  const { body } = await askIdToken(gitHub, audience);
  expect(readClaims(String(body["value"]))).toMatchObject({ run_id: "7", run_attempt: "3" });
});

test("claims, issuer and life can be others", async () => {
  const { gitHub, clock } = await startIdentityWorld({
    gitHub: { claims: { sub: "custom", actor: "hubot" }, issuer: "https://ghes.example", lifetimeSeconds: 9 },
  });
  const { body } = await askIdToken(gitHub, audience);
  expect(readClaims(String(body["value"]))).toMatchObject({
    sub: "custom",
    actor: "hubot",
    iss: "https://ghes.example",
    exp: clock.now() / 1000 + 9,
  });
});

test("nobody gets a token without the request token, or elsewhere", async () => {
  const { gitHub } = await startIdentityWorld();
  const url = gitHub.environment.ACTIONS_ID_TOKEN_REQUEST_URL;
  expect((await fetch(`${url}&audience=x`, { headers: { authorization: "Bearer guess" } })).status).toBe(401);
  expect((await fetch(`${gitHub.url}/idtoken`)).status).toBe(404);
  expect(gitHub.issued).toEqual([]);
});

test("the n-th answer can be a status, garbage, nothing, or no text at all", async () => {
  const { gitHub } = await startIdentityWorld({
    gitHub: {
      faults: [
        { nth: 1, act: { kind: "status", status: 500, body: "{}" } },
        { nth: 2, act: { kind: "garbage", body: "<html>" } },
        { nth: 3, twist: { kind: "value", value: undefined } },
        { nth: 4, twist: { kind: "value", value: 7 } },
      ],
    },
  });
  const answers = [];
  for (let count = 0; count < 4; count += 1) answers.push(await askIdToken(gitHub, audience));
  expect(answers).toEqual([
    { status: 500, body: {} },
    { status: 200, body: { text: "<html>" } },
    { status: 200, body: {} },
    { status: 200, body: { value: 7 } },
  ]);
  expect((await askIdToken(gitHub, audience)).body["value"]).toBe(gitHub.issued.at(-1)?.token);
});

test("the n-th token can have expired, or be the one before", async () => {
  const { gitHub, clock } = await startIdentityWorld({
    gitHub: {
      faults: [
        { nth: 1, twist: { kind: "expired" } },
        { nth: 2, twist: { kind: "used" } },
      ],
    },
  });
  const first = await askIdToken(gitHub, audience);
  const second = await askIdToken(gitHub, audience);
  expect(second.body["value"]).toBe(first.body["value"]);
  expect(gitHub.issued).toHaveLength(1);
  expect(gitHub.issued[0]?.expiresAtMs).toBeLessThan(clock.now());
  gitHub.setFaults([]);
  expect((await askIdToken(gitHub, audience)).body["value"]).not.toBe(first.body["value"]);
});
