import { expect, test } from "@jest/globals";
import {
  errorAnswer,
  type ErrorShape,
  errorShapes,
  type Happening,
  type PartnerCenterOptions,
} from "../../emulator/partner-center/partner-center.ts";
import { operationOutputs, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
  FIRST,
  FOREVER,
  idOf,
  LOOK,
  POST,
  product,
  PRODUCT,
  resultOf,
  ROOT,
  SECOND,
  startCenter,
} from "./center-scenario.ts";

test.each([
  ["alone", {}, FIRST],
  ["beside what is live", { wasLive: true }, SECOND],
] as const)("promotes the preview that stands %s: an empty object, once", async (_what, plan, number) => {
  const { run, asked, service, addressOf } = await startCenter(product({ ...plan, goLive: FOREVER }));
  const { outputs, exitCode } = await run();
  expect(asked()).toEqual([...LOOK, POST]);
  const request = service.requests.at(-1);
  expect(request?.path).toBe(`${ROOT}/products/${PRODUCT}/submissions/${number}/promote`);
  expect(request?.body).toBe("{}");
  expect(request?.headers["content-type"]).toBe("application/json");
  expect(request?.headers["if-match"]).toBeUndefined();
  expect(service.promotes()).toMatchObject([{ submissionId: number, productId: PRODUCT }]);
  expect(operationOutputs(outputs)).toEqual({
    operationLocation: addressOf(number),
    operationId: number,
    status: "running",
  });
  expect(outputs).toMatchObject({ api: "partnerCenter", submissionId: idOf(number) });
  expect(exitCode).toBe(0);
});

test.each([
  ["200 and a location", { behaviour: { acceptedLocation: "submission" } }],
  [
    "a 200 that is cut off behind its headers",
    { faults: [{ on: "promote", carriedOut: true, act: { kind: "reset", at: "headers" } }] },
  ],
] as const)("takes %s for an acceptance", async (_what, options) => {
  const { run, asked, service, addressOf } = await startCenter({ ...product({ goLive: FOREVER }), ...options });
  const result = await run();
  expect(asked()).toEqual([...LOOK, POST]);
  expect(service.promotes()).toHaveLength(1);
  expect(operationOutputs(result.outputs)).toEqual({
    operationLocation: addressOf(FIRST),
    operationId: FIRST,
    status: "running",
  });
  expect(resultOf(result).operation).toMatchObject({ origin: "started" });
});

const WITHDRAWN: Happening = { what: "previewWithdrawn", when: { before: "promote" } };

const REFUSALS: readonly (readonly [string, PartnerCenterOptions, RegExp])[] = [
  ["a preview that was withdrawn", { happenings: [WITHDRAWN] }, /no submission/],
  [
    "a promote with HTTP 422",
    {
      faults: [
        { on: "promote", act: { kind: "status", ...errorAnswer("fault", { status: 422, message: "No, Sir." }) } },
      ],
    },
    /No, Sir\./,
  ],
];

test.concurrent.each(REFUSALS)(
  "takes the refusal of %s for what it is, looks a minute later, and sends nothing again",
  async (_what, options, says) => {
    const { run, service, sent, asked } = await startCenter({ ...fast(), ...options });
    const result = await run({}, FAST);
    expect(sent()).toEqual([POST]);
    expect(asked().slice(3)).toEqual(["GET submissions", "GET submissions"]);
    const [refused, , late] = service.requests.slice(2).map(({ atMs }) => atMs);
    expect((late ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(58_000);
    expect(service.promotes()).toEqual([]);
    expect(texts(result, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
    expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
    expect(result.exitCode).toBe(1);
  },
);

test("finds a go-live that moved although it was refused", async () => {
  const { run, service, sent, addressOf } = await startCenter({
    ...fast(),
    ...product({ goLive: { queuedMs: 20_000, ...FOREVER } }),
    faults: [{ on: "promote", carriedOut: true, act: { kind: "status", status: 409 } }],
  });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST]);
  expect(service.promotes()).toHaveLength(1);
  expect(operationOutputs(result.outputs)).toEqual({
    operationLocation: addressOf(FIRST),
    operationId: FIRST,
    status: "running",
  });
  expect(resultOf(result).operation).toMatchObject({ origin: "doubtful", startedByThisStep: false });
  expect(result.exitCode).toBe(0);
});

test.concurrent("tells of a refused promote that is in the store a minute later, and not whose it is", async () => {
  const { run, sent } = await startCenter({
    ...fast(),
    ...product({ goLive: { durationMs: 20_000 } }),
    faults: [
      { on: "promote", carriedOut: true, act: { kind: "status", status: 409 } },
      { on: "submissions", nth: 2, act: { kind: "status", status: 503 } },
    ],
  });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(texts(result, "notice").join(" ")).toContain("Nobody can tell whether it was this step that started it.");
  expect(resultOf(result).operation).toMatchObject({ origin: "doubtful" });
});

test.concurrent(
  "says with ifRunning: fail that nobody can tell what became of a promote that was refused and moves",
  async () => {
    const { run, sent } = await startCenter({
      ...fast(),
      ...product({ goLive: FOREVER }),
      faults: [{ on: "promote", carriedOut: true, act: { kind: "status", status: 409 } }],
    });
    const result = await run({ ifRunning: "fail" }, FAST);
    expect(sent()).toEqual([POST]);
    expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
    expect(resultOf(result).ending).toBe("unclear");
  },
);

test.each(["conflict", "badRequest"] as const)(
  "follows the go-live that somebody else has started in between, and that the service refuses with %s",
  async (secondPromote) => {
    const { run, sent, service, addressOf } = await startCenter({
      ...fast(),
      ...product({ goLive: FOREVER }),
      behaviour: { secondPromote },
      happenings: [{ what: "promoteStarted", when: { before: "promote" } }],
    });
    const result = await run({}, FAST);
    expect(sent()).toEqual([POST]);
    expect(service.promotes()).toEqual([]);
    expect(result.outputs).toMatchObject({ status: "running", operationLocation: addressOf(FIRST) });
    // Whose it is, a refusal does not tell.
    expect(resultOf(result).operation).toMatchObject({ origin: "doubtful", startedByThisStep: false });
  },
);

test.each([
  ["attach", "running", 0],
  ["fail", "rejected", 1],
] as const)("with a go-live that runs and ifRunning: %s nothing is sent", async (ifRunning, status, exitCode) => {
  const { run, asked, addressOf } = await startCenter(product({ state: "goingLive", goLive: FOREVER, wasLive: true }));
  const result = await run({ ifRunning });
  expect(asked()).toEqual(LOOK);
  expect(result.outputs["status"]).toBe(status);
  expect(result.outputs["operationLocation"]).toBe(addressOf(SECOND));
  expect(result.exitCode).toBe(exitCode);
});

test("gives up after a second that was turned away at the door, and says which role is missing", async () => {
  const { run, sent, service } = await startCenter({
    ...fast(),
    faults: [{ on: "promote", act: { kind: "status", status: 401 } }],
  });
  const result = await run({}, FAST);
  expect(sent()).toEqual([POST, POST]);
  expect(service.promotes()).toEqual([]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
  expect(texts(result, "error")).toEqual([expect.stringMatching(/HTTP 401[^]*without the role Manager/)]);
});

/** What is shown of an error of each shape. */
const SAID = {
  fault: "ICH50422 - Unable to complete request. Request validation failed. The innermost word.",
  backend: "“Emulated.RestClientException: Product request failed, API=GetProduct",
  text: "“The innermost word.”",
  statusCode: "“The innermost word.”",
  code: "“The innermost word.” [HTTP 422 (validation failed), UnprocessableEntity]",
  empty: "HTTP 422",
  html: "“422 Unprocessable Entity”",
} as const satisfies Record<ErrorShape, string>;

test.concurrent.each(errorShapes)(
  "bears an error in the shape %s on every question, and crashes at none",
  async (shape) => {
    const act = { kind: "status", ...errorAnswer(shape, { status: 422, message: "The innermost word." }) } as const;
    for (const on of ["products", "submissions", "promote"] as const) {
      const { run, service } = await startCenter({ ...fast(FASTEST), faults: [{ on, act }] });
      const result = await run({}, FASTEST);
      const [text = ""] = texts(result, "error");
      expect(result.exitCode).toBe(1);
      expect(text).not.toContain("a bug in this action");
      expect(text.length).toBeLessThan(2_000);
      expect(text).toContain(SAID[shape]);
      expect(result.outputs["status"]).toBe("rejected");
      expect(service.promotes()).toEqual([]);
    }
  },
);
