import { isObject, readObjects, readShortText, readText } from "../../text/json.ts";
import type { Fault, Operation } from "../operation.ts";
import { readState } from "./entry.ts";
import { isJobId } from "./location.ts";

/** What a job has not, for it is one step to whoever waits. */
const NOTHING_ELSE = { messages: [], steps: [], liveLinks: [] } as const;

/** The id of the job that an answer is about; newer pages of the reference spell it otherwise. */
export function readJobId(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const id = readText(body["jobId"]) ?? readText(body["jobID"]);
  return id !== undefined && isJobId(id) ? id : undefined;
}

/** How a job stands: its status and result alone, for its times prove nothing. Undefined when it names no status. */
export function readJob(body: unknown): Operation | undefined {
  if (!isObject(body) || readShortText(body["jobStatus"]) === undefined) return undefined;
  const fault = readFault(body["errors"]);
  return {
    ...readState(body["jobStatus"], body["jobResult"]),
    ...(fault === undefined ? {} : { fault }),
    ...NOTHING_ELSE,
  };
}

const DEEPEST = 20;
const MOST_ERRORS = 200;
const MOST_REASONS = 20;
const LONGEST_REASON = 1_000;

/**
 * What a job's errors say: the innermost messages, for the outer ones say little ("Operation failed"), each with the
 * resource that it is about. Bounded; never throws.
 */
function readFault(errors: unknown): Fault | undefined {
  const reasons = new Set<string>();
  let [code, count]: [string | undefined, number] = [undefined, 0];
  const read = (value: unknown, resource: string, depth: number): boolean => {
    let isTold = false;
    for (const error of readObjects(value, MOST_ERRORS)) {
      count += 1;
      if (count > MOST_ERRORS || reasons.size >= MOST_REASONS) return isTold;
      const own = readShortText(error["code"], 200);
      const about = resourceName(error["resourceId"]) ?? resource;
      const isInnerTold = depth < DEEPEST && read(error["details"], about, depth + 1);
      const text = readShortText(error["message"], LONGEST_REASON) ?? own;
      if (!isInnerTold && text !== undefined) {
        code ??= own;
        reasons.add(about === "" ? text : `${about}: ${text}`);
      }
      isTold = isTold || isInnerTold || text !== undefined;
    }
    return isTold;
  };
  read(errors, "", 0);
  return reasons.size === 0 ? undefined : { ...(code === undefined ? {} : { code }), text: [...reasons].join(" ") };
}

/** The resource without the product's GUID, which says nothing to a reader: `submission 1152…`, `plan …`. */
function resourceName(value: unknown): string | undefined {
  const text = readShortText(isObject(value) ? (value["externalId"] ?? value["resourceName"]) : value, 300);
  if (text === undefined) return undefined;
  const parts = text.split("/");
  const [kind, last] = [parts[0], parts.at(-1)];
  return parts.length > 1 && kind !== undefined && last !== undefined ? `${kind} ${last}` : text;
}
