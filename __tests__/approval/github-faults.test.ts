import { expect, test } from "@jest/globals";
import type { FaultAct } from "../../emulator/wire/fault.ts";
import { startGitHub } from "./approval-scenario.ts";
import { passGate } from "./gate.ts";

const APPROVED = [{ environments: ["production"], state: "approved", user: { login: "anna" } }] as const;
const NAMED = { named: "production" } as const;
interface Fault {
  readonly what: string;
  readonly act: FaultAct;
}

const status = (code: number, body: string, headers: Readonly<Record<string, string>> = {}): FaultAct => ({
  kind: "status",
  status: code,
  headers,
  body,
});
const limited = (text: string): string => JSON.stringify({ message: text });

const PASSING: readonly Fault[] = [
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a reset within the body", act: { kind: "reset", at: "body" } },
  { what: "a 500", act: status(500, "{}") },
  { what: "a 502 of a gateway", act: status(502, "<html>Bad gateway</html>", { "content-type": "text/html" }) },
  { what: "a 503", act: status(503, "{}") },
  { what: "a 409", act: status(409, "{}") },
  { what: "a 429", act: status(429, limited("Too many requests"), { "retry-after": "1" }) },
  {
    what: "a spent rate limit (403)",
    act: status(403, limited("API rate limit exceeded for installation ID 20117."), { "x-ratelimit-remaining": "0" }),
  },
  {
    what: "a secondary rate limit (403)",
    act: status(403, limited("You have exceeded a secondary rate limit."), { "x-ratelimit-remaining": "4999" }),
  },
  { what: "a 403 that asks for a pause", act: status(403, limited("Slow down."), { "retry-after": "60" }) },
  { what: "HTML", act: { kind: "garbage", body: "<html>", contentType: "text/html" } },
  { what: "half a list", act: { kind: "truncate", keepBytes: 40 } },
  { what: "an object", act: { kind: "garbage", body: '{"reviews":[]}' } },
  { what: "null", act: { kind: "garbage", body: "null" } },
  { what: "an empty body", act: { kind: "garbage", body: "" } },
  { what: "a list of texts", act: { kind: "garbage", body: '["approved"]' } },
  { what: "an answer that is no HTTP", act: { kind: "raw", bytes: "HTTP/1.1 200 OK\ncontent-length: 2\n\n[]" } },
  { what: "text", act: { kind: "raw", bytes: "220 smtp.example ESMTP\r\n" } },
  { what: "a list packed in an unknown way", act: { kind: "packed", encoding: "zip" } },
  { what: "a list that is too large", act: { kind: "packed", encoding: "gzip", bytes: 5_000_000 } },
  { what: "a redirect", act: { kind: "redirect", to: "/elsewhere", status: 307 } },
];

test.each<FaultAct>([
  { kind: "interim", statuses: [100] },
  { kind: "interim", statuses: [103, 100] },
  { kind: "packed", encoding: "gzip" },
  { kind: "packed", encoding: "br" },
])("understands GitHub's answer with %j", async (act) => {
  const github = await startGitHub({ gitHub: { reviews: APPROVED, faults: [{ act }] } });
  expect(await passGate(github, NAMED)).toMatchObject({ approvedBy: ["anna"] });
  expect(github.gitHub.requests).toHaveLength(2);
});

test.each([301, 302, 303, 307, 308])("follows no redirect (%d): whoever is elsewhere cannot approve", async (code) => {
  const elsewhere = await startGitHub({ gitHub: { reviews: APPROVED } });
  const to = `${elsewhere.gitHub.url}/repos/contoso/marketplace/actions/runs/19283746501/approvals`;
  const github = await startGitHub({ gitHub: { faults: [{ act: { kind: "redirect", to, status: code } }] } });
  await expect(passGate(github, NAMED)).rejects.toMatchObject({
    name: "ApprovalError",
    problem: { kind: "unreachable" },
  });
  expect(elsewhere.gitHub.requests).toEqual([]);
});

test.each(PASSING)("asks GitHub again after $what", async ({ act }) => {
  const github = await startGitHub({ gitHub: { reviews: APPROVED, faults: [{ nth: [1, 2, 3], act }] } });
  expect(await passGate(github, { named: "production" })).toEqual({
    environment: "production",
    approvedBy: ["anna"],
    comments: [],
  });
  // And for the page behind the last.
  expect(github.gitHub.requests).toHaveLength(5);
});

test.each(PASSING)("holds nothing to be approved when GitHub answers nothing but $what", async ({ act }) => {
  const github = await startGitHub({ gitHub: { reviews: APPROVED, faults: [{ act }] } });
  await expect(passGate(github, { named: "production" })).rejects.toMatchObject({
    name: "ApprovalError",
    problem: { kind: "unreachable" },
  });
  expect(github.gitHub.requests).toHaveLength(4);
});
