import { TestEnvironment } from "jest-environment-node";
import { keepCompiledCode } from "./code-cache.ts";
import { createShared } from "./shared.ts";

keepCompiledCode();

/** What lives as long as the Jest worker that this module is loaded in. */
const shared = createShared();

/** Node's own environment, with what the test files of a Jest worker share as a global. */
// oxlint-disable-next-line import/no-default-export -- Jest looks for it there
export default class SharedEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global["shared"] = shared;
  }
}
