import { expect, test } from "@jest/globals";
import type { BearerAnswer, BearerRequest } from "../../src/bearer/bearer-client.ts";
import {
  type CloudPartnerPortalOptions,
  createCloudPartnerPortal,
} from "../../src/marketplace/cloud-partner-portal/cloud-partner-portal.ts";
import type { Marketplace } from "../../src/marketplace/marketplace.ts";
import { networkError, serviceError } from "../harness/scripted-marketplace.ts";

const ROOT = "https://service.example/api/publishers/contoso/offers/contoso-vm";
const { signal } = new AbortController();
const REFERENCE = { id: "7", location: new URL(`${ROOT}/operations/7`), key: "7" };
const OPERATIONS = "/api/publishers/contoso/offers/contoso-vm/operations";
const CANDIDATE = { submissionId: undefined };

type Reply = Partial<BearerAnswer> | Error;

/** A portal whose requests are all answered with that, and the requests. */
function portalOf(
  reply: Reply | ((path: string) => Reply),
  json: unknown = {},
  options: Partial<Pick<CloudPartnerPortalOptions, "goal" | "notificationEmails">> = {},
) {
  const requests: BearerRequest[] = [];
  const portal: Marketplace = createCloudPartnerPortal({
    endpoint: new URL("https://service.example"),
    apiVersion: "2017-10-31",
    offer: { publisherId: "contoso", offerId: "contoso-vm" },
    ...{ goal: "live", notificationEmails: [], submissionId: undefined, ...options },
    toText: (html) => Promise.resolve(html),
    client: async (request) => {
      requests.push(request);
      const answer = typeof reply === "function" ? reply(request.url.pathname) : reply;
      if (answer instanceof Error) throw answer;
      return {
        request: { method: request.method, url: request.url.href },
        ...{
          status: 202,
          headers: {},
          requestId: "id-1",
          retryAfterMs: undefined,
          serviceTimeMs: undefined,
          json: () => json,
          text: () => "",
        },
        ...answer,
      };
    },
  });
  return { portal, requests };
}

test("sends the go-live once, without a body, and finds its operation in the answer", async () => {
  const { portal, requests } = portalOf({ headers: { location: [`${OPERATIONS}/7`] } });
  expect(await portal.start("live", CANDIDATE, signal)).toMatchObject({ kind: "accepted", reference: { id: "7" } });
  expect(requests).toMatchObject([{ method: "POST", url: new URL(`${ROOT}/golive?api-version=2017-10-31`), signal }]);
  expect(requests[0]).not.toHaveProperty("body");
});

test.each([networkError(), serviceError(400), serviceError(429)])(
  "returns a failed sending as an answer: %s",
  async (error) => {
    const { portal, requests } = portalOf(error);
    expect(await portal.start("live", CANDIDATE, signal)).toMatchObject({ error });
    expect(requests).toHaveLength(1);
  },
);

test("throws a bug in the sending, which is no answer", async () => {
  const bug = new TypeError("a bug");
  await expect(portalOf(bug).portal.start("live", CANDIDATE, signal)).rejects.toBe(bug);
});

test("waits for no body of what was accepted, but for that of a refusal", async () => {
  const { portal, requests } = portalOf({});
  await portal.start("live", CANDIDATE, signal);
  await portal.cancel(REFERENCE, signal);
  expect(
    requests.map(({ wantsBody }) => [200, 202, 299, 300, 400, 500].map((status) => wantsBody?.(status, {}))),
  ).toEqual([
    [false, false, false, true, true, true],
    [false, false, false, true, true, true],
  ]);
});

test.each([
  [200, "done"],
  [202, "underWay"],
  [204, "done"],
])("asks to cancel what runs, and takes HTTP %d for: %s", async (status, answer) => {
  const { portal, requests } = portalOf({ status });
  expect(await portal.cancel(REFERENCE, signal)).toBe(answer);
  expect(requests).toMatchObject([{ method: "POST", url: new URL(`${ROOT}/cancel?api-version=2017-10-31`), signal }]);
  expect(requests[0]).not.toHaveProperty("body");
});

test("asks to cancel with the documented body where the service turns a request without one away", async () => {
  let asked = 0;
  const { portal, requests } = portalOf(() => (++asked === 1 ? serviceError(400) : { status: 202 }));
  expect(await portal.cancel(REFERENCE, signal)).toBe("underWay");
  expect(requests.map(({ body }) => body)).toEqual([undefined, '{"metadata":{"notification-emails":""}}']);
});

test.each([serviceError(403), serviceError(409), networkError()])(
  "asks to cancel once where it fails with %s",
  async (error) => {
    const { portal, requests } = portalOf(error);
    await expect(portal.cancel(REFERENCE, signal)).rejects.toBe(error);
    expect(requests).toHaveLength(1);
  },
);

/** An offer with that list and that status. */
const offerOf = (list: readonly object[], status: object | Error) =>
  portalOf((path) => {
    if (path.endsWith("/submissions/")) return { status: 200, serviceTimeMs: 77, json: () => list };
    return status instanceof Error ? status : { status: 200, serviceTimeMs: 99, json: () => status };
  });
const paths = (requests: readonly BearerRequest[]): readonly string[] =>
  requests.map(({ method, url }) => `${method} ${url.pathname.replace(new URL(ROOT).pathname, "")}`);
const goLive = (submissionState: string) => ({ id: "A7", submissionState, slot: "production" });
const BOTH = ["GET /submissions/", "GET /status"];

test("looks at the list, then at the status, and tells the time of the last answer", async () => {
  const { portal, requests } = offerOf([goLive("failed")], { status: "waitingForPublisherReview" });
  expect(await portal.look(signal)).toMatchObject({
    submissions: [
      { id: "A7", status: "failed", reference: { id: "A7", key: "a7", location: { pathname: `${OPERATIONS}/A7` } } },
    ],
    serviceTimeMs: 99,
    readiness: { live: { kind: "ready" } },
    objection: { kind: "signOffWaits", stageWord: "waitingForPublisherReview" },
  });
  expect(paths(requests)).toEqual(BOTH);
});

test("does not ask for the status while the list shows a go-live that runs", async () => {
  const { portal, requests } = offerOf([goLive("running")], new TypeError("nobody should ask"));
  const standing = await portal.look(signal);
  expect(standing).toMatchObject({ readiness: { live: { kind: "goLiveRuns", goLive: { id: "A7" } } } });
  expect(standing.objection).toBeUndefined();
  expect(paths(requests)).toEqual(["GET /submissions/"]);
});

test.each<[string, object | Error, string | undefined]>([
  ["tells that the offer waits", { status: "waitingForPublisherReview" }, "signOffWaits"],
  ["cannot be read", serviceError(403), undefined],
])(
  "a go-live with a word that nobody knows counts as one that runs, and the status %s",
  async (_what, status, kind) => {
    const { portal, requests } = offerOf([goLive("dreaming")], status);
    const { readiness, objection } = await portal.look(signal);
    expect(readiness.live).toMatchObject({ kind: "goLiveRuns", goLive: { statusWord: "dreaming" } });
    expect(objection?.kind).toBe(kind);
    expect(paths(requests)).toEqual(BOTH);
  },
);

test.each<[string, object | Error, object]>([
  ["is refused", serviceError(403), { status: 403 }],
  ["is not answered", networkError(), { reason: "reset" }],
  ["names no status", {}, { reason: "noStatus" }],
  ["has another form", [], { reason: "wrongShape" }],
])("a list is not lost with a status that %s", async (_what, status, error) => {
  const standing = await offerOf([goLive("failed")], status).portal.look(signal);
  expect(standing.readiness.live).toMatchObject({ kind: "notTold", error });
  expect(standing.submissions).toHaveLength(1);
  expect(standing.objection).toBeUndefined();
});

test("a look without a readable list is an error of that answer", async () => {
  const { portal, requests } = portalOf({ status: 200 }, { no: "list" });
  await expect(portal.look(signal)).rejects.toMatchObject({
    ...{ name: "AnswerError", reason: "wrongShape", status: 200, requestId: "id-1" },
  });
  expect(paths(requests)).toEqual(["GET /submissions/"]);
});

test("throws a bug in the reading of the status", async () => {
  const bug = new TypeError("a bug");
  await expect(offerOf([], bug).portal.look(signal)).rejects.toBe(bug);
});

test("an answer that cannot be read as an operation is an error of that answer, never an end", async () => {
  const { portal, requests } = portalOf({ status: 200 }, { steps: [] });
  await expect(portal.operation(REFERENCE, signal)).rejects.toMatchObject({ name: "AnswerError", reason: "noStatus" });
  expect(requests).toMatchObject([{ method: "GET", url: new URL(`${ROOT}/operations/7?api-version=2017-10-31`) }]);
});

test("an answer about another operation is an error of that answer, never an end", async () => {
  const { portal } = portalOf({ status: 200 }, [{ id: "8", status: "completed" }]);
  await expect(portal.operation(REFERENCE, signal)).rejects.toMatchObject({
    ...{ name: "AnswerError", reason: "otherOperation", status: 200, requestId: "id-1" },
  });
});
