import { expect, test } from "@jest/globals";
import { readRunPage } from "../../src/runner/run-page.ts";

const RUN = {
  GITHUB_SERVER_URL: "https://ghe.example",
  GITHUB_REPOSITORY: "contoso/release",
  GITHUB_RUN_ID: "4711",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_ACTION_REPOSITORY: "contoso/azure-marketplace-go-live",
  GITHUB_ACTION_REF: "releases/v1",
} as const;

test("names the page of the run and what is used", () => {
  expect(readRunPage(RUN)).toEqual({
    url: "https://ghe.example/contoso/release/actions/runs/4711",
    id: "4711",
    attempt: 2,
    uses: "contoso/azure-marketplace-go-live@releases/v1",
  });
});

test("takes a server without TLS and an attempt of two digits as they are", () => {
  const page = readRunPage({ ...RUN, GITHUB_SERVER_URL: "http://ghe.example", GITHUB_RUN_ATTEMPT: "12" });
  expect(page).toMatchObject({ url: "http://ghe.example/contoso/release/actions/runs/4711", attempt: 12 });
});

test("says nothing of what the environment does not name", () => {
  const nothing = { url: undefined, id: undefined, attempt: undefined, uses: undefined };
  expect(readRunPage({})).toEqual(nothing);
  expect(readRunPage({ ...RUN, GITHUB_SERVER_URL: "" }).url).toBe(
    "https://github.com/contoso/release/actions/runs/4711",
  );
});

test.each([
  [{ GITHUB_SERVER_URL: "javascript:alert(1)" }, "url"],
  [{ GITHUB_SERVER_URL: "no url" }, "url"],
  [{ GITHUB_REPOSITORY: "a/b)[x](y" }, "url"],
  [{ GITHUB_RUN_ID: "7\n::error::x" }, "id"],
  [{ GITHUB_RUN_ID: "x7" }, "id"],
  [{ GITHUB_RUN_ATTEMPT: "two" }, "attempt"],
  [{ GITHUB_RUN_ATTEMPT: "x2" }, "attempt"],
  [{ GITHUB_RUN_ATTEMPT: "2x" }, "attempt"],
  [{ GITHUB_ACTION_REF: "` v1" }, "uses"],
  [{ GITHUB_ACTION_REF: "v1\n```" }, "uses"],
  [{ GITHUB_ACTION_REPOSITORY: "a b/c" }, "uses"],
] as const)("leaves out what does not look as it should: %j", (parts, name) => {
  expect(readRunPage({ ...RUN, ...parts })[name]).toBeUndefined();
});
