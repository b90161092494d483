import { isObject, readObjects, readShortText } from "../../text/json.ts";
import { foldWord, type Step, type StepStatus } from "../operation.ts";

const MOST_HALVES = 20;
const MOST_STEPS = 100;

/** The service's words for a step; every other one is a failure, but for an empty one. */
const STEP_WORDS: ReadonlyMap<string, StepStatus> = new Map(
  Object.entries<StepStatus>({
    "": "notStarted",
    notstarted: "notStarted",
    inprogress: "running",
    success: "succeeded",
  }),
);

/** The steps of the way to the store, as the details of the workflow show them; none where they show none. */
export function readLiveSteps(body: unknown): readonly Step[] {
  const halves = readObjects(isObject(body) ? body["value"] : body, MOST_HALVES);
  const live = halves.findLast((half) => foldWord(readShortText(half["targetEnvironment"]) ?? "") === "live");
  return readObjects(live?.["workflowSteps"], MOST_STEPS).map((step) => {
    const name = readShortText(step["name"], 200) ?? "unnamed step";
    const statusWord = readShortText(step["state"], 100) ?? "";
    const status = STEP_WORDS.get(foldWord(statusWord)) ?? "failed";
    return { id: foldWord(name), name, status, statusWord, messages: [] };
  });
}
