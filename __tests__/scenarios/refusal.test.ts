import { expect, test } from "@jest/globals";
import type { EmulatorOptions } from "../../emulator/emulator.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { annotations, startScenario, texts, TOKEN, operationOutputs } from "../harness/scenario.ts";

/** Three sendings, with the looks of three minutes after each, take more than nine minutes of the step's clock. */
const timeFactor = 160;

const REMEDIES = {
  badRequest:
    "Read what the service says and mend it in Partner Center: usually the offer is not published to preview yet, or its preview was not signed off. Then run this job again.",
  unauthorized:
    "Get a new token for the resource that `endpoint` is (https://cloudpartner.azure.com, unless you set another) in a step just before this one; tokens live 60 to 90 minutes.",
  forbidden:
    "Add the app's service principal (or the user) that the token belongs to as a Manager or Owner of the publisher account in Partner Center, under Account settings, User management.",
  notFound:
    "Check `publisherId` and `offerId` against Partner Center (the ids, not the display names), and that the token belongs to the same publisher account. This API serves only offers that were managed through it before; `api` names the others.",
  conflict: "Look in Partner Center what else runs for the offer, wait for it to end, then run this job again.",
  tooManyRequests:
    "The service turned the request away because there were too many. Wait as long as it asks, then run this job again.",
  serviceFault:
    "The fault is on the service's side. Run this job again in a while; if it goes on, open a Partner Center support request and quote the request id.",
} as const;

/** The id that the emulator gives its n-th answer. */
function requestId(nth: number): string {
  return `7e905701-2185-49fe-80d2-${nth.toString(16).padStart(12, "0")}`;
}

/** What is known of the token may stand before the remedy. */
function endingWith(remedy: string): unknown {
  return expect.stringMatching(new RegExp(`(^|\\. )${RegExp.escape(remedy)}$`));
}

/** Whatever this API never had goes live through another one. */
function hints(remedy: string): readonly string[] {
  return remedy === REMEDIES.notFound
    ? [
        "Most offers go live through another one: with `api: auto` and no `token` the action signs in itself and finds out which.",
      ]
    : [];
}

const NO_SIGN_OFF = '{"error":{"code":"BadRequest","message":"The publisher sign-off is missing."}}';

/** The scenario, the refusal as the error tells it, and the remedy. */
const REFUSALS: readonly (readonly [what: string, options: EmulatorOptions, said: string, remedy: string])[] = [
  [
    "an offer that the service says is not ready, though its status waits (400)",
    { faults: [{ on: "goLive", act: { kind: "status", status: 400, body: NO_SIGN_OFF } }] },
    "golive was answered with HTTP 400 (bad request) and said “BadRequest: The publisher sign-off is missing.”",
    REMEDIES.badRequest,
  ],
  [
    "an api-version that is not served (400)",
    { apiVersions: ["2030-01-01"] },
    "submissions/ was answered with HTTP 400 (bad request) and said “InvalidAPIVersion: The api-version '2017-10-31' is not valid. The allowed versions are '2030-01-01'.”",
    REMEDIES.badRequest,
  ],
  [
    "an unknown token (401)",
    { tokens: { another: {} } },
    "submissions/ was answered with HTTP 401 (the token was not accepted) and said “Unauthorized: The bearer token is not valid.”",
    REMEDIES.unauthorized,
  ],
  [
    "an expired token (401)",
    { tokens: { [TOKEN]: { expiresAtMs: 0 } } },
    "submissions/ was answered with HTTP 401 (the token was not accepted) and said “Unauthorized: The bearer token has expired.”",
    REMEDIES.unauthorized,
  ],
  [
    "a stranger to the publisher account (403)",
    { tokens: { [TOKEN]: { role: "stranger" } } },
    "submissions/ was answered with HTTP 403 (not allowed) and said “Forbidden: The principal is not a user of the publisher account.”",
    REMEDIES.forbidden,
  ],
  [
    "an unknown publisher (404)",
    { offers: [{ publisherId: "fabrikam", offerId: "contoso-vm" }] },
    "submissions/ was answered with HTTP 404 (not found) for publisher contoso, offer contoso-vm and said “NotFound: There is no publisher 'contoso'.”",
    REMEDIES.notFound,
  ],
  [
    "an unknown offer (404)",
    { offers: [{ publisherId: "contoso", offerId: "contoso-app" }] },
    "submissions/ was answered with HTTP 404 (not found) for publisher contoso, offer contoso-vm and said “NotFound: There is no offer 'contoso-vm'.”",
    REMEDIES.notFound,
  ],
];

test.each(REFUSALS)("fails once, with the remedy: %s", async (_what, options, said, remedy) => {
  const { run, emulator } = await startScenario(options);
  const result = await run();
  const refused = emulator.requests.findIndex(({ answer }) => Number(answer) >= 400) + 1;
  expect(annotations(result)).toMatchObject([{ level: "error", title: "Nothing was started" }]);
  expect(texts(result, "error")[0]).toMatch(/^No go-live of contoso\/contoso-vm was started: (GET|POST) http/);
  expect(texts(result, "error")[0]?.split("/contoso-vm/").at(-1)?.split("\n")).toEqual([
    `${said} [request id ${requestId(refused)}].`,
    endingWith(remedy),
    ...hints(remedy),
  ]);
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
  expect(Object.keys(operationOutputs(result.outputs))).toEqual(["status"]);
  expect(result.summary).toContain("## ❌ Not live&#58; no go&#45;live of contoso");
});

const POST_REFUSALS = [
  { status: 401, text: "(the token was not accepted)", remedy: REMEDIES.unauthorized, sendings: 1 },
  { status: 403, text: "(not allowed)", remedy: REMEDIES.forbidden, sendings: 1 },
  { status: 404, text: "(not found) for publisher contoso, offer contoso-vm", remedy: REMEDIES.notFound, sendings: 1 },
  { status: 409, text: "(conflict)", remedy: REMEDIES.conflict, sendings: 1 },
  { status: 429, text: "(too many requests)", remedy: REMEDIES.tooManyRequests, sendings: 3 },
] as const;
const POST_FAULTS = [
  { status: 500, text: "(internal error)", remedy: REMEDIES.serviceFault, sendings: 3 },
  { status: 503, text: "(unavailable)", remedy: REMEDIES.serviceFault, sendings: 3 },
] as const;

test.each(POST_REFUSALS)("fails once, with the remedy, when the go-live is answered $status", expectNoGoLive);

// Both at once, because each takes its nine minutes.
test("fails, with the remedy, when the go-live is answered 500 or 503 three times and leaves no trace", () =>
  Promise.all(POST_FAULTS.map(expectNoGoLive)));

/** How often is looked after a sending: a 409 may mean that a go-live runs already. */
const LOOKS = { 401: 0, 403: 0, 404: 0, 409: 5, 429: 0, 500: 11, 503: 11 } as const;

type PostRefusal = (typeof POST_REFUSALS)[number] | (typeof POST_FAULTS)[number];

async function expectNoGoLive({ status, text, remedy, sendings }: PostRefusal): Promise<void> {
  const { run, emulator, asked } = await startScenario({
    clock: createFastClock(timeFactor),
    faults: [{ on: "goLive", act: { kind: "status", status } }],
  });
  const result = await run({}, { timeFactor });
  const sent = emulator.requests.flatMap(({ route }, at) => (route === "goLive" ? [at + 1] : []));
  const id = requestId(sent.at(-1) ?? 0);
  expect(sent).toHaveLength(sendings);
  const look = ["GET list", "GET status"];
  const whole = ["POST goLive", ...Array.from({ length: LOOKS[status] }, () => look).flat()];
  expect(asked()).toEqual([...look, ...Array.from({ length: sendings }, () => whole).flat()]);
  expect(texts(result, "error")[0]?.split("\n")).toEqual([
    `No go-live of contoso/contoso-vm was started${status >= 500 ? ", as far as the offer's operations show" : ""}: POST ${emulator.url}/api/publishers/contoso/offers/contoso-vm/golive was answered with HTTP ${status} ${text} and said “Emulated${status}: The emulator was told to answer ${status}.” [request id ${id}].`,
    endingWith(remedy),
  ]);
  expect(annotations(result)).toHaveLength(1);
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
}

test.each([
  ["a gateway's HTML", "<html><head><title>Access blocked</title></head><body>…</body></html>", "Access blocked"],
  [
    "details",
    '{"error":{"code":"Invalid","message":"Two faults.","details":[{"message":"No plan."},{"message":"No price."}]}}',
    "Invalid: Two faults. No plan. No price.",
  ],
])("quotes the text of a refusal that is %s", async (_what, body, quote) => {
  const { run } = await startScenario({ faults: [{ on: "goLive", act: { kind: "status", status: 400, body } }] });
  const result = await run();
  expect(texts(result, "error")[0]).toContain(`HTTP 400 (bad request) and said “${quote}” [request id `);
  expect(result.exitCode).toBe(1);
});
