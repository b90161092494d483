import { beforeAll, expect, test } from "@jest/globals";
import { runWaits, type WaitPlan, type WaitReport } from "../harness/identity-wait-plan.ts";

const HOUR_MS = 3_600_000;
/** From 60 to 90 minutes, as Entra gives them. */
const LIFETIMES = [3_600, 5_399, 4_211, 3_725, 5_000] as const;
const KINDS = ["oidc", "secret", "azureCli", "managedIdentity"] as const;
const SHORT = { kind: "oidc", goLiveMs: 4 * 60_000, lifetimes: [3_600] } as const;
const DOWN = Array.from({ length: 40 }, (_, index) => index + 2);

const PLANS = {
  oidc: { kind: "oidc", goLiveMs: 6 * HOUR_MS, lifetimes: LIFETIMES },
  secret: { kind: "secret", goLiveMs: 6 * HOUR_MS, lifetimes: LIFETIMES },
  azureCli: { kind: "azureCli", goLiveMs: 6 * HOUR_MS, lifetimes: LIFETIMES },
  managedIdentity: { kind: "managedIdentity", goLiveMs: 6 * HOUR_MS, lifetimes: LIFETIMES },
  publish: { kind: "oidc", goLiveMs: 0, publishMs: 2 * HOUR_MS, lifetimes: [3_600] },
  oneSecond: { ...SHORT, lifetimes: [1] },
  tenSeconds: { ...SHORT, lifetimes: [10] },
  noLife: { ...SHORT, faults: [{ twist: { kind: "token", fields: { expires_in: 0 } } }] },
  untoldLife: { ...SHORT, faults: [{ twist: { kind: "token", fields: { expires_in: null } } }] },
  revoked: { ...SHORT, revokedAtQuestion: 5 },
  pausing: {
    ...{ kind: "oidc", goLiveMs: 2 * HOUR_MS, lifetimes: [3_600] },
    faults: [{ nth: [2, 3, 4], act: { kind: "status", status: 503 } }],
  },
  down: {
    ...{ kind: "secret", goLiveMs: 2 * HOUR_MS, lifetimes: [3_600] },
    faults: [{ nth: DOWN, act: { kind: "reset", at: "request" } }],
  },
  refused: {
    ...{ kind: "secret", goLiveMs: 3 * HOUR_MS, lifetimes: [3_600] },
    faults: [{ nth: Array.from({ length: 100 }, (_, index) => index + 2), twist: { kind: "error", code: 7000222 } }],
  },
  refusedOnce: {
    ...{ kind: "secret", goLiveMs: 1.5 * HOUR_MS, lifetimes: [3_600] },
    faults: [{ nth: 2, twist: { kind: "error", code: 7000222 } }],
  },
} as const satisfies Readonly<Record<string, WaitPlan>>;

const reports = new Map<string, WaitReport>();

beforeAll(async () => {
  const results = await runWaits(Object.values(PLANS));
  Object.keys(PLANS).forEach((name, index) => {
    const report = results[index];
    if (report !== undefined) reports.set(name, report);
  });
}, 60_000);

function reportOf(name: keyof typeof PLANS): WaitReport {
  const report = reports.get(name);
  if (report === undefined) throw new Error(`there is no report of ${name}`);
  return report;
}

test.each(KINDS)(
  "waits for six hours with tokens of 60 to 90 minutes by %s, renews each before its end, and ends well",
  (kind) => {
    const report = reportOf(kind);
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
);

test("waits for a publish of two hours in a dry run, renews its tokens, and sends nothing", () => {
  const report = reportOf("publish");
  expect(report).toMatchObject({ exitCode: 0, outputs: { ready: "true" }, unmasked: 0, leaks: 0 });
  expect(report.tookMs).toBeGreaterThanOrEqual(2 * HOUR_MS);
  expect(report.signIns).toHaveLength(3);
  expect(report.answers.filter(({ route, answer }) => answer === 401 || route === "goLive")).toEqual([]);
});

/** With the sign-ins for each question, at the least and at the most. */
const ODD = [
  { what: "1 second", name: "oneSecond", share: [0.5, 1] },
  { what: "10 seconds", name: "tenSeconds", share: [0.2, 0.9] },
  { what: "0 seconds, as Entra says", name: "noLife", share: [0.9, 1] },
  { what: "a length that Entra does not state", name: "untoldLife", share: [0.9, 1] },
] as const;

test.each(ODD)("bears tokens of $what: at most one sign-in a question", ({ name, share: [least, most] }) => {
  const report = reportOf(name);
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" }, unmasked: 0, leaks: 0 });
  const share = report.tokenRequests / report.answers.length;
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
  expect(report.idTokens).toBe(report.tokenRequests);
  expect(report.assertions).not.toContain(true);
});

test("gets a new token once when the present one is turned away in mid-wait, and goes on", () => {
  const report = reportOf("revoked");
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" }, idTokens: 2, tokenRequests: 2 });
  expect(report.answers.filter(({ answer }) => answer === 401)).toHaveLength(1);
});

test("lets the old token serve while a renewal fails for a passing reason, and renews when Entra is back", () => {
  const report = reportOf("pausing");
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect(report.answers.filter(({ answer }) => answer !== 200 && answer !== 202)).toEqual([]);
  expect([report.tokenRequests, report.idTokens]).toEqual([6, 6]);
  expect(report.lines.filter((line) => line.includes("Signed in"))).toHaveLength(3);
});

test("goes on waiting when Entra is down past the token's end, and sees the end once it is back", () => {
  const report = reportOf("down");
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
  expect(report.lines.join("\n")).toMatch(
    /No usable answer, still waiting: sign-in failed: “POST https:.* the connection broke \(ECONNRESET\)”/,
  );
});

test("goes on waiting when Entra refuses one renewal and grants the next", () => {
  const report = reportOf("refusedOnce");
  expect(report).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" }, tokenRequests: 3 });
  expect(report.lines.join("\n")).toContain("No usable answer, still waiting: sign-in failed: “AADSTS7000222:");
});

test("ends as unknown, with the remedy, when Entra refuses to renew for two minutes", () => {
  const report = reportOf("refused");
  expect(report).toMatchObject({ exitCode: 1, outputs: { status: "unknown" }, tokenRequests: 5 });
  expect(report.tookMs).toBeLessThan(HOUR_MS);
  expect(report.lastWord).toContain("Sign-in failed: “AADSTS7000222:");
  expect(report.lastWord).toContain("The client secret has expired. Make a new one in Entra and store it again");
  expect(report.lastWord).toContain("It may still run.");
  expect(report.lastWord).toContain(`\`operationLocation: ${report.outputs["operationLocation"]}\``);
});
