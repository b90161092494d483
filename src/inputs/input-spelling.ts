import { InputError } from "./input-value.ts";

/** The inputs whose names hold more than one word; a test holds them to action.yml. */
const NAMES_OF_WORDS = [
  ...["publisherId", "offerId", "submissionId", "productId", "tenantId", "clientId", "clientSecret", "signIn"],
  ...[
    "authorityHost",
    "timeoutMinutes",
    "pollIntervalSeconds",
    "ifRunning",
    "operationLocation",
    "onCancel",
    "onTimeout",
    "notificationEmails",
  ],
  ...["dryRun", "requireApproval", "githubToken", "apiVersion"],
] as const;

/**
 * Refuses the inputs that are written as other actions write theirs, such as the `client-id` of `azure/login`: the runner
 * only warns of a name that it does not know, and a `dry-run` that nobody reads would be a go-live.
 */
export function spellingReaders(isGiven: (name: string) => boolean): Readonly<Record<string, () => void>> {
  const readers = NAMES_OF_WORDS.flatMap((name) =>
    ["-", "_"].map((joint) => {
      const spelling = name.replaceAll(/[A-Z]/g, (letter) => joint + letter.toLowerCase());
      return [spelling, (): void => refuse(spelling, name, isGiven)] as const;
    }),
  );
  return Object.fromEntries(readers);
}

function refuse(spelling: string, name: string, isGiven: (name: string) => boolean): void {
  if (!isGiven(spelling)) return;
  throw new InputError(spelling, "there is no input of that name.", `Write \`${name}\`.`);
}
