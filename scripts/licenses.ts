import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Module {
  readonly nameForCondition?: string | null;
  readonly modules?: readonly Module[];
}

/** The licences of every package in a bundle, by webpack's statistics of it, in the order of their names. */
export function licenseTexts(statistics: string): string {
  const { modules } = JSON.parse(statistics) as { readonly modules: readonly Module[] };
  const folders = new Set(modules.flatMap(packageFolders));
  return [...folders].map(licenseText).sort().join("\n");
}

/** The folders of the packages that a module, or the modules joined into it, came from. */
function packageFolders(module: Module): readonly string[] {
  const folder = /^.*node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(module.nameForCondition ?? "")?.[0];
  return [...(folder === undefined ? [] : [folder]), ...(module.modules ?? []).flatMap(packageFolders)];
}

function licenseText(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
    string,
    string
  >;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${name}@${version} (${license})\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}
