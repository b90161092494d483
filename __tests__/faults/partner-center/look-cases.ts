import { AFTER_THE_FIRST, type Ending } from "../fault-case.ts";
import { PRODUCT } from "../../partner-center/submission.ts";
import type { NamedCenterCase } from "./fault-case.ts";
import { refused } from "./look-cells.ts";

const promoted: Ending = {
  ...refused,
  meaning: "The preview is promoted.",
  sent: "GET products, GET submissions, POST promote",
  status: "running",
  exitCode: 0,
  says: "The go-live of contoso/contoso-app was accepted and is under way",
  accepted: 1,
};

const notFound: NamedCenterCase = {
  title: "No product has this offer id",
  product: { offerId: "contoso-vm" },
  ending: {
    ...refused,
    meaning: "Asked by the offer's id alone, too; then said: the account of the token shows no such offer.",
    sent: "GET products ×2",
    says: "shows no such offer",
  },
  timeFactor: 20,
};

const byId: NamedCenterCase = {
  title: "The product is named with `productId`",
  productId: PRODUCT,
  ending: {
    ...promoted,
    meaning: "It is asked whose it is; then the preview is promoted.",
    sent: "GET product, GET submissions, POST promote",
  },
  timeFactor: 20,
};

/** What else can be wrong with the product. */
export const PRODUCTS_CASES: readonly NamedCenterCase[] = [
  notFound,
  {
    ...notFound,
    title: "The service lists other products than those that were asked for",
    behaviour: { ignoresFilter: true },
  },
  {
    title: "Several products have this offer id",
    others: [{ offerId: "contoso-app", publisherId: "fabrikam" }],
    ending: {
      ...notFound.ending,
      meaning: "None is guessed: the inputs have to name one with `productId`.",
      sent: "GET products",
      says: "2 products have this offer id",
    },
    timeFactor: 20,
  },
  {
    title: "The service refuses the filter (`ICH50400`)",
    form: "with the type in it",
    behaviour: { refusedFilters: "withType" },
    ending: {
      ...promoted,
      meaning: "Asked by the offer's id alone; then the preview is promoted.",
      sent: "GET products ×2, GET submissions, POST promote",
    },
    timeFactor: 20,
  },
  {
    title: "The service refuses the filter (`ICH50400`)",
    form: "each",
    behaviour: { refusedFilters: "all" },
    ending: {
      ...notFound.ending,
      meaning: "Said at once, with what helps: `productId`.",
      sent: "GET products ×2",
      says: "Set `productId`",
    },
    timeFactor: 20,
  },
  { ...byId, form: "and its own route shows it" },
  {
    ...byId,
    form: "and its own route is down",
    behaviour: { productRoute: "down" },
    ending: {
      ...byId.ending,
      meaning: "The offer's id is asked for, and shows that product; then the preview is promoted.",
      sent: "GET product, GET products, GET submissions, POST promote",
    },
  },
  {
    ...byId,
    form: "its own route is down, and the filter is refused",
    behaviour: { productRoute: "down", refusedFilters: "all" },
    ending: {
      ...promoted,
      meaning: "Nothing tells whose it is: the step warns of that, goes on, and promotes the preview.",
      sent: "GET product, GET products ×2, GET submissions, POST promote",
      says: "Product not checked",
    },
  },
  {
    ...byId,
    form: "its own route is down, and another product has the offer's id",
    product: { offerId: "contoso-vm" },
    others: [{ offerId: "contoso-app" }],
    behaviour: { productRoute: "down" },
    ending: {
      ...notFound.ending,
      meaning: "Said at once; nothing is promoted.",
      sent: "GET product, GET products",
      says: "names another product than the one with this offer id",
    },
  },
  {
    ...byId,
    form: "and is another offer's",
    product: { offerId: "contoso-vm" },
    ending: {
      ...notFound.ending,
      meaning: "Said at once; nothing is promoted.",
      sent: "GET product",
      says: "names the product of another offer",
    },
  },
  {
    title: "The product is of a type that another API serves",
    product: { type: "SoftwareAsAService" },
    behaviour: { refusedFilters: "withType" },
    ending: {
      ...notFound.ending,
      meaning: "Said, with the type.",
      sent: "GET products ×2, GET submissions",
      says: "SoftwareAsAService",
    },
    timeFactor: 20,
  },
  {
    title: "The last page of the products is not found",
    behaviour: { paging: "nextLink", linksTo: "deadEnd" },
    ending: {
      ...promoted,
      meaning: "Seen with this API: the list has ended before it.",
      sent: "GET products ×n, GET submissions, POST promote",
    },
    timeFactor: 20,
  },
];

const pages: NamedCenterCase = {
  title: "A list in several pages",
  form: "each names the next, relative to the host",
  behaviour: { paging: "nextLink", pagedLists: "submissions" },
  product: { wasLive: true },
  ending: {
    ...promoted,
    meaning: "All pages are read, and the first once more, to see that nothing moved; then the preview is promoted.",
    sent: "GET products, GET submissions ×n, POST promote",
  },
  timeFactor: 20,
};

const unread: NamedCenterCase = {
  ...pages,
  ending: {
    ...refused,
    meaning: "A page that cannot be read may show a running go-live, so nothing is promoted.",
    sent: "GET products, GET submissions ×n",
  },
  timeFactor: 120,
};

const notReady: NamedCenterCase = {
  title: "No preview is ready",
  ending: { ...refused, meaning: "Nothing is promoted. The reason is that of a `dryRun`." },
  timeFactor: 20,
};

const notAlone: NamedCenterCase = {
  title: "More than one preview may be meant",
  ending: {
    ...refused,
    meaning: "The order of the list means nothing, so none is guessed: `submissionId` names the one that is meant.",
    says: "Name the one that is to go live with `submissionId`",
  },
  timeFactor: 20,
};

/** What else can be wrong with the submissions. */
export const SUBMISSIONS_CASES: readonly NamedCenterCase[] = [
  pages,
  {
    ...unread,
    form: "the next one on another origin",
    behaviour: { ...pages.behaviour, links: "absolute", linkOrigin: "https://pages.example" },
  },
  { ...unread, form: "the second one is not found", behaviour: { ...pages.behaviour, linksTo: "deadEnd" } },
  {
    ...unread,
    form: "the second one cannot be read",
    more: [{ on: "submissions", nth: AFTER_THE_FIRST, act: { kind: "status", status: 500 } }],
  },
  { ...notReady, form: "none was ever published", product: { state: "neverPublished" } },
  { ...notReady, form: "one is being published", product: { state: "publishing" } },
  { ...notReady, form: "the last publish has failed", product: { state: "publishFailed" } },
  { ...notReady, form: "what is there is live already", product: { state: "live" } },
  {
    ...notReady,
    form: "in a word that nobody knows",
    behaviour: { words: { ready: { substate: "Pondering" } } },
    ending: { ...notReady.ending, says: "Pondering" },
  },
  { ...notAlone, form: "two are ready", product: { state: "twoReady" } },
  {
    ...notAlone,
    form: "one is ready, another is being published",
    product: { submissions: [{ stage: "ready" }, { stage: "submitted" }] },
  },
  {
    title: "Something is being done to the preview",
    form: "for 40 s",
    product: { submissions: [{ stage: "updating", later: [{ afterMs: 40_000, stage: "ready" }] }] },
    ending: {
      ...promoted,
      meaning: "Waited out for a good 3 minutes at the most; then the preview is promoted.",
      sent: "GET products, GET submissions ×n, POST promote",
    },
    timeFactor: 100,
  },
  {
    title: "A go-live runs already",
    product: { state: "goingLive", running: { durationMs: Infinity } },
    ending: {
      ...promoted,
      meaning: "It is followed, and nothing is sent; with `ifRunning: fail` the step fails.",
      sent: "GET products, GET submissions",
      says: "A go-live of this offer is already running",
      accepted: 0,
    },
    timeFactor: 20,
  },
];
