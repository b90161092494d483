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
  const pattern = [...noted.matchAll(/(\([^)]*\)|[^,(×]+?)(?: ×(\d+|n))?(?:, |$)/g)]
    .map(([, names = "", count = "1"]) => `(?:${names.replace(/[()]/g, "")}, ){${count === "n" ? "1," : count}}`)
    .join("");
  return new RegExp(`^${pattern}$`).test(requests.map((name) => `${name}, `).join(""));
}
