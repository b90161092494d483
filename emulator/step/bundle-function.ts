import { readFileSync } from "node:fs";
import { Script } from "node:vm";

/** What a file of the bundle is given in place of what a module finds around it. */
export interface BundleScope {
  readonly globals: Readonly<Record<(typeof GLOBALS)[number], unknown>>;
  readonly meta: Pick<ImportMeta, "url">;
  /** Stands for `createRequire` of node:module, of which the bundle asks for everything that is node's. */
  readonly createRequire: (url: string) => (id: string) => unknown;
  /** Stands for `import()` of another file of the bundle. */
  readonly load: (name: string) => Promise<unknown>;
}

/** Evaluates a file of the bundle; resolves with what it exports. */
export type BundleFunction = (scope: BundleScope) => Promise<unknown>;

const GLOBALS = ["process", "console", "Date", "performance", "setTimeout"] as const;

/** What only a module may hold, as the bundler writes it, and what stands for it in a function. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^import \{ createRequire as (\w+) \} from "module";/, "const $1 = scope.createRequire;"],
  [/\bimport\.meta\b/g, "scope.meta"],
  [/\bimport\("\.\//g, 'scope.load("./'],
];
const EXPORT = /^export const (\w+) =/gm;
/** What makes a module of a file that exports nothing, as the compiler writes it. */
const NO_EXPORTS = /^export \{\};$/m;
/** At the start of a line nothing else can be one: the bundler indents and the comments have an asterisk. */
const REST_OF_A_MODULE = /^(import|export)\b.*/m;

/**
 * A file of the bundle, compiled once, as a function that can be called for one step after another: a module would have
 * to be compiled anew for each. Throws when the bundler has written something that a function cannot hold.
 */
export function compileBundle(file: string): BundleFunction {
  const text = readFileSync(file, "utf8");
  const names = [...text.matchAll(EXPORT)].map(([, name]) => name);
  const body = REWRITES.reduce(
    (changed, [from, to]) => changed.replace(from, to),
    text.replace(EXPORT, "const $1 =").replace(NO_EXPORTS, ""),
  );
  const rest = REST_OF_A_MODULE.exec(body)?.[0];
  if (rest !== undefined) throw new Error(`${file} holds what no function can: ${rest}`);
  // On one line with the first of the file, so that the lines of a stack are the file's.
  const head = `(async function (scope) { "use strict"; const { ${GLOBALS.join(", ")} } = scope.globals; `;
  const script = new Script(`${head}${body}\nreturn { ${names.join(", ")} };\n})`, { filename: file });
  return script.runInThisContext() as BundleFunction;
}
