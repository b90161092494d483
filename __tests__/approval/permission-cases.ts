import { type DecisionCase, refused, yes } from "./decision-case.ts";

/** What may be read. */
export const PERMISSIONS: readonly DecisionCase[] = (
  [
    {
      title: "the job has no `actions: read`",
      actions: "none",
      reviews: [yes("production")],
      expected: refused(
        "notAllowed",
        "the reviews of this run may not be read with `githubToken`",
        "Give the job `permissions: actions: read`.",
      ),
      isRepresentative: true,
    },
    {
      title: "GitHub does not know the token",
      actions: "unknown",
      reviews: [yes("production")],
      expected: refused(
        "badToken",
        "GitHub does not accept `githubToken` (HTTP 401)",
        "Leave the input `githubToken` out, or pass a token that is valid now.",
      ),
    },
    {
      title: "there is no token",
      token: "",
      reviews: [yes("production")],
      expected: refused(
        "noToken",
        "`githubToken` is empty, so the reviews of this run cannot be read",
        "Leave the input `githubToken` out, or check the name of the secret.",
      ),
      isRepresentative: true,
    },
    ...["ghs_emulatorToken\r\nOfTheJob", "ghs_emulatorToken OfTheJob"].map((token) => ({
      title: `the token can be none: ${JSON.stringify(token)}`,
      token,
      reviews: [yes("production")],
      expected: refused(
        "noSuchToken",
        "`githubToken` holds blanks, line breaks or other characters that no token has, so GitHub was not asked",
        "Leave the input `githubToken` out, or pass a token alone.",
      ),
      isRepresentative: true as const,
    })),
    {
      title: "the server does not have the route",
      hasRoute: false,
      reviews: [yes("production")],
      expected: refused(
        "noRoute",
        "GitHub does not know the reviews of this run (HTTP 404)",
        "Check that `githubToken` may read this repository (`permissions: actions: read`). An older GitHub Enterprise Server may lack the route: `requireApproval` cannot be used there.",
      ),
      isRepresentative: true,
    },
  ] as const satisfies readonly DecisionCase[]
).map((row) => ({ named: "production", ...row }));
