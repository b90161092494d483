import { expect, test } from "@jest/globals";
import { runWait, type WaitPlan } from "../harness/identity-wait-plan.ts";

const HOUR_MS = 3_600_000;
/** From 60 to 90 minutes, as Entra gives them. */
const LIFETIMES = [3_600, 5_399, 4_211, 3_725, 5_000] as const;
const SIX_HOURS = { goLiveMs: 6 * HOUR_MS, lifetimes: LIFETIMES } as const;

test.each(["oidc", "secret", "azureCli", "managedIdentity"] as const)(
  "waits for six hours with tokens of 60 to 90 minutes by %s, renews each before its end, and ends well",
  async (kind) => {
    const report = await runWait({ kind, ...SIX_HOURS });
    expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" }, unmasked: 0, leaks: 0 });
    expect(report.tookMs).toBeGreaterThanOrEqual(6 * HOUR_MS);
    expect(report.signIns.length).toBeGreaterThanOrEqual(5);
    expect(report.answers.filter(({ answer }) => answer === 401)).toEqual([]);
    report.signIns.slice(1).forEach(({ atMs }, index) => {
      const before = report.signIns[index];
      const leftMs = (before?.atMs ?? 0) + (before?.lifetimeMs ?? 0) - atMs;
      // Seconds are lost where a service states them whole; the pause between two questions is a minute at most.
      expect(leftMs).toBeGreaterThan(3 * 60_000);
      expect(leftMs).toBeLessThanOrEqual(5 * 60_000 + 1_000);
    });
    expect(report.idTokens).toBe(kind === "oidc" ? report.signIns.length : 0);
    expect(report.assertions).toEqual(kind === "oidc" ? report.signIns.map(() => false) : []);
    expect(report.commands).toBe(kind === "azureCli" ? report.signIns.length : 0);
    const said = report.lines.filter((line) => line.includes("Signed in"));
    expect(said).toHaveLength(report.signIns.length);
    expect(said[0]).toContain(
      "Signed in as app 00001111-aaaa-2222-bbbb-3333cccc4444; the token is good for 1 h and renewed before that.",
    );
    expect(said[1]).toContain("Signed in anew as app");
  },
  20_000,
);

interface OddCase {
  readonly what: string;
  readonly plan: Partial<WaitPlan>;
  /** Sign-ins for each answered question, at the least and at the most. */
  readonly share: readonly [number, number];
}

const ODD: readonly OddCase[] = [
  { what: "1 second", plan: { lifetimes: [1] }, share: [0.5, 1] },
  { what: "10 seconds", plan: { lifetimes: [10] }, share: [0.3, 1] },
  { what: "0 seconds as they say, though an hour in truth", plan: withoutLife({ expires_in: 0 }), share: [0.9, 1] },
  { what: "a length that they do not state", plan: withoutLife({ expires_in: undefined }), share: [0.9, 1] },
];

test.each(ODD)("bears tokens of $what: at most one sign-in a question", async ({ plan, share: [least, most] }) => {
  const report = await runWait({ kind: "oidc", goLiveMs: HOUR_MS / 4, lifetimes: [3_600], ...plan });
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" }, unmasked: 0, leaks: 0 });
  const share = report.tokenRequests / report.answers.length;
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
  expect(report.idTokens).toBe(report.tokenRequests);
  expect(report.assertions).not.toContain(true);
});

function withoutLife(fields: Readonly<Record<string, unknown>>): Partial<WaitPlan> {
  return { faults: [{ twist: { kind: "token", fields } }] };
}

test("gets a new token once when the present one is turned away in mid-wait, and goes on", async () => {
  const report = await runWait({ kind: "oidc", goLiveMs: HOUR_MS / 2, lifetimes: [3_600], revokedAtQuestion: 5 });
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" }, idTokens: 2, tokenRequests: 2 });
  expect(report.answers.filter(({ answer }) => answer === 401)).toHaveLength(1);
});

test("lets the old token serve while a renewal fails for a passing reason, and renews when Entra is back", async () => {
  const faults = [{ nth: [2, 3, 4], act: { kind: "status", status: 503 } }] as const;
  const report = await runWait({ kind: "oidc", goLiveMs: 2 * HOUR_MS, lifetimes: [3_600], faults });
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect(report.answers.filter(({ answer }) => answer !== 200 && answer !== 202)).toEqual([]);
  expect([report.tokenRequests, report.idTokens, report.signIns.length]).toEqual([6, 6, 3]);
});

test("goes on waiting when Entra is down past the token's end, and sees the end once it is back", async () => {
  const nth = Array.from({ length: 40 }, (_, index) => index + 2);
  const faults = [{ nth, act: { kind: "reset", at: "request" } }] as const;
  const report = await runWait({ kind: "secret", goLiveMs: 2 * HOUR_MS, lifetimes: [3_600], faults });
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect(report.lines.join("\n")).toMatch(
    /No usable answer, still waiting: sign-in failed: “POST https:.* the connection broke \(ECONNRESET\)”/,
  );
});

test("ends as unknown, with the remedy, when Entra refuses a renewal for good", async () => {
  const faults = [{ nth: 2, twist: { kind: "error", code: 7000222 } }] as const;
  const report = await runWait({ kind: "secret", goLiveMs: 3 * HOUR_MS, lifetimes: [3_600], faults });
  expect(report).toMatchObject({ exitCode: 1, outputs: { status: "unknown" }, tokenRequests: 2 });
  expect(report.tookMs).toBeLessThan(HOUR_MS);
  expect(report.lastWord).toContain("can no longer be observed: sign-in failed: “AADSTS7000222:");
  expect(report.lastWord).toContain("The client secret has expired. Make a new one in Entra and store it again");
  expect(report.lastWord).toContain("It may still run.");
  expect(report.lastWord).toContain(`\`operationLocation: ${report.outputs["operationLocation"]}\``);
});
