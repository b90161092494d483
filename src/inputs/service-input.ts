import {
  type ApiName,
  APIS,
  type ChosenApi,
  type Service,
  serviceOf,
  type UnfoundService,
} from "../marketplace/apis.ts";
import { InputError, readApiVersion, readEndpoint } from "./input-value.ts";

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
 * says nothing before it is known which API is asked: then an {@link InputError} is thrown.
 */
export function readGivenVersion(read: Read, api: ChosenApi | "toBeFound"): string | undefined {
  const text = read("apiVersion");
  if (text === "") return undefined;
  const version = readApiVersion("apiVersion", text, APIS[nameOf(api)].apiVersion);
  if (api !== "toBeFound") return version;
  const problem = "each API has its own, and which one serves the offer is still to be found out (`api: auto`).";
  throw new InputError("apiVersion", problem, "Leave it out, or name with `api` the API that it is for.");
}

/** The API whose address and version stand for an example. */
function nameOf(api: ChosenApi | "toBeFound"): ApiName {
  return api === "toBeFound" ? "cloudPartnerPortal" : api.name;
}
