/** What was sent, as the table writes it: `GET list ×2, POST goLive`, in order, repeated ones counted. */
export function notation(requests: readonly string[]): string {
  const runs: { readonly name: string; count: number }[] = [];
  for (const name of requests) {
    const last = runs.at(-1);
    if (last?.name === name) last.count += 1;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`)).join(", ");
}

/** Whether the requests are those of a notation, where `(GET operation, GET list) ×2` repeats several in their order. */
export function isAsNoted(requests: readonly string[], noted: string): boolean {
  return new RegExp(`^${patternOf(noted)}$`).test(requests.map((name) => `${name}, `).join(""));
}

function patternOf(noted: string): string {
  return [...noted.matchAll(/(?:\(((?:[^()]|\([^()]*\))*)\)|([^,(×]+?))(?: ×(\d+|n))?(?:, |$)/g)]
    .map(([, several, one = "", count = "1"]) => {
      const repeated = several === undefined ? `${one}, ` : patternOf(several);
      return `(?:${repeated}){${count === "n" ? "1," : count}}`;
    })
    .join("");
}
