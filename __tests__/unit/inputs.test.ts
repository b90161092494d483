import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { InputError } from "../../src/inputs/input-value.ts";
import type { Environment } from "../../src/environment.ts";
import { SIGN_IN_CHOICES, SIGN_IN_DEFAULTS } from "../../src/inputs/sign-in-inputs.ts";
import { DEFAULTS, type Inputs, mayBeDryRun, readInputs, readSecretInputs } from "../../src/inputs/inputs.ts";

type Texts = Readonly<Record<string, string>>;

const REQUIRED = { publisherId: "contoso", offerId: "contoso-vm", token: "header.payload.signature" } as const;
const ACTION: {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
} = parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8"));

/** What the ways to sign in need besides. */
const ID = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";
const APPLICATION: Readonly<Record<string, Texts>> = {
  oidc: { tenantId: ID, clientId: ID },
  secret: { tenantId: ID, clientId: ID, clientSecret: "a client secret" },
};

const reader = (texts: Texts) => (name: string) => (texts[name] ?? "").trim();
const isGivenIn = (texts: Texts) => (name: string) => name in texts;

function read(texts: Texts, environment: Environment = {}): Inputs {
  const reading = readInputs(reader(texts), environment, isGivenIn(texts));
  if (reading.kind === "unusable") throw new Error(reading.problems.map(({ message }) => message).join("\n"));
  return reading.inputs;
}

function problems(texts: Texts, environment: Environment = {}): readonly InputError[] {
  const reading = readInputs(reader(texts), environment, isGivenIn(texts));
  if (reading.kind === "usable") throw new Error("the inputs are usable");
  return reading.problems;
}

const EXPECTED_DEFAULTS = {
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
  signIn: { kind: "token", token: "header.payload.signature" },
  wait: false,
  timeoutMs: 330 * 60_000,
  pollIntervalMs: 60_000,
  ifRunning: "attach",
  onCancel: "leave",
  watchOnly: undefined,
  apiVersion: "2017-10-31",
  endpoint: new URL("https://cloudpartner.azure.com"),
  proxy: { http: "", https: "", none: "" },
} as const;

test("needs the offer and a token only; the rest has defaults", () => {
  expect(read(REQUIRED)).toMatchObject(EXPECTED_DEFAULTS);
});

test("the defaults of action.yml read as the defaults of the code do", () => {
  const defaults = Object.entries(ACTION.inputs).flatMap(([name, input]) =>
    input.default === undefined ? [] : [[name, input.default]],
  );
  const github = { githubToken: "${{ github.token }}" };
  const inCode = { ...DEFAULTS, ...SIGN_IN_DEFAULTS, ...github, signIn: SIGN_IN_CHOICES[0] };
  expect(Object.fromEntries(defaults)).toEqual(
    Object.fromEntries(Object.entries(inCode).map(([name, value]) => [name, String(value)])),
  );
  // The runner itself puts the token of the job in.
  expect(read({ ...Object.fromEntries(defaults), githubToken: "", ...REQUIRED })).toEqual(read(REQUIRED));
});

test("reads every input that action.yml declares, and no other", () => {
  const names = new Set<string>();
  for (const signIn of ["token", "oidc", "secret", "azureCli", "managedIdentity"]) {
    const texts: Texts = {
      ...REQUIRED,
      signIn,
      token: signIn === "token" ? REQUIRED.token : "",
      ...APPLICATION[signIn],
    };
    const note = (name: string): string => {
      names.add(name);
      return texts[name] ?? "";
    };
    readSecretInputs(note);
    expect(readInputs(note, {})).toMatchObject({ inputs: { signIn: { kind: signIn } } });
  }
  expect([...names].toSorted()).toEqual(Object.keys(ACTION.inputs).toSorted());
});

test("reads every input that is set", () => {
  const inputs = read({
    publisherId: "fabrikam",
    offerId: "fabrikam.vm",
    token: "Bearer abc",
    wait: "true",
    timeoutMinutes: "0.5",
    pollIntervalSeconds: "2.5",
    ifRunning: "fail",
    onCancel: "cancel",
    operationLocation: "/api/publishers/fabrikam/offers/fabrikam.vm/operations/7",
    apiVersion: "2020-01-01",
    endpoint: "https://service.example:8443",
  });
  expect(inputs).toMatchObject({
    offer: { publisherId: "fabrikam", offerId: "fabrikam.vm" },
    signIn: { kind: "token", token: "abc" },
    wait: true,
    timeoutMs: 30_000,
    pollIntervalMs: 2_500,
    ifRunning: "fail",
    onCancel: "cancel",
    watchOnly: {
      id: "7",
      location: new URL("https://service.example:8443/api/publishers/fabrikam/offers/fabrikam.vm/operations/7"),
    },
    apiVersion: "2020-01-01",
    endpoint: new URL("https://service.example:8443"),
  });
});

test.each([
  ["timeoutMinutes", "7200", { timeoutMs: 432_000_000 }],
  ["pollIntervalSeconds", "3600", { pollIntervalMs: 3_600_000 }],
])("takes %s up to %s", (name, text, expected) => {
  expect(read({ ...REQUIRED, [name]: text })).toMatchObject(expected);
});

test("says everything that is wrong at once, one problem an input", () => {
  const wrong = {
    publisherId: "",
    offerId: "a/b",
    token: "",
    wait: "yes",
    timeoutMinutes: "7201",
    pollIntervalSeconds: "3601",
    ifRunning: "join",
    onCancel: "stop",
    apiVersion: "?",
    endpoint: "http://service.example",
    operationLocation: "https://elsewhere.example/api/operations/7",
  };
  const all = problems(wrong, { HTTP_PROXY: "socks://x", https_proxy: "socks://x" });
  expect(all.map(({ input }) => input).toSorted()).toEqual(
    // Whether the location is a good one cannot be told while the endpoint and the offer are not.
    [...Object.keys(wrong), "HTTP_PROXY", "HTTPS_PROXY"].filter((name) => name !== "operationLocation").toSorted(),
  );
  expect(all.every((problem) => problem instanceof InputError)).toBe(true);
  expect(all.find(({ input }) => input === "timeoutMinutes")?.message).toBe(
    '`timeoutMinutes`: got "7201". Allowed is a number of minutes above 0 and up to 7200, such as `330` or `0.5`, with a point and without a unit.',
  );
  expect(all.find(({ input }) => input === "pollIntervalSeconds")?.message).toBe(
    '`pollIntervalSeconds`: got "3601". Allowed is a number of seconds above 0 and up to 3600, such as `60` or `0.5`, with a point and without a unit.',
  );
  expect(all.find(({ input }) => input === "onCancel")?.message).toBe(
    '`onCancel`: got "stop". Allowed are `leave`, `cancel`; mind the case.',
  );
});

test.each([
  [
    "https://[",
    'got "https://[", which is not a URL. Pass the output `operationLocation` of the step that started the go-live.',
  ],
  [
    "https://elsewhere.example/api/operations/7",
    'got "https://elsewhere.example/api/operations/7", which is on another origin. The token goes to the origin of `endpoint` only.',
  ],
  [
    "https://me:hidden@elsewhere.example/api/operations/7",
    'got "https://elsewhere.example/api/operations/7", which is on another origin. The token goes to the origin of `endpoint` only.',
  ],
  [
    "https://me:hidden@cloudpartner.azure.com/api/operations/7",
    'got "https://cloudpartner.azure.com/api/operations/7", which carries a user name or password. Pass the output `operationLocation` as it is.',
  ],
  [
    "/api/../operations/7",
    'got "/api/../operations/7", which is not written as the address of an operation. Pass the output `operationLocation` of the step that started the go-live, as it is.',
  ],
  [
    "/api/",
    'got "/api/", which is not written as the address of an operation. Pass the output `operationLocation` of the step that started the go-live, as it is.',
  ],
])("refuses the operation location %j", (operationLocation, message) => {
  expect(problems({ ...REQUIRED, operationLocation }).map((problem) => problem.message)).toEqual([
    `\`operationLocation\`: ${message}`,
  ]);
});

test.each<{ environment: Environment; proxy: Inputs["proxy"] }>([
  {
    environment: { HTTP_PROXY: "http://a", HTTPS_PROXY: "http://b", NO_PROXY: "c" },
    proxy: { http: "http://a/", https: "http://b/", none: "c" },
  },
  {
    environment: { http_proxy: "http://a", https_proxy: "http://b", no_proxy: "c" },
    proxy: { http: "http://a/", https: "http://b/", none: "c" },
  },
  {
    environment: { https_proxy: "http://lower", HTTPS_PROXY: "http://upper", no_proxy: "lower", NO_PROXY: "upper" },
    proxy: { http: "", https: "http://lower/", none: "lower" },
  },
  {
    environment: { https_proxy: "", HTTPS_PROXY: "http://upper", HTTP_PROXY: undefined },
    proxy: { http: "", https: "http://upper/", none: "" },
  },
])("reads the proxies from the environment, the lower case first: $environment", ({ environment, proxy }) => {
  expect(read(REQUIRED, environment).proxy).toEqual(proxy);
});

test("an error that is not about an input is not swallowed", () => {
  const bug = new TypeError("a bug");
  const broken = (): string => {
    throw bug;
  };
  expect(() => readInputs(broken, {})).toThrow(bug);
});

test("a client secret is a secret, too", () => {
  expect(readSecretInputs(reader({ token: "abc", clientSecret: "def" }))).toEqual(["abc", "def"]);
});

test.each([
  ["Bearer abc.def.ghi", ["abc.def.ghi"]],
  [" no good token ", ["no good token"]],
  ["", []],
  ["Bearer ", []],
])("the token %j is a secret, good or not", (token, secrets) => {
  expect(readSecretInputs(reader({ token }))).toEqual(secrets);
});

test("a dry run contradicts an operation to follow, whichever is meant", () => {
  const operationLocation = "/api/publishers/contoso/offers/contoso-vm/operations/7";
  expect(problems({ ...REQUIRED, dryRun: "true", operationLocation }).map(({ message }) => message)).toEqual([
    "`dryRun`: it contradicts `operationLocation`. Leave `operationLocation` out to learn whether a go-live would be accepted, or `dryRun` to follow that operation.",
  ]);
  expect(read({ ...REQUIRED, dryRun: "true" }).dryRun).toBe(true);
  expect(read({ ...REQUIRED, dryRun: "false", operationLocation }).dryRun).toBe(false);
  expect(problems({ ...REQUIRED, dryRun: "maybe" }).map(({ input }) => input)).toEqual(["dryRun"]);
});

test("an operation of another offer would be announced under this one's name, so it is refused", () => {
  const operationLocation = "/api/publishers/contoso/offers/other/operations/7";
  expect(problems({ ...REQUIRED, operationLocation }).map(({ message }) => message)).toEqual([
    '`operationLocation`: got "/api/publishers/contoso/offers/other/operations/7", which names an operation of another offer. Set `publisherId` and `offerId` to those of the run that started it.',
  ]);
});

test("reads what is to be approved, and by which token that is looked up", () => {
  const given = { requireApproval: "true", environment: "production", githubToken: "a GitHub token" };
  expect(read({ ...REQUIRED, ...given }).approval).toEqual({
    ...{ isRequired: true, environment: "production", githubToken: "a GitHub token" },
  });
  expect(read(REQUIRED).approval).toEqual({ isRequired: false, environment: undefined, githubToken: "" });
  expect(problems({ ...REQUIRED, requireApproval: "on" }).map(({ input }) => input)).toEqual(["requireApproval"]);
});

test.each(["requireApproval", "dryRun"])("an empty `%s` is a value that is not set, not `false`", (name) => {
  expect(problems({ ...REQUIRED, [name]: "" }).map(({ message }) => message)).toEqual([
    `\`${name}\`: it is empty, which would turn it off without a word. A variable, secret, output or workflow input that is not set arrives as empty text: check its name, and write \`\${{ vars.NAME || 'true' }}\` where it may be unset. Or set \`${name}\` to \`true\` or \`false\`.`,
  ]);
  expect(problems({ ...REQUIRED, [name]: " \t" }).map(({ input }) => input)).toEqual([name]);
  for (const text of ["true", "false"] as const) {
    const inputs = read({ ...REQUIRED, [name]: text });
    expect([inputs.approval.isRequired, inputs.dryRun]).toContain(text === "true");
  }
});

test("an empty `operationLocation` is a value that is not set, not a wish to start a go-live", () => {
  expect(problems({ ...REQUIRED, operationLocation: " " }).map(({ message }) => message)).toEqual([
    "`operationLocation`: it is empty, which would start a go-live instead of following one. A variable, secret, output or workflow input that is not set arrives as empty text: check its name. To start a go-live leave `operationLocation` out, or set it to `none`.",
  ]);
  expect(read({ ...REQUIRED, operationLocation: "none" }).watchOnly).toBeUndefined();
  expect(read({ ...REQUIRED, operationLocation: "none", dryRun: "true" }).dryRun).toBe(true);
});

test("started by hand, where no input is handed over, the switches are off and a go-live is meant", () => {
  const { approval, dryRun, watchOnly } = read(REQUIRED);
  expect([approval.isRequired, dryRun, watchOnly]).toEqual([false, false, undefined]);
});

test.each([
  ["", false, false],
  ["", true, true],
  ["false", true, false],
  ["False", true, false],
  ["FALSE", true, false],
  ["true", true, true],
  ["no", true, true],
  ["${{ inputs.dry }}", true, true],
])("a dry run may be meant by %j, given or not (%j): %j", (dryRun, wasGiven, may) => {
  const isGiven = (name: string): boolean => name === "dryRun" && wasGiven;
  expect(mayBeDryRun(reader({ dryRun, wait: "true" }), isGiven)).toBe(may);
});

test("says which input holds a token for GitHub that can be none", () => {
  expect(problems({ ...REQUIRED, githubToken: "${GH}" }).map(({ input }) => input)).toEqual(["githubToken"]);
});

test("refuses every input that is written as other actions write theirs: a `dry-run` that nobody reads would go live", () => {
  const names = Object.keys(ACTION.inputs).filter((name) => /[A-Z]/.test(name));
  for (const name of names) {
    for (const joint of ["-", "_"]) {
      const spelling = name.replaceAll(/[A-Z]/g, (letter) => joint + letter.toLowerCase());
      expect(problems({ ...REQUIRED, [spelling]: "" }).map(({ message }) => message)).toEqual([
        `\`${spelling}\`: there is no input of that name. Write \`${name}\`.`,
      ]);
    }
  }
});

test("refuses an environment whose approval would not be checked", () => {
  const given = { ...REQUIRED, environment: "production" };
  expect(problems({ ...given, requireApproval: "false" }).map(({ message }) => message)).toEqual([
    "`environment`: it is of no use without `requireApproval: true`: no approval would be checked. Set `requireApproval` to `true`, or leave `environment` out.",
  ]);
  expect(read({ ...given, requireApproval: "true" }).approval).toMatchObject({
    isRequired: true,
    environment: "production",
  });
});
