import vm from "node:vm";

/** A file that was compiled before, and what V8 made of it, once somebody asks for it again. */
interface Compiled {
  readonly code: string;
  readonly script: vm.Script;
  data: Buffer | undefined;
}

/**
 * Has this process keep what V8 has made of a file that Jest compiles. Jest compiles its own `expect` and all the rest
 * anew in the world of each test file, which was a good part of the time of a small one.
 */
export function keepCompiledCode(): void {
  const known = new Map<string, Compiled>();
  vm.compileFunction = ((code, names, { filename = "", parsingContext, importModuleDynamically } = {}) => {
    if (parsingContext === undefined) throw new TypeError(`${filename} is compiled for no test file's world`);
    const head = `(function (${names?.join(", ") ?? ""}) {`;
    const before = known.get(filename);
    const same = before?.code === code ? before : undefined;
    // Only now: what has been called by now is in it as well.
    if (same !== undefined) same.data ??= same.script.createCachedData();
    const script = new vm.Script(`${head}${code}\n})`, {
      filename,
      // So that the places in a stack are the file's.
      columnOffset: -head.length,
      // Jest's loader asks the function that it is given nothing: a script does as well.
      importModuleDynamically: importModuleDynamically as vm.ScriptOptions["importModuleDynamically"],
      ...(same?.data === undefined ? {} : { cachedData: same.data }),
    });
    if (same === undefined) known.set(filename, { code, script, data: undefined });
    return script.runInContext(parsingContext) as ReturnType<typeof vm.compileFunction>;
  }) satisfies typeof vm.compileFunction;
}
