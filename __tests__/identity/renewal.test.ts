import { expect, test } from "@jest/globals";
import { array, assert, asyncProperty, integer } from "fast-check";
import { type AccessToken, renewingCredential } from "../../src/identity/credential.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const { signal } = new AbortController();
const MINUTE_MS = 60_000;

/** What each sign-in brings: a token of that life, or an error. */
function createCredential(results: readonly (number | Error)[]) {
  const clock = createVirtualClock();
  const told: AccessToken[] = [];
  let signIns = 0;
  const credential = renewingCredential({
    clock,
    onToken: (token) => told.push(token),
    obtain: async () => {
      const result = results[signIns % results.length] ?? 0;
      signIns += 1;
      if (result instanceof Error) throw result;
      return { text: `token-${signIns}`, lifetimeMs: result };
    },
  });
  const ask = (): Promise<string> => credential.token(signal).catch((error: unknown) => String(error));
  return { credential, clock, told, ask, signIns: () => signIns };
}

test.each([
  { lifeMs: 60 * MINUTE_MS, marginMs: 5 * MINUTE_MS },
  { lifeMs: 90 * MINUTE_MS, marginMs: 5 * MINUTE_MS },
  { lifeMs: 24 * 60 * MINUTE_MS, marginMs: 5 * MINUTE_MS },
  { lifeMs: 10 * MINUTE_MS, marginMs: MINUTE_MS },
  { lifeMs: 10_000, marginMs: 1_000 },
  { lifeMs: 1_000, marginMs: 100 },
])("renews a token of $lifeMs ms so long before its end: $marginMs ms", async ({ lifeMs, marginMs }) => {
  const { clock, ask } = createCredential([lifeMs]);
  expect(await ask()).toBe("token-1");
  clock.pass(lifeMs - marginMs - 1);
  expect(await ask()).toBe("token-1");
  clock.pass(1);
  expect(await ask()).toBe("token-2");
});

test("signs in once for each question when a token has no life at all", async () => {
  const { ask, signIns } = createCredential([0]);
  expect([await ask(), await ask(), await ask(), signIns()]).toEqual(["token-1", "token-2", "token-3", 3]);
});

test("lets the old token serve to its end while renewals fail for a passing reason, and not a moment longer", async () => {
  const passing = new SignInError("unreachable", { text: "down" });
  const { clock, ask, signIns } = createCredential([60 * MINUTE_MS, passing]);
  await ask();
  clock.pass(60 * MINUTE_MS - 1);
  expect([await ask(), signIns()]).toEqual(["token-1", 2]);
  clock.pass(1);
  expect(await ask()).toBe("token-3");
  const other = createCredential([60 * MINUTE_MS, passing, passing]);
  await other.ask();
  other.clock.pass(60 * MINUTE_MS);
  expect(await other.ask()).toBe("SignInError: sign-in failed: down");
});

test.each(["noIdToken", "idTokenRefused", "refused", "unavailable"] as const)(
  "does not fall back to the old token when a renewal fails for good: %s",
  async (reason) => {
    const { clock, ask } = createCredential([60 * MINUTE_MS, new SignInError(reason, { text: "no" })]);
    await ask();
    clock.pass(56 * MINUTE_MS);
    expect(await ask()).toBe("SignInError: sign-in failed: no");
  },
);

test("throws what is no failure to sign in as it is", async () => {
  const { clock, ask } = createCredential([60 * MINUTE_MS, new TypeError("a bug")]);
  await ask();
  clock.pass(56 * MINUTE_MS);
  expect(await ask()).toBe("TypeError: a bug");
});

test("gets a new token after the present one was given up, however young it was", async () => {
  const { credential, ask } = createCredential([60 * MINUTE_MS]);
  await ask();
  expect([credential.giveUp("token-1"), await ask(), await ask()]).toEqual([true, "token-2", "token-2"]);
});

test("never hands out a token past its end, nor signs in twice for one question, whatever the lives and pauses", async () => {
  const lives = array(integer({ min: 1, max: 90 * MINUTE_MS }), { minLength: 1, maxLength: 5 });
  const pauses = array(integer({ min: 0, max: 30 * MINUTE_MS }), { maxLength: 40 });
  await assert(
    asyncProperty(lives, pauses, async (lifetimes, waits) => {
      const { clock, ask, signIns, told } = createCredential(lifetimes);
      const endsMs: number[] = [];
      for (const pause of [0, ...waits]) {
        clock.pass(pause);
        const before = signIns();
        const text = await ask();
        if (signIns() > before) endsMs.push(clock.now() + (told.at(-1)?.lifetimeMs ?? 0));
        expect(signIns() - before).toBeLessThanOrEqual(1);
        expect(text).toBe(`token-${signIns()}`);
        expect(clock.now()).toBeLessThan(endsMs.at(-1) ?? 0);
      }
      expect(told).toHaveLength(signIns());
    }),
  );
});
