/** A person or an app that reviews runs. */
export interface GitHubUser {
  readonly login: string;
  /** Default `User`; null: the answer says nothing of it. */
  readonly type?: string | null;
}

/** One review of a run: GitHub keeps neither its time nor the attempt of the run that it was about. */
export interface GitHubReview {
  /** Their names; an empty one: an entry without a name; a number: no entry at all; null: the answer says nothing of them. */
  readonly environments: readonly (string | number)[] | null;
  /** GitHub's own words are `approved`, `rejected` and `pending`. */
  readonly state: string;
  /** Null: an account that no longer exists. */
  readonly user: GitHubUser | null;
  /** Default none. */
  readonly comment?: string;
}

/** A review as GitHub's API answers it. */
export function reviewBody({ environments, state, user, comment = "" }: GitHubReview): unknown {
  return {
    state,
    comment,
    environments: environments?.map((name, index) => (typeof name === "number" ? name : environmentBody(name, index))),
    user: user === null ? null : userBody(user),
  };
}

function environmentBody(name: string, index: number): unknown {
  return {
    id: 161_088_068 + index,
    name,
    url: `https://api.github.example/repos/contoso/marketplace/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.example/contoso/marketplace/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: "2026-01-19T14:50:08Z",
    updated_at: "2026-01-19T14:50:08Z",
  };
}

function userBody({ login, type = "User" }: GitHubUser): unknown {
  return {
    login,
    id: 583_231,
    ...(type === null ? {} : { type }),
    html_url: `https://github.example/${login}`,
    site_admin: false,
  };
}
