import { getEventListeners } from "node:events";
import { setImmediate as settled } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { array, assert, asyncProperty, constantFrom, nat, record } from "fast-check";
import { ambientSource } from "../../src/identity/ambient.ts";
import { type AccessToken, renewingCredential } from "../../src/identity/credential.ts";
import type { EntraSignIn } from "../../src/identity/sign-in.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const MINUTE_MS = 60_000;
const GIVEN_UP = "SignInError: sign-in failed: it was given up";

/** A sign-in on its way: how it ends is up to the test. */
interface SignIn {
  readonly signal: AbortSignal;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

/** A question on its way, and what became of it. */
interface Question {
  readonly abort: () => void;
  readonly signal: AbortSignal;
  answer: string | undefined;
}

/** A credential whose sign-ins last until the test ends them; a token's text is its number among the sign-ins. */
function createOpenCredential(lifetimeMs = 60 * MINUTE_MS) {
  const clock = createVirtualClock();
  const signIns: SignIn[] = [];
  const told: AccessToken[] = [];
  const obtain = (signal: AbortSignal): Promise<AccessToken> => {
    const { promise, resolve, reject } = Promise.withResolvers<AccessToken>();
    const text = `token-${signIns.length + 1}`;
    signIns.push({ signal, succeed: () => resolve({ text, lifetimeMs }), fail: reject });
    return promise;
  };
  const credential = renewingCredential({ clock, obtain, onToken: (token) => told.push(token) });
  return { credential, clock, signIns, told, ask: () => askFor((signal) => credential.token(signal)) };
}

function askFor(token: (signal: AbortSignal) => Promise<string>): Question {
  const controller = new AbortController();
  const question: Question = { abort: () => controller.abort(), signal: controller.signal, answer: undefined };
  token(controller.signal).then(
    (text) => (question.answer = text),
    (error: unknown) => (question.answer = String(error)),
  );
  return question;
}

const answers = (questions: readonly Question[]): readonly (string | undefined)[] =>
  questions.map(({ answer }) => answer);

test("five questions at once make one sign-in, and all get its token", async () => {
  const { ask, signIns, told } = createOpenCredential();
  const questions = [ask(), ask(), ask(), ask(), ask()];
  await settled();
  expect([signIns.length, answers(questions)]).toEqual([1, Array(5).fill(undefined)]);
  signIns[0]?.succeed();
  await settled();
  expect(answers(questions)).toEqual(Array(5).fill("token-1"));
  expect(told.map(({ text }) => text)).toEqual(["token-1"]);
});

test("a question that is given up hears of it at once, and the others get the token all the same", async () => {
  const { ask, signIns } = createOpenCredential();
  const questions = [ask(), ask(), ask()];
  questions[0]?.abort();
  await settled();
  expect(answers(questions)).toEqual([GIVEN_UP, undefined, undefined]);
  expect(signIns[0]?.signal.aborted).toBe(false);
  signIns[0]?.succeed();
  await settled();
  expect([answers(questions), signIns.length]).toEqual([[GIVEN_UP, "token-1", "token-1"], 1]);
});

test("the sign-in is given up with the last question that waits, and what still comes of it serves nobody", async () => {
  const { ask, signIns, told } = createOpenCredential();
  const questions = [ask(), ask()];
  for (const { abort } of questions) abort();
  await settled();
  expect([answers(questions), signIns[0]?.signal.aborted]).toEqual([[GIVEN_UP, GIVEN_UP], true]);
  const next = ask();
  signIns[0]?.succeed();
  await settled();
  expect([signIns.length, next.answer, told]).toEqual([2, undefined, []]);
  signIns[1]?.succeed();
  await settled();
  expect([next.answer, told.length]).toEqual(["token-2", 1]);
});

test("nobody signs in for a question that was given up before", async () => {
  const { credential, signIns } = createOpenCredential();
  await expect(credential.token(AbortSignal.abort())).rejects.toMatchObject({
    name: "SignInError",
    reason: "unreachable",
    text: "it was given up",
  });
  expect(signIns).toEqual([]);
});

test("a question that is given up does not get the old token in place of the new one", async () => {
  const { ask, clock, signIns } = createOpenCredential();
  ask();
  signIns[0]?.succeed();
  await settled();
  clock.pass(56 * MINUTE_MS);
  const question = ask();
  question.abort();
  await settled();
  expect(question.answer).toBe(GIVEN_UP);
});

test("all hear that the sign-in failed, and the next question signs in anew", async () => {
  const { ask, signIns } = createOpenCredential();
  const questions = [ask(), ask(), ask()];
  signIns[0]?.fail(new SignInError("refused", { text: "no" }));
  await settled();
  expect(answers(questions)).toEqual(Array(3).fill("SignInError: sign-in failed: no"));
  const next = ask();
  signIns[1]?.succeed();
  await settled();
  expect([next.answer, signIns.length]).toEqual(["token-2", 2]);
});

test("all go on with the old token when its renewal fails for a passing reason", async () => {
  const { ask, clock, signIns } = createOpenCredential();
  ask();
  signIns[0]?.succeed();
  await settled();
  clock.pass(56 * MINUTE_MS);
  const questions = [ask(), ask()];
  signIns[1]?.fail(new SignInError("unreachable", { text: "down" }));
  await settled();
  expect([answers(questions), signIns.length]).toEqual([["token-1", "token-1"], 2]);
});

test("a token that is given up while its renewal is on its way is not fallen back to, and nobody signs in twice", async () => {
  const { ask, credential, clock, signIns } = createOpenCredential();
  ask();
  signIns[0]?.succeed();
  await settled();
  clock.pass(56 * MINUTE_MS);
  const first = ask();
  expect(credential.giveUp("token-1")).toBe(true);
  const second = ask();
  await settled();
  expect(signIns).toHaveLength(2);
  signIns[1]?.fail(new SignInError("unreachable", { text: "down" }));
  await settled();
  expect(answers([first, second])).toEqual(Array(2).fill("SignInError: sign-in failed: down"));
});

test("five questions that are turned away with one token make one sign-in, also the one that hears of it last", async () => {
  const { ask, credential, signIns } = createOpenCredential();
  ask();
  signIns[0]?.succeed();
  await settled();
  const turnedAway = (): Question => {
    credential.giveUp("token-1");
    return ask();
  };
  const questions = [turnedAway(), turnedAway(), turnedAway(), turnedAway()];
  signIns[1]?.succeed();
  await settled();
  const last = turnedAway();
  await settled();
  expect([answers([...questions, last]), signIns.length]).toEqual([Array(5).fill("token-2"), 2]);
});

test("leaves no listener with a question's signal, however it ends", async () => {
  const { credential, signIns } = createOpenCredential(0);
  const { signal } = new AbortController();
  const asked = [credential.token(signal), credential.token(signal)];
  expect(getEventListeners(signal, "abort")).toHaveLength(2);
  signIns[0]?.succeed();
  await Promise.all(asked);
  const failing = credential.token(signal).catch(() => "failed");
  signIns[1]?.fail(new SignInError("refused", { text: "no" }));
  await failing;
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("who asks again at the very moment of the failure begins another sign-in", async () => {
  const { credential, signIns } = createOpenCredential();
  const { signal } = new AbortController();
  const again = [1, 2, 3].map(() => credential.token(signal).catch(() => credential.token(signal)));
  signIns[0]?.fail(new SignInError("refused", { text: "no" }));
  await settled();
  signIns[1]?.succeed();
  expect([await Promise.all(again), signIns.length]).toEqual([Array(3).fill("token-2"), 2]);
});

const CLI: EntraSignIn = { kind: "azureCli", tenantId: undefined };
const HOST: EntraSignIn = { kind: "managedIdentity", clientId: undefined };

test("questions at once try each of the ways that the job may have only once", async () => {
  const tried: string[] = [];
  const obtain = ambientSource([CLI, HOST], async ({ kind }) => {
    tried.push(kind);
    await settled();
    if (kind === "azureCli") throw new SignInError("unavailable", { text: "nobody is signed in" });
    return { text: "token", lifetimeMs: MINUTE_MS };
  });
  const credential = renewingCredential({ clock: createVirtualClock(), obtain, onToken: () => undefined });
  const { signal } = new AbortController();
  const asked = await Promise.all([1, 2, 3, 4, 5].map(() => credential.token(signal)));
  expect([asked, tried]).toEqual([Array(5).fill("token"), ["azureCli", "managedIdentity"]]);
});

test("tries no further way once the last question was given up", async () => {
  const tried: string[] = [];
  const obtain = ambientSource([CLI, HOST], ({ kind }, signal) => {
    tried.push(kind);
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => reject(new SignInError("unreachable", { text: "given up" })));
    return promise;
  });
  const credential = renewingCredential({ clock: createVirtualClock(), obtain, onToken: () => undefined });
  const question = askFor((signal) => credential.token(signal));
  await settled();
  question.abort();
  await settled();
  expect([question.answer, tried]).toEqual([GIVEN_UP, ["azureCli"]]);
});

const KINDS = ["ask", "abort", "succeed", "fail", "giveUp"] as const;
/** What happens next; `at` says to which question. */
const event = record({ kind: constantFrom(...KINDS), at: nat(20) });

test("never signs in twice at a time, nor for nobody, and leaves no question without its answer, whatever happens when", async () => {
  await assert(
    asyncProperty(array(event, { maxLength: 60 }), async (events) => {
      const { ask, credential, signIns, told } = createOpenCredential();
      const questions: { readonly question: Question; readonly turnedAway: readonly string[] }[] = [];
      const turnedAway: string[] = [];
      const ended = new Set<SignIn>();
      const running = (): readonly SignIn[] => signIns.filter((one) => !ended.has(one) && !one.signal.aborted);
      const end = (how: (one: SignIn) => void): void => {
        for (const one of running()) {
          ended.add(one);
          how(one);
        }
      };
      const giveUp = (token: string): void => {
        turnedAway.push(token);
        credential.giveUp(token);
      };
      const acts = {
        ask: () => void questions.push({ question: ask(), turnedAway: [...turnedAway] }),
        abort: (at) => questions[at % questions.length]?.question.abort(),
        succeed: () => end((one) => one.succeed()),
        fail: () => end((one) => one.fail(new SignInError("refused", { text: "no" }))),
        giveUp: () => told.slice(-1).forEach(({ text }) => giveUp(text)),
      } as const satisfies Record<(typeof KINDS)[number], (at: number) => void>;
      for (const { kind, at } of events) {
        acts[kind](at);
        await settled();
        const waiting = questions.filter(({ question }) => question.answer === undefined);
        expect(running()).toHaveLength(Math.min(1, waiting.length));
        expect(waiting.filter(({ question }) => question.signal.aborted)).toEqual([]);
      }
      acts.succeed();
      await settled();
      const wrong = questions.filter(
        ({ question: { answer = "none", signal }, turnedAway: before }) =>
          answer === "none" || before.includes(answer) || (answer === GIVEN_UP && !signal.aborted),
      );
      expect(wrong).toEqual([]);
    }),
  );
});
