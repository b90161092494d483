import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { readInputs } from "../../src/inputs/inputs.ts";
import {
  calledWorkflow,
  EXCERPTS,
  isOurs,
  type Job,
  jobsOf,
  PAGES,
  read,
  type Step,
  type Workflow,
  WORKFLOWS,
  yamlBlocks,
} from "./workflow.ts";

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const metadata = parse(read("action.yml")) as Metadata;

/** What the expressions of the examples may turn out to be. */
const VALUES: Readonly<Record<string, string>> = {
  "vars.AZURE_TENANT_ID": "aaaabbbb-0000-cccc-1111-dddd2222eeee",
  "vars.AZURE_CLIENT_ID": "00001111-aaaa-2222-bbbb-3333cccc4444",
  "inputs.publisherId": "contoso",
  "inputs.offerId": "contoso-vm",
  "inputs.tenantId": "aaaabbbb-0000-cccc-1111-dddd2222eeee",
  "inputs.clientId": "00001111-aaaa-2222-bbbb-3333cccc4444",
  "inputs.api": "auto",
  "inputs.submissionId": "ready",
  "needs.preview.outputs.submissionId": "submission/7d3a1f50-2f64-4c3a-9d0e-0000000000a1/2",
  "vars.GO_LIVE_OPERATION": "/api/publishers/contoso/offers/contoso-vm/operations/1",
  "vars.OPERATION_LOCATION": "/api/publishers/contoso/offers/contoso-vm/operations/1",
  "needs.start.outputs.operationLocation": "/api/publishers/contoso/offers/contoso-vm/operations/1",
  "steps.sign-in.outputs.token": "a-token",
  "matrix.offerId": "contoso-vm",
};

/** The steps of a page that stand there without a workflow around them. */
const fragments = PAGES.flatMap((file) =>
  yamlBlocks(file)
    .map((text): unknown => parse(text))
    .filter((steps) => Array.isArray(steps))
    .map((steps) => ({ file, steps: steps as readonly Step[] })),
);

const wholeJobs = jobsIn(WORKFLOWS);
const jobs = [...wholeJobs, ...jobsIn(EXCERPTS)];

const steps = [...jobs.map(({ file, job }) => ({ file, steps: job.steps })), ...fragments].flatMap((holder) =>
  holder.steps.filter(isOurs).map((step) => ({ file: holder.file, inputs: step.with ?? {} })),
);

describe("every step that runs the action", () => {
  test.each(steps)("in $file passes inputs that exist: $inputs", ({ inputs }) => {
    expect(Object.keys(metadata.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
  });

  test.each(steps)("in $file passes inputs that the action takes: $inputs", ({ inputs }) => {
    const input = (name: string): string => valueOf(inputs[name] ?? metadata.inputs[name]?.default ?? "");
    expect(readInputs(input, {})).toHaveProperty("inputs.offer.publisherId", "contoso");
  });
});

describe("every job that runs the action", () => {
  const ours = jobs.flatMap(({ file, job }) =>
    job.steps.filter(isOurs).map((step) => ({ file, job, inputs: step.with ?? {} })),
  );

  test.each(ours.filter(({ inputs }) => "tenantId" in inputs))(
    "in $file may get an ID token of an environment: $inputs",
    ({ job }) => {
      expect(job.permissions).toMatchObject({ "id-token": "write" });
      expect(job.environment).toBeDefined();
    },
  );

  test.each(ours.filter(({ inputs }) => inputs["requireApproval"] === true))(
    "in $file may read who approved, and says which environment: $inputs",
    ({ job, inputs }) => {
      expect(job.permissions).toMatchObject({ actions: "read" });
      const claimed = job.permissions?.["id-token"] === "write" ? job.environment : undefined;
      expect(inputs["environment"] ?? claimed).toBe(job.environment);
      expect(job.environment).toBeDefined();
    },
  );

  test.each(ours.filter(({ inputs }) => inputs["wait"] === true && inputs["endpoint"] === undefined))(
    "in $file lasts longer than the wait: $inputs",
    ({ job, inputs }) => {
      const waited = Number(inputs["timeoutMinutes"] ?? metadata.inputs["timeoutMinutes"]?.default);
      expect(jobMinutes(job)).toBeGreaterThan(waited);
    },
  );
});

test.each(WORKFLOWS)("$file uses outputs that exist", (workflow) => {
  const ours = new Set(jobsOf(workflow).flatMap((job) => job.steps.filter(isOurs).map((step) => step.id)));
  const used = [...workflow.text.matchAll(/steps\.([\w-]+)\.outputs\.(\w+)/g)].filter(([, id]) => ours.has(id));
  expect(Object.keys(metadata.outputs)).toEqual(expect.arrayContaining(used.map(([, , output]) => output)));
});

test("the examples use enough outputs for the test above to mean something", () => {
  const used = WORKFLOWS.flatMap(({ text }) =>
    [...text.matchAll(/steps\.(?:preview|start|look|live)\.outputs\.(\w+)/g)].map(([, name]) => name),
  );
  const most = ["listingUrl", "operationLocation", "previewUrl", "result", "status", "submissionId"];
  expect(new Set(used)).toEqual(new Set(most));
});

const sending = wholeJobs.filter(({ job }) =>
  job.steps.some(({ with: inputs = {}, ...step }) => {
    const isSafe = "operationLocation" in inputs || "endpoint" in inputs || inputs["dryRun"] === true;
    return isOurs(step) && !isSafe;
  }),
);

test("there are jobs that send a go-live", () => {
  expect(sending.length).toBeGreaterThanOrEqual(6);
});

test.each(sending)("$file lets no two jobs send at the same moment, and throws none away half done", ({ job }) => {
  const { concurrency } = job;
  const group = typeof concurrency === "string" ? concurrency : concurrency?.group;
  // One name for an offer: two workflows of a repository must not look at the same moment either.
  const offers = new Set(job.steps.filter(isOurs).map((step) => step.with?.["offerId"]));
  const publishers = new Set(job.steps.filter(isOurs).map((step) => step.with?.["publisherId"]));
  // A job has only one: where it sends go-lives of several offers, it is the publisher's.
  expect([group]).toEqual([...(offers.size === 1 ? offers : publishers)].map((name) => `go-live-${name}`));
  expect(typeof concurrency === "string" || concurrency?.["cancel-in-progress"] === false).toBe(true);
});

const files = WORKFLOWS.filter(({ file }) => file.endsWith(".yml"));

test.each(files)("$file pins the actions of others", ({ text }) => {
  const others = actionsIn(text).filter(({ uses }) => !isOfThisRepository(uses));
  expect(others.filter(({ uses, comment }) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses + comment))).toEqual([]);
});

test.each(files.filter(({ file }) => file.startsWith("examples/")))("$file says that a SHA is safer", ({ text }) => {
  const ours = actionsIn(text).find(({ uses }) => isOfThisRepository(uses));
  expect(ours?.comment).toBe(" # the full SHA of a release is safer than a tag");
});

const callers = wholeJobs.flatMap(({ file, job }) => {
  const called = calledWorkflow(job);
  return called === undefined ? [] : [{ file, job, called }];
});

test("there are workflows that call one of this repository", () => {
  expect(callers.map(({ file }) => file)).toEqual(expect.arrayContaining(["examples/start-now-check-later.yml"]));
});

test.each(callers)("$file hands $called what it takes, and may do what its jobs do", ({ job, called }) => {
  const { on } = parse(read(called)) as { readonly on: { readonly workflow_call: Pick<Metadata, "inputs"> } };
  const { inputs } = on.workflow_call;
  const required = Object.keys(inputs).filter((name) => inputs[name]?.required === true);
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job.with ?? {})));
  expect(Object.keys(job.with ?? {})).toEqual(expect.arrayContaining(required));
  const needed = jobsOf({ file: called, text: read(called) }).map(({ permissions }) => permissions);
  expect(job.permissions).toEqual(Object.assign({}, ...needed));
});

function isOfThisRepository(uses: string): boolean {
  return isOurs({ uses }) || calledWorkflow({ uses }) !== undefined;
}

function actionsIn(text: string): readonly { readonly uses: string; readonly comment: string }[] {
  return [...text.matchAll(/uses: (\S+)(.*)$/gm)].map(([, uses = "", comment = ""]) => ({ uses, comment }));
}

function jobsIn(workflows: readonly Workflow[]): readonly { readonly file: string; readonly job: Job }[] {
  return workflows.flatMap((workflow) => jobsOf(workflow).map((job) => ({ file: workflow.file, job })));
}

/** GitHub ends a job after 360 minutes unless it says otherwise. */
function jobMinutes(job: Job): number {
  return job["timeout-minutes"] ?? 360;
}

/** An input as the runner hands it over, with its expressions evaluated. */
function valueOf(value: string | number | boolean): string {
  return String(value).replaceAll(/\$\{\{ (.*?) \}\}/g, (_whole, expression: string) => {
    if (expression === "github.token") return "a-token-of-the-job";
    const known = VALUES[expression];
    if (known === undefined) throw new Error(`Nobody says what ${expression} may be.`);
    return known;
  });
}
