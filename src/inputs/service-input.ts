import {
  type ApiName,
  APIS,
  type ChosenApi,
  type Service,
  serviceOf,
  type UnfoundService,
} from "../marketplace/apis.ts";
import { InputError, quoted, readApiVersion, readEndpoint } from "./input-value.ts";

type Read = (name: string) => string;

/** The API as the inputs have it reached; what they leave open is its own. */
export function reachAt(
  api: ChosenApi | "toBeFound",
  endpoint: URL | undefined,
  apiVersion: string | undefined,
): Service | UnfoundService {
  if (api === "toBeFound") return { api, endpoint };
  const service = serviceOf(api, endpoint);
  return { ...service, apiVersion: apiVersion ?? service.apiVersion };
}

/** The address that the inputs give; undefined when they give none. Throws an {@link InputError}. */
export function readGivenEndpoint(read: Read, api: ChosenApi | "toBeFound"): URL | undefined {
  const text = read("endpoint");
  return text === "" ? undefined : readEndpoint("endpoint", text, APIS[nameOf(api)].endpoint);
}

/**
 * The version that the inputs give; undefined when they give none. Each API has versions of its own, so one that is given
 * says nothing before it is known which API is asked: then an {@link InputError} is thrown, as for what is no version at all.
 */
export function readGivenVersion(read: Read, api: ChosenApi | "toBeFound"): string | undefined {
  const text = read("apiVersion");
  if (text === "") return undefined;
  if (api !== "toBeFound") return readApiVersion("apiVersion", text, APIS[api.name]);
  const isVersion = Object.values(APIS).some(({ versionForm }) => versionForm.test(text));
  const problem = isVersion ? OF_UNKNOWN_API : `got ${quoted(text)}.`;
  throw new InputError("apiVersion", problem, "Leave it out, or name with `api` the API that it is for.");
}

const OF_UNKNOWN_API = "each API has its own, and which one serves the offer is still to be found out (`api: auto`).";

/** The API whose address and version stand for an example. */
function nameOf(api: ChosenApi | "toBeFound"): ApiName {
  return api === "toBeFound" ? "cloudPartnerPortal" : api.name;
}
