import { Console } from "node:console";
import { EventEmitter } from "node:events";
import { Writable } from "node:stream";

/** What stands for a process where a step has none of its own. */
export interface StepProcess {
  readonly process: NodeJS.Process;
  readonly console: Console;
  /** What has been written to standard output and standard error. */
  readonly log: () => string;
}

/** A process that is the real one, but for what a step is given and leaves behind. */
export function createStepProcess(environment: Readonly<Record<string, string>>): StepProcess {
  const parts: string[] = [];
  const own = {
    env: { ...environment },
    stdout: collector(parts),
    stderr: collector(parts),
    exitCode: undefined,
    exit: () => undefined,
  };
  const signals = new EventEmitter();
  const step = new Proxy(process, {
    get(target, name) {
      if (name in own) return Reflect.get(own, name) as unknown;
      if (name in EventEmitter.prototype) return (Reflect.get(signals, name) as () => void).bind(signals);
      return Reflect.get(target, name) as unknown;
    },
    set: (_target, name, value) => Reflect.set(own, name, value),
  });
  return { process: step, console: new Console(own.stdout, own.stderr), log: () => parts.join("") };
}

function collector(parts: string[]): Writable {
  return new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      parts.push(String(text));
      done();
    },
  });
}
