import type { Ending } from "../fault-case.ts";
import { FIRST, SECOND } from "../../product-ingestion/submission.ts";
import type { NamedIngestionCase } from "./fault-case.ts";
import { refused } from "./look-cells.ts";

const EVERY_LATER = Array.from({ length: 20 }, (_, index) => index + 2);

const notFound: Ending = {
  ...refused,
  meaning: "Said at once: the account of the token shows no such offer.",
  sent: "GET product",
  says: "shows no such offer",
};

const pages: NamedIngestionCase = {
  title: "A list in several pages",
  form: "each names the next",
  behaviour: { paging: "@nextLink" },
  product: { wasLive: true },
  ending: {
    ...refused,
    meaning: "All pages are read, and the first once more, to see that nothing moved; then the preview is pushed.",
    sent: "GET product ×n, GET submissions ×n, POST configure",
    status: "running",
    exitCode: 0,
    says: "The go-live of contoso/contoso-vm was accepted and is under way",
    accepted: 1,
  },
  timeFactor: 20,
};

const unread: Ending = {
  ...refused,
  meaning: "A page that cannot be read may show a running go-live, so nothing is pushed.",
  sent: "GET product ×n, GET submissions ×n",
};

/** What else can be wrong with the product. */
export const PRODUCT_CASES: readonly NamedIngestionCase[] = [
  { title: "No product has this offer id", product: { offerId: "contoso-app" }, ending: notFound, timeFactor: 20 },
  {
    title: "The service lists other products than the one that was asked for",
    product: { offerId: "contoso-app" },
    behaviour: { productFilter: "ignored" },
    ending: notFound,
    timeFactor: 20,
  },
  {
    title: "The product is of a type that another API serves",
    product: { type: "azureApplication" },
    ending: { ...notFound, meaning: "Said at once, with the type.", says: "azureApplication" },
    timeFactor: 20,
  },
];

const notReady: NamedIngestionCase = {
  title: "No preview is ready",
  ending: { ...refused, meaning: "Nothing is pushed. The reason is that of a `dryRun`." },
  timeFactor: 20,
};

/** What else can be wrong with the submissions. */
export const SUBMISSIONS_CASES: readonly NamedIngestionCase[] = [
  pages,
  {
    ...pages,
    form: "the next one on another origin",
    behaviour: { paging: "@nextLink", linkOrigin: "https://pages.example" },
    ending: unread,
    timeFactor: 120,
  },
  {
    ...pages,
    form: "the second one cannot be read",
    more: [{ on: "submissions", nth: EVERY_LATER, act: { kind: "status", status: 500 } }],
    ending: unread,
    timeFactor: 120,
  },
  { ...notReady, form: "none was ever published", product: { state: "neverPublished" } },
  {
    ...notReady,
    form: "one is being published",
    product: { state: "publishing", publish: { durationMs: Infinity } },
  },
  { ...notReady, form: "the last publish has failed", product: { state: "publishFailed" } },
  { ...notReady, form: "the last go-live has failed", product: { state: "goLiveFailed" } },
  { ...notReady, form: "what is there is live already", product: { state: "live" } },
  {
    title: "Two previews are ready",
    product: { state: "twoReady" },
    ending: { ...refused, meaning: "Never guessed: the message names both and asks for `submissionId`.", says: SECOND },
    timeFactor: 20,
  },
  {
    title: "Another preview is ready than `submissionId` names",
    submissionId: SECOND,
    ending: { ...refused, meaning: "Nothing else is pushed in its place; the message names both.", says: FIRST },
    timeFactor: 20,
  },
  {
    title: "A go-live runs already",
    product: { state: "goingLive", push: { durationMs: Infinity } },
    ending: {
      ...refused,
      meaning: "It is followed, by its submission, and nothing is pushed.",
      status: "running",
      exitCode: 0,
      says: "A go-live of this offer is already running",
    },
    timeFactor: 20,
  },
  {
    title: "A go-live of another preview runs than `submissionId` names",
    product: { state: "goingLive", push: { durationMs: Infinity } },
    submissionId: SECOND,
    ending: { ...refused, meaning: "It is not followed, and nothing is pushed.", says: FIRST },
    timeFactor: 20,
  },
];
