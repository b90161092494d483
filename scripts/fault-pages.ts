import { CENTER_REQUESTS, centerLines, type CenterRequest } from "../__tests__/faults/partner-center/fault-table.ts";
import {
  INGESTION_REQUESTS,
  ingestionLines,
  type IngestionRequest,
} from "../__tests__/faults/product-ingestion/fault-table.ts";
import { type FaultedRequest, FAULTED_REQUESTS, faultLines } from "../__tests__/faults/fault-table.ts";
import type { FaultLine } from "../__tests__/faults/fault-line.ts";
import { type FaultSection, faultSection } from "./fault-section.ts";

/** What each table about the Cloud Partner Portal is about. */
const PORTAL_SECTIONS = {
  look: {
    title: "Looking before anything is sent (`GET list`, `GET status`)",
    text: "The action reads the offer's operations and its status first. Questions change nothing, so they are asked again; a go-live is sent only when the answers show that none runs and that a preview waits for the sign-off. Where no other request is named, the fault is one of `GET list`.",
  },
  start: {
    title: "Starting the go-live (`POST goLive`)",
    text: "This is the only request that starts anything. “Carried out” means that the service started the go-live although its answer went wrong. The service of these tests takes every go-live it is sent, so that only the action keeps a second one from being started.",
  },
  poll: {
    title: "Watching the operation (`GET operation`)",
    text: "With `wait: true`. Whatever goes wrong here, the go-live goes on at Microsoft, and nothing is sent again. The `GET list` and `GET status` at the end of a line ask whether anything contradicts the success.",
  },
  end: {
    title: "Believing the end (`GET list`, `GET status`)",
    text: "With `wait: true`. An operation that says it has succeeded is held against the offer's operations and the offer's status before the step says that the offer is live.",
  },
  glance: {
    title: "Looking once at an operation (`GET operation`)",
    text: "With `operationLocation` and without `wait`: nothing is ever started. The go-live that the location names runs.",
  },
  cancel: {
    title: "Cancelling after a cancelled run (`POST cancel`)",
    text: "With `onCancel: cancel`, sent by the step itself; the runs below are those of the post phase, which sends it where the step could not, and writes no output `status`. It looks once whether the go-live still runs, and asks only then, or when the look cannot be had. “Carried out” means that the service cancelled the go-live although its answer went wrong.",
  },
} as const satisfies Record<FaultedRequest, FaultSection>;

/** What each table about the Product Ingestion API is about. */
const INGESTION_SECTIONS = {
  product: {
    title: "Looking the product up (`GET product`)",
    text: "The first question: which product has this `offerId`. It changes nothing, so it is asked again. Where it lists none, or is refused, the product that `productId` names is asked whose it is (`GET resourceTree`).",
  },
  submissions: {
    title: "Looking before anything is sent (`GET submissions`)",
    text: "The second question: what of the product is in preview, what is live, and whether anything runs.",
  },
  configure: {
    title: "Starting the go-live (`POST configure`)",
    text: "This is the only request that starts anything. “Carried out” means that the service started the go-live although its answer went wrong. The service of these tests takes every go-live it is sent, so that only the action keeps a second one from being started. The token is one that was handed in; where the action signs in itself, a 401 is answered once with a new one.",
  },
  job: {
    title: "Watching the job (`GET job`)",
    text: "With `wait: true`. Whatever goes wrong here, the go-live goes on at Microsoft, and nothing is sent again. The `GET submissions` at the end of a line ask whether what was pushed is live.",
  },
  cancel: {
    title: "Cancelling after a cancelled run (`POST cancel`)",
    text: "With `onCancel: cancel`, sent by the step itself; the runs below are those of the post phase, which sends it where the step could not, and writes no output `status`. It looks once whether the go-live still runs (`GET job`), and that it is this offer's (`GET product`). “Carried out” means that the service cancelled the go-live although its answer went wrong.",
  },
} as const satisfies Record<IngestionRequest, FaultSection>;

/** What each table about Partner Center is about. */
const CENTER_SECTIONS = {
  products: {
    title: "Looking the product up (`GET products`)",
    text: "The first question: which product has this `offerId`. It changes nothing, so it is asked again. With `productId` the product itself is asked whose it is.",
  },
  submissions: {
    title: "Looking before anything is sent (`GET submissions`)",
    text: "The second question: which submission of the product is ready, what is live, and whether anything runs.",
  },
  promote: {
    title: "Starting the go-live (`POST promote`)",
    text: "This is the only request that starts anything. “Carried out” means that the service started the go-live although its answer went wrong. The service of these tests takes every go-live it is sent, so that only the action keeps a second one from being started. The token is one that was handed in; where the action signs in itself, what follows a 401 is asked with a new one.",
  },
  submission: {
    title: "Watching the submission (`GET submission`)",
    text: "With `wait: true`. Whatever goes wrong here, the go-live goes on at Microsoft, and nothing is sent again. The `GET workflowDetails` are words for the log; the `GET submissions` at the end of a line ask whether the list says the same.",
  },
} as const satisfies Record<CenterRequest, FaultSection>;

/** The pages about faults, one for each API, each with its tables in Markdown, made from those that the tests run. */
export const FAULT_PAGES = {
  "docs/faults.md": () => tables(FAULTED_REQUESTS, PORTAL_SECTIONS, faultLines),
  "docs/faults-product-ingestion.md": () => tables(INGESTION_REQUESTS, INGESTION_SECTIONS, ingestionLines),
  "docs/faults-partner-center.md": () => tables(CENTER_REQUESTS, CENTER_SECTIONS, centerLines),
} as const satisfies Record<string, () => string>;

function tables<Request extends string>(
  requests: readonly Request[],
  sections: Readonly<Record<Request, FaultSection>>,
  linesFor: (request: Request) => readonly FaultLine[],
): string {
  return requests
    .flatMap((request) => faultSection(sections[request], linesFor(request)))
    .join("\n")
    .trim();
}
