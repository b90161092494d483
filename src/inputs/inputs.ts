import { InputError, readBoolean, readChoice, readId, readPositive, readSwitch, readSecret } from "./input-value.ts";
import type { Environment } from "../environment.ts";
import { type ApiName, type ChosenApi, type Service, serviceOf, type UnfoundService } from "../marketplace/apis.ts";
import type { ProxySettings } from "../http/proxy.ts";
import type { SignIn } from "../identity/sign-in.ts";
import { ANY_READY, readApi, readKnownApi, readProductId, readSubmissionInput } from "./api-input.ts";
import { reachAt, readGivenEndpoint, readGivenVersion } from "./service-input.ts";
import { allProxy, namedProxy, readProxyVariable } from "./proxy-inputs.ts";
import { secretsIn } from "../text/secret-text.ts";
import { spellingReaders } from "./input-spelling.ts";
import { neededReaders, readSignIn } from "./sign-in-inputs.ts";
import { readWatchOnly, STARTS_ONE } from "./watch-only.ts";
import { readGoal, readNotificationEmails, withoutPreview } from "./target-inputs.ts";
import type { Goal, Offer, OperationReference } from "../marketplace/marketplace.ts";

/** What the user asked for, checked; which API serves the offer may be still to be found. */
export type Inputs = Wishes & (Service | UnfoundService);

/** The same once the API is known. */
export type ServedInputs = Wishes & Service;

/** What the user asked for, whichever API serves the offer. */
interface Wishes {
  readonly offer: Offer;
  /** What is to be reached. */
  readonly goal: Goal;
  /** Whom the service tells of a publish to preview. */
  readonly notificationEmails: readonly string[];
  /** The product's GUID, where the offer is not to be looked up. */
  readonly productId: string | undefined;
  /** The preview that is to go live; undefined: the one that is ready. */
  readonly submissionId: string | undefined;
  readonly signIn: SignIn;
  readonly wait: boolean;
  readonly timeoutMs: number;
  /** The longest pause between two questions, in milliseconds. */
  readonly pollIntervalMs: number;
  readonly ifRunning: "attach" | "fail";
  readonly onCancel: "leave" | "cancel";
  readonly onTimeout: "fail" | "leave";
  /** Whether to find out only whether a start would be accepted now. */
  readonly dryRun: boolean;
  readonly approval: ApprovalInputs;
  /** An operation to follow instead of starting one. */
  readonly watchOnly: OperationReference | undefined;
  readonly proxy: ProxySettings;
}

/** What the inputs say of the approval gate. */
export interface ApprovalInputs {
  /** Whether nothing may be sent without an approval. */
  readonly isRequired: boolean;
  /** The environment that must be approved; undefined: to be found out. */
  readonly environment: string | undefined;
  readonly githubToken: string;
}

/** What came of reading the inputs. */
export type InputsReading =
  | { readonly kind: "usable"; readonly inputs: Inputs }
  /** One error an input: people mend them all at once. */
  | { readonly kind: "unusable"; readonly problems: readonly InputError[] };

/** The text of an input as the runner has it; empty when it is not set. */
export type ReadInput = (name: string) => string;

/** Whether the runner handed an input over, be it empty; outside of a runner none is given. */
export type IsGiven = (name: string) => boolean;

/** The defaults; action.yml says the same, and a test holds the two together. */
export const DEFAULTS = {
  target: "live",
  wait: false,
  timeoutMinutes: 330,
  pollIntervalSeconds: 60,
  ifRunning: "attach",
  onCancel: "leave",
  onTimeout: "fail",
  operationLocation: STARTS_ONE,
  dryRun: false,
  requireApproval: false,
  api: "auto",
  submissionId: ANY_READY,
} as const;

/** The inputs that hold a secret. */
export const SECRET_INPUTS = ["token", "clientSecret", "githubToken"] as const;

/** Texts that must be masked before anything else happens, whether or not the inputs turn out to be usable. */
export function readSecretInputs(read: ReadInput): readonly string[] {
  return SECRET_INPUTS.flatMap((name) => secretsIn(read(name)));
}

/** The inputs, or what is wrong with them. Never throws. */
export function readInputs(read: ReadInput, environment: Environment, isGiven: IsGiven = () => false): InputsReading {
  const readers = createReaders(read, environment, isGiven);
  const all = Object.values(readers).flatMap(problemOf);
  const problems = all.filter((one, at) => all.findIndex(isAbout(one.input)) === at);
  if (problems.length > 0) return { kind: "unusable", problems };
  const inputs = {
    offer: { publisherId: readers.publisherId(), offerId: readers.offerId() },
    ...reachAt(readers.api(), readers.endpoint(), readers.apiVersion()),
    goal: readers.target(),
    notificationEmails: readers.notificationEmails(),
    productId: readers.productId(),
    submissionId: readers.submissionId(),
    signIn: readers.signIn(),
    wait: readers.wait(),
    timeoutMs: readers.timeoutMinutes() * 60_000,
    pollIntervalMs: readers.pollIntervalSeconds() * 1_000,
    ifRunning: readers.ifRunning(),
    onCancel: readers.onCancel(),
    onTimeout: readers.onTimeout(),
    dryRun: readers.dryRun(),
    approval: {
      isRequired: readers.requireApproval(),
      environment: readers.environment(),
      githubToken: readers.githubToken(),
    },
    watchOnly: readers.operationLocation(),
    proxy: {
      http: readers.httpProxy() || readers.allProxy(),
      https: readers.httpsProxy() || readers.allProxy(),
      none: readers.noProxy(),
    },
  };
  return { kind: "usable", inputs };
}

/** Whether a dry run may be meant, though the inputs may turn out not to be usable: whatever is no clear no. */
export function mayBeDryRun(read: ReadInput, isGiven: IsGiven): boolean {
  const text = read("dryRun");
  return text === "" ? isGiven("dryRun") : !["false", "False", "FALSE"].includes(text);
}

/** A reader for each input; reading changes nothing, so it may be done twice. */
function createReaders(read: ReadInput, environment: Environment, isGiven: IsGiven) {
  const api = (): ChosenApi | "toBeFound" => readApi(read);
  const endpoint = (): URL | undefined => readGivenEndpoint(read, api());
  const apiVersion = (): string | undefined => readGivenVersion(read, api());
  const publisherId = (): string => readId("publisherId", read("publisherId"));
  const offerId = (): string => readId("offerId", read("offerId"));
  const offer = (): Offer => ({ publisherId: publisherId(), offerId: offerId() });
  const apiName = (): ApiName | undefined => {
    const chosen = api();
    return chosen === "toBeFound" ? undefined : chosen.name;
  };
  const target = (): Goal => readGoal(read, isGiven("target"), apiName);
  const readSafeguard = (name: "dryRun" | "requireApproval"): boolean =>
    readSwitch(name, read(name), isGiven(name), DEFAULTS[name]);
  const operationLocation = (): OperationReference | undefined =>
    readWatchOnly(read("operationLocation"), isGiven("operationLocation"), () => {
      const known = serviceOf(readKnownApi(read), endpoint());
      return { api: known.api.name, endpoint: known.endpoint, offer: offer() };
    });
  return {
    publisherId,
    offerId,
    api,
    target,
    notificationEmails: () => readNotificationEmails(read, target, apiName),
    productId: () => readProductId(read),
    submissionId: () => withoutPreview(readSubmissionInput(read, isGiven("submissionId"), operationLocation), target),
    signIn: () => readSignIn(read, environment),
    ...neededReaders(read),
    wait: () => readBoolean("wait", read("wait"), DEFAULTS.wait),
    timeoutMinutes: () => readPositive("timeoutMinutes", read("timeoutMinutes"), TIMEOUT),
    pollIntervalSeconds: () => readPositive("pollIntervalSeconds", read("pollIntervalSeconds"), POLL_INTERVAL),
    ifRunning: () => readChoice("ifRunning", read("ifRunning"), ["attach", "fail"]),
    onCancel: () => readChoice("onCancel", read("onCancel"), ["leave", "cancel"]),
    onTimeout: () => readChoice("onTimeout", read("onTimeout"), ["fail", "leave"]),
    dryRun: () => readDryRun(readSafeguard("dryRun"), read),
    requireApproval: () => readSafeguard("requireApproval"),
    environment: () => readEnvironment(readSafeguard("requireApproval"), read),
    githubToken: () => readSecret("githubToken", read("githubToken")),
    apiVersion,
    endpoint,
    operationLocation,
    httpProxy: () => namedProxy(environment, "HTTP_PROXY"),
    httpsProxy: () => namedProxy(environment, "HTTPS_PROXY"),
    allProxy: () => allProxy(environment),
    noProxy: () => readProxyVariable(environment, "NO_PROXY"),
    ...spellingReaders(isGiven),
  };
}

function problemOf(reader: () => unknown): readonly InputError[] {
  try {
    reader();
    return [];
  } catch (error) {
    if (error instanceof InputError) return [error];
    throw error;
  }
}

function isAbout(input: string): (problem: InputError) => boolean {
  return (problem) => problem.input === input;
}

const TIMEOUT = { fallback: DEFAULTS.timeoutMinutes, most: 7_200, unit: "minutes" } as const;
const POLL_INTERVAL = { fallback: DEFAULTS.pollIntervalSeconds, most: 3_600, unit: "seconds" } as const;

/** Who names an environment wants its approval checked. */
function readEnvironment(isRequired: boolean, read: ReadInput): string | undefined {
  const text = read("environment");
  if (text === "" || isRequired) return text === "" ? undefined : text;
  throw new InputError(
    "environment",
    "it is of no use without `requireApproval: true`: no approval would be checked.",
    "Set `requireApproval` to `true`, or leave `environment` out.",
  );
}

/** A dry run is about the next go-live, `operationLocation` about one that was started. */
function readDryRun(isDryRun: boolean, read: ReadInput): boolean {
  if (!isDryRun || ["", DEFAULTS.operationLocation].includes(read("operationLocation"))) return isDryRun;
  throw new InputError(
    "dryRun",
    "it contradicts `operationLocation`.",
    "Leave `operationLocation` out to learn whether a go-live would be accepted, or `dryRun` to follow that operation.",
  );
}
