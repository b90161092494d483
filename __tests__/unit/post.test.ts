import { expect, test } from "@jest/globals";
import type { World } from "../../src/world.ts";
import { NetworkError } from "../../src/http/errors.ts";
import type { Request } from "../../src/http/transport.ts";
import { post } from "../../src/post.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";
import { createRecordingRunner } from "../model/recording-runner.ts";

const INPUTS = {
  publisherId: "contoso",
  offerId: "contoso-vm",
  token: "a-token-of-the-test",
  onCancel: "cancel",
} as const;
const ORIGIN = "https://cloudpartner.azure.com";
const LOCATION = `${ORIGIN}/api/publishers/contoso/offers/contoso-vm/operations/7?api-version=2017-10-31`;
const SENT = { phase: "main", sent: "true" } as const;
const AT = { ...SENT, origin: "started", operationLocation: LOCATION } as const;
const WHERE = `The go-live of contoso/contoso-vm is at ${LOCATION}`;
const UNKNOWN =
  "A go-live of contoso/contoso-vm may have been sent, and no answer is known: look in Partner Center whether it runs.";

type Answer = number | Error;

/** The post phase after a main phase that saved that; the operation runs, and a cancel gets those answers in turn. */
async function run(
  saved: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = INPUTS,
  ...answers: readonly Answer[]
) {
  const clock = createVirtualClock(1_000);
  const sent: Request[] = [];
  const looks: Request[] = [];
  let isOpen = false;
  const world: World = {
    runner: createRecordingRunner(inputs, false, () => undefined, saved),
    environment: {},
    clock,
    random: () => 0,
    signal: new AbortController().signal,
    openTransport: () => {
      isOpen = true;
      return {
        async send(request) {
          const name = { method: request.method, url: request.url.href };
          if (request.method === "GET") {
            looks.push(request);
            return { request: name, status: 200, headers: {}, body: () => '{"status":"running"}' };
          }
          const answer = answers[Math.min(sent.length, answers.length - 1)] ?? new TypeError("nobody should ask");
          sent.push(request);
          if (answer instanceof Error) throw answer;
          return { request: name, status: answer, headers: {}, body: () => "" };
        },
        close: async () => {
          isOpen = false;
        },
      };
    },
  };
  const exitCode = await post(world);
  const { annotations, texts } = world.runner as ReturnType<typeof createRecordingRunner>;
  return {
    exitCode,
    annotations,
    texts,
    isOpen,
    sleeps: clock.sleeps,
    looks: looks.map(({ url }) => url.href),
    sent: sent.map(({ method, url }) => `${method} ${url.pathname}`),
  };
}

test("says that the step had not begun, or could not save that, when it has left nothing", async () => {
  expect(await run({})).toMatchObject({
    exitCode: 0,
    looks: [],
    sent: [],
    annotations: [],
    texts: [
      "This step had not begun when the run was cancelled, or could not save how far it had come. Nothing is sent now.",
    ],
  });
});

test("says that nothing was sent when nothing was", async () => {
  expect(await run({ phase: "main" })).toMatchObject({
    exitCode: 0,
    sent: [],
    annotations: [],
    texts: ["Nothing was sent before the run was cancelled."],
  });
});

test("has nothing to do when the step has said how it ended", async () => {
  expect(await run({ ...AT, concluded: "true" })).toMatchObject({
    exitCode: 0,
    sent: [],
    annotations: [],
    texts: ["Nothing is left to do: this step has said how it ended."],
  });
});

test.each([
  [AT, WHERE],
  [{ phase: "main", origin: "found", operationLocation: LOCATION }, WHERE],
  [SENT, UNKNOWN],
])("leaves a go-live as it is unless it is told otherwise, and says where it is: %j", async (saved, where) => {
  const { onCancel: _, ...inputs } = INPUTS;
  const { exitCode, sent, annotations } = await run(saved, inputs);
  expect([exitCode, sent]).toEqual([0, []]);
  expect(annotations).toEqual([
    {
      level: "notice",
      title: "The go-live was left as it is",
      text: `${where} It was left as it is (\`onCancel: leave\`).`,
    },
  ]);
});

test("says where it is when the inputs cannot be read any more", async () => {
  expect((await run(AT, { ...INPUTS, onCancel: "perhaps" })).annotations).toEqual([
    {
      level: "warning",
      title: "The service was not asked to cancel",
      text: `${WHERE} The inputs cannot be read any more.`,
    },
  ]);
});

test.each([
  [202, "It took the wish: it takes 1 to 3 minutes until the go-live is canceled"],
  [200, "It says that this is done"],
])("asks the service to cancel, once, and says what HTTP %d means", async (status, meaning) => {
  const { exitCode, looks, sent, annotations, isOpen } = await run(AT, INPUTS, status);
  expect(looks).toEqual([LOCATION]);
  expect([exitCode, isOpen]).toEqual([0, false]);
  expect(sent).toEqual(["POST /api/publishers/contoso/offers/contoso-vm/cancel"]);
  expect(annotations).toEqual([
    {
      level: "notice",
      title: "The service was asked to cancel the go-live",
      text: `The service was asked to cancel the go-live. ${meaning}; check in Partner Center, for it also answers so when nothing runs. ${WHERE}`,
    },
  ]);
});

test("asks again after what may pass, a few times, and says so", async () => {
  const reset = new NetworkError({ method: "POST", url: `${ORIGIN}/cancel` }, "reset", true);
  const { exitCode, sent, sleeps, texts } = await run(AT, INPUTS, reset, 503, 202);
  expect([exitCode, sent.length, sleeps]).toEqual([0, 3, [2_000, 5_000]]);
  expect(texts[0]).toBe(`Could not ask to cancel: POST ${ORIGIN}/cancel: the connection broke. Trying again.`);
});

test("fails when the service cannot be asked, and says that the go-live may still run", async () => {
  const { exitCode, sent, sleeps, annotations, isOpen } = await run(AT, INPUTS, 503);
  expect([exitCode, sent.length, sleeps, isOpen]).toEqual([1, 4, [2_000, 5_000, 10_000], false]);
  expect(annotations).toMatchObject([{ level: "error", title: "The go-live may still run" }]);
  expect(annotations[0]?.text).toMatch(
    /^The service answered HTTP 503 .*\.\nCancel it in Partner Center\. The go-live of/s,
  );
});

test("does not ask again when the service says no", async () => {
  expect(await run(AT, INPUTS, 403)).toMatchObject({
    exitCode: 1,
    sleeps: [],
    annotations: [{ title: "The go-live may still run" }],
  });
});

test("tells a bug as a bug", async () => {
  const { exitCode, annotations } = await run(AT, INPUTS, new TypeError("x is undefined"));
  expect(exitCode).toBe(1);
  expect(annotations[0]?.text).toContain("x is undefined");
});
