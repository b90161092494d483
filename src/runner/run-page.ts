import type { Environment } from "../environment.ts";

/** Where this step runs, as far as the runner says so. */
export interface RunPage {
  /** Address of the run's page. */
  readonly url: string | undefined;
  readonly id: string | undefined;
  /** Counts the attempts of the run from 1. */
  readonly attempt: number | undefined;
  /** What a workflow writes behind `uses:` to run this action; undefined when it runs from a folder. */
  readonly uses: string | undefined;
}

const REPOSITORY = /^[\w.-]{1,100}\/[\w.-]{1,100}$/;

/** The run that the environment names; whatever does not look as it should is left out. */
export function readRunPage(environment: Environment): RunPage {
  const repository = matching(environment["GITHUB_REPOSITORY"], REPOSITORY);
  const id = matching(environment["GITHUB_RUN_ID"], /^\d{1,20}$/);
  const server = URL.parse(environment["GITHUB_SERVER_URL"] || "https://github.com");
  const isWeb = server?.protocol === "https:" || server?.protocol === "http:";
  const attempt = matching(environment["GITHUB_RUN_ATTEMPT"], /^\d{1,9}$/);
  const action = matching(environment["GITHUB_ACTION_REPOSITORY"], REPOSITORY);
  const ref = matching(environment["GITHUB_ACTION_REF"], /^[\w./-]{1,200}$/);
  return {
    url: isWeb && repository && id ? `${server.origin}/${repository}/actions/runs/${id}` : undefined,
    id,
    attempt: attempt === undefined ? undefined : Number(attempt),
    uses: action && ref ? `${action}@${ref}` : undefined,
  };
}

function matching(text: string | undefined, form: RegExp): string | undefined {
  return text !== undefined && form.test(text) ? text : undefined;
}
