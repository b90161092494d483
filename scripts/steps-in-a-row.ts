const BEGINNING = /^( *)- parallel:$/;

/**
 * A workflow with the steps that it runs side by side one after the other, for programs that do not know `parallel:`
 * yet: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax. Formatted as by Prettier.
 */
export function stepsInARow(text: string): string {
  let indent: number | undefined;
  return text
    .split("\n")
    .flatMap((line) => {
      const spaces = BEGINNING.exec(line)?.[1];
      if (spaces !== undefined) {
        indent = spaces.length;
        return [];
      }
      if (line.trim() !== "" && indent !== undefined && line.search(/\S/) <= indent) indent = undefined;
      return [indent === undefined ? line : line.replace(/^ {4}/, "")];
    })
    .join("\n");
}
