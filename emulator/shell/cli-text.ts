import type { BehaviourOption } from "./behaviour-option.ts";
import { behaviourOptionGroups } from "./behaviour-options.ts";
import { type Target, choices } from "./cli-options.ts";
import type { RecordedRequest } from "../emulator.ts";

/** What `--help` says. */
export const helpText = `Emulates the Cloud Partner Portal API of Azure Marketplace on this machine.

Usage: npm run emulator -- [options]

Where and for whom
  --port PORT              0 is any free port (default 8787)
  --publisher ID           the publisher (default contoso)
  --offer ID               its only offer (default contoso-vm)
  --token TEXT             the only bearer token that is accepted (default emulator-token)

How a go-live goes
  --state STATE            how far the offer has come (default readyForGoLive):
                           ${choices.state.join(", ")}
  --duration DURATION      how long a go-live runs: 500ms, 30s, 5m, 2h, 1d or never (default 60s)
  --outcome OUTCOME        how it ends: ${choices.outcome.join(", ")} (default succeeded)

${behaviourOptionGroups.map(describeGroup).join("\n")}
What goes wrong (--fault can be given more than once; the first that fits acts)
  --fault ROUTE[:NTH]=KIND[:VALUE][+carriedOut]
                           ROUTE  goLive, operation, list, status, cancel, unknown or any
                           NTH    which requests of the route, such as 1 or 2,3 (default: every one)
                           KIND   status:503, reset[:request|headers|body], close[:request|headers|body],
                                  stall[:headers|body], delay:5s, garbage:TEXT, truncate:BYTES, huge:BYTES,
                                  redirect:URL, raw:BYTES (with \\r, \\n, \\xHH), interim:100,103,
                                  packed:gzip|deflate|br|WORD
                           +carriedOut  the request takes effect although its answer is lost
  --fault JSON             all that emulator/wire/fault.ts can describe, for example
                           '{"on":"goLive","carriedOutAfterMs":5000,"act":{"kind":"reset","at":"request"}}'

  --help                   this text

Example: the first go-live is accepted, but its answer is lost
  npm run emulator -- --duration 30s --fault goLive:1=reset+carriedOut
`;

/** What is printed when the emulator listens: how to reach it, from a workflow and from a shell. */
export function greeting(url: string, { publisherId, offerId, token }: Target): string {
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
`;
}

/** One line about a request: when, what it asked, what it was answered, and the fault if there was one. */
export function requestLine({ atMs, method, path, answer, fault }: RecordedRequest): string {
  const time = new Date(atMs).toISOString().slice(11, 23);
  return `${time} ${method} ${path} -> ${answer}${fault === undefined ? "" : ` (fault: ${fault})`}`;
}

function describeGroup([about, options]: (typeof behaviourOptionGroups)[number]): string {
  const lines = Object.entries(options).flatMap(([name, option]) => describeOption(name, option));
  return `${about}\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** The option and what it does, in as many lines as that takes; a long name has a line of its own. */
function describeOption(name: string, { value, text, usual }: BehaviourOption): readonly string[] {
  const words = `  --${name} ${value}`;
  const [first = "", ...rest] = wrap(`${text} (default${usual === undefined ? ": none" : ` ${usual}`})`, 90);
  if (words.length > 26) return [words, ...[first, ...rest].map(indent)];
  return [`${words.padEnd(27)}${first}`, ...rest.map(indent)];
}

function indent(line: string): string {
  return `${" ".repeat(27)}${line}`;
}

function wrap(text: string, width: number): readonly string[] {
  const lines = text.match(new RegExp(`.{1,${width}}(?: |$)`, "g")) ?? [];
  return lines.map((line) => line.trimEnd());
}
