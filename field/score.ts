import type { Check } from "./trial.ts";

/** What came of the checks so far. */
export interface Score {
  readonly check: Check;
  readonly passed: () => number;
  readonly failed: () => number;
}

/** Counts checks, and says of each what came of it as it ends. */
export function createScore(say: (line: string) => void): Score {
  const counts = { passed: 0, failed: 0 };
  return {
    passed: () => counts.passed,
    failed: () => counts.failed,
    async check(sentence, work) {
      try {
        const result = await work();
        counts.passed += 1;
        say(`  ✓ ${sentence}`);
        return result;
      } catch (error) {
        counts.failed += 1;
        say(`  ✗ ${sentence}`);
        say(indented(error instanceof Error ? shownError(error) : String(error)));
        return undefined;
      }
    },
  };
}

/** The message, and the line of ours that it comes from. */
function shownError({ message, stack = "" }: Error): string {
  return [message.trimEnd(), ...(/^ +at .*$/m.exec(stack.replace(message, "")) ?? []).map((line) => line.trim())].join(
    "\n",
  );
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, "      ");
}
