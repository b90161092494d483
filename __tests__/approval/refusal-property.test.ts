import { afterAll, beforeAll, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { type GitHubApi, type GitHubReview, gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import type { World } from "../../src/world.ts";
import { createTransport } from "../../src/http/transport.ts";
import { main } from "../../src/main.ts";
import { TOKEN } from "../harness/scenario.ts";
import { createRecordingRunner } from "../model/recording-runner.ts";
import { startApprovalScenario } from "./approval-scenario.ts";
import { patientClock } from "./patient-clock.ts";

const person = fc.record({ login: fc.constantFrom("anna", "ben") });
const app = fc.constant({ login: "gate[bot]", type: "Bot" });
const wireReview = (user: fc.Arbitrary<GitHubReview["user"]>, environments: readonly string[]) =>
  fc.record({
    environments: fc.subarray([...environments], { minLength: 1 }),
    state: fc.constantFrom("approved", "Approved", "rejected", "REJECTED", "pending", "dismissed"),
    user,
    comment: fc.constantFrom("", "Ship it."),
  });

/** Reviews by anybody of other environments, by apps of any, and rejections and pendings of this one: all but an approval. */
const unapproved: fc.Arbitrary<readonly GitHubReview[]> = fc.array(
  fc.oneof(
    wireReview(fc.option(person), ["staging", "canary"]),
    wireReview(fc.option(app), ["production", "staging"]),
    fc.record({
      environments: fc.constant(["production"]),
      state: fc.constantFrom("rejected", "REJECTED", "pending", "dismissed", ""),
      user: fc.option(person),
    }),
  ),
  { maxLength: 6 },
) as fc.Arbitrary<readonly GitHubReview[]>;

let gitHub: GitHubApi;
beforeAll(async () => {
  gitHub = await startGitHubApi({ rateLimit: Infinity });
});
afterAll(() => gitHub.close());

interface Attempt {
  readonly exitCode: number;
  readonly sent: readonly string[];
  readonly status: string | undefined;
}

/** Runs the action in this process, with a marketplace that only counts what it is sent. */
async function attempt(reviews: readonly GitHubReview[]): Promise<Attempt> {
  gitHub.setReviews(reviews);
  const inputs = {
    ...{ publisherId: "contoso", offerId: "contoso-vm", token: TOKEN, requireApproval: "true" },
    ...{ environment: "production", githubToken: gitHubToken },
  };
  const runner = createRecordingRunner(inputs, false, () => {});
  const sent: string[] = [];
  const world: World = {
    runner,
    environment: gitHub.environment,
    clock: patientClock,
    random: () => 0.5,
    openTransport(proxy) {
      const { send, close } = createTransport({ clock: patientClock, proxy });
      return {
        send(request) {
          if (request.url.origin === gitHub.url) return send(request);
          sent.push(request.method);
          return Promise.reject(new Error("the marketplace was asked"));
        },
        close,
      };
    },
    signal: new AbortController().signal,
  };
  const exitCode = await main(world);
  return { exitCode, sent, status: runner.outputs["status"] };
}

test("no reviews without a person's approval of the environment let a request through to the marketplace", async () => {
  await fc.assert(
    fc.asyncProperty(unapproved, async (reviews) => {
      expect(await attempt(reviews)).toEqual({ exitCode: 1, sent: [], status: "rejected" });
    }),
    { numRuns: 100 },
  );
  // With one, the same marketplace is asked: it is the approval that was missing.
  const { sent } = await attempt([{ environments: ["production"], state: "approved", user: { login: "anna" } }]);
  expect(sent).toEqual(["GET"]);
});

test("nor through the bundle", async () => {
  const scenario = await startApprovalScenario({ gitHub: { rateLimit: Infinity } });
  await fc.assert(
    fc.asyncProperty(unapproved, async (reviews) => {
      scenario.gitHub.setReviews(reviews);
      const { exitCode, outputs } = await scenario.run({ environment: "production" });
      expect([exitCode, outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
    }),
    { numRuns: 6 },
  );
});
