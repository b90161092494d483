import { expect, test } from "@jest/globals";
import { readInputs } from "../../src/inputs/inputs.ts";

const GUID = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const ID = `submission/${GUID}/1152921505690000222`;
const ROOT = "https://graph.microsoft.com/rp/product-ingestion";
const INPUTS = { publisherId: "contoso", offerId: "contoso-vm", token: "opaque", api: "productIngestion" } as const;

function problemsOf(inputs: Readonly<Record<string, string>>): readonly string[] {
  const given: Readonly<Record<string, string>> = { ...INPUTS, ...inputs };
  const reading = readInputs((name) => given[name] ?? "", {});
  return reading.kind === "usable" ? [] : reading.problems.map(({ message }) => message);
}

const REMEDY = "Leave it out to follow that operation, or leave `operationLocation` out to start a go-live.";

test.each([
  ["its number", "1152921505690000222"],
  ["its id", ID],
  ["its id in the other case", ID.toUpperCase().replace("SUBMISSION", "submission")],
])("a submission that an operation is about may be named beside it, by %s", (_how, submissionId) => {
  for (const place of [`configure/7/status#${ID}`, ID]) {
    expect(problemsOf({ submissionId, operationLocation: `${ROOT}/${place}` })).toEqual([]);
  }
});

test("another submission than the operation is about is refused, and both are named", () => {
  const operationLocation = `${ROOT}/configure/7/status#${ID}`;
  expect(problemsOf({ submissionId: "1152921505690000111", operationLocation })).toEqual([
    `\`submissionId\`: it contradicts \`operationLocation\`, which is about \`${ID}\`. ${REMEDY}`,
  ]);
});

test("a submission beside an operation of which nobody knows what it is about is refused", () => {
  expect(problemsOf({ submissionId: ID, operationLocation: `${ROOT}/configure/7/status` })).toEqual([
    `\`submissionId\`: it contradicts \`operationLocation\`, which does not say which submission it is about. ${REMEDY}`,
  ]);
});
