import { expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describedServices, readDescription, startDescribed } from "../../field/descriptions.ts";
import { closeAfterTest } from "../harness/closing.ts";

/** An OpenAPI description, as far as the test looks at it. */
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: unknown;
}

/** One operation that it describes. */
interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly responses: Readonly<Record<string, unknown>>;
}

const BODIES: Readonly<Record<string, string>> = { configure: "{}", promote: "{}", goLive: "", cancel: "{}" };
const QUERY = "api-version=2017-10-31&$version=2022-07-01";

test.each(describedServices)("$title answers every operation as its description says", async (service) => {
  const { emulator, names } = await startDescribed(service);
  closeAfterTest(() => emulator.close());
  const description = readDescription(service) as Description;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: "description", ...description });
  const operations = operationsOf(description);
  expect(operations.length).toBeGreaterThan(4);
  for (const { method, path, id, responses } of operations) {
    const named = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => names[name] ?? "");
    const answer = await fetch(`${service.base(emulator)}${named}?${QUERY}`, {
      method: method.toUpperCase(),
      headers: { authorization: "Bearer emulator-token", "content-type": "application/json" },
      ...(method === "post" ? { body: BODIES[id] ?? "" } : {}),
    });
    expect([id, Object.keys(responses)]).toEqual([id, expect.arrayContaining([String(answer.status)])]);
    const text = await answer.text();
    const pointer = `description#/paths/${escaped(path)}/${method}/responses/${answer.status}`;
    if (text === "") continue;
    const schema = { $ref: schemaAt(pointer, responses[String(answer.status)]) };
    const isValid = ajv.validate(schema, JSON.parse(text));
    expect([id, isValid, ajv.errors]).toEqual([id, true, null]);
  }
});

test.each(describedServices)("the description of $title refuses an answer without what it has to hold", (service) => {
  const description = readDescription(service) as Description;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: "description", ...description });
  const operation = operationsOf(description).find(({ method }) => method === "get");
  if (operation === undefined) throw new Error("nothing can be asked");
  const pointer = `description#/paths/${escaped(operation.path)}/get/responses/200`;
  expect(ajv.validate({ $ref: schemaAt(pointer, operation.responses["200"]) }, {})).toBe(false);
});

function operationsOf({ paths }: Description): readonly DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => ["get", "post", "delete"].includes(method))
      .map(([method, value]) => {
        const { operationId: id, responses } = value as Pick<DescribedOperation, "responses"> & {
          readonly operationId: string;
        };
        return { method, path, id, responses };
      }),
  );
}

/** Where the schema of a response's body stands: a response may be a reference itself. */
function schemaAt(pointer: string, response: unknown): string {
  const { $ref } = response as { readonly $ref?: string };
  return `${$ref === undefined ? pointer : `description${$ref}`}/content/application~1json/schema`;
}

function escaped(path: string): string {
  return encodeURIComponent(path.replaceAll("~", "~0").replaceAll("/", "~1"));
}
