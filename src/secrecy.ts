import type { Approval } from "./approval/approval.ts";
import { InputError } from "./inputs/input-value.ts";
import { type ReadInput, SECRET_INPUTS } from "./inputs/inputs.ts";
import type { Secrets } from "./text/secrets.ts";

/**
 * Problems with inputs as they can be told: nothing is quoted of an input that holds a secret of another one. A quote is
 * escaped, so that the secret might not be found in it any more.
 */
export function withoutSecretInputs(
  problems: readonly InputError[],
  read: ReadInput,
  { redact }: Secrets,
): readonly InputError[] {
  return problems.map((problem) => {
    const { input, remedy } = problem;
    const isForSecrets = SECRET_INPUTS.some((name) => name === input);
    if (isForSecrets || redact(read(input)) === read(input)) return problem;
    return new InputError(input, "it holds a secret, so it is not shown.", remedy);
  });
}

/** What people wrote into a review, before anything is made of it. */
export function withoutSecretTexts({ environment, approvedBy, comments }: Approval, { redact }: Secrets): Approval {
  return { environment: redact(environment), approvedBy: approvedBy.map(redact), comments: comments.map(redact) };
}
