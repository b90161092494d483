interface Module {
  readonly nameForCondition?: string | null;
  readonly size: number;
  /** Empty for a module that was read and not bundled. */
  readonly chunks: readonly (string | number)[];
  /** What was joined into this one. */
  readonly modules?: readonly Omit<Module, "chunks">[];
}

/** Bytes of source by package, the action's own under `src`, the largest first; and of the whole. */
export interface PackageSizes {
  readonly total: number;
  readonly packages: Readonly<Record<string, number>>;
}

/** What went into a bundle, by webpack's statistics of it. */
export function packageSizes(statistics: string): PackageSizes {
  const { modules } = JSON.parse(statistics) as { readonly modules: readonly Module[] };
  const bundled = modules.filter(({ chunks }) => chunks.length > 0);
  const packages: Record<string, number> = {};
  for (const module of bundled.flatMap((each) => each.modules ?? [each])) {
    const name = packageOf(module.nameForCondition ?? "");
    packages[name] = (packages[name] ?? 0) + module.size;
  }
  const entries = Object.entries(packages).sort(([one, a], [other, b]) => b - a || one.localeCompare(other));
  const total = entries.reduce((sum, [, bytes]) => sum + bytes, 0);
  return { total, packages: Object.fromEntries(entries) };
}

/** The package that a file belongs to; the innermost, where packages bring packages of their own. */
function packageOf(file: string): string {
  const name = /^.*node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(file)?.[1];
  return name?.replaceAll("\\", "/") ?? "src";
}
