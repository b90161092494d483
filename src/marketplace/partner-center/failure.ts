import { isObject, readObjects, readShortText } from "../../text/json.ts";
import { foldWord } from "../operation.ts";

const MOST_FINDINGS = 20;

/** What the validation found, each finding in a sentence; none when the answer shows none. */
export function readValidations(body: unknown): readonly string[] {
  return readObjects(isObject(body) ? body["value"] : body, MOST_FINDINGS).flatMap((finding) => {
    const parts = [readShortText(finding["errorCode"], 100), readShortText(finding["message"])];
    const text = parts.filter((part) => part !== undefined).join(": ");
    const resource = readShortText(finding["resource"], 100);
    return text === "" ? [] : [resource === undefined ? text : `${resource}: ${text}`];
  });
}

/** That a report of the certification is there, by its status; its file's address is a secret and never told. */
export function readReports(body: unknown): readonly string[] {
  const reports = readObjects(isObject(body) ? body["value"] : body, MOST_FINDINGS);
  const words = reports.flatMap((report) => readShortText(report["status"], 50) ?? []);
  const bad = [...new Set(words)].filter((word) => !["passed", "passedwithnotes"].includes(foldWord(word)));
  return bad.length === 0 ? [] : [`There is a report of the certification (${bad.join(", ")}): see Partner Center.`];
}
