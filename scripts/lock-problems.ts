/** The only place that a package may come from. */
const REGISTRY = "https://registry.npmjs.org/";

/** A SHA-512 in base64, and nothing weaker beside it that npm could take instead. */
const SHA_512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

/** Files that npm or another package manager goes by instead of, or beside, a lock that was looked at. */
const OVERRULING = new Set([".npmrc", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"]);

/** Whether a file of that name has a say in what is installed. */
export function concernsInstallation(name: string): boolean {
  return name === "package-lock.json" || OVERRULING.has(name);
}

/**
 * What is wrong with such a file, in a sentence each; `text` is its content. A lock must name, for every package, the
 * version and its SHA-512, and no place but that version's own on the default registry. Never throws.
 */
export function lockProblems(name: string, text: string): readonly string[] {
  if (name !== "package-lock.json") return ["it overrules package-lock.json"];
  const lock = parse(text);
  const packages = isObject(lock) ? lock["packages"] : undefined;
  if (!isObject(lock) || lock["lockfileVersion"] !== 3 || !isObject(packages)) return ["it is no lock of version 3"];
  const aliases = declaredAliases(Object.values(packages));
  return Object.entries(packages).flatMap(([path, entry]) =>
    path === ""
      ? []
      : entryProblems(path, isObject(entry) ? entry : {}, aliases).map((problem) => `${path} ${problem}`),
  );
}

/** What packages want under another name, such as `strip-ansi-cjs npm:strip-ansi@`. */
function declaredAliases(entries: readonly unknown[]): ReadonlySet<string> {
  const wanted = entries.flatMap((entry) => {
    const dependencies = isObject(entry) ? entry["dependencies"] : undefined;
    return isObject(dependencies) ? Object.entries(dependencies) : [];
  });
  return new Set(wanted.map(([own, range]) => `${own} ${/^npm:@?[^@]*@/.exec(String(range))?.[0]}`));
}

function entryProblems(
  path: string,
  entry: Readonly<Record<string, unknown>>,
  aliases: ReadonlySet<string>,
): readonly string[] {
  const { version, resolved, integrity, link } = entry;
  const own = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const name = typeof entry["name"] === "string" ? entry["name"] : own;
  const isOwn = name === own || aliases.has(`${own} npm:${name}@`);
  const isPlain = path.startsWith("node_modules/") && link === undefined && isOwn;
  const place = `${REGISTRY}${name}/-/${name.slice(name.indexOf("/") + 1)}-${String(version)}.tgz`;
  return [
    ...(isPlain ? [] : ["stands for something else than the package of that name"]),
    ...(typeof version === "string" && VERSION.test(version) ? [] : ["has no version"]),
    ...(resolved === undefined || resolved === place ? [] : [`comes from ${String(resolved)}, not from ${place}`]),
    ...(typeof integrity === "string" && SHA_512.test(integrity) ? [] : ["has no SHA-512"]),
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
