import type { getOctokit } from "@actions/github";

/**
 * What GitHub's toolkit reads from the environment while it is loaded, and dies of when it cannot be read. It is told
 * where the API is, and asks through the transport of everybody, so that it needs none of it.
 */
const READ_WHEN_LOADED = [
  ...["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"],
  ...["GITHUB_API_URL", "GITHUB_EVENT_PATH"],
] as const;

/** Loads the toolkit, which most runs do not need, out of sight of those variables. */
export async function loadToolkit(): Promise<{ readonly getOctokit: typeof getOctokit }> {
  const hidden = READ_WHEN_LOADED.flatMap((name) => {
    const value = process.env[name];
    delete process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  try {
    return await import("@actions/github");
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
}
