import { centerOptionGroups } from "../partner-center/behaviour-options.ts";
import { happenings as centerHappenings, productStates as centerStates } from "../partner-center/plan.ts";
import { routes as centerRoutes } from "../partner-center/vocabulary.ts";
import type { BehaviourOption, OptionGroup } from "./behaviour-option.ts";
import { behaviourOptionGroups } from "./behaviour-options.ts";
import { centerOutcomes, reportStatuses } from "./center-plan.ts";
import { type Target, choices } from "./cli-options.ts";
import { entraHelp } from "./entra-options.ts";
import { outcomes } from "./ingestion-plan.ts";
import { routes } from "../cloud-partner-portal/vocabulary.ts";
import { routes as ingestionRoutes } from "../product-ingestion/vocabulary.ts";
import { happenings, productStates } from "../product-ingestion/plan.ts";
import type { RecordedRequest } from "../wire/journal.ts";
import type { Emulator, PartnerCenter, ProductIngestion } from "../emulator.ts";
import { ingestionOptionGroups } from "./ingestion-options.ts";

/** What `--help` says. */
export const helpText = `Emulates the Cloud Partner Portal API, the Product Ingestion API and the Partner Center submission API of Azure
Marketplace on this machine, each at a url of its own. The options that begin with --ingestion are the second one's,
those with --center the third one's; --offer, --token, --duration and --outcome are all's.

Usage: npm run emulator -- [options]

Where and for whom
  --port PORT              0 is any free port (default 8787)
  --publisher ID           the publisher (default contoso)
  --offer ID               its only offer (default contoso-vm)
  --token TEXT             the only bearer token that is accepted (default emulator-token)

How a go-live goes
  --state STATE            how far the offer has come (default readyForGoLive):
                           ${choices.state.join(", ")}
  --duration DURATION      how long a go-live or a publish runs: 500ms, 30s, 5m, 2h, 1d or never (default 60s)
  --outcome OUTCOME        how it ends: ${choices.outcome.join(", ")} (default succeeded)

${behaviourOptionGroups.map(describeGroup).join("\n")}
Product Ingestion: where, and what there is
  --ingestion-port PORT    default: the port after --port
  --ingestion-type TYPE    what the offer is, such as coreVirtualMachine or azureApplication
                           (default azureVirtualMachine)
  --ingestion-state STATE  how far it has come (default ready):
                           ${wrapWords(productStates)}
  --ingestion-was-live     an older submission is live already
  --ingestion-no-draft     there is no draft
  --ingestion-publish-duration DURATION
                           how long a publish to preview runs (default 60s)
  --ingestion-publish-outcome OUTCOME
                           how it ends: ${outcomes.join(", ")} (default succeeded)
  --ingestion-errors JSON  the errors of a push that fails (default: certification's verdict)
  --ingestion-job-says OUTCOME
                           how the job of a push says it has ended, when that is not the truth
  --ingestion-entry-says OUTCOME
                           how its submission says so
  --ingestion-happening WHAT@TIME
                           what somebody else does (can be given more than once):
                           ${wrapWords(happenings)}
                           TIME is 30s, before:ROUTE[:NTH] or after:ROUTE[:NTH], such as before:configure:1

${ingestionOptionGroups.map(describeGroup).join("\n")}
Partner Center: where, and what there is
  --center-port PORT       default: the second port after --port
  --center-type TYPE       what the offer is, such as AzureContainer (default AzureApplication)
  --center-state STATE     how far it has come (default ready):
                           ${wrapWords(centerStates)}
  --center-was-live        an older submission is live already
  --center-queued DURATION how long nothing shows of an accepted promote (default 0s)
  --center-outcome OUTCOME how a go-live ends, where --outcome has no word for it:
                           ${wrapWords(centerOutcomes)}
  --center-reason TEXT     why it fails
  --center-finding CODE=MESSAGE
                           what the validation found (can be given more than once)
  --center-report STATUS   a report of the certification (can be given more than once):
                           ${wrapWords(reportStatuses)}
  --center-happening WHAT@TIME
                           what somebody else does (can be given more than once):
                           ${wrapWords(centerHappenings)}
                           TIME is as for --ingestion-happening, such as before:promote:1

${centerOptionGroups.map(describeGroup).join("\n")}
${entraHelp}
What goes wrong (--fault can be given more than once; the first that fits acts)
  --fault ROUTE[:NTH]=KIND[:VALUE][+carriedOut]
                           ROUTE  ${wrapWords([...routes, "any"], 80)}
                           NTH    which requests of the route, such as 1 or 2,3 (default: every one)
                           KIND   status:503, reset[:request|headers|body], close[:request|headers|body],
                                  stall[:headers|body], delay:5s, garbage:TEXT, truncate:BYTES, huge:BYTES,
                                  redirect:URL, raw:BYTES (with \\r, \\n, \\xHH), interim:100,103,
                                  packed:gzip|deflate|br|WORD
                           +carriedOut  the request takes effect although its answer is lost
  --fault JSON             all that emulator/wire/fault.ts can describe, for example
                           '{"on":"goLive","carriedOutAfterMs":5000,"act":{"kind":"reset","at":"request"}}'
  --ingestion-fault        the same for Product Ingestion
                           ROUTE  ${ingestionRoutes.join(", ")} or any
  --center-fault           the same for Partner Center
                           ROUTE  ${wrapWords([...centerRoutes, "any"])}

  --help                   this text

Example: the first go-live is accepted, but its answer is lost
  npm run emulator -- --duration 30s --fault goLive:1=reset+carriedOut
The same with Product Ingestion, and a job that waits and shows late in the submissions
  npm run emulator -- --ingestion-fault configure:1=reset+carriedOut --ingestion-not-started 5m \\
    --ingestion-acceptance-shows 4m
The same with Partner Center: 503, and it worked
  npm run emulator -- --center-fault promote:1=status:503+carriedOut --center-queued 2m
`;

/** Where the emulator listens. */
export type Addresses = Pick<Emulator, "url"> & {
  readonly productIngestion: Pick<ProductIngestion, "url" | "endpoint">;
  readonly partnerCenter: Pick<PartnerCenter, "url" | "endpoint">;
};

/** What is printed when the emulator listens: how to reach it, from a workflow and from a shell. */
export function greeting(
  { url, productIngestion, partnerCenter }: Addresses,
  { publisherId, offerId, token }: Target,
): string {
  const path = `/api/publishers/${encodeURIComponent(publisherId)}/offers/${encodeURIComponent(offerId)}`;
  return `The emulator listens on ${url} and takes the token ${token}. Ctrl+C ends it.

As a step of a workflow:
  - uses: ./
    with:
      publisherId: ${publisherId}
      offerId: ${offerId}
      token: ${token}
      endpoint: ${url}
      wait: true
      pollIntervalSeconds: 5

In a shell:
  curl -i -X POST -H 'Content-Length: 0' -H 'Authorization: Bearer ${token}' '${url}${path}/golive?api-version=2017-10-31'

The Product Ingestion API listens on ${productIngestion.url} and takes the same token:
  curl -i -H 'Authorization: Bearer ${token}' '${productIngestion.endpoint}/product?externalId=${encodeURIComponent(offerId)}&$version=2022-07-01'

The Partner Center submission API listens on ${partnerCenter.url} and takes the same token:
  curl -i -H 'Authorization: Bearer ${token}' '${partnerCenter.endpoint}/products?$filter=${filterFor(offerId)}'
`;
}

function filterFor(offerId: string): string {
  return new URLSearchParams({ f: `ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq '${offerId}')` })
    .toString()
    .slice("f=".length)
    .replaceAll("'", "%27");
}

/** One line about a request: when, what it asked, what it was answered, and the fault if there was one. */
export function requestLine({ atMs, method, path, answer, fault }: Omit<RecordedRequest<string>, "route">): string {
  const time = new Date(atMs).toISOString().slice(11, 23);
  return `${time} ${method} ${path} -> ${answer}${fault === undefined ? "" : ` (fault: ${fault})`}`;
}

function describeGroup([about, options]: OptionGroup): string {
  const lines = Object.entries(options).flatMap(([name, option]) => describeOption(name, option));
  return `${about}\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** The option and what it does, in as many lines as that takes; a long name has a line of its own. */
function describeOption(name: string, { value, text, usual }: BehaviourOption<unknown>): readonly string[] {
  const words = `  --${name} ${value}`;
  const [first = "", ...rest] = wrap(`${text} (default${usual === undefined ? ": none" : ` ${usual}`})`, 90);
  if (words.length > 26) return [words, ...[first, ...rest].map(indent)];
  return [`${words.padEnd(27)}${first}`, ...rest.map(indent)];
}

function indent(line: string): string {
  return `${" ".repeat(27)}${line}`;
}

/** Words with commas between them, on as many lines as that takes. */
function wrapWords(words: readonly string[], width = 90): string {
  return wrap(words.join(", "), width).join(`\n${indent("")}`);
}

function wrap(text: string, width: number): readonly string[] {
  const lines = text.match(new RegExp(`.{1,${width}}(?: |$)`, "g")) ?? [];
  return lines.map((line) => line.trimEnd());
}
